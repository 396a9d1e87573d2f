public import Governance
public import Kernel
public import People

/// A case: what every list shows of it.
public struct CaseRecord: Hashable, Sendable {
    /// The longest heading, in characters.
    public static let longestHeading = 120

    /// Its identifier, also in the register and in the audit.
    public let id: ID<CaseRecord>
    /// Its type.
    public let type: Code<CaseType>
    /// The version of the type under which it was opened.
    public let typeVersion: String
    /// What people call it: `ASB-2026-000123`. It carries no personal data and is never used again.
    public let reference: String
    /// A few words by which those who work on it know it; class P1. Empty for who may not see it.
    public var heading: String
    /// The state that it is in.
    public var state: Code<CaseState>
    /// The band of its risk, after judgement; class P1. Nil until it was assessed, and for who may not see it.
    public var band: String?
    /// When it was opened.
    public let openedAt: Instant
    /// When it came to a state that ends it.
    public var closedAt: Instant?

    /// Whether a text is made as references are: two to eight capital letters, a year and six digits.
    public static func isReference(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        func digits(_ part: Substring, _ count: ClosedRange<Int>) -> Bool {
            count.contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        return parts.count == 3 && (2...8).contains(parts[0].utf8.count)
            && parts[0].utf8.allSatisfy { (0x41...0x5A).contains($0) } && digits(parts[1], 4...4)
            && digits(parts[2], 6...9)
    }

    /// It as whoever may see nothing of class P1 sees it.
    var withoutDetails: CaseRecord {
        var record = self
        record.heading = ""
        record.band = nil
        return record
    }
}

/// A person's part in a case.
public struct CaseParty: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<CaseParty>
    /// The part.
    public let role: Code<PartyRole>
    /// Who.
    public let person: ID<Person>
    /// Since when.
    public let since: Instant
    /// By whom they were added.
    public let addedBy: ID<Account>
    /// When the part ended.
    public var until: Instant?
    /// Why it ended.
    public var reason: String?
}

/// What kind of evidence an entry is. The four are kept apart (casework.md §2.0).
public enum EvidenceKind: String, CaseIterable, Sendable {
    case fact, opinion, allegation, hearsay

    /// What readers see.
    public var inWords: String {
        switch self {
        case .fact: "Fact"
        case .opinion: "Opinion"
        case .allegation: "Allegation"
        case .hearsay: "Hearsay"
        }
    }
}

/// With whom an entry may be shared.
public enum EntryHandling: String, CaseIterable, Sendable {
    /// With everyone who may see the case.
    case general
    /// With the agency that made it alone.
    case ownAgency = "own-agency"
}

/// One filling-in of a form.
public struct CaseEntry: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<CaseEntry>
    /// The form.
    public let form: Code<CaseForm>
    /// The version of the case type whose form it was.
    public let typeVersion: String
    /// What was answered, as far as the reader may see.
    public internal(set) var answers: FormAnswers
    /// The day on which it happened, where the form tells of one.
    public let happenedOn: LocalDate?
    /// What kind of evidence it is.
    public let evidence: EvidenceKind?
    /// Where it comes from, in words.
    public let source: String?
    /// With whom it may be shared.
    public let handling: EntryHandling
    /// The agency that made it.
    public let agency: Code<Agency>
    /// Who made it.
    public let madeBy: ID<Account>
    /// When.
    public let madeAt: Instant
    /// The entry that it corrects.
    public internal(set) var supersedes: ID<CaseEntry>?
    /// When another corrected it; nil while it holds.
    public let supersededAt: Instant?
    /// Whether there are answers that the reader may not see.
    public internal(set) var hasHidden = false
}

/// What someone undertook to do.
public struct CaseAction: Hashable, Sendable {
    /// How it ended. The two ways of not doing it are told apart (casework.md §2.4).
    public enum Status: String, CaseIterable, Sendable {
        case open, done
        case doneLate = "done-late"
        case notPossibleChanged = "not-possible-changed"
        case notUndertaken = "not-undertaken"
        case superseded

        /// What readers see.
        public var inWords: String {
            switch self {
            case .open: "Open"
            case .done: "Done"
            case .doneLate: "Done late"
            case .notPossibleChanged: "Not possible: things changed"
            case .notUndertaken: "Not undertaken"
            case .superseded: "Replaced by another"
            }
        }
    }

    /// Its identifier.
    public let id: ID<CaseAction>
    /// What is to be done, beginning with a verb; class P1.
    public let text: String
    /// The agency that does it.
    public let agency: Code<Agency>
    /// The person who does it, when one is named.
    public let owner: ID<Account>?
    /// The last day.
    public let due: LocalDate
    /// What raised it: a watch of the case type; nil when a person did.
    public let origin: String?
    /// How it stands.
    public let status: Status
    /// What came of it; class P2.
    public let outcome: String?
    /// Who made it.
    public let madeBy: ID<Account>
    /// When.
    public let madeAt: Instant
    /// Who closed it.
    public let closedBy: ID<Account>?
    /// When.
    public let closedAt: Instant?
}

/// Something that everyone who opens a case must know: a repeat victim, a MARAC within twelve months.
public struct CaseFlag: Hashable, Sendable {
    /// What kind.
    public let code: String
    /// What it says.
    public let text: String
    /// Whom it concerns.
    public let person: ID<Person>?
    /// Since when.
    public let raisedAt: Instant
    /// The last day, or nil while it lasts.
    public let until: LocalDate?
}

/// A step that was made.
public struct CaseMoveMade: Hashable, Sendable {
    /// Which.
    public let move: Code<CaseMove>
    /// From where.
    public let from: Code<CaseState>
    /// Where to.
    public let to: Code<CaseState>
    /// Why; class P2.
    public let reason: String?
    /// What the gates say that were passed with a reason.
    public let passed: [String]
    /// Who made it.
    public let by: ID<Account>
    /// When.
    public let at: Instant
}
