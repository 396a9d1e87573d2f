internal import CZlib
internal import Kernel

#if canImport(Glibc)
    internal import Glibc
#endif

/// The bytes of a file, unpacked when they are gzip (of one or several members).
final class ByteSource {
    let path: String
    let isGzip: Bool
    /// The size of the file on disk.
    let size: Int64
    /// Bytes of the file read so far.
    private(set) var position: Int64 = 0
    /// Told of the file's bytes as they are read.
    var onBytes: ((UnsafeRawBufferPointer) -> Void)?

    private let descriptor: Int32
    private var input: [UInt8] = []
    private var inputStart = 0
    private var inputEnd = 0
    private var stream = z_stream()
    private var memberOpen = false
    private var unpacked: Int64 = 0

    init(path: String) throws(Fault) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ByteSource.failure(path) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw Fault(
                "The file could not be read", at: path, because: "it is a folder", remedy: "Name a file in it.")
        }
        size = Int64(info.st_size)
        var magic = [UInt8](repeating: 0, count: 2)
        isGzip = pread(descriptor, &magic, 2, 0) == 2 && magic == [0x1F, 0x8B]
        if isGzip { input = [UInt8](repeating: 0, count: 1 << 18) }
    }

    deinit {
        if memberOpen { inflateEnd(&stream) }
        close(descriptor)
    }

    /// Reads up to `count` bytes to `target`; 0 at the end.
    func read(into target: UnsafeMutablePointer<UInt8>, count: Int) throws(Fault) -> Int {
        if !isGzip { return try readFile(target, count) }
        var filled = 0
        while filled < count {
            if inputStart == inputEnd {
                inputStart = 0
                let capacity = input.count
                let result: Result<Int, Fault> = input.withUnsafeMutableBufferPointer { buffer in
                    guard let base = buffer.baseAddress else { return .success(0) }
                    do throws(Fault) { return .success(try readFile(base, capacity)) } catch { return .failure(error) }
                }
                inputEnd = try result.get()
                if inputEnd == 0 {
                    guard !memberOpen else { throw truncated() }
                    return filled
                }
            }
            filled += try inflate(into: target + filled, count: count - filled)
        }
        return filled
    }

    private func inflate(into target: UnsafeMutablePointer<UInt8>, count: Int) throws(Fault) -> Int {
        if !memberOpen {
            // Zeros may pad the end of a file of several members.
            while inputStart < inputEnd, input[inputStart] == 0, unpacked > 0 { inputStart += 1 }
            guard inputStart < inputEnd else { return 0 }
            stream = z_stream()
            guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
                throw Fault("The file could not be unpacked", at: path, because: "there is no memory for it")
            }
            memberOpen = true
        }
        let status = input.withUnsafeMutableBufferPointer { buffer -> Int32 in
            stream.next_in = buffer.baseAddress.map { $0 + inputStart }
            stream.avail_in = UInt32(inputEnd - inputStart)
            stream.next_out = target
            stream.avail_out = UInt32(clamping: count)
            return CZlib.inflate(&stream, Z_NO_FLUSH)
        }
        inputStart = inputEnd - Int(stream.avail_in)
        let made = Int(UInt32(clamping: count) - stream.avail_out)
        unpacked += Int64(made)
        if status == Z_STREAM_END {
            inflateEnd(&stream)
            memberOpen = false
        } else if status != Z_OK && status != Z_BUF_ERROR {
            throw Fault(
                "The gzip file is damaged", at: path,
                because: "unpacking failed after \(unpacked) bytes"
                    + (stream.msg.map { " (\(String(cString: $0)))" } ?? ""),
                remedy: "Get the file again from where it came.")
        }
        return made
    }

    private func truncated() -> Fault {
        Fault(
            "The gzip file is cut short", at: path, because: "it ends after \(unpacked) unpacked bytes in the middle",
            remedy: "Get the file again from where it came.")
    }

    private func readFile(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) throws(Fault) -> Int {
        while true {
            let got = Glibc.read(descriptor, target, count)
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw ByteSource.failure(path) }
            position += Int64(got)
            if got > 0 { onBytes?(UnsafeRawBufferPointer(start: target, count: got)) }
            return got
        }
    }

    private static func failure(_ path: String) -> Fault {
        let code = errno
        let why = String(cString: strerror(code))
        return Fault(
            "The file could not be read", at: path, because: why.prefix(1).lowercased() + why.dropFirst(),
            remedy: code == ENOENT ? "Check the spelling of the path." : "")
    }
}
