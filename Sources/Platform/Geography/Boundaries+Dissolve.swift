internal import CGEOS
internal import Glibc
public import Kernel

extension Boundaries {
    /// Joins areas into larger ones, such as LSOAs into wards.
    ///
    /// Gaps left inside where the borders of two members do not quite meet are closed when they are narrower than the
    /// tolerance (twice the surface over the circumference); real holes stay.
    /// - Parameters:
    ///   - groups: the group of each area's code. Areas without one are left out.
    ///   - names: the groups' names by their codes; the code where it is missing.
    ///   - level: the level of the groups.
    ///   - tolerance: the widest gap to close, in metres.
    /// - Returns: the groups sorted by code. A parent that all members have is kept.
    /// - Throws: a `Fault` when no area has a group, or a shape is beyond repair.
    public func dissolved(
        by groups: [String: String], names: [String: String] = [:], level: AreaLevel = .other,
        closing tolerance: Double = 1
    ) throws(Fault) -> Boundaries {
        var members: [String: [Int]] = [:]
        for (i, area) in areas.enumerated() {
            if let group = groups[area.code] { members[group, default: []].append(i) }
        }
        guard !members.isEmpty else {
            throw Fault(
                "The areas could not be joined", at: source, because: "none of the \(count) areas has a group",
                remedy: "Use a look-up of the same year as the boundaries.")
        }
        let geos = try GEOS()
        var joined: [Area] = []
        for (group, indices) in members.sorted(by: { $0.key < $1.key }) {
            let shape = try Boundaries.union(indices.map { areas[$0].shape }, in: geos)
            joined.append(
                Area(
                    code: group, name: names[group] ?? group, parents: commonParents(indices, below: group),
                    shape: Boundaries.closingGaps(shape, narrowerThan: tolerance)))
        }
        return Boundaries(joined, level: level, source: source)
    }

    private func commonParents(_ indices: [Int], below group: String) -> [AreaLevel: String] {
        guard let first = indices.first else { return [:] }
        return areas[first].parents.filter { level, code in
            code != group && indices.allSatisfy { areas[$0].parents[level] == code }
        }
    }

    private static func union(_ shapes: [Shape], in geos: GEOS) throws(Fault) -> Shape {
        if shapes.count == 1 { return shapes[0] }
        var valid: [Shape] = []
        for shape in shapes { valid.append(geos.shape(try geos.valid(try geos.geometry(shape)))) }
        let parts = try geos.collection(valid)
        let union = GEOSUnaryUnion_r(geos.handle, parts.pointer)
        return geos.shape(try geos.own(union, "Areas could not be joined"))
    }

    private static func closingGaps(_ shape: Shape, narrowerThan tolerance: Double) -> Shape {
        Shape(
            shape.polygons.map { polygon in
                Shape.Polygon(outer: polygon.outer, holes: polygon.holes.filter { width(of: $0) >= tolerance })
            })
    }

    /// Twice the surface over the circumference, in metres, of a ring in degrees: the width of a long thin one.
    private static func width(of ring: Ring) -> Double {
        let metresPerDegree = 111_320.0
        let east = metresPerDegree * cos(ring[0].y * .pi / 180)
        var length = 0.0
        for i in 1..<max(1, ring.count) {
            length += hypot((ring[i].x - ring[i - 1].x) * east, (ring[i].y - ring[i - 1].y) * metresPerDegree)
        }
        let surface = abs(ring.signedArea) * east * metresPerDegree
        return length > 0 ? 2 * surface / length : 0
    }
}

/// The size and place of an area on the National Grid.
public struct AreaMeasure: Hashable, Sendable {
    /// The surface in square kilometres. The grid's scale differs from the ground's by up to 0.08 % in surface.
    public let squareKilometres: Double
    /// The easting of the centre of gravity in metres.
    public let easting: Double
    /// The northing of the centre of gravity in metres.
    public let northing: Double
}

extension Boundaries {
    /// The surface and centre of every area, in the areas' order, worked out on the British National Grid.
    /// - Parameter grid: the transformation; nil makes one.
    public func measures(on grid: BritishNationalGrid? = nil) throws(Fault) -> [AreaMeasure] {
        let grid = try BritishNationalGrid.orMake(grid)
        var measures: [AreaMeasure] = []
        measures.reserveCapacity(count)
        for area in areas {
            let shape = try grid.project(area.shape)
            let box = shape.bounds
            let centre = shape.centroid ?? (x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2)
            measures.append(
                AreaMeasure(squareKilometres: shape.area / 1e6, easting: centre.x, northing: centre.y))
        }
        return measures
    }
}
