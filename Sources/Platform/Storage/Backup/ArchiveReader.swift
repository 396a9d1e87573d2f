internal import CZlib
internal import Files
internal import Glibc
internal import Kernel

/// Reads an archive that `ArchiveWriter` wrote, from front to back.
final class ArchiveReader {
    private let path: String
    private let stream: gzFile

    init(path: String) throws(Fault) {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0, let stream = gzdopen(descriptor, "rb") else {
            throw FileSystem.failure("The backup could not be opened", path)
        }
        gzbuffer(stream, 1 << 17)
        self.stream = stream
    }

    deinit { gzclose_r(stream) }

    /// The next file, or nil at the end of the archive. The file before must have been read whole.
    func next() throws(Fault) -> TarHeader? {
        let block = try read(TarHeader.block)
        guard gzdirect(stream) == 0 else { throw damaged("it is not compressed by gzip") }
        if block.allSatisfy({ $0 == 0 }) {
            try readEnd()
            return nil
        }
        guard let header = TarHeader(block) else { throw damaged("it is not an archive made by Concord") }
        return header
    }

    /// After the files come at least two blocks of zeros. Reading to the end makes zlib compare the checksum of the whole.
    private func readEnd() throws(Fault) {
        var count = 0
        while true {
            let some = try readSome(1 << 16)
            count += some.count
            guard some.allSatisfy({ $0 == 0 }) else { throw damaged("something follows its end") }
            guard some.isEmpty else { continue }
            guard count >= TarHeader.block else {
                throw damaged("it ends in the middle: it was cut off or not copied whole")
            }
            return
        }
    }

    /// A whole file.
    func contents(_ header: TarHeader, limit: Int = 1 << 29) throws(Fault) -> [UInt8] {
        guard header.size <= limit else { throw damaged("\(header.name) is too large") }
        let bytes = try read(header.size)
        try skipPadding(header)
        return bytes
    }

    /// A file in portions.
    func each(_ header: TarHeader, _ body: ([UInt8]) throws -> Void) throws {
        var left = header.size
        while left > 0 {
            let portion = try read(min(left, 1 << 20))
            left -= portion.count
            try body(portion)
        }
        try skipPadding(header)
    }

    private func skipPadding(_ header: TarHeader) throws(Fault) {
        _ = try read((TarHeader.block - header.size % TarHeader.block) % TarHeader.block)
    }

    private func read(_ count: Int) throws(Fault) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(count, 1 << 20))
        while bytes.count < count {
            let some = try readSome(min(count - bytes.count, 1 << 20))
            guard !some.isEmpty else { throw damaged("it ends in the middle: it was cut off or not copied whole") }
            bytes += some
        }
        return bytes
    }

    private func readSome(_ count: Int) throws(Fault) -> [UInt8] {
        var came: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            came = gzread(stream, buffer.baseAddress, UInt32(count))
            used = max(0, Int(came))
        }
        if came > 0 { return bytes }
        var code: Int32 = 0
        let why = gzerror(stream, &code).map { String(cString: $0) } ?? ""
        switch code {
        case Z_OK, Z_STREAM_END: return []
        case Z_BUF_ERROR: throw damaged("it ends in the middle: it was cut off or not copied whole")
        default: throw damaged("its compressed contents are damaged (\(why))")
        }
    }

    func damaged(_ why: String) -> Fault { FileFault.unusable(path, because: why) }
}

/// Faults of backup files.
enum FileFault {
    static func unwritten(_ path: String) -> Fault { FileSystem.failure("The backup could not be written", path) }

    static func unusable(_ path: String, because why: String) -> Fault {
        Fault(
            "The backup cannot be used", at: path, because: why,
            remedy: "Copy it again from where it was made, or use another backup.")
    }

    static func folder(of path: String) -> String { FileSystem.parent(of: path) }
}
