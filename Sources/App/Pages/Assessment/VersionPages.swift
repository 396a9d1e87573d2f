internal import Assessment
internal import Assessments
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Lists, compares and publishes versions.
enum VersionPages {
    static func list(_ visit: Visit) throws -> Response {
        let versions = try visit.read {
            try AssessmentStore.list(drafts: visit.seesDrafts, limit: 200, in: $0)
        }
        let rows = versions.map { version -> [Table.Cell] in
            [
                .init(
                    text: .html(
                        "<a class=\"govuk-link\" href=\"\(href: "/assessment/\(version.id)")\">\(version.title)</a>")),
                .init(text: .text(version.period.inWords)),
                .init(
                    text: .html(
                        StatusTag(
                            version.state == .published ? "Published" : "Draft",
                            tone: version.state == .published ? .good : .neutral
                        ).html)),
                .init(text: .text("\(version.madeAt.ukDate.inWords), \(version.madeByName)")),
            ]
        }
        let table: Html =
            rows.isEmpty
            ? "<p class=\"govuk-body\">No assessment has been made yet.</p>"
            : ScrollRegion(
                "Versions",
                Table(
                    caption: "Versions, the newest first",
                    head: ["Assessment", "Months", "State", "Made"].map { .init(text: $0) }, rows: rows,
                    firstCellIsHeader: true
                ).html
            ).html
        return visit.page(
            Page(
                Section.assessment.title, in: .assessment, isWide: true,
                """
                <p class="govuk-body-l">What happens in the borough, where, when and to whom.</p>
                \(if: visit.may(.run, "assessment"), Button(text: "Make an assessment", href: "/assessment/new").html)
                \(table)
                \(if: versions.count > 1, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/assessment/compare\">Compare two versions</a></p>")
                """))
    }

    static func compare(_ visit: Visit) throws -> Response {
        let versions = try visit.read {
            try AssessmentStore.list(drafts: visit.seesDrafts, limit: 200, in: $0)
        }
        let old = visit.request.query["old"].flatMap { ID<AssessmentVersion>($0) }
        let new = visit.request.query["new"].flatMap { ID<AssessmentVersion>($0) }
        func items(_ chosen: ID<AssessmentVersion>?) -> [Select.Item] {
            versions.map {
                .init(value: $0.id.text, text: "\($0.title) (\($0.madeAt.inWords))", isSelected: $0.id == chosen)
            }
        }
        var result: Html = ""
        if let old, let new {
            let (a, b) = (try KeptAssessments.version(old, visit), try KeptAssessments.version(new, visit))
            let comparison = AssessmentComparison(
                from: try KeptAssessments.stored(a, visit), to: try KeptAssessments.stored(b, visit))
            if visit.request.query["format"] == "csv" {
                let bytes = comparison.csv()
                try KeptAssessments.keepExport(of: b, "comparison.csv with \(a.id)", bytes, visit)
                var response = Response(.ok, type: .csv, bytes)
                response.headers["Content-Disposition"] = ContentDisposition.attachment("comparison.csv")
                return response
            }
            let links = AssessmentLinks(base: "/assessment/\(b.id)")
            result = """
                \(comparison.html(oldTitle: a.title, newTitle: b.title, figure: links.figure))
                <p class="govuk-body"><a class="govuk-link" \
                href="\(href: "/assessment/compare?\(visit.request.query.setting("format", to: "csv").encoded)")">\
                Download as CSV</a></p>
                """
        }
        return visit.page(
            Page(
                "Compare two versions", in: .assessment, isWide: true,
                """
                <form method="get" action="/assessment/compare" aria-label="Versions">
                \(Select(name: "old", label: .init(text: "Earlier version"), items: items(old)))
                \(Select(name: "new", label: .init(text: "Later version"), items: items(new)))
                \(Button(text: "Compare"))
                </form>
                \(result)
                """))
    }

    static func publishing(_ visit: Visit) throws -> Response {
        let version = try KeptAssessments.version(visit)
        guard case .allowed = try version.publishing(by: visit.actor().account) else {
            throw Refusal.denied(.ownWork, shown: reason(try version.publishing(by: visit.actor().account)))
        }
        return visit.page(
            Page(
                "Publish this assessment", in: .assessment, above: [(version.title, "/assessment/\(version.id)")],
                """
                <p class="govuk-body">“\(version.title)” will be open to every member of the partnership.</p>
                \(WarningText(text: "A published assessment never changes. Figures that turn out wrong are put right in a new version."))
                \(visit.form(
                    "/assessment/\(version.id)/publish",
                    "\(HiddenField(name: "seen", value: String(version.rowVersion)))\(Button(text: "Publish"))"))
                """))
    }

    static func publish(_ visit: Visit) throws -> Response {
        let version = try KeptAssessments.version(visit)
        guard case .allowed = try version.publishing(by: visit.actor().account) else {
            throw Refusal.denied(.ownWork, shown: reason(try version.publishing(by: visit.actor().account)))
        }
        try change(version, .publish, visit) { connection in
            try AssessmentStore.publish(
                version.id, seen: seen(visit), by: visit.actor(), at: visit.now, in: connection)
        }
        return visit.redirect("/assessment/\(version.id)")
    }

    static func rename(_ visit: Visit) throws -> Response {
        let version = try KeptAssessments.version(visit)
        let title = visit.request.form["title"] ?? ""
        guard (1...200).contains(title.count), !title.allSatisfy(\.isWhitespace) else {
            throw Refusal.badRequest("A title has 1 to 200 characters. Go back and enter one.")
        }
        try change(version, .update, visit) {
            try AssessmentStore.rename(version.id, seen: seen(visit), to: title, in: $0)
        }
        return visit.redirect("/assessment/\(version.id)")
    }

    static func discard(_ visit: Visit) throws -> Response {
        let version = try KeptAssessments.version(visit)
        try change(version, .delete, visit) {
            try AssessmentStore.discard(version.id, seen: seen(visit), in: $0)
        }
        return visit.redirect("/assessment")
    }

    private static func seen(_ visit: Visit) -> Int { Int(visit.request.form["seen"] ?? "") ?? -1 }

    private static func reason(_ decision: AssessmentDecision) -> String {
        if case .refused(let why) = decision { why } else { "" }
    }

    /// A change with its entry in the audit, in one transaction.
    private static func change(
        _ version: AssessmentVersion, _ act: AuditAct, _ visit: Visit, _ body: (Connection) throws -> Bool
    ) throws {
        let occasion = try visit.occasion()
        let isDone = try visit.write { connection in
            guard try body(connection) else { return false }
            let object = Code("assessment").map {
                AuditObject($0, id: version.id.text, version: Int64(version.rowVersion + 1))
            }
            try AuditLog.append(occasion.entry(act, object), in: connection)
            return true
        }
        guard isDone else {
            throw Refusal.conflict(
                "The assessment is no longer as you saw it. Open it again and look before you go on.")
        }
    }
}
