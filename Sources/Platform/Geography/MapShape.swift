public import Kernel

/// An area as it is drawn on a map: in metres of the British National Grid, y growing to the north.
public struct MapShape: Sendable {
    /// The area's code.
    public let code: String
    /// The area's name.
    public let name: String
    /// Closed rings of outer borders and holes; fill them by the even-odd rule.
    public let rings: [[(x: Double, y: Double)]]

    /// A shape to draw.
    public init(code: String, name: String, rings: [[(x: Double, y: Double)]]) {
        self.code = code
        self.name = name
        self.rings = rings
    }

    /// The smallest box around it, in metres.
    public var bounds: BoundingBox {
        var box = BoundingBox.empty
        for point in rings.joined() {
            box.extend(over: BoundingBox(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y))
        }
        return box
    }
}

extension Sequence<MapShape> {
    /// The smallest box around all shapes, in metres.
    public var bounds: BoundingBox {
        reduce(into: BoundingBox.empty) { $0.extend(over: $1.bounds) }
    }
}

extension Boundaries {
    /// The areas as they are drawn, in the areas' order, with fewer points.
    ///
    /// Borders that two areas share stay shared, without gaps or overlaps between them, as long as they are drawn from
    /// one set of boundaries. Pieces and holes that the tolerance swallows are left out, but never a whole area.
    /// - Parameters:
    ///   - tolerance: how far a border may move, in metres; 0 keeps every point.
    ///   - grid: the transformation; nil makes one.
    public func mapShapes(
        tolerance: Double = 10, on grid: BritishNationalGrid? = nil
    ) throws(Fault) -> [MapShape] {
        let grid = try BritishNationalGrid.orMake(grid)
        var projected: [Shape] = []
        for area in areas { projected.append(try grid.project(area.shape)) }
        let simple = BorderSimplifier.simplify(projected, tolerance: tolerance)
        return zip(areas, simple).map { area, shape in
            MapShape(
                code: area.code, name: area.name, rings: shape.rings.map { ring in (0..<ring.count).map { ring[$0] } })
        }
    }
}
