internal import Casework
internal import Digests
internal import Documents
internal import Governance
internal import HTTP
internal import Kernel
internal import Site
internal import Storage
internal import Synchronization

/// What goes to a court: the paper, the exhibits as they came in, and a list by which each can be proved.
struct CourtBundle {
    let open: OpenCase
    let content: CasePapers.Content
    let exhibits: [CasePapers.Exhibit]
    /// The identifiers of the entries that were chosen.
    let entries: Set<String>
    let mark: String
    let purpose: String
    let visit: Visit

    private var reference: String { open.view.record.reference }

    /// The archive, made while it is sent, so that only one exhibit lies in memory at a time.
    /// - Parameter pdf: the paper, as `DocumentMaker` made it of `document`.
    func response(_ pdf: [UInt8]) -> Response {
        let manifest = manifest(pdf)
        let sums = ([("\(reference).pdf", SHA256.hex(pdf)), ("manifest.json", SHA256.hex(manifest))] + hashes)
            .map { "\($0.1)  \($0.0)\n" }.joined()
        let first = [
            ("\(reference).pdf", pdf), ("manifest.json", manifest), ("SHA256SUMS", Array(sums.utf8)),
        ]
        let state = Mutex(State(zip: ZipWriter(at: visit.now)))
        let (exhibits, papers, database) = (exhibits, visit.papers, visit.site.database)
        let names = hashes.map(\.0)
        let body = ResponseBody.stream {
            try state.withLock { state -> [UInt8]? in
                let i = state.next
                state.next += 1
                if i < first.count { return try state.zip.add(first[i].0, first[i].1) }
                guard i - first.count < exhibits.count else { return state.end() }
                let exhibit = exhibits[i - first.count]
                let bytes = try database.read { try papers.bytes(of: exhibit, in: $0) }
                return try state.zip.add(names[i - first.count], bytes)
            }
        }
        return Response.download(body: body, type: "application/zip", as: "\(reference)-court.zip")
    }

    private struct State {
        var zip: ZipWriter
        var next = 0
        var hasEnded = false

        mutating func end() -> [UInt8]? {
            defer { hasEnded = true }
            return hasEnded ? nil : zip.end()
        }
    }

    private func number(_ i: Int) -> String { "\(mark)\(i + 1)" }

    /// The names and digests of the exhibits in the archive.
    private var hashes: [(String, String)] {
        exhibits.enumerated().map { i, exhibit in
            ("exhibits/\(number(i)).\(exhibit.attachment.kind.endings[0])", exhibit.attachment.sha256)
        }
    }

    // MARK: - The list

    private func manifest(_ pdf: [UInt8]) -> [UInt8] {
        let actor = visit.knownActor
        let files = zip(exhibits, hashes).enumerated().map { i, pair -> JSON in
            let (exhibit, hash) = pair
            return .object([
                .init("exhibit", .string(number(i))), .init("file", .string(hash.0)), .init("sha256", .string(hash.1)),
                .init("bytes", .integer(Int64(exhibit.attachment.size))),
                .init("type", .string(exhibit.attachment.kind.mediaType)),
                .init("received", .string(exhibit.attachment.madeAt.description)),
                .init("custody", .array(exhibit.custody.map(custody))),
            ])
        }
        return JSON.object([
            .init("case", .string(reference)), .init("exported", .string(visit.now.description)),
            .init("by", .string(actor?.name ?? "")),
            .init("agency", .string(actor.map { visit.site.partnership.name(of: $0.agency) } ?? "")),
            .init("purpose", .string(purpose)), .init("program", .string(visit.site.program)),
            .init(
                "paper",
                .object([
                    .init("file", .string("\(reference).pdf")), .init("sha256", .string(SHA256.hex(pdf))),
                    .init("bytes", .integer(Int64(pdf.count))),
                ])), .init("exhibits", .array(files)),
            .init("leftOut", .array(leftOut().map(JSON.string))),
        ]).encoded()
    }

    private func custody(_ event: CustodyEvent) -> JSON {
        .object([
            .init("act", .string(event.act.rawValue)), .init("form", .string(event.form.rawValue)),
            .init("by", .string(open.name(event.by))),
            .init("agency", .string(visit.site.partnership.name(of: event.agency))),
            .init("at", .string(event.at.description)),
        ])
    }

    // MARK: - The paper

    /// The paper.
    func document() throws -> Document {
        let paper = CaseDocument(open, content.guarded, visit)
        let chosen = chosen
        var numbers: [ID<CaseEntry>: String] = [:]
        for (i, entry) in chosen.enumerated() { numbers[entry.id] = "Entry \(i + 1)" }
        var blocks = paper.summary() + paper.people()
        blocks += paper.entries(chosen) { numbers[$0.id] }
        blocks += exhibitsTable(paper) + custodyTables()
        blocks += [
            .heading(1, "What was left out"),
            .paragraph("This export holds what was chosen for its purpose. It leaves out:"),
            .list(leftOut(), isNumbered: false),
            .paragraph(
                "Withheld addresses, and what else must be withheld, are replaced by [withheld]. The agency that holds the "
                    + "case answers questions about what was left out."),
        ]
        return Document(
            title: "Case \(reference): export for a court", author: visit.site.partnership.name,
            footer: try CaseDocument.footer(visit, purpose: purpose), blocks: blocks)
    }

    private var chosen: [CaseEntry] {
        content.view.entries.filter { entries.contains($0.id.text) && $0.supersededAt == nil }
    }

    private func exhibitsTable(_ paper: CaseDocument) -> [Document.Block] {
        guard !exhibits.isEmpty else { return [] }
        let rows = exhibits.enumerated().map { i, exhibit in
            let attachment = exhibit.attachment
            let evidence = attachment.evidence.map { " (\($0.inWords.lowercased()))" } ?? ""
            return [
                number(i), paper.clean(attachment.description) + evidence, paper.clean(attachment.source ?? ""),
                "\(attachment.madeAt.inWords), by \(open.name(attachment.madeBy))",
                "\(attachment.size) bytes, SHA-256 \(CaseDocument.grouped(attachment.sha256))",
            ]
        }
        return [
            .heading(1, "Exhibits"),
            .table(
                caption: "Exhibits, as they came in", columns: ["Number", "What", "Source", "Received", "File"],
                rows: rows),
        ]
    }

    private func custodyTables() -> [Document.Block] {
        exhibits.enumerated().flatMap { i, exhibit -> [Document.Block] in
            let rows = exhibit.custody.map { event in
                [
                    event.at.inWords, event.act.inWords, open.name(event.by),
                    visit.site.partnership.name(of: event.agency),
                ]
            }
            return [
                .heading(2, "Who had \(number(i))"),
                .table(
                    caption: "Chain of custody of \(number(i))", columns: ["When", "What", "Who", "Agency"], rows: rows),
            ]
        }
    }

    /// How much was left out, by its class; never what it says.
    private func leftOut() -> [String] {
        let names: [FieldClass: String] = [
            .p0: "ordinary", .p1: "personal", .p2: "sensitive", .p3: "the victim’s safety", .p4: "sealed",
        ]
        let others = content.view.entries.count { $0.supersededAt == nil } - chosen.count
        let exhibitsLeft = content.attachments.count { $0.supersededAt == nil } - exhibits.count
        var lines: [String] = []
        if others > 0 { lines.append("Entries that were not chosen: \(others)") }
        if exhibitsLeft > 0 { lines.append("Attachments that were not chosen: \(exhibitsLeft)") }
        for (fieldClass, count) in content.leftOut.sorted(by: { $0.key < $1.key }) {
            lines.append("Answers of the class \(fieldClass.text) (\(names[fieldClass] ?? "")): \(count)")
        }
        if content.view.entries.contains(where: \.hasHidden) {
            lines.append("Parts of entries that lie deeper than this export goes")
        }
        return lines.isEmpty ? ["Nothing that the person who made it may see"] : lines
    }
}
