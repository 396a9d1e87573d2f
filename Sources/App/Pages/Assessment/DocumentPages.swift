internal import Assessment
internal import Assessments
internal import DesignSystem
internal import Digests
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// The assessment as a document: contents, parts, tables, maps, downloads.
enum DocumentPages {
    static func front(_ visit: Visit) throws -> Response {
        let version = try KeptAssessments.version(visit)
        let stored = try KeptAssessments.stored(version, visit)
        let filter = FilterForm.filter(visit)
        let summary = SummaryList(rows: [
            .init(key: "Area", value: .text(version.area)), .init(key: "Months", value: .text(words(version.period))),
            .init(key: "State", value: .text(version.state == .published ? "Published" : "Draft")),
            .init(key: "Made", value: .text("\(version.madeAt.inWords) by \(version.madeByName)")),
            .init(
                key: "Published",
                value: .text(
                    version.publishedAt.map { "\($0.inWords) by \(version.publishedByName ?? "")" } ?? "Not yet")),
            .init(key: "Records read", value: .text(String(version.recordsRead))),
            .init(key: "Digest", value: .text(version.digest)),
        ])
        let document = KeptAssessments.drawn(version, "front \(FilterForm.query(filter))") {
            let sections = AssessmentSections(stored, links: links(version, filter), filter: filter)
            return """
                \(FilterForm.html(stored, filter, action: "/assessment/\(version.id)"))
                <div class="govuk-grid-row">
                <div class="govuk-grid-column-one-third">\(sections.contentsList(current: "findings"))</div>
                <div class="govuk-grid-column-two-thirds"><div class="concord-document">\(sections.section("findings") ?? "")</div></div>
                </div>
                """
        }
        let main: Html = """
            \(summary)
            \(try actions(version, visit))
            \(document ?? "")
            """
        return visit.page(Page(version.title, in: .assessment, isWide: true, main))
    }

    static func section(_ visit: Visit) throws -> Response {
        let version = try KeptAssessments.version(visit)
        let stored = try KeptAssessments.stored(version, visit)
        let filter = FilterForm.filter(visit)
        let id = try visit.text("section")
        var links = links(version, filter)
        if id == "method" { links.definition = try KeptAssessments.definitionLinks(visit) }
        let sections = AssessmentSections(stored, links: links, filter: filter)
        guard let entry = sections.contents.first(where: { $0.id == id }) else { throw Refusal.notFound }
        let document = KeptAssessments.drawn(version, "section \(id) \(FilterForm.query(filter))") {
            sections.section(id).map { html in
                """
                \(FilterForm.html(stored, filter, action: "/assessment/\(version.id)/sections/\(AssessmentLinks.segment(id))"))
                <div class="govuk-grid-row">
                <div class="govuk-grid-column-one-third">\(sections.contentsList(current: id))</div>
                <div class="govuk-grid-column-two-thirds"><div class="concord-document concord-document--part">\(html)</div></div>
                </div>
                """
            }
        }
        guard let document else { throw Refusal.notFound }
        return visit.page(
            Page(
                entry.title, in: .assessment, above: [(version.title, "/assessment/\(version.id)")], isWide: true,
                hasHeading: true, document))
    }

    static func table(_ visit: Visit) throws -> Response {
        let version = try KeptAssessments.version(visit)
        let stored = try KeptAssessments.stored(version, visit)
        var id = try visit.text("table")
        let filter = FilterForm.filter(visit)
        if id.hasSuffix(".csv") {
            id.removeLast(4)
            guard let table = stored.assessment.table(id) else { throw Refusal.notFound }
            let shown = stored.assessment.filtered(table, by: filter).table
            let bytes = AssessmentCSV.encode(shown)
            try KeptAssessments.keepExport(of: version, "\(id).csv\(FilterForm.query(filter))", bytes, visit)
            var response = Response(.ok, type: .csv, bytes)
            response.headers["Content-Disposition"] = ContentDisposition.attachment("\(id).csv")
            return response
        }
        let offset = min(max(0, Int(visit.request.query["from"] ?? "") ?? 0), 1_000_000)
        let address = "/assessment/\(version.id)/tables/\(AssessmentLinks.segment(id))"
        guard let table = stored.assessment.table(id) else { throw Refusal.notFound }
        let document = KeptAssessments.drawn(version, "table \(id) \(offset) \(FilterForm.query(filter))") {
            let sections = AssessmentSections(stored, links: links(version, filter), filter: filter)
            guard let html = sections.table(id, offset: offset, limit: pageLength),
                let count = sections.rowCount(of: id)
            else { return nil }
            return """
                \(FilterForm.html(stored, filter, action: address))
                <div class="concord-document">\(html)</div>
                \(pages(address, FilterForm.query(filter), offset: offset, count: count))
                """
        }
        guard let document else { throw Refusal.notFound }
        return visit.page(
            Page(
                table.title, in: .assessment, above: [(version.title, "/assessment/\(version.id)")], isWide: true,
                document))
    }

    private static let pageLength = 250

    private static func pages(_ address: String, _ filter: String, offset: Int, count: Int) -> Html {
        guard count > pageLength else { return "" }
        func link(_ from: Int) -> String { "\(address)\(filter)\(filter.isEmpty ? "?" : "&")from=\(from)" }
        var pagination = Pagination()
        if offset > 0 { pagination.previous = .init(href: link(max(0, offset - pageLength))) }
        if offset + pageLength < count { pagination.next = .init(href: link(offset + pageLength)) }
        return pagination.html
    }

    static func layer(_ visit: Visit) throws -> Response {
        let version = try KeptAssessments.version(visit)
        let stored = try KeptAssessments.stored(version, visit)
        let (table, layer) = (try visit.text("table"), try visit.text("layer"))
        guard AssessmentGeoJSON.layers(of: table, in: stored).contains(where: { $0.id == layer }) else {
            throw Refusal.notFound
        }
        let bytes = try AssessmentGeoJSON.layer(layer, of: table, in: stored)
        guard let type = MediaType("application/geo+json") else { throw Refusal.notFound }
        var response = Response(.ok, type: type, bytes)
        response.headers["Cache-Control"] = "private, max-age=3600"
        return response.tagged(EntityTag(version.digest), for: visit.request)
    }

    static func file(_ visit: Visit) throws -> Response {
        let version = try KeptAssessments.version(visit)
        let name = try visit.text("name")
        guard !name.utf8.contains(0) else { throw Refusal.notFound }
        let occasion = try visit.require(.export, "assessment")
        // The file and the entry of the audit in one transaction: nothing leaves without its entry.
        let file = try visit.write { connection in
            let file = try AssessmentStore.file(name, of: version.id, in: connection)
            if let file {
                let entry = version.exportEntry(name, digest: SHA256.hex(file.bytes), occasion)
                try AuditLog.append(entry, in: connection)
            }
            return file
        }
        guard let file, let type = MediaType(file.mediaType) else { throw Refusal.notFound }
        var response = Response(.ok, type: type, file.bytes)
        if name == "assessment.html" {
            // The printed form carries its own style sheet; it has no scripts, and may load nothing.
            response.headers["Content-Security-Policy"] =
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        } else {
            response.headers["Content-Disposition"] = ContentDisposition.attachment(name)
        }
        return response
    }

    static func links(_ version: AssessmentVersion, _ filter: AssessmentFilter) -> AssessmentLinks {
        AssessmentLinks(base: "/assessment/\(version.id)", suffix: FilterForm.query(filter))
    }

    static func words(_ period: MonthRange) -> String {
        period.count == 1 ? period.first.inWords : "\(period.first.inWords) to \(period.last.inWords)"
    }

    private static func actions(_ version: AssessmentVersion, _ visit: Visit) throws -> Html {
        let base = "/assessment/\(version.id)"
        let isOpen = version.state == .draft
        let mayPublish =
            try isOpen && visit.may(.publish, "assessment") && version.publishing(by: visit.actor().account) == .allowed
        return """
            <h2 class="govuk-heading-m">Take it with you</h2>
            <ul class="govuk-list">
            <li><a class="govuk-link" href="\(href: "\(base)/files/assessment.html")">Printed form</a></li>
            <li><a class="govuk-link" href="\(href: "\(base)/files/assessment.json")">All figures as JSON</a></li>
            <li><a class="govuk-link" href="\(href: "/assessment/compare?new=\(version.id)")">Compare with another version</a></li>
            </ul>
            \(if: mayPublish, Button(text: "Publish this assessment", href: "\(base)/publish").html)
            \(if: isOpen && visit.may(.update, "assessment"), rename(version, visit))
            \(if: isOpen && visit.may(.delete, "assessment"), discard(version, visit))
            """
    }

    private static func rename(_ version: AssessmentVersion, _ visit: Visit) -> Html {
        Details(
            summary: "Change the title",
            content: .html(
                visit.form(
                    "/assessment/\(version.id)/rename",
                    """
                    \(HiddenField(name: "seen", value: String(version.rowVersion)))
                    \(Input(name: "title", label: .init(text: "Title"), value: version.title))
                    \(Button(text: "Change the title", classes: "govuk-button--secondary"))
                    """))
        ).html
    }

    private static func discard(_ version: AssessmentVersion, _ visit: Visit) -> Html {
        Details(
            summary: "Discard this draft",
            content: .html(
                visit.form(
                    "/assessment/\(version.id)/discard",
                    """
                    \(HiddenField(name: "seen", value: String(version.rowVersion)))
                    <p class="govuk-body">The draft and its files are removed. This cannot be undone.</p>
                    \(Button(text: "Discard this draft", classes: "govuk-button--warning"))
                    """))
        ).html
    }
}
