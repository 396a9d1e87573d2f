import Kernel
import Testing

@testable import Governance

/// A record's guard, with what goes with it.
private enum Guarded: String, CaseIterable {
    case normal, restricted, named, protected, sealed, granted

    var recordClass: RecordClass {
        switch self {
        case .normal: .normal
        case .restricted, .named: .restricted
        case .protected: .protected
        case .sealed, .granted: .sealed
        }
    }

    func guarding(_ facts: RecordFacts, for actor: Actor) -> RecordFacts {
        var facts = facts
        facts.recordClass = recordClass
        if self == .named { facts.named = [actor.account] }
        if self == .granted { facts.grants = [AccessWorld.grant(actor.account)] }
        return facts
    }
}

@Suite("Access: the table of every role, action and class")
struct AccessTableTests {
    /// What the table and the rules at its end say, as words: `permit`, `mask`, `deny`, `hidden`.
    private static func expected(
        _ depth: Int, looks: Bool, _ standing: AccessStanding, _ action: AccessAction, _ field: FieldClass,
        _ state: Guarded, sides: (actor: SubjectSide?, record: SubjectSide?)
    ) -> String {
        if state == .restricted, standing != .own { return "hidden" }
        if state == .sealed { return "hidden" }
        if state == .granted, action == .breakGlass { return "hidden" }
        let no = looks ? "deny" : "hidden"
        guard field.rawValue <= depth else { return no }
        // Standing "own" makes the actor the owner, which of an account is its person.
        if action == .administer, standing == .own { return no }
        if field == .p4, state != .granted { return no }
        if field >= .p3 {
            if sides.actor == .perpetrator, sides.record != .perpetrator { return no }
            let mustMatch = action != .create && (field == .p3 || sides.record != nil)
            if mustMatch, sides.actor != sides.record ?? .victim { return no }
        }
        guard state == .protected else { return action == .breakGlass ? no : "permit" }
        if [.own, .team, .involved].contains(standing) || action == .create || action == .breakGlass {
            return "permit"
        }
        if action == .search { return "mask" }
        return action == .read && standing == .glass ? "permit" : no
    }

    /// Asks about every action and these fields; says what was answered wrongly.
    private static func compare(
        _ catalogue: RoleCatalogue, _ table: AccessTable, _ role: String, _ actor: Actor, _ kind: String,
        _ standing: AccessStanding, _ state: Guarded, side: SubjectSide?, fields: [FieldClass],
        purpose: String? = nil
    ) -> [String] {
        var facts = state.guarding(standing.facts(kind, for: actor), for: actor)
        facts.side = side
        func depths(_ purpose: String?) -> AccessTable.Depths {
            table.depths(
                role, kind, standing, isProtected: state == .protected, isGranted: state == .granted, purpose: purpose)
        }
        let some = depths("subject-request")
        let looks = zip(AccessAction.allCases, some).contains { [.read, .list, .search].contains($0) && $1 >= 0 }
        var wrong: [String] = []
        for (action, depth) in zip(AccessAction.allCases, depths(purpose)) {
            for field in fields {
                let right = expected(depth, looks: looks, standing, action, field, state, sides: (actor.side, side))
                let request = AccessRequest(
                    actor, action, facts, field, purpose: purpose.map { AccessWorld.word($0) })
                let given = answer(Access.decide(request, roles: catalogue, now: AccessWorld.now))
                guard given != right else { continue }
                let sides = "\(actor.side?.rawValue ?? "no")/\(side?.rawValue ?? "no") side"
                wrong.append("\(kind) \(standing) \(state) \(sides) \(action) \(field.text): \(given), not \(right)")
            }
        }
        return wrong
    }

    private static func answer(_ decision: AccessDecision) -> String {
        if decision.isPermitted { return "permit" }
        return decision.isMasked ? "mask" : decision.isHidden ? "hidden" : "deny"
    }

    @Test(
        "Every role's every action on every class of record and field is as the table says",
        arguments: AccessTable.roles)
    func table(_ role: String) throws {
        let catalogue = try AccessWorld.catalogue()
        let table = try AccessTable()
        let actor = AccessWorld.worker(role)
        var wrong: [String] = []
        for kind in table.kinds.sorted() + ["unheard-of"] {
            let isTouched = table.touches(role, kind)
            for standing in AccessStanding.allCases {
                for state in Guarded.allCases {
                    // Of what a role never touches, or is hidden whole, the least harmful field stands for the others.
                    let isWhole = !isTouched || state == .sealed || (state == .restricted && standing != .own)
                    let fields = isWhole ? [FieldClass.p0] : FieldClass.allCases
                    wrong += Self.compare(
                        catalogue, table, role, actor, kind, standing, state, side: nil, fields: fields)
                }
            }
        }
        #expect(wrong.isEmpty, "\(role): \(wrong.count) wrong, as \(wrong.prefix(5))")
    }

    @Test("Victim-safety and sealed fields are as the table says on every pair of sides", arguments: AccessTable.roles)
    func sides(_ role: String) throws {
        let catalogue = try AccessWorld.catalogue()
        let table = try AccessTable()
        let all: [SubjectSide?] = [nil] + SubjectSide.allCases.map { $0 }
        var wrong: [String] = []
        for (actorSide, recordSide) in all.flatMap({ a in all.map { (a, $0) } }) {
            let actor = AccessWorld.worker(role, side: actorSide)
            for (kind, standing) in AccessStanding.allCases.map({ ("person", $0) }) {
                for state in [Guarded.normal, .protected, .granted] {
                    wrong += Self.compare(
                        catalogue, table, role, actor, kind, standing, state, side: recordSide,
                        fields: [.p2, .p3, .p4], purpose: "subject-request")
                }
            }
        }
        #expect(wrong.isEmpty, "\(role): \(wrong.count) wrong, as \(wrong.prefix(5))")
    }

    @Test("The roles file has the roles of the table, and no others")
    func sameRoles() throws {
        let names = try AccessWorld.catalogue().roles.map(\.code.text)
        #expect(names.sorted() == AccessTable.roles.sorted())
    }
}
