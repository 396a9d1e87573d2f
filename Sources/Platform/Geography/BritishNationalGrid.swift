internal import CPROJ
public import Kernel

/// Turns WGS84 longitude and latitude into British National Grid easting and northing (EPSG:27700) and back.
///
/// With Ordnance Survey's correction grid OSTN15 installed the result is good to about 0.1 m against the National
/// Grid. Without it the seven-parameter Helmert transformation is used (Ordnance Survey, "A guide to coordinate systems
/// in Great Britain", section 6.6; EPSG:1314), which Ordnance Survey states as good to about 5 m. Distances and areas
/// within a borough are not affected: the error moves a whole town together. There and back is the same to 2 mm.
///
/// Nothing is fetched from a network. An instance belongs to one thread: PROJ's objects keep state between calls.
public final class BritishNationalGrid {
    /// How WGS84 is brought to the datum of the National Grid.
    public enum Method: String, Sendable {
        /// Ordnance Survey's grid of corrections.
        case ostn15 = "OSTN15"
        /// Seven parameters for the whole country.
        case helmert = "Helmert"

        /// How far results may be from the National Grid, in metres.
        public var accuracy: Double { self == .ostn15 ? 0.1 : 5 }
    }

    /// The method in use.
    public let method: Method
    private let context: OpaquePointer
    private let transformation: OpaquePointer

    /// The transformation, with the best method that is installed here.
    /// - Parameter method: a method to insist on; figures that must not depend on the machine ask for `.helmert`.
    public init(_ method: Method? = nil) throws(Fault) {
        guard let context = proj_context_create() else { throw BritishNationalGrid.unavailable("no memory") }
        proj_context_set_enable_network(context, 0)
        proj_log_level(context, PJ_LOG_NONE)
        for (candidate, pipeline) in BritishNationalGrid.pipelines where method == nil || method == candidate {
            if let made = proj_create(context, pipeline) {
                self.context = context
                self.transformation = made
                self.method = candidate
                return
            }
        }
        proj_context_destroy(context)
        throw BritishNationalGrid.unavailable("\(method?.rawValue ?? "PROJ") is not installed")
    }

    deinit {
        proj_destroy(transformation)
        proj_context_destroy(context)
    }

    /// The given transformation, or a new one.
    static func orMake(_ grid: BritishNationalGrid?) throws(Fault) -> BritishNationalGrid {
        if let grid { return grid }
        return try BritishNationalGrid()
    }

    private static func unavailable(_ why: String) -> Fault {
        Fault(
            "Coordinates could not be converted to the British National Grid", because: why,
            remedy: "Install PROJ (Debian: libproj25), and uk_os_OSTN15_NTv2_OSGBtoETRS.tif for the finer method.")
    }

    private static let pipelines: [(Method, String)] = {
        let start = "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
        let end = """
            +step +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy
            """
        let helmert = """
            +step +proj=push +v_3 +step +proj=cart +ellps=WGS84 \
            +step +inv +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 \
            +convention=position_vector +step +inv +proj=cart +ellps=airy +step +proj=pop +v_3
            """
        let grids = ["uk_os_OSTN15_NTv2_OSGBtoETRS.tif", "OSTN15_NTv2_OSGBtoETRS.gsb"].map {
            (Method.ostn15, "\(start) +step +inv +proj=hgridshift +grids=\($0) \(end)")
        }
        return grids + [(Method.helmert, "\(start) \(helmert) \(end)")]
    }()

    // MARK: - Points

    /// Easting and northing in metres of a longitude and latitude in degrees.
    /// - Throws: a `Fault` when the point is nowhere near Great Britain.
    public func project(longitude: Double, latitude: Double) throws(Fault) -> (easting: Double, northing: Double) {
        var point = [longitude, latitude]
        try project(&point)
        return (point[0], point[1])
    }

    /// Longitude and latitude in degrees of an easting and northing in metres.
    public func unproject(easting: Double, northing: Double) throws(Fault) -> (longitude: Double, latitude: Double) {
        var point = [easting, northing]
        try unproject(&point)
        return (point[0], point[1])
    }

    /// Replaces `longitude, latitude, …` by `easting, northing, …`.
    public func project(_ coordinates: inout [Double]) throws(Fault) { try transform(&coordinates, PJ_FWD) }

    /// Replaces `easting, northing, …` by `longitude, latitude, …`.
    public func unproject(_ coordinates: inout [Double]) throws(Fault) { try transform(&coordinates, PJ_INV) }

    /// A shape in degrees as a shape in metres.
    public func project(_ shape: Shape) throws(Fault) -> Shape { try transform(shape, PJ_FWD) }

    /// A shape in metres as a shape in degrees.
    public func unproject(_ shape: Shape) throws(Fault) -> Shape { try transform(shape, PJ_INV) }

    private func transform(_ shape: Shape, _ direction: PJ_DIRECTION) throws(Fault) -> Shape {
        var polygons: [Shape.Polygon] = []
        for var polygon in shape.polygons {
            try transform(&polygon.outer.coordinates, direction)
            for i in polygon.holes.indices { try transform(&polygon.holes[i].coordinates, direction) }
            polygons.append(polygon)
        }
        return Shape(polygons)
    }

    private func transform(_ coordinates: inout [Double], _ direction: PJ_DIRECTION) throws(Fault) {
        let count = coordinates.count / 2
        let step = 2 * MemoryLayout<Double>.stride
        proj_errno_reset(transformation)
        coordinates.withUnsafeMutableBufferPointer { values in
            guard let x = values.baseAddress, count > 0 else { return }
            _ = proj_trans_generic(transformation, direction, x, step, count, x + 1, step, count, nil, 0, 0, nil, 0, 0)
        }
        guard proj_errno(transformation) == 0, coordinates.allSatisfy({ $0.isFinite }) else {
            throw Fault(
                "Coordinates could not be converted to the British National Grid",
                because: "a point lies outside Great Britain or is not a number",
                remedy: "Check that the coordinates are longitude and latitude, in this order.")
        }
    }
}
