import Kernel
import Secrets
import Storage
import Synchronization

@testable import Governance

func code<Tag>(_ text: String) -> Code<Tag> { Code(text) ?? Code(validForTests: text) }

extension Code {
    fileprivate init(validForTests text: String) { preconditionFailure("no code: \(text)") }
}

func email(_ text: String) -> EmailAddress { EmailAddress(text) ?? EmailAddress(fallbackForTests: text) }

extension EmailAddress {
    fileprivate init(fallbackForTests text: String) { preconditionFailure("no address: \(text)") }
}

/// Rules with an administrator of one agency, one of the partnership, an auditor apart from both, and workers who see
/// personal data.
let testRules = AccountRules(
    mayAdminister: { actor, agency, _ in
        actor.roles.contains(code("admin")) || actor.roles.contains(code("agency-admin")) && actor.agency == agency
    },
    conflict: { roles in
        let pairs: [(String, String)] = [
            ("admin", "auditor"), ("agency-admin", "auditor"), ("idva", "perpetrator-worker"),
        ]
        let broken = pairs.first { roles.contains(code($0.0)) && roles.contains(code($0.1)) }
        return broken.map { "\($0.0) and \($0.1) are held by different people" }
    },
    needsSecondFactor: { !$0.isDisjoint(with: [code("officer"), code("admin"), code("agency-admin"), code("idva")]) })

/// 1 June 2026, 09:00 UTC: a Monday in British summer time.
let morning = Instant(milliseconds: 1_780_304_400_000)
let june1 = LocalDate(validYear: 2026, month: 6, day: 1)

func actor(
    _ roles: Set<String>, agency: String = "council", kind: Actor.Kind = .person, id: ID<Account> = ID(at: morning)
) -> Actor {
    Actor(
        kind: kind, account: id, name: "Test", agency: code(agency), roles: Set(roles.map { code($0) }),
        address: "192.0.2.1")
}

func occasion(_ actor: Actor, at now: Instant = morning) -> Occasion { Occasion(actor, at: now, request: "req") }

let admin = actor(["admin"])
let commandLine = actor([], kind: .system)

func details(
    _ address: String = "jo.bell@council.example", roles: Set<String> = ["officer"], agency: String = "council"
) -> AccountDetails {
    AccountDetails(
        email: email(address), name: "Jo Bell", agency: code(agency),
        roles: Set(roles.map { RoleGrant(code($0), from: june1) }))
}

/// Password work that is quick and counts what it is asked for.
final class CountingWork: Sendable {
    private let counts = Mutex((hashed: 0, compared: 0, lastHash: ""))
    private let outdated: Bool

    init(outdated: Bool = false) { self.outdated = outdated }

    var hashed: Int { counts.withLock { $0.hashed } }
    var compared: Int { counts.withLock { $0.compared } }

    /// The hash that a password was last compared with.
    var lastHash: String { counts.withLock { $0.lastHash } }

    var work: PasswordWork {
        PasswordWork(
            hash: { password in
                self.counts.withLock { $0.hashed += 1 }
                return "new:" + password
            },
            matches: { password, hash in
                self.counts.withLock {
                    $0.compared += 1
                    $0.lastHash = hash
                }
                return hash == "new:" + password || hash == "old:" + password
            },
            isOutdated: { $0.hasPrefix("old:") || self.outdated })
    }
}

extension Result {
    /// The failure, or nil.
    var refusal: Failure? {
        if case .failure(let failure) = self { return failure }
        return nil
    }
}

/// The words of the audit: `act outcome code` of each entry, in order.
func auditWords(_ connection: Connection, since seq: Int64 = 0) throws -> [String] {
    try connection.rows("SELECT act, outcome, code FROM audit_entries WHERE seq > \(seq) ORDER BY seq").map { row in
        let act: String = try row.get("act")
        let outcome: String = try row.get("outcome")
        let code: String? = try row.optional("code")
        return ([act, outcome] + (code.map { [$0] } ?? [])).joined(separator: " ")
    }
}

func auditWords(_ database: Database) throws -> [String] { try database.read { try auditWords($0) } }
