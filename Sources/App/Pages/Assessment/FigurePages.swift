internal import Assessing
internal import Assessment
internal import Assessments
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Records
internal import Site
internal import Synchronization

/// From a figure to what it means, and to the records that make it up.
enum FigurePages {
    static func definition(_ visit: Visit) throws -> Response {
        let version = try KeptAssessments.version(visit)
        let stored = try KeptAssessments.stored(version, visit)
        let address = try address(visit)
        guard let definition = try? FigureDefinition.of(address, in: stored.assessment) else { throw Refusal.notFound }
        var links = DocumentPages.links(version, AssessmentFilter())
        links.definition = try KeptAssessments.definitionLinks(visit)
        let rows: Html =
            visit.may(.read, "assessment-figure", .p1)
            ? """
            <p class="govuk-body"><a class="govuk-link" \
            href="\(href: "/assessment/\(version.id)/figures/\(address.segment)/rows")">Show the records that make it up</a></p>
            """ : "<p class=\"govuk-body\">The records behind it are open to analysts.</p>"
        return visit.page(
            Page(
                definition.title, in: .assessment, above: [(version.title, "/assessment/\(version.id)")],
                "\(definition.html(links))\(rows)"))
    }

    /// The records: read by those entitled, and each reading in the audit.
    static func rows(_ visit: Visit) throws -> Response {
        let version = try KeptAssessments.version(visit)
        let stored = try KeptAssessments.stored(version, visit)
        let address = try address(visit)
        let occasion = try visit.require(.read, "assessment-figure", .p1)
        let records = try loaded(version, visit)
        let changed = records.differences(from: stored.assessment)
        let found = try records.rows(of: address, in: stored.assessment)
        let offset = min(max(0, Int(visit.request.query["from"] ?? "") ?? 0), found.count)
        try visit.write { connection in
            var entry = occasion.entry(
                .read,
                Code("assessment-figure").map { AuditObject($0, id: "\(version.id)/\(address)", classification: "P1") })
            entry.results = Int64(found.count)
            try AuditLog.append(entry, in: connection)
        }
        let base = "/assessment/\(version.id)/figures/\(address.segment)"
        var pagination = Pagination()
        if offset > 0 { pagination.previous = .init(href: "\(base)/rows?from=\(max(0, offset - 100))") }
        if offset + 100 < found.count { pagination.next = .init(href: "\(base)/rows?from=\(offset + 100)") }
        let warning: Html =
            changed.isEmpty
            ? ""
            : WarningText(
                text: .text("The records have changed since this version was made: \(changed.joined(separator: "; ")).")
            ).html
        return visit.page(
            Page(
                "Records of this figure", in: .assessment,
                above: [(version.title, "/assessment/\(version.id)"), ("Figure", base)], isWide: true,
                """
                \(warning)
                \(found.html(offset: offset, limit: 100, labels: stored.assessment.labels))
                \(if: pagination.previous != nil || pagination.next != nil, pagination.html)
                """))
    }

    private static func address(_ visit: Visit) throws -> FigureAddress {
        guard let address = FigureAddress(segment: try visit.text("figure"))
        else { throw Refusal.notFound }
        return address
    }

    // The records of the versions asked for last, the latest at the end: reading them again takes seconds.
    private static let shelf = Mutex<[(id: ID<AssessmentVersion>, records: FigureRecords)]>([])
    private static let places = 2
    // One reads; whoever asks meanwhile waits for what it read.
    private static let reading = Mutex(())

    private static func loaded(_ version: AssessmentVersion, _ visit: Visit) throws -> FigureRecords {
        if let kept = kept(version.id) { return kept }
        return try reading.withLock { _ in
            if let kept = kept(version.id) { return kept }
            let order = AssessmentOrder(partnership: visit.site.evidence, areas: [version.area], period: version.period)
            let records = try FigureRecords(try AssessmentMaking.request(order, visit.site) { _, _ in })
            shelf.withLock { $0 = $0.suffix(places - 1) + [(version.id, records)] }
            return records
        }
    }

    private static func kept(_ id: ID<AssessmentVersion>) -> FigureRecords? {
        shelf.withLock { $0.first { $0.id == id }?.records }
    }
}
