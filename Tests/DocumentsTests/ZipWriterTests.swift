import Foundation
import Kernel
import Testing

@testable import Documents

@Suite("ZIP archives")
struct ZipWriterTests {
    @Test("Another program reads back what was written: names, bytes, time")
    func readBack() throws {
        // 1 June 2026, 10:30:08 in London, an hour before UTC.
        var zip = ZipWriter(at: Instant(milliseconds: 1_780_306_208_000))
        let long = Array(String(repeating: "Shouting under the window. ", count: 4000).utf8)
        let files: [(String, [UInt8])] = [
            ("case.pdf", long), ("exhibits/EX1 Zoë’s photo.jpg", Pictures.jpeg), ("empty.txt", []),
        ]
        var bytes: [UInt8] = []
        for (name, content) in files { bytes += try zip.add(name, content) }
        bytes += zip.end()
        let program = """
            import sys, io, zipfile, hashlib
            z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
            assert z.testzip() is None
            for i in z.infolist():
                print(i.filename, len(z.read(i)), hashlib.sha256(z.read(i)).hexdigest()[:8], "%d-%02d-%02d %02d:%02d:%02d" % i.date_time, i.compress_type, sep="|")
            """
        let result = try ChildProcess("/usr/bin/python3", ["-I", "-c", program], seconds: 30).run(bytes)
        let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(lines.count == 3, "\(String(decoding: result.errors, as: UTF8.self))")
        // SHA-256 of nothing begins e3b0c442 (FIPS 180-4 example).
        #expect(lines.last == "empty.txt|0|e3b0c442|2026-06-01 10:30:08|0")
        #expect(lines.first?.hasPrefix("case.pdf|108000|") == true && lines.first?.hasSuffix("|8") == true)
        #expect(lines.dropFirst().first?.hasPrefix("exhibits/EX1 Zoë’s photo.jpg|\(Pictures.jpeg.count)|") == true)
        #expect(bytes.count < long.count / 10 + Pictures.jpeg.count + 1000)
    }

    @Test("Two files of one name are refused")
    func twice() throws {
        var zip = ZipWriter(at: Instant(milliseconds: 0))
        _ = try zip.add("a", [1])
        #expect(throws: Fault.self) { try zip.add("a", [2]) }
    }
}
