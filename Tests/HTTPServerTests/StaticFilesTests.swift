import Foundation
import HTTP
import HTTPServer
import Testing

@Suite struct StaticFilesTests {
    let files = StaticFiles(files: [
        ("styles.css", Array(String(repeating: "body { color: black }\n", count: 200).utf8)),
        ("fonts/a b.woff2", [1, 2, 3]), ("small.js", Array("x".utf8)),
    ])

    func ask(_ path: String, _ headers: Headers = Headers()) -> Response {
        files.response(to: Request(.get, path, headers: headers))
    }

    @Test("A file's address has the digest of its bytes, and is kept for a year")
    func lasting() {
        // printf '\001\002\003' | sha256sum
        #expect(files.url(for: "fonts/a b.woff2") == "/assets/fonts/a%20b.039058c6f2c0cb49.woff2")
        let response = ask(files.url(for: "fonts/a b.woff2"))
        #expect(response.status == .ok)
        #expect(response.headers["Content-Type"] == "font/woff2")
        #expect(response.headers["Cache-Control"] == "public, max-age=31536000, immutable")
        #expect(ask("/assets/small.js").headers["Cache-Control"] == "no-cache")
        #expect(files.names == ["fonts/a b.woff2", "small.js", "styles.css"])
    }

    @Test("Text comes compressed to those who take it, with a mark of its own")
    func packed() {
        let plain = ask("/assets/styles.css")
        let packed = ask("/assets/styles.css", ["Accept-Encoding": "gzip, br"])

        #expect(plain.headers["Content-Encoding"] == nil)
        #expect(packed.headers["Content-Encoding"] == "gzip")
        #expect(packed.headers["Vary"] == "Accept-Encoding")
        #expect(packed.headers["ETag"] != plain.headers["ETag"])
        for answer in [plain, packed] {
            let again = ask("/assets/styles.css", ["If-None-Match": answer.headers["ETag"] ?? ""])
            #expect(again.status == .notModified)
        }
        #expect(ask("/assets/small.js", ["Accept-Encoding": "gzip"]).headers["Content-Encoding"] == nil)
    }

    @Test("Nothing outside the folder can be asked for")
    func traversal() throws {
        let folder = NSTemporaryDirectory() + "static-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/in", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["secret.txt", "in/a.txt", "in/.hidden"] {
            try Data("x".utf8).write(to: URL(filePath: "\(folder)/\(name)"))
        }
        let files = try StaticFiles(folder: folder + "/in")

        #expect(files.names == ["a.txt"])
        for path in [
            "/assets/../secret.txt", "/assets/%2e%2e/secret.txt", "/assets/..%2Fsecret.txt", "/assets/.hidden",
            "/assets/",
            "/assets//a.txt", "/assets/a.txt%00", "/assets/a.txt/", "/assets/\(folder)/secret.txt", "/assets/./a.txt",
        ] {
            #expect(files.response(to: Request(.get, path)).status == .notFound, "\(path)")
        }
    }

    @Test("The routes of a folder reach its files")
    func routes() throws {
        let site = RoutedSite(files.routes)

        for path in [files.url(for: "styles.css"), files.url(for: "fonts/a b.woff2")] {
            #expect(site.admit(RequestHead(path: path)).refusal == nil)
            #expect(try site.answer(Request(.get, path)).status == .ok)
        }
    }

    @Test("Health says which part fails and nothing more")
    func health() {
        let well = Health([("database", {})]).response()
        let ill = Health([("database", {}), ("disk", { throw CancellationError() })]).response()

        #expect(well.status.code == 200)
        #expect(ill.status.code == 503)
        guard case .bytes(let bytes) = ill.body else { return }
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"status": "failing", "parts": {"database": "ok", "disk": "failing"}}"#)
    }
}
