internal import Configuration
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Checks the chain of the audit from its first entry to its last, and says what was found.
enum AuditCheckPage {
    static func page(_ visit: Visit) throws -> Response {
        let occasion = try visit.require(.read, "audit", .p2)
        let (anchors, fault) = anchors(visit)
        let found = try visit.read { try AuditVerifier.verify($0, anchors: anchors) }
        try visit.write { connection in
            var entry = occasion.entry(
                .auditReview, Code("audit").map { AuditObject($0) },
                outcome: found.damage == nil && (fault != nil || found.missingAnchors.isEmpty) ? .permit : .error)
            entry.query = "chain"
            entry.results = found.entries
            try AuditLog.append(entry, in: connection)
        }
        return visit.page(
            Page(
                "Check of the audit", in: .trust, above: [("Audit", "/trust/audit")],
                """
                \(result(found))
                \(some: fault, { WarningText(text: .text("The anchors were not compared. \($0.what): \($0.why).")).html })
                \(if: fault == nil && !found.missingAnchors.isEmpty, missing(found.missingAnchors, visit))
                \(if: fault == nil && found.anchors == 0 && found.missingAnchors.isEmpty, none)
                \(SummaryList(rows: facts(found, visit)))
                \(Details(summary: "What is checked", content: .html(explanation)))
                """))
    }

    private static func anchors(_ visit: Visit) -> ([AuditAnchor], Fault?) {
        do throws(Fault) {
            return (try visit.site.anchors.anchors(), nil)
        } catch {
            return ([], error)
        }
    }

    private static func result(_ found: AuditVerification) -> Html {
        guard let damage = found.damage else {
            return InsetText(
                text: .text("The audit is whole: all \(found.entries) entries are as they were written.")
            ).html
        }
        return """
            \(WarningText(text: .text("The audit was changed. \(damage.description)")))
            <p class="govuk-body">Tell the data protection officer and the operators of the service now. Keep the
            database and its backups as they are until they have been looked at.</p>
            """
    }

    private static func missing(_ anchors: [AuditAnchor], _ visit: Visit) -> Html {
        let days = anchors.prefix(5).map(\.day.inWords).joined(separator: ", ")
        return """
            \(WarningText(text: .text("The file of anchors lacks \(anchors.count) of those that were written to it.")))
            <p class="govuk-body">Missing: \(days)\(anchors.count > 5 ? " and others" : ""). Tell the operators of the \
            service: the file is to be brought back from its copies, and it is to be found out who changed it.</p>
            """
    }

    private static let none: Html = """
        <p class="govuk-body">There are no anchors yet, so the entries were compared with each other only.</p>
        """

    private static func facts(_ found: AuditVerification, _ visit: Visit) -> [SummaryList.Row] {
        let steps = found.clockSteps.isEmpty ? "None" : found.clockSteps.map { String($0) }.joined(separator: ", ")
        return [
            .init(key: "Entries that hold", value: .text(String(found.entries))),
            .init(key: "Hash of the last of them", value: .text(hexadecimal(found.hash))),
            .init(key: "Anchors that agree", value: .text(String(found.anchors))),
            .init(key: "Entries at which the clock went back", value: .text(steps)),
            .init(key: "Checked", value: .text(visit.now.inWords)),
        ]
    }

    private static let explanation: Html = """
        <p class="govuk-body">Each entry carries a hash of itself and of the entry before it, so that none can be
        changed, taken out or put in without breaking the chain. Once a day the hash of the last entry is written to
        a file outside the database, the anchor, so that the whole chain cannot be made anew unnoticed.</p>
        """

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
