internal import CZlib
internal import Glibc
internal import Kernel

/// Writes a gzip'd tar archive (POSIX.1-1988 ustar) under a temporary name; `finish` gives it its own.
final class ArchiveWriter {
    private let path: String
    private let temporary: String
    private let descriptor: Int32
    private var stream: gzFile?
    private var isFinished = false

    /// Opens the temporary file, readable by its owner only.
    init(path: String) throws(Fault) {
        self.path = path
        temporary = "\(path).part-\(getpid())"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileFault.unwritten(path) }
        // Level 3 is three times as fast as the default and makes files a tenth larger. `gzclose` closes its own copy.
        stream = gzdopen(fcntl(descriptor, F_DUPFD_CLOEXEC, 0), "wb3")
        if stream == nil { throw FileFault.unwritten(path) }
    }

    deinit {
        if let stream { gzclose(stream) }
        close(descriptor)
        if !isFinished { unlink(temporary) }
    }

    /// Adds a file that lies in memory.
    func add(_ name: String, _ bytes: [UInt8]) throws(Fault) {
        try begin(name, size: bytes.count)
        try write(bytes)
        try pad(bytes.count)
    }

    /// Begins a file of that size; its bytes follow by `write`, then `pad`.
    func begin(_ name: String, size: Int) throws(Fault) {
        guard let header = TarHeader(name: name, size: size) else {
            throw Fault(
                "The backup cannot be written", at: name, because: "its name or its size does not fit into the archive",
                remedy: "Names may have 90 bytes, files 8 GB.")
        }
        try write(header.bytes)
    }

    /// Adds bytes.
    func write(_ bytes: [UInt8]) throws(Fault) {
        var offset = 0
        while offset < bytes.count {
            let part = min(bytes.count - offset, 1 << 20)
            let written = bytes.withUnsafeBytes { gzwrite(stream, $0.baseAddress.map { $0 + offset }, UInt32(part)) }
            guard written == Int32(part) else { throw FileFault.unwritten(path) }
            offset += part
        }
    }

    /// Fills the last block of a file.
    func pad(_ size: Int) throws(Fault) {
        try write([UInt8](repeating: 0, count: (TarHeader.block - size % TarHeader.block) % TarHeader.block))
    }

    /// Ends the archive: it is on the disk, under its own name.
    func finish() throws(Fault) {
        try write([UInt8](repeating: 0, count: 2 * TarHeader.block))
        let status = gzclose(stream)
        stream = nil
        guard status == Z_OK, fsync(descriptor) == 0 || errno == EINVAL, rename(temporary, path) == 0 else {
            throw FileFault.unwritten(path)
        }
        isFinished = true
        let folder = open(FileFault.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }
}

/// The header of a file in a tar archive.
struct TarHeader {
    /// All sizes in an archive are multiples of this.
    static let block = 512
    let name: String
    let size: Int

    /// A header, or nil when name or size do not fit.
    init?(name: String, size: Int) {
        guard (1...100).contains(name.utf8.count), size >= 0, size < 1 << 33 else { return nil }
        self.name = name
        self.size = size
    }

    /// The header of a block that was read, or nil when it is none.
    init?(_ block: [UInt8]) {
        guard block.count == TarHeader.block, Array(block[257..<263]) == Array("ustar\0".utf8), block[156] == 0x30,
            TarHeader.octal(block[148..<156]) == TarHeader.sum(block), let size = TarHeader.octal(block[124..<136])
        else { return nil }
        self.init(name: String(decoding: block[0..<100].prefix { $0 != 0 }, as: UTF8.self), size: size)
    }

    var bytes: [UInt8] {
        var block = [UInt8](repeating: 0, count: TarHeader.block)
        func put(_ text: String, at offset: Int) {
            block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        put(name, at: 0)
        put("0000600\0", at: 100)
        put("0000000\0", at: 108)
        put("0000000\0", at: 116)
        put(TarHeader.octal(size, digits: 11), at: 124)
        put(TarHeader.octal(0, digits: 11), at: 136)
        put("0", at: 156)
        put("ustar\u{0}00", at: 257)
        put(TarHeader.octal(TarHeader.sum(block), digits: 6) + "\0 ", at: 148)
        return block
    }

    /// The sum of a header's bytes, its own place counted as spaces.
    private static func sum(_ block: [UInt8]) -> Int {
        var sum = 0
        for (position, byte) in block.enumerated() { sum += (148..<156).contains(position) ? 0x20 : Int(byte) }
        return sum
    }

    private static func octal(_ number: Int, digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    private static func octal(_ bytes: ArraySlice<UInt8>) -> Int? {
        let text = String(decoding: bytes.prefix { $0 != 0 && $0 != 0x20 }, as: UTF8.self)
        guard text.utf8.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
        return Int(text, radix: 8)
    }
}
