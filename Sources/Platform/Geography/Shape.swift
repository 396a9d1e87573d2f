/// The ground an area covers: one or more polygons.
public struct Shape: Hashable, Sendable {
    /// The separate pieces, at least one in a shape that was read from a file.
    public var polygons: [Polygon]

    /// A shape of these pieces.
    public init(_ polygons: [Polygon]) {
        self.polygons = polygons
    }

    /// One piece: an outer ring and the holes in it.
    public struct Polygon: Hashable, Sendable {
        /// The outer ring.
        public var outer: Ring
        /// The holes.
        public var holes: [Ring]

        /// A piece with its holes.
        public init(outer: Ring, holes: [Ring] = []) {
            self.outer = outer
            self.holes = holes
        }
    }

    /// Every ring, outer rings and holes, piece by piece.
    public var rings: [Ring] { polygons.flatMap { [$0.outer] + $0.holes } }

    /// The smallest box around the shape.
    public var bounds: BoundingBox {
        var box = BoundingBox.empty
        for polygon in polygons { box.extend(over: polygon.outer) }
        return box
    }

    /// The surface in square units of the coordinates, holes taken off. Rings may turn either way.
    public var area: Double {
        polygons.reduce(0) { sum, polygon in
            polygon.holes.reduce(sum + abs(polygon.outer.signedArea)) { $0 - abs($1.signedArea) }
        }
    }

    /// The centre of gravity in the coordinates' own units, or nil for a shape without surface. It can lie outside a
    /// shape that is bent.
    public var centroid: (x: Double, y: Double)? {
        var moment = Moment()
        for polygon in polygons {
            moment.add(polygon.outer, sign: 1)
            for hole in polygon.holes { moment.add(hole, sign: -1) }
        }
        return moment.centroid
    }

    /// The same shape with every ring replaced.
    func mapRings(_ change: (Ring) -> Ring) -> Shape {
        Shape(polygons.map { Polygon(outer: change($0.outer), holes: $0.holes.map(change)) })
    }
}

/// A closed line: `x0, y0, x1, y1, …`, the last point equal to the first.
///
/// The coordinates lie flat in one array because boundary files hold hundreds of thousands of points.
public struct Ring: Hashable, Sendable {
    /// `x0, y0, x1, y1, …`: longitude and latitude in degrees, or easting and northing in metres.
    public var coordinates: [Double]

    /// A ring of flat coordinates, whose last point equals the first.
    public init(_ coordinates: [Double]) {
        self.coordinates = coordinates
    }

    /// How many points, the closing one included.
    public var count: Int { coordinates.count / 2 }

    /// The point at an index.
    public subscript(_ index: Int) -> (x: Double, y: Double) {
        (coordinates[2 * index], coordinates[2 * index + 1])
    }

    /// The enclosed surface by the shoelace formula: positive when the ring turns anticlockwise.
    public var signedArea: Double {
        var moment = Moment()
        moment.add(self)
        return moment.area
    }
}

/// An upright box.
public struct BoundingBox: Hashable, Sendable {
    /// The left edge.
    public var minX: Double
    /// The lower edge.
    public var minY: Double
    /// The right edge.
    public var maxX: Double
    /// The upper edge.
    public var maxY: Double

    /// A box with these edges.
    public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    /// A box that holds nothing: every extension replaces it.
    public static let empty = BoundingBox(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)

    /// Whether it holds no point.
    public var isEmpty: Bool { minX > maxX || minY > maxY }
    /// Its width, 0 when empty.
    public var width: Double { isEmpty ? 0 : maxX - minX }
    /// Its height, 0 when empty.
    public var height: Double { isEmpty ? 0 : maxY - minY }

    /// Whether the point lies in it or on its edge.
    public func contains(x: Double, y: Double) -> Bool { x >= minX && x <= maxX && y >= minY && y <= maxY }

    /// Grows to hold another box.
    public mutating func extend(over box: BoundingBox) {
        minX = min(minX, box.minX)
        minY = min(minY, box.minY)
        maxX = max(maxX, box.maxX)
        maxY = max(maxY, box.maxY)
    }

    /// Grows to hold a ring.
    mutating func extend(over ring: Ring) {
        ring.coordinates.withUnsafeBufferPointer { values in
            for i in stride(from: 0, to: values.count - 1, by: 2) {
                let (x, y) = (values[i], values[i + 1])
                if x < minX { minX = x }
                if x > maxX { maxX = x }
                if y < minY { minY = y }
                if y > maxY { maxY = y }
            }
        }
    }
}

/// Surface and first moments of rings. Coordinates are taken from the first point, so that grid coordinates of six
/// digits do not cost precision.
private struct Moment {
    var area = 0.0
    private var x = 0.0
    private var y = 0.0
    private var origin: (x: Double, y: Double)?

    var centroid: (x: Double, y: Double)? {
        guard let origin, area != 0 else { return nil }
        return (origin.x + x / area, origin.y + y / area)
    }

    /// Adds a ring, with a sign whichever way it turns, or as it turns.
    mutating func add(_ ring: Ring, sign: Double? = nil) {
        guard ring.count > 2 else { return }
        let start = origin ?? ring[0]
        origin = start
        var (a, mx, my) = (0.0, 0.0, 0.0)
        ring.coordinates.withUnsafeBufferPointer { values in
            for i in stride(from: 0, to: values.count - 3, by: 2) {
                let (x0, y0) = (values[i] - start.x, values[i + 1] - start.y)
                let (x1, y1) = (values[i + 2] - start.x, values[i + 3] - start.y)
                let cross = x0 * y1 - x1 * y0
                a += cross
                mx += (x0 + x1) * cross
                my += (y0 + y1) * cross
            }
        }
        let factor: Double = sign.map { a < 0 ? -$0 : $0 } ?? 1
        area += factor * a / 2
        x += factor * mx / 6
        y += factor * my / 6
    }
}
