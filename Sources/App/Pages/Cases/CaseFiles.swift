internal import Casework
internal import Configuration
internal import Documents
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site
internal import Storage

extension Visit {
    /// The files of cases.
    var files: AttachmentStore {
        AttachmentStore(cases: cases, sealing: site.sealing, largest: site.configuration.attachments.largest)
    }

    /// The partnership's program against malware.
    var scanner: AttachmentScanner { AttachmentScanner(command: site.configuration.attachments.scanner) }

    /// Letters of cases.
    var letters: LetterStore { LetterStore(attachments: files, people: people) }

    /// Papers of cases.
    var papers: CasePapers { CasePapers(attachments: files) }

    /// The attachments of a case that the visitor may know of.
    func attachments(of open: OpenCase) throws -> [CaseAttachment] {
        let (id, occasion) = (open.view.record.id, try occasion())
        return try write { try files.list(of: id, on: occasion, in: $0) } ?? []
    }

    /// A case with the names of those who added its attachments, or took them out of use.
    func withKeepers(_ open: OpenCase, _ custody: [CustodyEvent] = []) throws -> OpenCase {
        let kept = try attachments(of: open)
        let accounts = kept.flatMap { [$0.madeBy, $0.supersededBy].compactMap { $0 } } + custody.map(\.by)
        return open.showing(open.view, also: try read { try AccountNames.names(of: Set(accounts), in: $0) })
    }

    /// Whether the policy lets the visitor do this to the case at all.
    func may(_ action: AccessAction, _ open: OpenCase, _ fieldClass: FieldClass = .p1) throws -> Bool {
        try decision(action, open.view.facts, fieldClass).isPermitted
    }

    /// The attachment in the path, as far as the visitor may see.
    func attachment(_ open: OpenCase) throws -> (attachment: CaseAttachment, custody: [CustodyEvent]) {
        let (id, occasion) = (open.view.record.id, try occasion())
        let attachment: ID<CaseAttachment> = try self.id("attachment")
        let found = try write { try files.read(attachment, of: id, on: occasion, in: $0) }
        switch found {
        case .success(let found): return found
        case .failure(let refusal):
            _ = try errors(refusal, at: "file")
            throw Refusal.notFound
        }
    }
}

/// The bytes of attachments. Each fetch asks the policy again and stands in the audit and in the chain of custody, whoever
/// had the address from wherever.
enum CaseFiles {
    /// What is shown, to be saved.
    static func file(_ visit: Visit) throws -> Response {
        let (attachment, _) = try visit.attachment(visit.openCase())
        guard let form = attachment.shown else { throw Refusal.notFound }
        return try opened(form, for: .read, visit) { download($0, attachment.kind, as: attachment.fileName(form)) }
    }

    /// A picture, in the page.
    static func picture(_ visit: Visit) throws -> Response {
        let (attachment, _) = try visit.attachment(visit.openCase())
        guard attachment.kind.isShown, attachment.shown == .copy else { throw Refusal.notFound }
        return try opened(.copy, for: .read, visit) { bytes in
            var response = download(bytes, attachment.kind, as: attachment.name)
            response.headers["Content-Disposition"] = "inline"
            return response
        }
    }

    /// A letter as Word.
    static func word(_ visit: Visit) throws -> Response {
        let (attachment, _) = try visit.attachment(visit.openCase())
        guard attachment.letter != nil else { throw Refusal.notFound }
        return try opened(.word, for: .read, visit) { download($0, .docx, as: attachment.fileName(.word)) }
    }

    /// The sealed original, with a reason.
    static func original(_ visit: Visit) throws -> Response {
        let open = try visit.openCase()
        let (attachment, _) = try visit.attachment(open)
        guard let reason = visit.reason else {
            return try CaseAttachmentPage.page(
                visit, errors: [FormError("reason", "Enter what the original is needed for")])
        }
        return try opened(.original, for: .export, visit, reason: reason) {
            download($0, attachment.kind, as: attachment.name)
        }
    }

    /// What comes of the bytes of a form, or a page that says why nobody gets them now.
    private static func opened(
        _ form: AttachmentForm, for action: AccessAction, _ visit: Visit, reason: String? = nil,
        _ answer: ([UInt8]) -> Response
    ) throws -> Response {
        let (id, occasion) = (try visit.caseID, try visit.occasion())
        let attachment: ID<CaseAttachment> = try visit.id("attachment")
        let opened = try visit.write {
            try visit.files.open(attachment, as: form, of: id, for: action, reason: reason, on: occasion, in: $0)
        }
        switch opened {
        case .success(let opened): return answer(opened.bytes)
        case .failure(let refusal):
            let words = try visit.errors(refusal, at: "reason").map(\.text).joined(separator: ". ")
            return visit.page(
                Page("This file cannot be opened", in: .cases, "<p class=\"govuk-body\">\(words).</p>"),
                status: .conflict)
        }
    }

    /// A file for the visitor's machine: nothing in it runs in the browser, and nothing of it is kept there.
    static func download(_ bytes: [UInt8], _ kind: FileKind, as name: String) -> Response {
        // Browsers open messages as pages of their own kind.
        let type = kind == .email ? "application/octet-stream" : kind.mediaType
        return Response.download(body: .bytes(bytes), type: type, as: name)
    }
}
