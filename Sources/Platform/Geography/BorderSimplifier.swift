/// Takes points out of borders so that areas which share a border still share it afterwards.
///
/// Rings are cut where three or more lines meet. Each piece between two such places is simplified by the method of
/// Douglas and Peucker (1973), always from the same end, so that both neighbours keep the same points.
struct BorderSimplifier {
    private let tolerance: Double
    private var index = VertexIndex()
    private var isJunction: [Bool] = []

    /// The shapes with fewer points.
    /// - Parameters:
    ///   - shapes: all shapes that are drawn together, in metres.
    ///   - tolerance: how far a border may move, in metres.
    static func simplify(_ shapes: [Shape], tolerance: Double) -> [Shape] {
        guard tolerance > 0 else { return shapes }
        var simplifier = BorderSimplifier(tolerance: tolerance)
        let rings = shapes.map { $0.rings.map { simplifier.index.numbers(of: $0) } }
        simplifier.findJunctions(rings.flatMap(\.self))
        return zip(shapes, rings).map { simplifier.rebuild($0, $1) }
    }

    private init(tolerance: Double) {
        self.tolerance = tolerance
    }

    /// Marks the points that have other than two different points next to them.
    private mutating func findJunctions(_ rings: [[Int]]) {
        var sides = [(Int, Int)](repeating: (-1, -1), count: index.points.count)
        var isJunction = [Bool](repeating: false, count: index.points.count)
        for ring in rings {
            var before = ring.last ?? 0
            for (i, point) in ring.enumerated() {
                let after = ring[i + 1 < ring.count ? i + 1 : 0]
                for other in [before, after] where sides[point].0 != other && sides[point].1 != other {
                    if sides[point].0 < 0 {
                        sides[point].0 = other
                    } else if sides[point].1 < 0 {
                        sides[point].1 = other
                    } else {
                        isJunction[point] = true
                    }
                }
                before = point
            }
        }
        self.isJunction = isJunction
    }

    // MARK: - Rings

    private func rebuild(_ shape: Shape, _ rings: [[Int]]) -> Shape {
        var polygons: [Shape.Polygon] = []
        var next = 0
        for polygon in shape.polygons {
            let outer = ring(simplified(rings[next]))
            let holes = (next + 1..<next + 1 + polygon.holes.count).compactMap { ring(simplified(rings[$0])) }
            next += 1 + polygon.holes.count
            if let outer { polygons.append(Shape.Polygon(outer: outer, holes: holes)) }
        }
        if !polygons.isEmpty { return Shape(polygons) }
        let largest = shape.polygons.max { abs($0.outer.signedArea) < abs($1.outer.signedArea) }
        return Shape(largest.map { [$0] } ?? [])
    }

    /// A closed ring of these points, or nil when nothing is left of it.
    private func ring(_ numbers: [Int]) -> Ring? {
        guard numbers.count >= 3 else { return nil }
        var coordinates: [Double] = []
        coordinates.reserveCapacity(2 * numbers.count + 2)
        for number in numbers + numbers.prefix(1) {
            coordinates.append(index.points[number].x)
            coordinates.append(index.points[number].y)
        }
        return Ring(coordinates)
    }

    /// The points of a ring that are kept, the closing one left out.
    private func simplified(_ ring: [Int]) -> [Int] {
        var anchors = ring.indices.filter { isJunction[ring[$0]] }
        if anchors.isEmpty, let start = ring.indices.min(by: { ring[$0] < ring[$1] }) { anchors = [start] }
        guard let first = anchors.first else { return [] }
        let turned = Array(ring[first...] + ring[...first])
        var cuts = anchors.map { $0 - first } + [turned.count - 1]
        if cuts.count == 2 { cuts.insert(farthest(in: turned), at: 1) }
        var kept: [Int] = []
        for (start, end) in zip(cuts, cuts.dropFirst()) {
            kept += line(Array(turned[start...end])).dropLast()
        }
        return kept
    }

    /// The place of the point farthest from the first; of several, the one with the lowest number.
    private func farthest(in ring: [Int]) -> Int {
        let start = index.points[ring[0]]
        func key(_ i: Int) -> (Double, Int) {
            let point = index.points[ring[i]]
            let (dx, dy) = (point.x - start.x, point.y - start.y)
            return (dx * dx + dy * dy, -ring[i])
        }
        return ring.indices.dropLast().max { key($0) < key($1) } ?? 0
    }

    // MARK: - Lines

    /// The kept points of an open line, both ends among them.
    private func line(_ points: [Int]) -> [Int] {
        guard points.count > 2 else { return points }
        let isReversed = points.lexicographicallyPrecedes(points.reversed())
        let kept = douglasPeucker(isReversed ? points.reversed() : points)
        return isReversed ? kept.reversed() : kept
    }

    private func douglasPeucker(_ line: [Int]) -> [Int] {
        let points = line.map { index.points[$0] }
        var isKept = [Bool](repeating: false, count: line.count)
        isKept[0] = true
        isKept[line.count - 1] = true
        var open: [(Int, Int)] = [(0, line.count - 1)]
        while let (first, last) = open.popLast() {
            var worst = (index: 0, distance: tolerance * tolerance)
            for i in first + 1..<max(first + 1, last) {
                let distance = squaredDistance(points[i], points[first], points[last])
                if distance > worst.distance { worst = (i, distance) }
            }
            guard worst.index > 0 else { continue }
            isKept[worst.index] = true
            open.append((first, worst.index))
            open.append((worst.index, last))
        }
        return line.indices.filter { isKept[$0] }.map { line[$0] }
    }

    /// The squared distance of a point from the segment a–b.
    private func squaredDistance(
        _ point: (x: Double, y: Double), _ a: (x: Double, y: Double), _ b: (x: Double, y: Double)
    ) -> Double {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let (px, py) = (point.x - a.x, point.y - a.y)
        let length = dx * dx + dy * dy
        let share = length > 0 ? min(1, max(0, (px * dx + py * dy) / length)) : 0
        let (ex, ey) = (px - share * dx, py - share * dy)
        return ex * ex + ey * ey
    }
}
