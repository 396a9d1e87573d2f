internal import CMicrohttpd
internal import HTTP

/// Reads the fields of a request's head, and looks at how its lines are made.
///
/// libmicrohttpd 0.9.75 takes a bare LF for the end of a line, joins folded lines to the name, cuts addresses and values
/// at a NUL, and passes over blanks in the request line; a proxy that reads such bytes otherwise would see another
/// request (RFC 9112 §2.2, §3, §5.2). The texts that it hands out stand in the very buffer into which the head was read, so the
/// distances between them tell what stood there: one byte between the parts of the request line, two between lines.
/// Only addresses are compared; nothing is read outside the texts.
struct HeadReader {
    private(set) var headers = Headers()
    /// Whether anything but plain lines that end in CR LF was found.
    private(set) var hasLooseLines: Bool
    private var lineEnd: Int

    init(_ connection: OpaquePointer, _ exchange: Exchange, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>)
    {
        let start = Int(bitPattern: method)
        let target = start + exchange.method.utf8.count + 1
        let versionStart = Int(bitPattern: version)
        hasLooseLines = exchange.targetStart != target || versionStart != target + exchange.target.utf8.count + 1
        lineEnd = versionStart + String(cString: version).utf8.count
        withUnsafeMutablePointer(to: &self) { reader in
            _ = MHD_get_connection_values_n(
                connection, .HEADER_KIND,
                { context, _, name, nameSize, value, valueSize in
                    guard let reader = context?.assumingMemoryBound(to: HeadReader.self) else { return .NO }
                    reader.pointee.take(
                        UnsafeRawBufferPointer(start: name, count: name == nil ? 0 : nameSize),
                        UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueSize))
                    return .YES
                }, reader)
        }
        // The last line's end and the empty line.
        let end = start + concord_mhd_head_size(connection)
        if end != lineEnd + 4 { hasLooseLines = true }
    }

    private mutating func take(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        let start = Int(bitPattern: name.baseAddress)
        if start != lineEnd + 2 { hasLooseLines = true }
        lineEnd = Int(bitPattern: value.baseAddress ?? name.baseAddress) + value.count
        var text = value[...]
        while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
        if !headers.add(String(decoding: name, as: UTF8.self), String(decoding: text, as: UTF8.self)) {
            hasLooseLines = true
        }
    }
}
