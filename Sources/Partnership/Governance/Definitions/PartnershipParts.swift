internal import Files
internal import Kernel

/// How the parts of the definition are read.
extension PartnershipDefinition {
    private static func agency(_ node: DefinitionNode, _ known: Set<Code<Agency>>) throws(Fault) -> Code<Agency> {
        let code: Code<Agency> = try node.code()
        guard known.contains(code) else { throw node.fault("\(code) is no agency of this file") }
        return code
    }

    static func agencies(_ root: DefinitionNode) throws(Fault) -> [AgencyDefinition] {
        var agencies: [AgencyDefinition] = []
        for node in try root.optional("agencies")?.items() ?? [] {
            try node.allow(only: ["code", "name", "kind", "contact", "controller", "sides"])
            let name = try node.required("name").text()
            let agency = AgencyDefinition(
                code: try node.required("code").code(), name: name, kind: try node.required("kind").text(),
                contact: try node.optional("contact")?.text(),
                controller: try node.optional("controller")?.text() ?? name, sides: try node.words("sides"))
            guard !agencies.contains(where: { $0.code == agency.code }) else {
                throw node.fault("there are two agencies \(agency.code)")
            }
            agencies.append(agency)
        }
        return agencies
    }

    static func teams(_ root: DefinitionNode, _ known: Set<Code<Agency>>) throws(Fault) -> [TeamDefinition] {
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

    static func panels(_ root: DefinitionNode, _ known: Set<Code<Agency>>) throws(Fault) -> [PanelDefinition] {
        var panels: [PanelDefinition] = []
        for node in try root.optional("panels")?.items() ?? [] {
            try node.allow(only: ["code", "name", "kind", "purpose", "agencies", "daysOpen", "sealed"])
            let code: Code<Panel> = try node.required("code").code()
            guard !panels.contains(where: { $0.code == code }) else { throw node.fault("there are two panels \(code)") }
            var agencies: [Code<Agency>] = []
            for item in try node.required("agencies").items() {
                let member = try agency(item, known)
                guard !agencies.contains(member) else { throw item.fault("\(member) is here twice") }
                agencies.append(member)
            }
            let days = try node.optional("daysOpen")
            let open = try days?.integer() ?? 28
            if let days, !(0...366).contains(open) { throw days.fault("items stay open for 0 to 366 days") }
            panels.append(
                .init(
                    code: code, kind: try PartnershipDefinition.kind(node),
                    name: try node.required("name").text(), purpose: try node.required("purpose").text(),
                    agencies: agencies, daysOpen: open, isSealed: try node.optional("sealed")?.bool() ?? false))
        }
        return panels
    }

    private static func kind(_ panel: DefinitionNode) throws(Fault) -> Code<PanelKind> {
        if let kind = try panel.optional("kind") { return try kind.code() }
        return try panel.required("code").code()
    }

    static func rules(_ root: DefinitionNode) throws(Fault) -> String? {
        guard let node = try root.optional("rules") else { return nil }
        let name = try node.text()
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
            throw node.fault("the name of a file in Definitions/rules is needed here, without its ending")
        }
        return name
    }

    static func boards(_ root: DefinitionNode) throws(Fault) -> [BoardDefinition] {
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

    static func priorities(
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
