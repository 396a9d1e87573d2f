import HTML
import Kernel
import Testing

@testable import Documents

@Suite("Documents as PDF and Word", .serialized)
struct DocumentMakerTests {
    static let document = Document(
        title: "Case <ASB> & more", author: "Safer Obbwade", footer: "Printed by Orla Officer, Council",
        blocks: [
            .heading(1, "What happened"), .paragraph("One line\nand <script>another</script>"),
            .list(["First", "Second"], isNumbered: true),
            .table(caption: "Actions", columns: ["What", "Who"], rows: [["Visit", "Council"]]),
            .facts([.init("Opened", "1 June 2026")]), .notice("Keep this to yourself"), .newPage,
            .lines(["1 High Street", "Obbwade"]),
        ])

    static func run(_ program: String, _ arguments: [String], _ input: [UInt8]) throws -> String {
        let result = try ChildProcess(program, arguments, seconds: 30).run(input)
        return String(decoding: result.output, as: UTF8.self)
    }

    @Test("The HTML is whole, and what texts hold is never markup")
    func html() {
        for paged in [true, false] {
            let html = Self.document.html(paged: paged)
            #expect(HtmlLint.problems(in: html.bytes, whole: true) == [])
            #expect(html.string.contains("&lt;script&gt;") && !html.string.contains("<script>"))
            #expect(html.string.contains("lang=\"en-GB\""))
        }
    }

    @Test("The PDF is tagged, has a title, and its foot on every page")
    func pdf() throws {
        let bytes = try DocumentMaker().pdf(Self.document)
        let text = try Self.run("pdftotext", ["-layout", "-", "-"], bytes)
        let pages = text.split(separator: "\u{0C}")
        #expect(pages.count == 2)
        for page in pages { #expect(page.contains("Printed by Orla Officer, Council") && page.contains("of 2")) }
        #expect(text.contains("and <script>another</script>") && text.contains("1 High Street"))
        let facts = try Self.run("pdfinfo", ["-"], bytes)
        #expect(facts.contains("Case <ASB> & more"))
        #expect(facts.split(separator: "\n").contains { $0.hasPrefix("Tagged:") && $0.hasSuffix("yes") })
    }

    @Test("The Word document has the same text, as headings, lists and tables")
    func word() throws {
        let bytes = try DocumentMaker().word(Self.document)
        let program = """
            import sys, io, zipfile
            z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
            print(z.read("word/document.xml").decode())
            """
        let xml = try Self.run("/usr/bin/python3", ["-I", "-c", program], bytes)
        #expect(xml.contains("1 High Street") && xml.contains("<w:tbl>") && xml.contains("w:val=\"Heading2\""))
        #expect(xml.contains("Printed by Orla Officer, Council"))
        #expect(FileSniffer.kind(of: bytes, named: "letter.docx") == .success(.docx))
    }

    @Test("Nothing is fetched for a document, not even when its text were markup")
    func fetchesNothing() throws {
        let page: Html = """
            <!DOCTYPE html><html lang="en"><head><title>x</title></head><body>
            <p>Before</p><img alt="" src="file:///etc/hostname"><object data="file:///etc/hostname">other</object>
            <link rel="attachment" href="file:///etc/hostname"></body></html>
            """
        let program = DocumentMaker.program
        let result = try ChildProcess("/usr/bin/python3", ["-I", "-c", program], seconds: 30).run(page.bytes)
        #expect(result.output.starts(with: Array("%PDF-".utf8)))
        #expect(!result.output.holds(ignoringCase: "EmbeddedFile"))
    }

    @Test("A program that is not there, fails, or does not end is a clear fault")
    func faults() {
        func fault(_ maker: DocumentMaker) -> String {
            do throws(Fault) { _ = try maker.pdf(Self.document) } catch { return error.description }
            return "no fault"
        }
        #expect(fault(DocumentMaker(python: "/usr/bin/not-there")).contains("weasyprint"))
        #expect(fault(DocumentMaker(python: "/bin/false")).contains("failed"))
        #expect(fault(DocumentMaker(seconds: 1, python: "/usr/bin/yes")) != "no fault")
    }
}

@Suite("Other programs")
struct ChildProcessTests {
    @Test("Bytes go in and come out, however many, and the exit code is told")
    func bytes() throws {
        var random = SeededRandom(seed: 9)
        let many = (0..<3_000_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let result = try ChildProcess("cat", [], seconds: 30).run(many)
        #expect(result.code == 0 && result.output == many && !result.isLate)
        #expect(try ChildProcess("sh", ["-c", "exit 3"], seconds: 10).run(many).code == 3)
        #expect(try ChildProcess("sh", ["-c", "kill -9 $$"], seconds: 10).run([]).code == nil)
    }

    @Test("A program that does not end is stopped with all that it started")
    func late() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try ChildProcess("sh", ["-c", "sleep 60 & sleep 60"], seconds: 1).run([])
        #expect(result.isLate && result.code == nil && clock.now - start < .seconds(20))
        let much = try ChildProcess("yes", [], seconds: 20, limit: 100_000).run([])
        #expect(much.code == nil && much.isLate)
    }

    @Test("It gets nothing of our environment, and its folder is gone afterwards")
    func surroundings() throws {
        let result = try ChildProcess("sh", ["-c", "touch left; pwd; env | cut -d= -f1 | sort"], seconds: 10).run([])
        let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(
            lines.dropFirst().filter { !["PWD", "OLDPWD", "SHLVL", "_"].contains($0) } == [
                "HOME", "LC_ALL", "PATH", "TMPDIR",
            ])
        let folder = try #require(lines.first)
        #expect(try ChildProcess("ls", [folder], seconds: 10).run([]).code != 0)
        #expect(throws: Fault.self) { try ChildProcess("no-such-program", [], seconds: 1).run([]) }
    }
}
