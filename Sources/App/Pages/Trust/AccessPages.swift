internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Who may do what, and by which versions of which files.
enum AccessPages {
    /// The roles and what each may do.
    static func roles(_ visit: Visit) throws -> Response {
        let catalogue = visit.site.roles
        let mine = visit.knownActor?.roles ?? []
        return visit.page(
            Page(
                "Access rules", in: .trust, isWide: true,
                """
                <p class="govuk-body">Version \(catalogue.version) of the roles. What no role allows is refused. Some
                walls hold against every role: conflicts of interest, sealed and restricted records, and the wall
                between those who work with victims and those who work with people who harm.</p>
                \(each: catalogue.roles, { role($0, isMine: mine.contains($0.code), catalogue) })
                """))
    }

    private static func role(_ role: RoleCatalogue.Definition, isMine: Bool, _ catalogue: RoleCatalogue) -> Html {
        let excluded = role.excludes.sorted().map { catalogue.role($0)?.name ?? $0.text }
        let apart = excluded.isEmpty ? nil : excluded.joined(separator: ", ")
        let table = SortableTable(
            id: "role-\(role.code.text)", caption: "What the role “\(role.name)” may do",
            captionClasses: "govuk-table__caption--s",
            columns: [.init("Records"), .init("What"), .init("Which of them"), .init("As deep as"), .init("For")],
            rows: role.permissions.map(row), emptyText: "Nothing.", address: { _, _ in "/trust/access" })
        return """
            <h2 class="govuk-heading-m" id="\(role.code.text)">\(role.name)\
            \(if: isMine, " \(StatusTag("Your role", tone: .underWay))")</h2>
            <p class="govuk-body">\(role.purpose)</p>
            \(some: apart, { "<p class=\"govuk-body\">Nobody holds it together with: \($0).</p>" })
            \(table)
            """
    }

    private static func row(_ permission: Permission) -> [Content] {
        let kinds = permission.kinds.isEmpty ? ["every kind"] : permission.kinds.sorted().map(\.text.replacingHyphens)
        let classes = RecordClass.allCases.filter { permission.classes.contains($0) }.map(\.rawValue)
        let actions = AccessAction.allCases.filter { permission.actions.contains($0) }
        let reach = Reach.allCases.filter { permission.reach.contains($0) }.map(\.inWords)
        let purposes = permission.purposes.sorted().map(\.text.replacingHyphens)
        return [
            .text(kinds.joined(separator: ", ") + (classes.isEmpty ? "" : " (\(classes.joined(separator: ", ")))")),
            .text(actions.map(\.rawValue.replacingHyphens).joined(separator: ", ")),
            .text(reach.joined(separator: "; ")), .text(permission.highest.inWords),
            .text(purposes.isEmpty ? "any purpose" : purposes.joined(separator: ", ")),
        ]
    }
}

extension Reach {
    /// Which records, in words.
    var inWords: String {
        switch self {
        case .own: "their own"
        case .involved: "those on which they hold an action"
        case .team: "their team’s"
        case .agency: "their agency’s"
        case .shared: "those shared with their agency"
        case .listed: "those on an agenda of their panel"
        case .glass: "those that they opened in an emergency"
        case .granted: "sealed ones that the panel’s chair opened to them"
        case .partnership: "all of the partnership"
        }
    }
}

extension FieldClass {
    /// How deep, in words.
    var inWords: String {
        switch self {
        case .p0: "nothing about people"
        case .p1: "personal data"
        case .p2: "special categories and criminal matters"
        case .p3: "what keeps victims safe"
        case .p4: "what is sealed"
        }
    }
}
