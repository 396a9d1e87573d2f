public import Governance
public import Kernel

/// A case as one actor may see it.
public struct CaseView: Sendable {
    /// The case.
    public let record: CaseRecord
    /// Its type, as it is now.
    public let type: CaseType
    /// What the policy knows of it.
    public let facts: RecordFacts
    /// The parts that people take or took.
    public let parties: [CaseParty]
    /// What was filled in, the oldest first, also what was corrected since.
    public let entries: [CaseEntry]
    /// What people undertook.
    public let actions: [CaseAction]
    /// How its risk was assessed, the oldest first.
    public let assessments: [CaseAssessment]
    /// Its clocks.
    public let clocks: [KeptClock]
    /// What everyone must know.
    public let flags: [CaseFlag]
    /// The steps that were made.
    public let moves: [CaseMoveMade]
    /// The steps that lead on from its state, with the gates that stop them; none for who may not work on it.
    public let steps: [CaseStep]
    /// What the actor may do with it.
    public let rights: CaseRights

    /// The state that it is in; nil when the type no longer has it.
    public var state: CaseState? { type.state(record.state) }

    /// The entries of a form that hold, the oldest first.
    public func entries(of form: Code<CaseForm>) -> [CaseEntry] {
        entries.filter { $0.form == form && $0.supersededAt == nil }
    }

    /// The people who take a part now.
    public func parties(as role: Code<PartyRole>) -> [CaseParty] {
        parties.filter { $0.role == role && $0.until == nil }
    }

    /// What everyone must know on a day: of a flag that was raised anew, the last.
    public func flags(on day: LocalDate) -> [CaseFlag] {
        let last = flags.indices.filter { i in
            !flags[(i + 1)...].contains { $0.code == flags[i].code && $0.person == flags[i].person }
        }
        return last.map { flags[$0] }.filter { flag in flag.until.map { day <= $0 } ?? true }
    }
}

/// A step that a case can make now.
public struct CaseStep: Hashable, Sendable {
    /// The step.
    public let move: CaseMove
    /// The gates that the case does not pass.
    public let unmet: [CaseGate]

    /// Whether a reason is enough to pass the gates that stop it.
    public var isOpen: Bool { unmet.allSatisfy(\.allowsReason) }
}

/// What an actor may do with a case.
public struct CaseRights: Hashable, Sendable {
    /// The classes of fields that they may see.
    public let reads: Set<FieldClass>
    /// The classes of fields that they may write.
    public let writes: Set<FieldClass>
    /// Whether they may share it with an agency.
    public let mayShare: Bool
    /// Whether they may decide who sees it.
    public let mayGuard: Bool

    /// Whether they may work on it.
    public var mayWrite: Bool { writes.contains(.p0) }
}

/// What a look at a case gave.
public enum CaseFinding: Sendable {
    /// The case, as far as the actor may see.
    case found(CaseView)
    /// There is one, held by that agency, and it is not to be seen.
    case refused(agency: Code<Agency>, AccessDecision.Reason)
    /// There is none, or none that exists for this actor.
    case absent
}

/// A case in a list.
public struct CaseItem: Hashable, Sendable {
    /// The case; its heading is empty when the actor may not see it.
    public let record: CaseRecord
    /// Whether the actor may see what is personal of it.
    let showsPersonal: Bool
    /// The agency that holds it.
    public let agency: Code<Agency>
    /// The person who answers for it.
    public let owner: ID<Account>?
    /// The first moment at which one of its clocks is late; nil when none runs.
    public let dueAt: Instant?
}

/// A part of a list of cases. It never tells how many it leaves out.
public struct CasePage: Hashable, Sendable {
    /// What the actor may see.
    public var items: [CaseItem]
    /// Where the next page begins, or nil at the end.
    public var next: ID<CaseRecord>?
}

/// Why something was not done to a case.
public enum CaseRefusal: Error, Sendable {
    /// What the register says.
    case register(RegisterRefusal)
    /// What was answered cannot be kept.
    case problems([AnswerProblem])
    /// Gates that are not passed, and for which no reason was given or is allowed.
    case gates([CaseGate])
    /// The case is no longer in a state from which the step leads.
    case wrongState(CaseState?)
    /// Only these roles may do it.
    case role(Set<Code<Role>>)
    /// Someone else corrected the entry in between; this is how it is now.
    case changedMeanwhile(CaseEntry)
    /// The action was closed already.
    case closedAlready
}
