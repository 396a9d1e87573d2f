internal import CMicrohttpd
internal import HTTP

/// Reads the fields of a request's head, and looks at how its lines end.
///
/// libmicrohttpd 0.9.75 takes a bare LF or a bare CR for the end of a line, and joins folded lines; a proxy that reads
/// such bytes otherwise would see another request (RFC 9112 §2.2, §5.2). The texts it hands out stand in the very buffer
/// into which the head was read, so the distances between them tell how the lines ended: two bytes for CR LF.
struct HeadReader {
    private(set) var headers = Headers()
    /// Whether a line ended in anything but CR LF, was folded, or a name or value cannot be taken.
    private(set) var hasLooseLines = false
    private var lineEnd: Int

    init(_ connection: OpaquePointer, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>, headSize: Int) {
        lineEnd = Int(bitPattern: version) + String(cString: version).utf8.count
        withUnsafeMutablePointer(to: &self) { reader in
            _ = MHD_get_connection_values_n(
                connection, .HEADER_KIND,
                { context, _, name, nameSize, value, valueSize in
                    guard let reader = context?.assumingMemoryBound(to: HeadReader.self), let name else { return .NO }
                    reader.pointee.take(
                        UnsafeRawBufferPointer(start: name, count: nameSize),
                        UnsafeRawBufferPointer(start: value, count: valueSize))
                    return .YES
                }, reader)
        }
        // The last line's end and the empty line.
        let end = Int(bitPattern: method) + headSize
        if headSize > 0, end - lineEnd < 4 { hasLooseLines = true }
    }

    private mutating func take(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        let start = Int(bitPattern: name.baseAddress)
        if start - lineEnd < 2 { hasLooseLines = true }
        lineEnd = Int(bitPattern: value.baseAddress ?? name.baseAddress) + value.count
        guard headers.add(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)) else {
            hasLooseLines = true
            return
        }
    }
}
