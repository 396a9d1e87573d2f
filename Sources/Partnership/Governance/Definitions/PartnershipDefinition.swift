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

    /// A panel.
    public struct PanelDefinition: Sendable {
        /// Its code.
        public let code: Code<Panel>
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

    /// Reads a partnership's definition.
    /// - Throws: a `Fault` with the path in the file.
    public init(_ file: DefinitionFile) throws(Fault) {
        let root = file.root
        name = try root.required("name").text()
        version = try root.required("version").text()
        digest = file.sha256
        boroughs = try root.optional("boroughs")?.texts() ?? []
        roles = try root.optional("roles")?.text() ?? "default"
        var agencies: [AgencyDefinition] = []
        for node in try root.optional("agencies")?.items() ?? [] {
            try node.allow(only: ["code", "name", "kind", "contact"])
            let agency = AgencyDefinition(
                code: try node.required("code").code(), name: try node.required("name").text(),
                kind: try node.required("kind").text(), contact: try node.optional("contact")?.text())
            guard !agencies.contains(where: { $0.code == agency.code }) else {
                throw node.fault("there are two agencies \(agency.code)")
            }
            agencies.append(agency)
        }
        self.agencies = agencies
        let known = Set(agencies.map(\.code))
        teams = try PartnershipDefinition.teams(root, known)
        panels = try PartnershipDefinition.panels(root, known)
        boards = try PartnershipDefinition.boards(root)
        priorities = try PartnershipDefinition.priorities(root, known)
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

// MARK: - Parts

extension PartnershipDefinition {
    private static func agency(_ node: DefinitionNode, _ known: Set<Code<Agency>>) throws(Fault) -> Code<Agency> {
        let code: Code<Agency> = try node.code()
        guard known.contains(code) else { throw node.fault("\(code) is no agency of this file") }
        return code
    }

    private static func teams(_ root: DefinitionNode, _ known: Set<Code<Agency>>) throws(Fault) -> [TeamDefinition] {
        var teams: [TeamDefinition] = []
        for node in try root.optional("teams")?.items() ?? [] {
            try node.allow(only: ["code", "name", "agency"])
            let code: Code<Team> = try node.required("code").code()
            guard !teams.contains(where: { $0.code == code }) else { throw node.fault("there are two teams \(code)") }
            teams.append(
                .init(
                    code: code, name: try node.required("name").text(),
                    agency: try agency(node.required("agency"), known)))
        }
        return teams
    }

    private static func panels(_ root: DefinitionNode, _ known: Set<Code<Agency>>) throws(Fault) -> [PanelDefinition] {
        var panels: [PanelDefinition] = []
        for node in try root.optional("panels")?.items() ?? [] {
            try node.allow(only: ["code", "name", "purpose", "agencies", "daysOpen", "sealed"])
            let code: Code<Panel> = try node.required("code").code()
            guard !panels.contains(where: { $0.code == code }) else { throw node.fault("there are two panels \(code)") }
            var agencies: [Code<Agency>] = []
            for item in try node.required("agencies").items() { agencies.append(try agency(item, known)) }
            let days = try node.optional("daysOpen")
            let open = try days?.integer() ?? 28
            if let days, !(0...366).contains(open) { throw days.fault("items stay open for 0 to 366 days") }
            panels.append(
                .init(
                    code: code, name: try node.required("name").text(), purpose: try node.required("purpose").text(),
                    agencies: agencies, daysOpen: open, isSealed: try node.optional("sealed")?.bool() ?? false))
        }
        return panels
    }

    private static func boards(_ root: DefinitionNode) throws(Fault) -> [BoardDefinition] {
        var boards: [BoardDefinition] = []
        for node in try root.optional("boards")?.items() ?? [] {
            try node.allow(only: ["name", "purpose", "meets"])
            boards.append(
                .init(
                    name: try node.required("name").text(), purpose: try node.required("purpose").text(),
                    meets: try node.required("meets").text()))
        }
        return boards
    }

    private static func priorities(
        _ root: DefinitionNode, _ known: Set<Code<Agency>>
    ) throws(Fault) -> [PriorityDefinition] {
        var priorities: [PriorityDefinition] = []
        for node in try root.optional("priorities")?.items() ?? [] {
            try node.allow(only: ["title", "summary", "lead"])
            var lead: Code<Agency>?
            if let item = try node.optional("lead") { lead = try agency(item, known) }
            priorities.append(
                .init(
                    title: try node.required("title").text(), summary: try node.required("summary").text(), lead: lead))
        }
        return priorities
    }
}
