internal import Kernel

#if canImport(Glibc)
    internal import Glibc
#endif

/// The temporary file of one part while its bytes arrive.
final class FileSink {
    private let limits: MultipartLimits
    private let file: TemporaryFile
    private var descriptor: Int32
    private(set) var size = 0

    init(limits: MultipartLimits) throws(BodyFailure) {
        self.limits = limits
        do throws(Fault) {
            (file, descriptor) = try TemporaryFile.make(in: limits.folder)
        } catch {
            throw .storage(error)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(BodyFailure) {
        size += bytes.count
        guard size <= limits.file else {
            throw .tooLarge("A file is larger than \(BodyFailure.inWords(limits.file)). Send a smaller one.")
        }
        var offset = bytes.startIndex
        while offset < bytes.endIndex {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .storage(TemporaryFile.failure(file.path)) }
            offset += count
        }
    }

    func finish(_ part: MultipartPart) throws(BodyFailure) -> UploadedFile {
        // The result of close tells of a full disk on network file systems.
        let result = close(descriptor)
        descriptor = -1
        guard result == 0 else { throw .storage(TemporaryFile.failure(file.path)) }
        return UploadedFile(
            field: part.name, name: UploadedFile.safeName(part.fileName ?? ""), type: part.type, size: size, file: file)
    }
}
