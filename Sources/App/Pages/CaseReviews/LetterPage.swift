internal import CaseReview
internal import Casework
internal import DesignSystem
internal import Documents
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Rules
internal import Site

/// A letter to the applicant, ready to copy and to print. It holds no address.
enum LetterPage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.openReview()
        guard let kind = CaseReviewLetter.Kind(rawValue: try visit.text("letter")), open.record.letters.contains(kind),
            open.view.rights.reads.isSuperset(of: [.p1, .p2])
        else { throw Refusal.notFound }
        let today = visit.now.ukDate
        let site = visit.site
        let partnership = site.partnership
        let agency = partnership.agency(open.view.facts.agency)
        let next = try open.record.state.next(site.policy, on: today)
        let facts = CaseReviewLetterFacts(
            today: today, applicant: open.applicant, partnership: partnership.name, contact: agency?.contact,
            appealWindow: try site.policy.length("caseReview.appealWindow", on: today).inWords,
            hasPolicingBody: next.contains(.policingBody), name: { partnership.name(of: $0) })
        let letter = open.record.letter(kind, facts)
        if let format = visit.request.query["format"] {
            return try file(letter, kind, format, "\(open.view.record.reference)-\(kind.rawValue)", partnership.name)
        }
        let address = visit.request.path
        return visit.page(
            Page(
                kind.title, in: .cases, above: ReviewPlace.above(open), canBeLeftQuickly: true,
                """
                \(InsetText(text: "Send it only by the way that the victim called safe. Change the words where they do not fit; download it, print this page, or copy the text."))
                <p class="govuk-body"><a class="govuk-link" href="\(href: "\(address)?format=pdf")">Download as PDF</a> \
                <a class="govuk-link" href="\(href: "\(address)?format=docx")">Download as Word, to change words</a></p>
                \(each: letter.parts, { part in
                    """
                    \(if: !part.heading.isEmpty, "<h2 class=\"govuk-heading-m\">\(part.heading)</h2>")
                    \(each: part.paragraphs, { "<p class=\"govuk-body\">\(ReviewPlace.lines($0))</p>" })
                    """
                })
                \(Details(
                    summary: "The letter as plain text, to copy",
                    content: .html(Textarea(
                        name: "letter", label: "Text of the letter", value: letter.text, rows: 20, autocomplete: "off").html)))
                """))
    }

    private static func file(
        _ letter: CaseReviewLetter, _ kind: CaseReviewLetter.Kind, _ format: String, _ name: String, _ author: String
    ) throws -> Response {
        guard let file = FileKind(rawValue: format), file == .pdf || file == .docx else { throw Refusal.notFound }
        let blocks = letter.parts.flatMap { part -> [Document.Block] in
            let heading: [Document.Block] = part.heading.isEmpty ? [] : [.heading(1, part.heading)]
            return heading
                + part.paragraphs.map { text in
                    let lines = text.split(separator: "\n").map(String.init)
                    return lines.count > 1 ? .lines(lines) : .paragraph(text)
                }
        }
        let document = Document(title: kind.title, author: author, showsTitle: false, blocks: blocks)
        let maker = DocumentMaker()
        let bytes = try file == .pdf ? maker.pdf(document) : maker.word(document)
        return .download(body: .bytes(bytes), type: file.mediaType, as: "\(name).\(file.rawValue)")
    }
}
