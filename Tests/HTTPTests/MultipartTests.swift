import Foundation
import HTTP
import Kernel
import Testing

@Suite struct MultipartTests {
    let folder = TestFolder()

    /// Feeds a body in pieces of a length.
    func parse(
        _ body: [UInt8], boundary: String = "AaB03x", pieces: Int = 7, limits: MultipartLimits? = nil
    ) throws -> (fields: FormFields, files: [UploadedFile]) {
        let parser = MultipartParser(boundary: boundary, limits: limits ?? MultipartLimits(folder: folder.path))
        var start = 0
        while start < body.count {
            let end = min(body.count, start + pieces)
            try body[start..<end].withUnsafeBytes { try parser.feed($0) }
            start = end
        }
        return try parser.finish()
    }

    // The example of HTML 4.01 §17.13.4 with its nested part left out.
    static let example = """
        --AaB03x\r
        Content-Disposition: form-data; name="submit-name"\r
        \r
        Larry\r
        --AaB03x\r
        Content-Disposition: form-data; name="files"; filename="file1.txt"\r
        Content-Type: text/plain\r
        \r
        ... contents of file1.txt ...\r
        --AaB03x--\r

        """

    @Test("The example of HTML reads the same however its bytes are cut")
    func example() throws {
        for pieces in 1...Self.example.utf8.count {
            let (fields, files) = try parse(Array(Self.example.utf8), pieces: pieces)
            #expect(fields == FormFields([.init("submit-name", "Larry")]))
            let file = try #require(files.first)
            #expect((file.field, file.name, file.type.name, file.size) == ("files", "file1.txt", "text/plain", 29))
            #expect(try Data(contentsOf: URL(filePath: file.file.path)) == Data("... contents of file1.txt ...".utf8))
        }
    }

    @Test("Files are removed with the last holder, and stay when they are kept")
    func lifetime() throws {
        let kept = "\(folder.path)/kept.txt"
        try {
            let (_, files) = try parse(Array(Self.example.utf8))
            #expect(folder.names.count == 1)
            try files[0].file.keep(at: kept)
            #expect(throws: Fault.self) { try files[0].file.keep(at: kept) }
            _ = try parse(Array(Self.example.utf8))
        }()
        #expect(folder.names == ["kept.txt"])
    }

    @Test("A broken form leaves no file")
    func abandoned() throws {
        let cut = Array(Self.example.utf8.dropLast(20))

        #expect(throws: BodyFailure.self) { try parse(cut) }
        #expect(folder.names.isEmpty)
    }

    @Test("A part with an empty body, an empty file box and odd names are understood")
    func odd() throws {
        let body = [
            "preamble to be passed over", "--b", "content-disposition: form-data; name=\"\"", "", "", "--b  ",
            "Content-Disposition: form-data; name=\"f\"; filename=\"\"", "Content-Type: application/octet-stream", "",
            "",
            "--b", "Content-Disposition: form-data; name=\"a%22b\"; filename=\"C:\\temp\\..\\x\u{202E}y%0D%0A.txt\"",
            "",
            "--", "-b--x", "--b--", "epilogue",
        ].joined(separator: "\r\n")

        for pieces in [1, 2, 3, 1000] {
            let (fields, files) = try parse(Array(body.utf8), boundary: "b", pieces: pieces)
            #expect(fields == FormFields([.init("", "")]))
            #expect(files.map(\.field) == ["a\"b"])
            #expect(files.map(\.name) == ["xy.txt"])
            #expect(files.map(\.size) == ["--\r\n-b--x".utf8.count])
        }
    }

    @Test("Each limit is kept: the whole, a file, a field, the number of parts")
    func limits() {
        let body = Array(Self.example.utf8)
        let each: [MultipartLimits] = [
            MultipartLimits(folder: folder.path, total: body.count - 1), MultipartLimits(folder: folder.path, file: 28),
            MultipartLimits(folder: folder.path, field: 4), MultipartLimits(folder: folder.path, parts: 1),
        ]

        for limits in each {
            let failure = #expect(throws: BodyFailure.self) { try parse(body, limits: limits) }
            #expect(failure?.status == .contentTooLarge)
        }
        #expect(folder.names.isEmpty)
    }

    @Test("Malformed forms are refused")
    func malformed() {
        let bodies = [
            "", "--AaB03x", "--AaB03x\r\n\r\nno name\r\n--AaB03x--",
            "--AaB03x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--AaB03x--",
            "--AaB03x\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--AaB03x--",
            "--AaB03x\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--AaB03x--",
            "--AaB03x\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--AaB03x--",
            "--AaB03xy\r\n", String(repeating: "x", count: 10_000),
        ]
        for body in bodies { #expect(throws: BodyFailure.self, "\(body)") { try parse(Array(body.utf8)) } }
    }

    @Test("Random bytes and mutated forms never stop the program")
    func fuzz() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<2000 {
            var body = Array(Self.example.utf8)
            for _ in 0..<(1 + random.below(6)) {
                let place = random.below(body.count)
                switch random.below(3) {
                case 0: body[place] = UInt8(random.below(256))
                case 1: body.remove(at: place)
                default: body.insert(contentsOf: Array("\r\n--AaB03x".utf8.prefix(random.below(11))), at: place)
                }
            }
            _ = try? parse(body, pieces: 1 + random.below(50))
        }
        #expect(folder.names.isEmpty)
    }

    @Test("Files that a killed process left are swept away")
    func sweep() throws {
        for name in ["upload-1-1", "other"] { try Data().write(to: URL(filePath: "\(folder.path)/\(name)")) }

        TemporaryFile.sweep(folder.path)

        #expect(folder.names == ["other"])
    }
}

/// A folder that goes with its test.
final class TestFolder {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "http-\(UUID().uuidString)"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? ["?"] }
}
