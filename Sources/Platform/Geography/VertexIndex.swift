internal import Glibc

/// Gives every different point of a set of rings a number, so that rings which share points can be compared.
struct VertexIndex {
    /// Points nearer than this are one point, in the unit of `scale`. Zero: only equal points.
    private let tolerance: Double
    /// What one unit of x and of y measures.
    private let scale: (x: Double, y: Double)
    private var numbers: [Key: Int] = [:]
    private var cells: [Key: [Int]] = [:]
    /// The points in the order of their numbers.
    private(set) var points: [(x: Double, y: Double)] = []

    private struct Key: Hashable {
        let x: UInt64
        let y: UInt64
    }

    /// An empty index.
    /// - Parameters:
    ///   - tolerance: how near points must be to be one.
    ///   - scale: what one unit of each coordinate measures in the unit of the tolerance.
    init(tolerance: Double = 0, scale: (x: Double, y: Double) = (1, 1)) {
        self.tolerance = tolerance
        self.scale = scale
    }

    /// The numbers of a ring's points, the closing one left out.
    mutating func numbers(of ring: Ring) -> [Int] {
        var result: [Int] = []
        result.reserveCapacity(ring.count)
        for i in 0..<max(0, ring.count - 1) {
            let (x, y) = ring[i]
            let number = number(x, y)
            if result.last != number { result.append(number) }
        }
        while result.count > 1, result.first == result.last { result.removeLast() }
        return result
    }

    private mutating func number(_ x: Double, _ y: Double) -> Int {
        let key = Key(x: (x + 0.0).bitPattern, y: (y + 0.0).bitPattern)
        if let number = numbers[key] { return number }
        let number = near(x, y) ?? add(x, y)
        numbers[key] = number
        return number
    }

    private mutating func add(_ x: Double, _ y: Double) -> Int {
        points.append((x, y))
        if tolerance > 0 { cells[cell(x, y, 0, 0), default: []].append(points.count - 1) }
        return points.count - 1
    }

    /// The lowest-numbered point within the tolerance.
    private func near(_ x: Double, _ y: Double) -> Int? {
        guard tolerance > 0 else { return nil }
        var best: Int?
        for dx in -1...1 {
            for dy in -1...1 {
                for other in cells[cell(x, y, dx, dy)] ?? [] where other < best ?? .max {
                    let (a, b) = ((points[other].x - x) * scale.x, (points[other].y - y) * scale.y)
                    if a * a + b * b <= tolerance * tolerance { best = other }
                }
            }
        }
        return best
    }

    private func cell(_ x: Double, _ y: Double, _ dx: Int, _ dy: Int) -> Key {
        let column = floor(x * scale.x / tolerance) + Double(dx)
        let row = floor(y * scale.y / tolerance) + Double(dy)
        return Key(x: (column + 0.0).bitPattern, y: (row + 0.0).bitPattern)
    }
}
