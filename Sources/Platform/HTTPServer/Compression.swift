internal import HTTP

/// Decides which answers are compressed, and does it.
///
/// BREACH reads a secret out of a page by the length of its compressed form, when the attacker can both put a text of
/// his into the page and make the victim's browser fetch it again and again. Our form tokens differ in every page (CSRF),
/// and an answer to a request that another site caused (Sec-Fetch-Site, which all present browsers send) is not
/// compressed, so that names and notes in pages cannot be read that way either.
enum Compression {
    /// Smaller bodies are sent as they are.
    private static let least = 1024
    // Larger ones would hold a thread too long.
    private static let most = 16 << 20

    static func apply(to response: inout Response, for head: RequestHead) {
        guard case .bytes(let bytes) = response.body, response.mayCompress, !response.status.hasNoBody,
            response.status != .partialContent, response.headers["Content-Encoding"] == nil,
            bytes.count >= least, bytes.count <= most,
            let type = response.headers["Content-Type"].flatMap({ MediaType($0) }), type.isCompressible
        else { return }
        vary(&response)
        let site = head.headers["Sec-Fetch-Site"]
        guard site == nil || site == "same-origin" || site == "none",
            Accept.accepts(encoding: "gzip", header: head.headers.joined("Accept-Encoding")),
            let packed = Gzip.compress(bytes)
        else { return }
        response.body = .bytes(packed)
        response.headers["Content-Encoding"] = "gzip"
        if let tag = response.headers["ETag"], !tag.hasPrefix("W/"), tag.hasSuffix("\"") {
            response.headers["ETag"] = tag.dropLast() + EntityTag.gzipSuffix + "\""
        }
    }

    private static func vary(_ response: inout Response) {
        guard !response.headers.list("Vary", contains: "Accept-Encoding") else { return }
        let others = response.headers.joined("Vary").map { $0 + ", " } ?? ""
        response.headers["Vary"] = others + "Accept-Encoding"
    }
}
