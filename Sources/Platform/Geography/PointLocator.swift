internal import CGEOS
public import Kernel

/// Finds the area that a point lies in. It belongs to one thread; make one for each.
///
/// A point on a border belongs to the first of the areas that meet there, so that the answer is always the same.
public final class PointLocator {
    private let geos: GEOS
    private let geometries: [GEOS.Geometry]
    private let prepared: [OpaquePointer]
    private let index: BoxIndex

    /// A locator for these areas. Shapes that cross themselves are repaired first.
    public convenience init(_ boundaries: Boundaries) throws(Fault) {
        try self.init(boundaries.areas.map(\.shape))
    }

    /// A locator for shapes in any one coordinate system.
    public init(_ shapes: [Shape]) throws(Fault) {
        let geos = try GEOS()
        var geometries: [GEOS.Geometry] = []
        for shape in shapes { geometries.append(try geos.valid(try geos.geometry(shape))) }
        let prepared = geometries.compactMap { GEOSPrepare_r(geos.handle, $0.pointer) }
        self.geos = geos
        self.geometries = geometries
        self.prepared = prepared
        self.index = try BoxIndex(geometries, in: geos)
        guard prepared.count == geometries.count else { throw geos.fault("The areas could not be prepared") }
    }

    deinit {
        for item in prepared { GEOSPreparedGeom_destroy_r(geos.handle, item) }
    }

    /// The index of the area that holds the point or has it on its border, the lowest when there are several, or nil.
    /// - Parameters:
    ///   - longitude: degrees, or the x of the shapes' system.
    ///   - latitude: degrees, or the y of the shapes' system.
    public func locate(longitude: Double, latitude: Double) -> Int? {
        guard longitude.isFinite, latitude.isFinite,
            let pointer = GEOSGeom_createPointFromXY_r(geos.handle, longitude, latitude)
        else { return nil }
        let point = GEOS.Geometry(pointer, in: geos)
        return index.near(point).sorted().first {
            GEOSPreparedIntersects_r(geos.handle, prepared[$0], pointer) == 1
        }
    }

    /// The indices for many points; nil where a point lies in no area.
    /// - Parameters:
    ///   - longitudes: degrees.
    ///   - latitudes: degrees, as many as longitudes.
    public func locate(longitudes: [Double], latitudes: [Double]) -> [Int?] {
        zip(longitudes, latitudes).map { locate(longitude: $0, latitude: $1) }
    }
}
