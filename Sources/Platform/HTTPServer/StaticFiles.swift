internal import Digests
internal import Files
public import HTTP
public import Kernel

/// A folder of styles, scripts, fonts and pictures, read into memory at start.
///
/// Each file has an address with the digest of its bytes in it (`/assets/styles.3f2a….css`), which browsers keep for a
/// year, for other bytes have another address; and one without (`/assets/styles.css`), which they ask about every time,
/// for references inside styles and scripts. What is served is what was read: no request ever reaches the file system.
public struct StaticFiles: Sendable {
    private struct Asset {
        let type: MediaType
        let bytes: [UInt8]
        let packed: [UInt8]?
        let digest: String
    }

    /// The path above all addresses, such as `/assets`.
    public let prefix: String
    private var assets: [String: Asset] = [:]
    // The asset of each address, and whether the digest is in it.
    private var addresses: [String: (name: String, isLasting: Bool)] = [:]
    private var depth = 1

    /// Reads a folder and those in it; hidden files are passed over.
    /// - Throws: a `Fault` when something cannot be read or a file is larger than 32 MB.
    public init(folder: String, prefix: String = "/assets") throws(Fault) {
        self.init(prefix: prefix)
        try read(folder, below: "", level: 0)
    }

    /// Files that are in memory already, by name.
    public init(files: [(name: String, bytes: [UInt8])], prefix: String = "/assets") {
        self.init(prefix: prefix)
        for file in files { add(file.name, file.bytes) }
    }

    private init(prefix: String) {
        precondition(prefix.hasPrefix("/") && !prefix.hasSuffix("/"), "the prefix is a path without a last slash")
        self.prefix = prefix
    }

    private mutating func read(_ folder: String, below parent: String, level: Int) throws(Fault) {
        guard level < 8 else {
            throw Fault("The static files are nested too deeply", at: folder, because: "8 levels are read")
        }
        for name in try FileSystem.names(in: folder) {
            let path = "\(folder)/\(name)"
            if FileSystem.isFolder(path) {
                try read(path, below: "\(parent)\(name)/", level: level + 1)
            } else {
                add(parent + name, try FileSystem.read(path, limit: 32 << 20))
            }
        }
    }

    private mutating func add(_ name: String, _ bytes: [UInt8]) {
        let type = MediaType(ofFile: name)
        let packed = type.isCompressible && bytes.count > 1024 ? Gzip.compress(bytes, level: 9) : nil
        let digest = String(SHA256.hex(bytes).prefix(16))
        assets[name] = Asset(type: type, bytes: bytes, packed: packed, digest: digest)
        addresses[path(name)] = (name, false)
        addresses[path(lasting(name, digest))] = (name, true)
        depth = max(depth, name.split(separator: "/").count)
    }

    private func path(_ name: String) -> String {
        let segments = name.split(separator: "/").map { PercentCoding.encodeSegment(String($0)) }
        return "\(prefix)/\(segments.joined(separator: "/"))"
    }

    private func lasting(_ name: String, _ digest: String) -> String {
        let slash = name.lastIndex(of: "/") ?? name.startIndex
        guard let dot = name[slash...].lastIndex(of: ".") else { return "\(name).\(digest)" }
        return "\(name[..<dot]).\(digest)\(name[dot...])"
    }

    /// The names of all files, sorted.
    public var names: [String] { assets.keys.sorted() }

    /// The address of a file, with the digest of its bytes.
    ///
    /// Names are written down in our pages, so one that is not there stops the program in tests; in service the page
    /// gets the plain address, which answers 404.
    public func url(for name: String) -> String {
        assert(assets[name] != nil, "there is no static file \(name)")
        return path(assets[name].map { lasting(name, $0.digest) } ?? name)
    }

    /// The routes that answer, one for each depth of folders.
    public var routes: [Route<RoutedSite.Handler>] {
        (1...depth).map { level in
            let parameters = (1...level).map { $0 == level ? "/{file}" : "/{folder\($0)}" }.joined()
            return Route(.get, prefix + parameters, handler: { request, _ in response(to: request) })
        }
    }

    /// The answer to a request for a file.
    public func response(to request: Request) -> Response {
        guard let (name, isLasting) = addresses[request.path], let asset = assets[name] else { return .notFound }
        let takesGzip = Accept.accepts(encoding: "gzip", header: request.headers.joined("Accept-Encoding"))
        let packed = takesGzip ? asset.packed : nil
        var response = Response(type: asset.type, packed ?? asset.bytes)
        response.mayCompress = false
        if asset.packed != nil { response.headers["Vary"] = "Accept-Encoding" }
        if packed != nil { response.headers["Content-Encoding"] = "gzip" }
        response.headers["Cache-Control"] = isLasting ? "public, max-age=31536000, immutable" : "no-cache"
        let suffix = packed == nil ? "" : EntityTag.gzipSuffix
        response = response.tagged(EntityTag(asset.digest), for: request)
        if response.headers["ETag"] != nil { response.headers["ETag"] = EntityTag(asset.digest + suffix).headerValue }
        return response
    }
}
