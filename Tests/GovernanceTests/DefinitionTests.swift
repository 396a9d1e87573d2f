import Files
import Kernel
import Testing

@testable import Governance

@Suite("Definitions of roles and partnerships")
struct DefinitionTests {
    typealias W = AccessWorld

    private func fault(roles: String) -> String? {
        do {
            _ = try W.catalogue(#"{ "version": "1", "roles": [\#(roles)] }"#)
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func role(_ code: String, _ permission: String = "", _ more: String = "") -> String {
        #"{ "code": "\#(code)", "name": "N", "purpose": "P"\#(more), "permissions": [\#(permission)] }"#
    }

    private static let read = #"{ "records": ["case"], "actions": ["read"], "reach": ["own"], "highest": "P1" }"#
    private static let admin =
        #"{ "records": ["account"], "actions": ["administer"], "reach": ["partnership"], "highest": "P1" }"#
    private static let audit =
        #"{ "records": ["audit"], "actions": ["read"], "reach": ["partnership"], "highest": "P2" }"#

    @Test("A wrong roles file is refused with the place of the fault")
    func wrongRoles() throws {
        let wrong: [(String, String)] = [
            (role("a", Self.read) + "," + role("a"), "roles[1]"),
            (role("a", Self.read, #", "excludes": ["b"]"#), "roles[0]"),
            (role("a", Self.read, #", "excludes": ["a"]"#), "roles[0]"),
            (role("a", "", #", "includes": ["b"]"#) + "," + role("b"), "roles[0].includes[0]"),
            (role("a b"), "roles[0].code"),
            (role("a", #"{ "actions": ["fly"], "reach": ["own"], "highest": "P1" }"#), "permissions[0].actions[0]"),
            (role("a", #"{ "actions": ["read"], "reach": ["all"], "highest": "P1" }"#), "permissions[0].reach[0]"),
            (role("a", #"{ "actions": ["read"], "reach": ["own"], "highest": "P5" }"#), "permissions[0].highest"),
            (role("a", #"{ "actions": ["read"], "reach": ["own"], "highest": "P01" }"#), "permissions[0].highest"),
            (role("a", #"{ "actions": [], "reach": ["own"], "highest": "P1" }"#), "permissions[0]"),
            (role("a", #"{ "actions": ["read"], "reach": [], "highest": "P1" }"#), "permissions[0]"),
            (role("a", #"{ "actions": ["read", "read"], "reach": ["own"], "highest": "P1" }"#), "actions[1]"),
            (
                role("a", #"{ "records": ["x", "x"], "actions": ["read"], "reach": ["own"], "highest": "P1" }"#),
                "records[1]"
            ),
            (role("a", #"{ "action": ["read"], "reach": ["own"], "highest": "P1" }"#), "permissions[0].action"),
            (role("a", Self.admin + "," + Self.audit), "roles[0]"),
            (role("a", Self.admin) + "," + role("b", Self.audit), "roles[0]"),
        ]
        for (roles, place) in wrong {
            let said = try #require(fault(roles: roles), "\(roles)")
            #expect(said.contains("roles.json, at ") && said.contains(place), "\(said)")
        }
        #expect(fault(roles: role("a", Self.admin) + "," + role("b", Self.audit, #", "excludes": ["a"]"#)) == nil)
        #expect(fault(roles: role("a", Self.admin, #", "excludes": ["b"]"#) + "," + role("b", Self.audit)) == nil)
    }

    @Test("A role includes what the roles it names may do")
    func includes() throws {
        let catalogue = try W.catalogue(
            #"{ "version": "1", "roles": [\#(role("a", Self.read)), \#(role("b", "", #", "includes": ["a"]"#))] }"#)
        #expect(catalogue.permissions(of: W.word("b")) == catalogue.permissions(of: W.word("a")))
        #expect(catalogue.permissions(of: W.word("b")).count == 1)
        #expect(catalogue.permissions(of: W.word("c")).isEmpty)
    }

    @Test("The roles that come with the program keep duties apart")
    func separation() throws {
        let roles = try W.catalogue()
        func conflict(_ held: String...) -> Bool { roles.conflict(Set(held.map { W.word($0) })) != nil }
        for other in ["administrator", "supervisor", "case-officer", "panel-chair", "intake", "advocate", "operator"] {
            #expect(conflict("auditor", other), "\(other)")
            #expect(conflict("member", other, "auditor"), "\(other)")
        }
        #expect(conflict("administrator", "data-protection-officer"))
        #expect(!conflict("case-officer", "panel-member"))
        #expect(!conflict("auditor"))
    }

    @Test("Whoever can see personal data needs a second factor; an unknown role counts as one that can")
    func secondFactor() throws {
        let roles = try W.catalogue()
        func needs(_ held: String...) -> Bool { roles.needSecondFactor(Set(held.map { W.word($0) })) }
        let open = ["member", "strategy-lead", "operator"]
        for role in roles.roles { #expect(needs(role.code.text) == !open.contains(role.code.text), "\(role.code)") }
        #expect(needs("member", "intake"))
        #expect(needs("no-such-role"))
        #expect(!needs())
    }

    // MARK: Partnerships

    private func demo() throws -> PartnershipDefinition {
        try PartnershipDefinition(
            DefinitionFile(path: "\(W.root)/Definitions/partnerships/demo/partnership.json"))
    }

    @Test("The demo partnership has its agencies, teams, panels, boards and priorities, and roles that exist")
    func demoPartnership() throws {
        let demo = try demo()
        #expect(demo.agencies.map(\.code.text) == ["council", "police", "fire", "probation", "health", "haven"])
        #expect(
            demo.panels.map(\.code.text) == [
                "marac", "community-marac", "iom", "mase", "risk-vulnerability", "gangs", "perpetrators", "diversion",
                "case-review", "channel",
            ])
        #expect(demo.panels.filter(\.isSealed).map(\.code.text) == ["channel"])
        #expect(demo.panel(W.word("mase"))?.kind == W.word("child-exploitation"))
        #expect(demo.panel(W.word("marac"))?.daysOpen == 28)
        #expect(demo.boards.count == 3 && demo.priorities.count == 5)
        #expect(demo.areas == ["E09000990"] && demo.boroughs == ["Obbwade"])
        #expect(demo.agency(W.word("probation"))?.controller == "Ministry of Justice")
        #expect(demo.agency(W.word("council"))?.controller == "Obbwade Council")
        #expect(Set(demo.teams.map(\.agency)).isSubset(of: Set(demo.agencies.map(\.code))))
        #expect(FileSystem.exists("\(W.root)/Definitions/roles/\(demo.roles).json"))
        #expect(demo.name(of: W.word("gone", Agency.self)) == "gone")
        #expect(demo.name(of: W.word("idva", Team.self)) == "Independent domestic violence advisers")
        #expect(demo.name(of: W.word("iom", Panel.self)) == "Integrated offender management")
    }

    @Test("An account fits its agency: its teams, its panels, its side")
    func objections() throws {
        let demo = try demo()
        func objection(
            _ agency: String, teams: [String] = [], panels: [String] = [], side: SubjectSide? = nil
        ) -> Bool {
            demo.objection(
                agency: W.word(agency), teams: Set(teams.map { W.word($0) }), panels: Set(panels.map { W.word($0) }),
                side: side) != nil
        }
        #expect(!objection("haven", teams: ["idva"], panels: ["marac"], side: .victim))
        #expect(objection("haven", teams: ["housing"]))
        #expect(objection("haven", panels: ["iom"]))
        #expect(objection("haven", panels: ["no-panel"]))
        #expect(objection("haven", side: .perpetrator))
        #expect(objection("fire", side: .victim))
        #expect(objection("ministry"))
    }

    @Test("A wrong partnership file is refused with the place of the fault")
    func wrongPartnership() throws {
        func fault(_ members: String) -> String? {
            let text =
                #"{ "name": "N", "version": "1", "agencies": [{ "code": "a", "name": "A", "kind": "k" }], \#(members) }"#
            do {
                _ = try PartnershipDefinition(DefinitionFile(bytes: Array(text.utf8), path: "p.json"))
                return nil
            } catch {
                return "\(error)"
            }
        }
        let panel = #""code": "m", "name": "M", "purpose": "p""#
        let wrong: [(String, String)] = [
            (#""teams": [{ "code": "t", "name": "T", "agency": "b" }]"#, "teams[0].agency"),
            (
                #""teams": [{ "code": "t", "name": "T", "agency": "a" }, { "code": "t", "name": "T", "agency": "a" }]"#,
                "teams[1]"
            ),
            (#""panels": [{ \#(panel), "agencies": ["b"] }]"#, "panels[0].agencies[0]"),
            (#""panels": [{ \#(panel), "agencies": ["a", "a"] }]"#, "panels[0].agencies[1]"),
            (#""panels": [{ \#(panel), "agencies": ["a"], "daysOpen": 367 }]"#, "panels[0].daysOpen"),
            (#""panels": [{ \#(panel), "agencies": ["a"], "kind": "No Kind" }]"#, "panels[0].kind"),
            (#""panels": [{ \#(panel), "agencies": ["a"] }, { \#(panel), "agencies": ["a"] }]"#, "panels[1]"),
            (#""priorities": [{ "title": "T", "summary": "S", "lead": "b" }]"#, "priorities[0].lead"),
            (#""boards": [{ "name": "B", "purpose": "p" }]"#, "boards[0]"),
            (#""agency": []"#, "agency"),
        ]
        for (members, place) in wrong {
            let said = try #require(fault(members), "\(members)")
            #expect(said.contains("p.json, at ") && said.contains(place), "\(said)")
        }
        #expect(fault(#""boards": []"#) == nil)
    }
}
