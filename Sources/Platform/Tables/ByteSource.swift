internal import CZlib
internal import Glibc
internal import Kernel

/// The bytes of a file, front to back, decompressed when it is gzip.
final class ByteSource {
    /// Bytes of the file, as it lies on the disc.
    let total: Int64
    /// How many of them were read.
    private(set) var read: Int64 = 0
    /// Whether the file is gzip.
    let isCompressed: Bool
    private let path: String
    private let descriptor: Int32
    private var gzip: GzipStream?
    private let onBytes: ((UnsafeRawBufferPointer) -> Void)?

    /// Opens a file.
    /// - Parameter onBytes: receives the bytes of the file as they lie on the disc, in order.
    init(path: String, onBytes: ((UnsafeRawBufferPointer) -> Void)? = nil) throws(Fault) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ByteSource.unreadable(path, because: String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw ByteSource.unreadable(path, because: "it is a folder", remedy: "Name a file inside the folder.")
        }
        var magic: [UInt8] = [0, 0]
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        isCompressed = isRegular && pread(descriptor, &magic, 2, 0) == 2 && magic == [0x1F, 0x8B]
        self.path = path
        self.descriptor = descriptor
        self.onBytes = onBytes
        total = Int64(status.st_size)
        if isCompressed { gzip = try GzipStream(path: path) }
    }

    deinit { close(descriptor) }

    /// Fills memory from the file; fewer bytes than asked for can come before its end.
    /// - Returns: how many bytes came, 0 at the end.
    func read(into memory: UnsafeMutablePointer<UInt8>, atMost count: Int) throws(Fault) -> Int {
        guard let gzip else { return try readRaw(into: memory, atMost: count) }
        while true {
            let produced = try gzip.inflate(into: memory, atMost: count)
            if produced > 0 || gzip.isFinished { return produced }
            let came = try readRaw(into: gzip.input, atMost: GzipStream.inputSize)
            try gzip.take(came, compressedRead: read)
        }
    }

    private func readRaw(into memory: UnsafeMutablePointer<UInt8>, atMost count: Int) throws(Fault) -> Int {
        while true {
            let came = Glibc.read(descriptor, memory, count)
            if came >= 0 {
                read += Int64(came)
                if came > 0 { onBytes?(UnsafeRawBufferPointer(start: memory, count: came)) }
                return came
            }
            guard errno == EINTR else {
                throw ByteSource.unreadable(path, because: "\(String(cString: strerror(errno))) after \(read) bytes")
            }
        }
    }

    static func unreadable(
        _ path: String, because why: String,
        remedy: String = "Check the name, that the file is there and that you may read it."
    ) -> Fault {
        Fault("The file could not be read", at: path, because: why, remedy: remedy)
    }
}

/// Decompresses gzip (RFC 1952), of one member or several.
final class GzipStream {
    static let inputSize = 256 << 10
    /// Where compressed bytes are put before `take`.
    let input = UnsafeMutablePointer<UInt8>.allocate(capacity: GzipStream.inputSize)
    /// Whether all members were decompressed and the file has ended.
    private(set) var isFinished = false
    private let path: String
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var produced: Int64 = 0
    private var compressedRead: Int64 = 0
    private var isBetweenMembers = false
    private var isPadding = false
    /// Whether the last call filled the memory, so that more text may come without more input.
    private var holdsBack = false

    init(path: String) throws(Fault) {
        self.path = path
        stream.initialize(to: z_stream())
        let gzipOnly: Int32 = 16 + MAX_WBITS
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(stream, gzipOnly, ZLIB_VERSION, size) == Z_OK else {
            throw Fault("The file could not be decompressed", at: path, because: "memory is short")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    /// Tells that `count` bytes were put into `input`; none means the end of the file.
    func take(_ count: Int, compressedRead: Int64) throws(Fault) {
        self.compressedRead = compressedRead
        if count == 0 {
            guard isBetweenMembers else { throw damaged("it ends in the middle: it was cut off or not copied whole") }
            isFinished = true
        }
        stream.pointee.next_in = input
        stream.pointee.avail_in = UInt32(count)
    }

    /// Decompresses what was taken.
    /// - Returns: how many bytes were written; none when more has to be taken, or at the end.
    func inflate(into memory: UnsafeMutablePointer<UInt8>, atMost count: Int) throws(Fault) -> Int {
        stream.pointee.next_out = memory
        stream.pointee.avail_out = UInt32(clamping: count)
        let room = stream.pointee.avail_out
        while stream.pointee.avail_out > 0, stream.pointee.avail_in > 0 || holdsBack {
            if isBetweenMembers { try startMember() }
            if isPadding { break }
            let result = CZlib.inflate(stream, Z_NO_FLUSH)
            holdsBack = stream.pointee.avail_out == 0 && result == Z_OK
            if result == Z_STREAM_END {
                isBetweenMembers = true
            } else if result != Z_OK, result != Z_BUF_ERROR {
                let why = stream.pointee.msg.map { String(cString: $0) } ?? "error \(result)"
                throw damaged("its contents are damaged (\(why))")
            }
        }
        let made = Int(room - stream.pointee.avail_out)
        produced += Int64(made)
        return made
    }

    /// After a member comes another one, or zero bytes up to the end (RFC 1952 allows neither; `gzip` takes both).
    private func startMember() throws(Fault) {
        if isPadding || stream.pointee.next_in.pointee == 0 {
            isPadding = true
            for i in 0..<Int(stream.pointee.avail_in) where stream.pointee.next_in[i] != 0 {
                throw damaged("other bytes follow the compressed contents")
            }
            stream.pointee.avail_in = 0
            return
        }
        inflateReset(stream)
        isBetweenMembers = false
    }

    private func damaged(_ why: String) -> Fault {
        Fault(
            "The compressed file could not be read to its end", at: path,
            because: "\(why); \(compressedRead) bytes of it gave \(produced) bytes of text up to there",
            remedy: "Fetch or copy the file again and compare its size with the original.")
    }
}
