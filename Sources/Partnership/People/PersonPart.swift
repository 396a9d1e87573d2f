public import Governance
public import Kernel

/// An address, a way to reach them, a relation: something that a person has several of, each with its own history.
public struct PersonPart<Content: Hashable & Sendable>: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<PersonPart<Content>>
    /// Whose it is.
    public let person: ID<Person>
    /// What it says.
    public let content: Content
    /// Counts its changes, from 1.
    public let version: Int64
    /// When it was last changed.
    public let changedAt: Instant
    /// By whom.
    public let changedBy: ID<Account>
}

/// Something wrong in what was entered of a part of a person.
public struct PartProblem: Hashable, Sendable {
    /// The field of the form.
    public let field: String
    /// What is wrong and how to put it right.
    public let text: String

    /// Something wrong.
    public init(_ field: String, _ text: String) {
        self.field = field
        self.text = text
    }
}

/// Why a part of a person was not written.
public enum PartRefusal: Error, Hashable, Sendable {
    /// The register refuses.
    case register(RegisterRefusal)
    /// Something entered is wrong.
    case problems([PartProblem])
    /// Someone else changed it in between.
    case changedMeanwhile
}

/// What a part of a person said before it was changed.
public struct FormerPart: Hashable, Sendable {
    /// What it said, in words.
    public internal(set) var text: String
    /// To whom it was a relation; nil for an address or a way of contact.
    public let other: ID<Person>?
    /// In which household they had a place; nil for anything else.
    let household: ID<Household>?
    /// Whether it tells where that household was.
    let isPlace: Bool
    /// How it is guarded: as it was then, or further where the person was guarded further since.
    public let secrecy: AddressSecrecy
    /// Until when it said so.
    public let at: Instant
    /// Who changed it.
    public let account: ID<Account>
}

/// Text as it is kept: single blanks, at most so many characters, nil when nothing is left.
enum PartText {
    static func line(_ text: String?, longest: Int = 200) -> String? {
        guard let text = text?.singleSpaced, !text.isEmpty else { return nil }
        return String(text.prefix(longest))
    }

    static func lines(_ text: String?, longest: Int = 2000) -> String? {
        let lines = (text ?? "").split(whereSeparator: \.isNewline).compactMap { line(String($0)) }
        return lines.isEmpty ? nil : String(lines.joined(separator: "\n").prefix(longest))
    }
}
