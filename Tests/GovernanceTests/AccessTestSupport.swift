import Files
import Kernel

@testable import Governance

/// Actors and records of the tests of access. The council's officer looks at records of the council and the police.
enum AccessWorld {
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    /// 1 June 2026, 10:00 in London.
    static let now = Instant(milliseconds: 1_780_304_400_000)
    static let today = now.ukDate

    static func catalogue() throws -> RoleCatalogue {
        try RoleCatalogue(DefinitionFile(path: "\(root)/Definitions/roles/default.json"))
    }

    static func catalogue(_ json: String) throws -> RoleCatalogue {
        try RoleCatalogue(DefinitionFile(bytes: Array(json.utf8), path: "roles.json"))
    }

    static func word<Tag>(_ text: String, _ tag: Tag.Type = Tag.self) -> Code<Tag> {
        guard let code = Code<Tag>(text) else { preconditionFailure("no code: \(text)") }
        return code
    }

    /// The account of that number, always the same.
    static func account(_ number: Int) -> ID<Account> {
        let digits = String(number)
        let text = "01890000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        guard let id = ID<Account>(text) else { preconditionFailure("no identifier: \(text)") }
        return id
    }

    /// Somebody of the council, on the victim's side, whose second factor is five minutes old.
    static func worker(
        _ roles: String..., number: Int = 1, agency: String = "council", side: SubjectSide? = .victim
    ) -> Actor {
        Actor(
            kind: .person, account: account(number), name: "Worker \(number)", agency: word(agency),
            teams: [word("asb-team")], roles: Set(roles.map { word($0) }),
            panels: [PanelMembership(panel: word("marac"), from: today.advanced(by: -100), until: nil)], side: side,
            secondFactorAt: now.advanced(bySeconds: -300))
    }

    /// A record of the council's, with nobody at work on it.
    static func record(_ kind: String = "case", agency: String = "council", _ recordClass: RecordClass = .normal)
        -> RecordFacts
    {
        var facts = RecordFacts(kind: word(kind), agency: word(agency))
        facts.recordClass = recordClass
        return facts
    }

    static func grant(_ account: ID<Account>, seconds: Int64 = 3600) -> RecordFacts.Grant {
        .init(account: account, until: now.advanced(bySeconds: seconds))
    }
}

/// Ways to stand to a record, each by itself.
enum AccessStanding: String, CaseIterable {
    case own, team, agency, shared, listed, involved, glass, granted, none

    /// The rows of the table that hold for it: its own name, and what follows from it.
    var rows: Set<String> {
        switch self {
        case .own: ["own", "agency", "any"]
        case .team: ["team", "agency", "any"]
        case .agency: ["agency", "any"]
        case .none: ["any"]
        case .shared, .listed, .involved, .glass, .granted: [rawValue, "any"]
        }
    }

    func facts(_ kind: String, for actor: Actor) -> RecordFacts {
        let isHome = [.own, .team, .agency].contains(self)
        var facts = AccessWorld.record(kind, agency: isHome ? "council" : "police")
        let yesterday = AccessWorld.today.advanced(by: -1)
        switch self {
        case .own: facts.owner = actor.account
        case .team: facts.team = AccessWorld.word("asb-team")
        case .shared: facts.shares = [.init(agency: actor.agency, from: yesterday, highest: .p4)]
        case .listed: facts.listings = [.init(panel: AccessWorld.word("marac"), from: yesterday)]
        case .involved: facts.involved = [actor.account]
        case .glass: facts.glasses = [AccessWorld.grant(actor.account)]
        // It is one by the record's class: `Guarded.granted`.
        case .agency, .granted, .none: break
        }
        return facts
    }
}
