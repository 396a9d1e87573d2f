internal import CGEOS
internal import Glibc
public import Kernel

/// Which areas are neighbours.
public struct Contiguity: Sendable {
    /// Two neighbours, by their places in the boundaries.
    public struct Pair: Hashable, Comparable, Sendable {
        /// The lower index.
        public let first: Int
        /// The higher index.
        public let second: Int

        /// The lower first index comes first, then the lower second one.
        public static func < (a: Pair, b: Pair) -> Bool { (a.first, a.second) < (b.first, b.second) }
    }

    /// What makes two areas neighbours in the Queen's sense.
    public enum Definition: Sendable {
        /// A corner or bend of one is also a corner or bend of the other: the definition of PySAL's `Queen` weights.
        case sharedPoint
        /// They have any point in common. It also finds areas whose common border has its bends at different places,
        /// as happens where borders were simplified area by area.
        case touching
    }

    /// How many areas there are.
    public let count: Int
    /// The pairs, each once, sorted.
    public let pairs: [Pair]

    /// The neighbours of each area, sorted.
    public var neighbours: [[Int]] {
        var lists = [[Int]](repeating: [], count: count)
        for pair in pairs {
            lists[pair.first].append(pair.second)
            lists[pair.second].append(pair.first)
        }
        return lists.map { $0.sorted() }
    }

    /// The areas without a neighbour.
    public var islands: [Int] {
        var isAlone = [Bool](repeating: true, count: count)
        for pair in pairs {
            isAlone[pair.first] = false
            isAlone[pair.second] = false
        }
        return isAlone.indices.filter { isAlone[$0] }
    }

    /// Queen contiguity: areas that share a border or a single point.
    ///
    /// On the 4,994 LSOAs of London (ONS, 20 m generalised) both definitions give the same 14,743 pairs, which are
    /// those of PySAL 4.14's `Queen` and of its `Graph.build_contiguity`.
    /// - Parameters:
    ///   - boundaries: the areas, in longitude and latitude.
    ///   - definition: what counts as common.
    ///   - tolerance: points nearer than this many metres are taken as one, for borders that do not quite meet.
    public static func queen(
        _ boundaries: Boundaries, by definition: Definition = .sharedPoint, snapping tolerance: Double = 0
    ) throws(Fault) -> Contiguity {
        let shapes = boundaries.areas.map(\.shape)
        var keys = sharedPoints(shapes, tolerance: tolerance, bounds: boundaries.bounds)
        if definition == .touching { try addTouching(shapes, to: &keys) }
        let pairs = keys.map { Pair(first: $0 / shapes.count, second: $0 % shapes.count) }
        return Contiguity(count: shapes.count, pairs: pairs.sorted())
    }

    /// Pairs with a common point, as `lower * count + higher`.
    private static func sharedPoints(_ shapes: [Shape], tolerance: Double, bounds: BoundingBox) -> Set<Int> {
        let metresPerDegree = 111_320.0
        let middle = bounds.isEmpty ? 0 : (bounds.minY + bounds.maxY) / 2
        let scale = (x: metresPerDegree * cos(middle * .pi / 180), y: metresPerDegree)
        var index = VertexIndex(tolerance: tolerance, scale: scale)
        var holders: [[Int]] = []
        var keys: Set<Int> = []
        for (i, shape) in shapes.enumerated() {
            for ring in shape.rings {
                let numbers = index.numbers(of: ring)
                while holders.count < index.points.count { holders.append([]) }
                for number in numbers where holders[number].last != i {
                    for other in holders[number] { keys.insert(other * shapes.count + i) }
                    holders[number].append(i)
                }
            }
        }
        return keys
    }

    /// Adds the pairs of shapes with any point in common.
    private static func addTouching(_ shapes: [Shape], to keys: inout Set<Int>) throws(Fault) {
        let geos = try GEOS()
        var geometries: [GEOS.Geometry] = []
        for shape in shapes { geometries.append(try geos.valid(try geos.geometry(shape))) }
        let index = try BoxIndex(geometries, in: geos)
        for (i, geometry) in geometries.enumerated() {
            let others = index.near(geometry).filter { $0 > i && !keys.contains(i * shapes.count + $0) }
            guard !others.isEmpty, let prepared = GEOSPrepare_r(geos.handle, geometry.pointer) else { continue }
            defer { GEOSPreparedGeom_destroy_r(geos.handle, prepared) }
            for other in others where GEOSPreparedIntersects_r(geos.handle, prepared, geometries[other].pointer) == 1 {
                keys.insert(i * shapes.count + other)
            }
        }
    }
}
