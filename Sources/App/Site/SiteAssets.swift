internal import Digests
internal import Files
public import HTTP
public import Kernel

/// Style sheets, scripts and pictures: read once, and addressed by the digest of all of them together, so that modules
/// may import each other by relative paths and browsers may keep everything for ever.
public struct SiteAssets: Sendable {
    private let files: [String: [UInt8]]
    /// The first segments of every address: `/assets/DIGEST`.
    public let base: String

    /// Reads a folder with all folders in it.
    /// - Throws: a `Fault` when it cannot be read.
    public init(folder: String) throws(Fault) {
        var files: [String: [UInt8]] = [:]
        try SiteAssets.read(folder, as: "", into: &files)
        self.files = files
        let digest = SHA256()
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
            Array("\(name)\n\(bytes.count)\n".utf8).withUnsafeBytes { digest.update($0) }
            bytes.withUnsafeBytes { digest.update($0) }
        }
        base = "/assets/\(digest.finish().prefix(16))"
    }

    /// The address of a file, by its path in the folder.
    public func address(_ name: String) -> String { "\(base)/\(name)" }

    /// Whether there is such a file.
    public func has(_ name: String) -> Bool { files[name] != nil }

    /// The bytes of a file, for what is put into another; nil when there is no such file.
    public func bytes(_ name: String) -> [UInt8]? { files[name] }

    /// The answer to a request for `/assets/DIGEST/NAME…`, or nil when there is no such file.
    public func response(path: String) -> Response? {
        let parts = path.split(separator: "/", maxSplits: 2)
        guard parts.count == 3, parts[0] == "assets", let bytes = files[String(parts[2])] else { return nil }
        var response = Response(.ok, type: MediaType(ofFile: String(parts[2])), bytes)
        let isCurrent = path.hasPrefix(base + "/")
        response.headers["Cache-Control"] = isCurrent ? "public, max-age=31536000, immutable" : "no-cache"
        return response
    }

    private static func read(
        _ folder: String, as name: String, into files: inout [String: [UInt8]]
    ) throws(Fault) {
        for entry in try FileSystem.names(in: folder) where !entry.hasPrefix(".") {
            let path = "\(folder)/\(entry)"
            if FileSystem.isFolder(path) {
                try read(path, as: "\(name)\(entry)/", into: &files)
            } else {
                files["\(name)\(entry)"] = try FileSystem.read(path, limit: 16 << 20)
            }
        }
    }
}
