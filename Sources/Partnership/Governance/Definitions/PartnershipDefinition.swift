public import Files
public import Kernel

/// Who a partnership is: its agencies, teams, panels, boards and priorities, from
/// `Definitions/partnerships/NAME/partnership.json`. Its files for analysis are read from the same file by `Records`.
public struct PartnershipDefinition: Sendable {
    /// An agency.
    public struct AgencyDefinition: Sendable {
        /// Its code.
        public let code: Code<Agency>
        /// Its name.
        public let name: String
        /// What kind of body it is.
        public let kind: String
        /// How residents and partners reach it, or nil.
        public let contact: String?
        /// The controller of its records, in the sense of data protection law: itself, unless the file names another.
        public let controller: String
        /// The sides on which its people may work; empty where nobody's work has one.
        public let sides: Set<SubjectSide>
    }

    /// A team of an agency.
    public struct TeamDefinition: Sendable {
        /// Its code.
        public let code: Code<Team>
        /// Its name.
        public let name: String
        /// Its agency.
        public let agency: Code<Agency>
    }

    /// A kind of panel, whose rules the program knows: `marac`, `iom`, `channel`.
    public enum PanelKind {}

    /// A panel.
    public struct PanelDefinition: Sendable {
        /// Its code.
        public let code: Code<Panel>
        /// What kind of panel it is; the panel's own code, unless the file says otherwise.
        public let kind: Code<PanelKind>
        /// Its name.
        public let name: String
        /// What it is for.
        public let purpose: String
        /// The agencies that sit on it.
        public let agencies: [Code<Agency>]
        /// Days after the minutes' approval during which members still see an item.
        public let daysOpen: Int
        /// Whether its records are sealed.
        public let isSealed: Bool
    }

    /// A board.
    public struct BoardDefinition: Sendable {
        /// Its name.
        public let name: String
        /// What it decides.
        public let purpose: String
        /// How often it meets.
        public let meets: String
    }

    /// A priority of the plan.
    public struct PriorityDefinition: Sendable {
        /// Its title.
        public let title: String
        /// What it means.
        public let summary: String
        /// The agency that leads on it.
        public let lead: Code<Agency>?
    }

    /// Its name.
    public let name: String
    /// The version of the file.
    public let version: String
    /// SHA-256 of the file, in hexadecimal.
    public let digest: String
    /// Names of its boroughs, for people.
    public let boroughs: [String]
    /// Codes of the areas that it serves.
    public let areas: [String]
    /// Its agencies.
    public let agencies: [AgencyDefinition]
    /// Their teams.
    public let teams: [TeamDefinition]
    /// Its panels.
    public let panels: [PanelDefinition]
    /// Its boards.
    public let boards: [BoardDefinition]
    /// The priorities of its plan.
    public let priorities: [PriorityDefinition]
    /// The catalogue of roles: a name in `Definitions/roles`.
    public let roles: String
    /// The partnership's own rules, which go before those that are shipped: a name in `Definitions/rules`.
    public let rules: String?
    /// Types of case that are off until a partnership asks for them: `channel`.
    public let caseTypes: Set<Code<PartnershipDefinition>>

    /// Reads a partnership's definition.
    /// - Throws: a `Fault` with the path in the file.
    public init(_ file: DefinitionFile) throws(Fault) {
        let root = file.root
        try root.allow(only: PartnershipDefinition.members)
        name = try root.required("name").text()
        version = try root.required("version").text()
        digest = file.sha256
        boroughs = try root.optional("boroughs")?.texts() ?? []
        areas = try root.optional("areas")?.texts() ?? []
        roles = try root.optional("roles")?.text() ?? "default"
        rules = try PartnershipDefinition.rules(root)
        caseTypes = try root.codes("caseTypes")
        agencies = try PartnershipDefinition.agencies(root)
        let known = Set(agencies.map(\.code))
        teams = try PartnershipDefinition.teams(root, known)
        panels = try PartnershipDefinition.panels(root, known)
        boards = try PartnershipDefinition.boards(root)
        priorities = try PartnershipDefinition.priorities(root, known)
    }

    /// The members of the file: those read here, and those that `Records` reads from it.
    private static let members: Set<String> = [
        "name", "version", "notes", "boroughs", "areas", "agencies", "teams", "roles", "rules", "caseTypes", "panels",
        "boards",
        "priorities",
        "lookups", "boundaries", "populations", "deprivation", "records", "people", "offenceGroups", "weights",
    ]

    /// An agency, or nil.
    public func agency(_ code: Code<Agency>) -> AgencyDefinition? { agencies.first { $0.code == code } }

    /// A panel, or nil.
    public func panel(_ code: Code<Panel>) -> PanelDefinition? { panels.first { $0.code == code } }

    /// A team, or nil.
    public func team(_ code: Code<Team>) -> TeamDefinition? { teams.first { $0.code == code } }

    /// Who an account of that agency may not be, by this definition: a reason for people, or nil when all is right.
    /// - Parameters:
    ///   - teams: the account's teams.
    ///   - panels: the panels on which it is to sit.
    public func objection(
        agency code: Code<Agency>, teams: Set<Code<Team>>, panels: Set<Code<Panel>>, side: SubjectSide?
    ) -> String? {
        guard let agency = agency(code) else { return "\(code) is no agency of this partnership." }
        for team in teams.sorted() where self.team(team)?.agency != code {
            return "\(name(of: team)) is no team of \(agency.name)."
        }
        for panel in panels.sorted() where self.panel(panel)?.agencies.contains(code) != true {
            return "\(agency.name) has no place on \(name(of: panel))."
        }
        if let side, !agency.sides.contains(side) {
            return "Nobody at \(agency.name) works on the \(side.rawValue)'s side."
        }
        return nil
    }

    /// An agency's name; its code when it is not (or no longer) in the file.
    public func name(of agency: Code<Agency>) -> String {
        agencies.first { $0.code == agency }?.name ?? agency.text
    }

    /// A panel's name; its code when it is not (or no longer) in the file.
    public func name(of panel: Code<Panel>) -> String { panels.first { $0.code == panel }?.name ?? panel.text }

    /// A team's name; its code when it is not (or no longer) in the file.
    public func name(of team: Code<Team>) -> String { teams.first { $0.code == team }?.name ?? team.text }
}
