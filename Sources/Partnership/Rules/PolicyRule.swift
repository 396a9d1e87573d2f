public import Kernel

/// The name of a rule: `caseReview.complaints.n`.
public struct RuleKey: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name.
    public let text: String

    /// A name in the program's own code.
    public init(stringLiteral text: String) { self.text = text }

    /// A name of parts of letters and digits, with points between them; nil otherwise.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isName = parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        guard isName, parts.count > 1, text.utf8.count <= 80 else { return nil }
        self.text = text
    }

    /// The name.
    public var description: String { text }

    /// By the alphabet.
    public static func < (a: RuleKey, b: RuleKey) -> Bool { a.text < b.text }
}

/// A threshold, clock, amount or definition with the days on which it holds, where it comes from and who approved it
/// (casework.md §0). What is decided keeps the rule that it was decided under.
public struct PolicyRule: Hashable, Sendable {
    /// What a rule says.
    public enum Value: Hashable, Sendable {
        /// A count, a score, an age.
        case number(Int)
        /// Yes or no.
        case flag(Bool)
        /// One of several definitions, by its code.
        case choice(String)
        /// A time in which something must be done.
        case clock(ClockLength)
        /// Calendar months, up to the corresponding date.
        case months(Int)
        /// Days.
        case days(Int)
        /// Money, in pence.
        case pence(Int)
    }

    /// How sure the value is.
    public enum Standing: String, CaseIterable, Sendable {
        /// An Act or regulations say so.
        case statute
        /// Statutory or national guidance says so.
        case guidance
        /// Other partnerships publish it as theirs.
        case practice
        /// Nobody has confirmed it: an assumption to be looked at before it is relied on.
        case assumption
    }

    /// Its name.
    public let key: RuleKey
    /// What it is about, for readers.
    public let name: String
    /// What it says.
    public let value: Value
    /// The first day on which it holds.
    public let from: LocalDate
    /// The last day, or nil while it holds.
    public let until: LocalDate?
    /// Where it comes from, as a reader can look it up.
    public let source: String
    /// How sure it is.
    public let standing: Standing
    /// Who approved it; nil while it waits for approval, and then it does not hold.
    public let approvedBy: String?
    /// When it was approved.
    public let approvedOn: LocalDate?
    /// What it waits for, or what else readers should know.
    public let note: String?

    /// Whether it holds on that day.
    public func holds(on day: LocalDate) -> Bool {
        approvedBy != nil && from <= day && until.map { day <= $0 } ?? true
    }
}

/// Rules that are shown together: those whose names begin with one of a few words.
public struct PolicyRuleGroup: Hashable, Sendable {
    /// The heading.
    public let title: String
    /// The first parts of the names.
    public let begins: Set<String>

    /// Whether a rule belongs to it.
    public func holds(_ rule: PolicyRule) -> Bool {
        rule.key.text.split(separator: ".").first.map { begins.contains(String($0)) } ?? false
    }
}

extension PolicyRule.Value {
    /// For readers: "3", "Yes", "21 days beginning with the day", "£100".
    public var inWords: String {
        switch self {
        case .number(let number): String(number)
        case .flag(let flag): flag ? "Yes" : "No"
        case .choice(let code): code
        case .clock(let length): length.inWords
        case .months(let count): "\(count) month\(count == 1 ? "" : "s")"
        case .days(let count): "\(count) day\(count == 1 ? "" : "s")"
        case .pence(let pence):
            pence % 100 == 0 ? "£\(pence / 100)" : "£\(pence / 100).\(pence % 100 < 10 ? "0" : "")\(pence % 100)"
        }
    }
}
