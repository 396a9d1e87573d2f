internal import CGEOS
internal import Kernel

/// A session with the GEOS library. It belongs to one thread, with every geometry made in it.
final class GEOS {
    let handle: OpaquePointer
    private let log: Log

    private final class Log {
        var message = ""
    }

    /// Opens a session.
    init() throws(Fault) {
        guard let handle = GEOS_init_r() else {
            throw Fault("Shapes could not be worked on", because: "the GEOS library did not start")
        }
        self.handle = handle
        log = Log()
        GEOSContext_setErrorMessageHandler_r(
            handle,
            { text, log in
                guard let text, let log else { return }
                Unmanaged<Log>.fromOpaque(log).takeUnretainedValue().message = String(cString: text)
            }, Unmanaged.passUnretained(log).toOpaque())
    }

    deinit { GEOS_finish_r(handle) }

    /// What the library said last.
    func fault(_ what: String) -> Fault {
        Fault(
            what, because: log.message.isEmpty ? "GEOS gave no reason" : log.message,
            remedy: "Repair the geometries in a mapping program and read the boundaries again.")
    }

    /// Takes over what a GEOS function returned.
    func own(_ pointer: OpaquePointer?, _ what: String = "A shape could not be built") throws(Fault) -> Geometry {
        guard let pointer else { throw fault(what) }
        return Geometry(pointer, in: self)
    }

    /// A geometry of the library's own, freed with this object.
    final class Geometry {
        let pointer: OpaquePointer
        private let geos: GEOS

        init(_ pointer: OpaquePointer, in geos: GEOS) {
            self.pointer = pointer
            self.geos = geos
        }

        deinit { GEOSGeom_destroy_r(geos.handle, pointer) }
    }

    // MARK: - To and from shapes

    /// The library's form of a shape.
    func geometry(_ shape: Shape) throws(Fault) -> Geometry {
        var parts: [OpaquePointer?] = []
        for polygon in shape.polygons {
            guard let part = makePolygon(polygon) else {
                for part in parts { GEOSGeom_destroy_r(handle, part) }
                throw fault("A shape could not be built")
            }
            parts.append(part)
        }
        if parts.count == 1, let only = parts[0] { return Geometry(only, in: self) }
        let type = Int32(GEOS_MULTIPOLYGON.rawValue)
        return try own(GEOSGeom_createCollection_r(handle, type, &parts, UInt32(parts.count)))
    }

    /// A collection of shapes, as the unions want it.
    func collection(_ shapes: [Shape]) throws(Fault) -> Geometry {
        try geometry(Shape(shapes.flatMap(\.polygons)))
    }

    private func makePolygon(_ polygon: Shape.Polygon) -> OpaquePointer? {
        guard let outer = makeRing(polygon.outer) else { return nil }
        var holes: [OpaquePointer?] = polygon.holes.compactMap { makeRing($0) }
        guard holes.count == polygon.holes.count else {
            for ring in holes + [outer] { GEOSGeom_destroy_r(handle, ring) }
            return nil
        }
        return GEOSGeom_createPolygon_r(handle, outer, &holes, UInt32(holes.count))
    }

    private func makeRing(_ ring: Ring) -> OpaquePointer? {
        let sequence = GEOSCoordSeq_copyFromBuffer_r(handle, ring.coordinates, UInt32(ring.count), 0, 0)
        return sequence.flatMap { GEOSGeom_createLinearRing_r(handle, $0) }
    }

    /// The polygons of a geometry; its points and lines are left out.
    func shape(_ geometry: Geometry) -> Shape {
        var polygons: [Shape.Polygon] = []
        collect(geometry.pointer, into: &polygons)
        return Shape(polygons)
    }

    private func collect(_ geometry: OpaquePointer, into polygons: inout [Shape.Polygon]) {
        let type = GEOSGeomTypeId_r(handle, geometry)
        if type == Int32(GEOS_POLYGON.rawValue) {
            guard let outer = ring(GEOSGetExteriorRing_r(handle, geometry)) else { return }
            let holes = (0..<max(0, GEOSGetNumInteriorRings_r(handle, geometry))).compactMap {
                ring(GEOSGetInteriorRingN_r(handle, geometry, $0))
            }
            polygons.append(Shape.Polygon(outer: outer, holes: holes))
        } else if type >= Int32(GEOS_MULTIPOINT.rawValue) {
            for i in 0..<max(0, GEOSGetNumGeometries_r(handle, geometry)) {
                if let part = GEOSGetGeometryN_r(handle, geometry, i) { collect(part, into: &polygons) }
            }
        }
    }

    private func ring(_ line: OpaquePointer?) -> Ring? {
        guard let line, let sequence = GEOSGeom_getCoordSeq_r(handle, line) else { return nil }
        var count: UInt32 = 0
        guard GEOSCoordSeq_getSize_r(handle, sequence, &count) == 1, count > 3 else { return nil }
        var values = [Double](repeating: 0, count: 2 * Int(count))
        guard GEOSCoordSeq_copyToBuffer_r(handle, sequence, &values, 0, 0) == 1 else { return nil }
        return Ring(values)
    }

    /// The geometry without self-crossings; the same one when it has none.
    func valid(_ geometry: Geometry) throws(Fault) -> Geometry {
        if GEOSisValid_r(handle, geometry.pointer) == 1 { return geometry }
        return try own(GEOSMakeValid_r(handle, geometry.pointer), "A shape that crosses itself could not be repaired")
    }
}

/// An index of boxes: which items lie near a geometry. It belongs to the session's thread.
final class BoxIndex {
    private let geos: GEOS
    private let tree: OpaquePointer
    private let items: [GEOS.Geometry]

    /// An index over these geometries.
    init(_ items: [GEOS.Geometry], in geos: GEOS) throws(Fault) {
        guard let tree = GEOSSTRtree_create_r(geos.handle, 10) else { throw geos.fault("No index could be made") }
        self.geos = geos
        self.tree = tree
        self.items = items
        for (i, item) in items.enumerated() {
            GEOSSTRtree_insert_r(geos.handle, tree, item.pointer, UnsafeMutableRawPointer(bitPattern: i + 1))
        }
    }

    deinit { GEOSSTRtree_destroy_r(geos.handle, tree) }

    /// The indices of the items whose boxes meet the geometry's, in no order.
    func near(_ geometry: GEOS.Geometry) -> [Int] {
        var found: [Int] = []
        withUnsafeMutablePointer(to: &found) { list in
            GEOSSTRtree_query_r(
                geos.handle, tree, geometry.pointer,
                { item, list in
                    guard let list else { return }
                    list.assumingMemoryBound(to: [Int].self).pointee.append(Int(bitPattern: item) - 1)
                }, list)
        }
        return found
    }
}
