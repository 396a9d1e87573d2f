internal import HTML
public import Kernel

/// Makes PDF (by WeasyPrint) and Word (by pandoc) of documents. The two run as programs of their own, a few at a time,
/// with limits of time and memory; whatever a document's text says, nothing is fetched for it, from files or a network.
public struct DocumentMaker: Sendable {
    /// Seconds that a document may take.
    public let seconds: Int
    /// Seconds that one waits for others' documents.
    private let patience: Int
    private let printer: ChildProcess
    private let writer: ChildProcess

    /// A maker.
    /// - Parameters:
    ///   - seconds: that a document may take.
    ///   - patience: seconds that one waits for others' documents.
    ///   - python: a Python that has WeasyPrint.
    ///   - pandoc: the program.
    public init(
        seconds: Int = 60, patience: Int = 30, python: String = "/usr/bin/python3", pandoc: String = "pandoc"
    ) {
        self.seconds = seconds
        self.patience = patience
        printer = ChildProcess(python, ["-I", "-c", DocumentMaker.program], seconds: seconds)
        // Its own sandbox keeps it from its own files too, and then it makes no Word. What it is given has no links to
        // anything that it could fetch: `Document` has no pictures.
        writer = ChildProcess(
            pandoc, ["--from=html", "--to=docx", "--output=-", "+RTS", "-M512m", "-RTS"], seconds: seconds)
    }

    /// The document as PDF for people and screen readers (PDF/UA-1 as far as WeasyPrint makes it).
    /// - Throws: a `Fault` when the program is not there, fails, or takes too long.
    public func pdf(_ document: Document) throws(Fault) -> [UInt8] {
        try make("PDF", by: printer, package: "weasyprint", document.html(paged: true), begins: "%PDF-")
    }

    /// The document as Word.
    /// - Throws: a `Fault` when the program is not there, fails, or takes too long.
    public func word(_ document: Document) throws(Fault) -> [UInt8] {
        try make("Word", by: writer, package: "pandoc", document.html(paged: false), begins: "PK")
    }

    private func make(
        _ what: String, by process: ChildProcess, package: String, _ html: Html, begins: String
    ) throws(Fault) -> [UInt8] {
        func fault(_ why: String, _ remedy: String) -> Fault {
            Fault("The \(what) document could not be made", because: why, remedy: remedy)
        }
        guard DocumentMaker.turns.take(seconds: patience) else {
            throw fault("many others are being made", "Wait a minute, and try again.")
        }
        defer { DocumentMaker.turns.give() }
        let result: ChildProcess.Result
        do throws(Fault) { result = try process.run(html.bytes) } catch {
            throw fault("the program that makes it is not there", "Install Debian’s package \(package).")
        }
        if result.isLate { throw fault("it took longer than \(seconds) seconds", "Choose less of it.") }
        guard result.code == 0, result.output.starts(with: Array(begins.utf8)) else {
            throw fault("the program that makes it failed", "Check that Debian’s package \(package) is whole.")
        }
        return result.output
    }

    private static let turns = Turns(2)

    /// Reads a page, fetches nothing for it, and writes its PDF. Memory and time have limits that the system keeps.
    static let program = """
        import resource, sys, logging
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        logging.disable(logging.CRITICAL)
        from weasyprint import HTML, VERSION
        def refuse(url, *rest, **more):
            raise ValueError("nothing is fetched")
        page = HTML(string=sys.stdin.buffer.read().decode("utf-8"), url_fetcher=refuse, base_url="about:blank")
        variant = "pdf_variant" if int(VERSION.split(".")[0]) >= 59 else "variant"
        sys.stdout.buffer.write(page.write_pdf(**{variant: "pdf/ua-1"}))
        """
}

/// Lets a few in at a time.
private final class Turns: Sendable {
    private let semaphore = Semaphore()

    init(_ count: Int) { for _ in 0..<count { semaphore.post() } }

    func take(seconds: Int) -> Bool { semaphore.wait(milliseconds: seconds * 1000) }
    func give() { semaphore.post() }
}
