internal import Kernel

#if canImport(Glibc)
    internal import Glibc
#endif

/// A CSV file under way, written out about a megabyte at a time.
final class DemoFile {
    var csv = DelimitedWriter()
    private let path: String
    private var stream: UnsafeMutablePointer<FILE>?
    private(set) var rowCount = 0

    /// Makes the file, or empties it, and writes the header.
    init(_ name: String, in directory: String, header: [String]) throws(Fault) {
        path = "\(directory)/\(name)"
        guard let stream = fopen(path, "wb") else { throw DemoFile.fault(path) }
        self.stream = stream
        csv.row(header)
    }

    deinit { if let stream { fclose(stream) } }

    /// Ends a row.
    func endRow() throws(Fault) {
        csv.endRow()
        rowCount += 1
        if csv.bytes.count > 1 << 20 { try flush() }
    }

    /// Writes a whole row.
    func row(_ fields: [String]) throws(Fault) {
        for field in fields { csv.field(field) }
        try endRow()
    }

    /// Writes what is left and closes the file.
    func close() throws(Fault) {
        try flush()
        let closing = stream
        stream = nil
        guard let closing, fclose(closing) == 0 else { throw DemoFile.fault(path) }
    }

    private func flush() throws(Fault) {
        guard let stream else { return }
        let written = csv.bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, stream) }
        guard written == csv.bytes.count else { throw DemoFile.fault(path) }
        csv.removeAll()
    }

    /// Writes a whole file at once.
    static func write(_ bytes: [UInt8], to name: String, in directory: String) throws(Fault) {
        let path = "\(directory)/\(name)"
        guard let stream = fopen(path, "wb") else { throw fault(path) }
        let written = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, stream) }
        guard fclose(stream) == 0, written == bytes.count else { throw fault(path) }
    }

    /// Makes a folder with those above it; one that is there already is left as it is.
    static func makeFolder(_ path: String) throws(Fault) {
        var part = path.hasPrefix("/") ? "" : "."
        for name in path.split(separator: "/") {
            part += "/\(name)"
            guard mkdir(part, 0o755) == 0 || errno == EEXIST else { throw fault(part) }
        }
    }

    private static func fault(_ path: String) -> Fault {
        Fault(
            "The demonstration borough could not be written", at: path, because: String(cString: strerror(errno)),
            remedy: "Name a folder that you may write to, with about 50 MB to spare.")
    }
}
