public import Kernel

/// A letter as its writer filled it in.
public struct LetterDraft: Hashable, Sendable {
    /// How it reaches the addressee.
    public enum Delivery: String, CaseIterable, Sendable {
        /// By post, to the address on record.
        case post
        /// Handed over in person; no address stands on it.
        case hand
    }

    /// Which letter.
    public var template: Code<LetterTemplate>
    /// The letter itself, where it is worded from a record and is no file of the partnership's.
    public var written: LetterTemplate?
    /// To whom, by the part in the case.
    public var party: ID<CaseParty>
    /// How it gets there.
    public var delivery: Delivery = .post
    /// The answers, by the code of the question; `free` for the writer's own paragraph.
    public var answers: [String: String] = [:]
    /// Why a letter is safe although there are words about safe contact.
    public var whySafe = ""
    /// Whether it is printed large.
    public var isLarge = false

    /// A letter to be filled in.
    public init(_ template: Code<LetterTemplate>, to party: ID<CaseParty>) {
        self.template = template
        self.party = party
    }

    /// A letter that is worded from a record.
    public init(_ written: LetterTemplate, to party: ID<CaseParty>) {
        self.init(written.code, to: party)
        self.written = written
    }
}

/// Who sends a letter, as it says.
public struct LetterSender: Hashable, Sendable {
    /// The agency's name.
    public let agency: String
    /// The writer's name.
    public let writer: String

    /// A sender.
    public init(agency: String, writer: String) {
        self.agency = agency
        self.writer = writer
    }
}

/// What words about safe contact say of letters.
enum SafeContact {
    /// Whether they forbid them.
    static func forbidsPost(_ text: String) -> Bool {
        let words = " " + text.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: " ") + " "
        let phrases = [
            "no letter", "no post", "no mail", "not by letter", "not by post", "not by mail", "do not write",
            "don t write", "never write", "do not post", "do not send letter", "do not send post", "don t send letter",
            "don t send post", "no written", "not in writing", "nothing in writing", "nothing by post",
            "opens her post", "opens his post", "opens their post", "opens the post", "reads her post",
            "reads his post", "reads their post", "reads the post",
        ]
        return phrases.contains { words.contains(" \($0) ") || words.contains(" \($0)s ") }
    }
}
