public import Governance
public import Kernel
public import Storage

// MARK: - Several cases at once

/// Something done to several cases at once.
public enum CaseDeed: Hashable, Sendable {
    /// Hands them to a person and a team.
    case assign(to: ID<Account>?, team: Code<Team>?)
    /// Adds an action to each.
    case addAction(String, agency: Code<Agency>, owner: ID<Account>?, due: LocalDate)
}

extension CaseStore {
    /// Does one thing to several cases, to all of them or to none: each as it would be done to it alone. It throws what
    /// was refused, so that the transaction is undone.
    /// - Throws: `CaseDeedRefusal`, `StorageError`.
    public func doToAll(
        _ deed: CaseDeed, of cases: [ID<CaseRecord>], on occasion: Occasion, in connection: Connection
    ) throws {
        for id in cases {
            let refusal: CaseRefusal?
            switch deed {
            case .assign(let owner, let team):
                // Whom and which team is chosen among those of the actor's agency.
                let facts = try register.entries([ID(id)], now: occasion.now, in: connection)[ID(id)]?.facts
                guard facts?.agency == occasion.actor.agency else {
                    let why = "One of them is held by another agency. Hand it on from its own page"
                    throw CaseDeedRefusal(id: id, refusal: .problems([AnswerProblem("case", why)]))
                }
                refusal = try assign(id, to: owner, team: team, reason: nil, on: occasion, in: connection).refused
            case .addAction(let text, let agency, let owner, let due):
                refusal = try addAction(
                    text, agency: agency, owner: owner, due: due, to: id, on: occasion, in: connection
                ).refused
            }
            if let refusal { throw CaseDeedRefusal(id: id, refusal: refusal) }
        }
    }
}

/// The case at which something that was to be done to several was refused.
public struct CaseDeedRefusal: Error, Sendable {
    /// Which.
    public let id: ID<CaseRecord>
    /// Why.
    public let refusal: CaseRefusal
}

extension Result where Failure == CaseRefusal {
    fileprivate var refused: CaseRefusal? { if case .failure(let refusal) = self { refusal } else { nil } }
}
