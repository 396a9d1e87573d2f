internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Rules
internal import Site

extension AccessPages {
    /// The definitions in force: their versions and digests, and the parts of the partnership.
    static func definitions(_ visit: Visit) throws -> Response {
        let partnership = visit.site.partnership
        let roles = visit.site.roles
        return visit.page(
            Page(
                "Definitions in force", in: .trust, isWide: true,
                """
                <p class="govuk-body">The digest of a file changes with every change of the file, so two people can
                tell whether they speak of the same one.</p>
                \(files(partnership, roles, visit.site.policy))
                \(agencies(partnership))
                \(teams(partnership))
                \(try panels(visit))
                \(try KeptDefinitionPages.list(visit))
                """))
    }

    private static func files(
        _ partnership: PartnershipDefinition, _ roles: RoleCatalogue, _ rules: PolicyRules
    ) -> Html {
        table(
            "files", "Files", ["Definition", "Version", "Digest (SHA-256)"],
            [
                [.text("Partnership: \(partnership.name)"), .text(partnership.version), digest(partnership.digest)],
                [.text("Roles: \(partnership.roles)"), .text(roles.version), digest(roles.digest)],
            ]
                + rules.files.map { file in
                    [.text("Rules: \(file.name)"), .text(file.version ?? "none given"), digest(file.sha256)]
                })
    }

    private static func agencies(_ partnership: PartnershipDefinition) -> Html {
        table(
            "agencies", "Agencies", ["Agency", "What it is", "Controller of its records", "Contact"],
            partnership.agencies.map {
                [.text($0.name), .text($0.kind.replacingHyphens), .text($0.controller), .text($0.contact ?? "")]
            })
    }

    private static func teams(_ partnership: PartnershipDefinition) -> Html {
        table(
            "teams", "Teams", ["Team", "Agency"],
            partnership.teams.map { [.text($0.name), .text(partnership.name(of: $0.agency))] })
    }

    private static func panels(_ visit: Visit) throws -> Html {
        let partnership = visit.site.partnership
        let visible = partnership.visiblePanels(for: try visit.actor(), on: visit.now.ukDate)
        return table(
            "panels", "Panels", ["Panel", "What it is for", "Agencies", "Records"],
            visible.map { panel in
                let agencies = panel.agencies.map(partnership.name(of:)).joined(separator: ", ")
                let open = "Open to members until \(panel.daysOpen) days after the minutes"
                let records = panel.isSealed ? "Sealed. \(open)" : open
                return [.text(panel.name), .text(panel.purpose), .text(agencies), .text(records)]
            })
    }

    private static func digest(_ text: String) -> Content { .html("<code>\(text)</code>") }

    private static func table(_ id: String, _ caption: String, _ titles: [String], _ rows: [[Content]]) -> Html {
        SortableTable(
            id: id, caption: caption, columns: titles.map { .init(.text($0)) }, rows: rows,
            emptyText: "There is none.", address: { _, _ in "/trust/definitions" }
        ).html
    }
}
