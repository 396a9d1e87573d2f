import Kernel
import Testing

@testable import Governance

@Suite("Audit: what leaves it is harmless")
struct AuditExportTests {
    @Test(
        "A cell that a spreadsheet could compute gets an apostrophe",
        arguments: [
            "=1+1", "+44 20", "-1", "@SUM(A1)", "\t=1", "\rx", "\nx", "\u{200B}=1", "\u{FEFF}=1", "\u{A0}=1", " =1",
            "  \u{2060}-1", "＝1", "＋1", "－1", "＠x", "\u{202E}=1", "\u{0}=1", "\u{7F}=1", "'=1", "\"=1", "−1",
            "\u{00AD}@x", "\u{180E}=x", "\u{E0001}=x", "\u{3164}=x", "\u{301}=x",
        ])
    func formula(cell: String) {
        #expect(Spreadsheet.safe(cell) == "'" + cell)
    }

    @Test(
        "Other cells stay as they are",
        arguments: ["", "Bell", "O’Neill", "1", "a=b", "a-b", "(x)", "£5", "1-2", "é", "# 4", "'t Hooft", "192.0.2.1"])
    func harmless(cell: String) {
        #expect(Spreadsheet.safe(cell) == cell)
    }

    private var hostile: AuditRecord {
        var entry = AuditEncodingTests.entries[0]
        entry.reason = "=HYPERLINK(\"x\")\nseq,at \u{2028}\u{202E}\u{200B}\u{9B}31m 𝔘\u{E0041}"
        return AuditRecord(seq: 1, entry: entry, hash: AuditChain.start)
    }

    @Test("A JSON record is one line without a character that does not show, and means the same")
    func jsonLine() throws {
        let bytes = AuditFormat.jsonLines.encoded(hostile)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.unicodeScalars.filter { $0 == "\n" }.count == 1)
        #expect(text.hasSuffix("}\n"))
        for scalar in ["\u{2028}", "\u{202E}", "\u{200B}", "\u{9B}", "\u{E0041}"] as [Unicode.Scalar] {
            #expect(!text.unicodeScalars.contains(scalar))
        }
        let json = try JSON(parsing: bytes, from: "export")
        #expect(json["reason"] == hostile.entry.reason.map { .string($0) })
        #expect(json["hash"] == .string(String(repeating: "0", count: 64)))
    }

    @Test("A CSV record is one line whose cells no spreadsheet computes")
    func csv() {
        let text = String(decoding: AuditFormat.csv.encoded(hostile), as: UTF8.self)
        #expect(text.unicodeScalars.filter { $0.properties.generalCategory == .control } == ["\n"])
        #expect(text.contains(",\"'=HYPERLINK(\"\"x\"\") seq,at "))
        let head = String(decoding: AuditFormat.csv.head, as: UTF8.self)
        #expect(head.hasPrefix("seq,at,kind,account,"))
        #expect(head.split(separator: ",").count == AuditFormat.names.count)
    }
}
