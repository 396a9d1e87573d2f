public import Kernel

/// How a person can be reached.
public enum ContactChannel: String, CaseIterable, Sendable {
    case telephone, text, email, letter
    case inPerson = "in-person"
    case thirdPerson = "third-person"
}

/// Whether it is safe to reach a person so: the person's own word.
public enum ContactSafetyWord: String, CaseIterable, Sendable {
    case yes, no, unknown
}

/// A way to reach a person, and what keeps them safe when it is used (casework.md §2.1).
public struct ContactContent: Hashable, Sendable {
    /// How.
    public var channel: ContactChannel
    /// The number, the e-mail address, the place or the name of who passes it on; of letters nothing, as the address
    /// says it.
    public var value: String?
    /// Whether it is safe.
    public var safety: ContactSafetyWord
    /// The days of the week on which it is safe, 0 for Monday; empty for every day.
    public var days: Set<Int> = []
    /// From which minute of the day it is safe; nil from its beginning.
    public var fromMinute: Int?
    /// Until which minute of the day it is safe; nil until its end.
    public var untilMinute: Int?
    /// What else is to be known of safe times.
    public var times: String?
    /// Whether a message may be left when nobody answers.
    public var voicemail = false
    /// The name that may be left, or said to someone else who answers.
    public var leaveName: String?
    /// Whether someone else uses the telephone, the computer or the letter box.
    public var isShared = false
    /// When the person last said so.
    public var confirmedOn: LocalDate?
    /// The last day on which it could be used; nil while it can.
    public var endedOn: LocalDate?

    /// A way to reach a person.
    public init(_ channel: ContactChannel, _ value: String? = nil, safety: ContactSafetyWord = .unknown) {
        self.channel = channel
        self.value = value
        self.safety = safety
    }

    /// Whether it can be used on a day.
    public func holds(on day: LocalDate) -> Bool { endedOn.map { day <= $0 } ?? true }

    func kept() -> ContactContent {
        var kept = self
        kept.value = PartText.line(value)
        kept.times = PartText.line(times, longest: 500)
        kept.leaveName = PartText.line(leaveName)
        return kept
    }

    /// What is wrong, in the order of the form.
    public func problems(on today: LocalDate) -> [PartProblem] {
        var problems: [PartProblem] = []
        let value = PartText.line(value)
        switch channel {
        case .telephone, .text:
            if !(value.map(PersonDetails.isPhone) ?? false) {
                problems.append(PartProblem("value", "Enter a telephone number, like 01632 960 001"))
            }
        case .email:
            if !(value.map(PersonDetails.isEmail) ?? false) {
                problems.append(
                    PartProblem("value", "Enter an email address in the correct format, like name@example.com"))
            }
        case .thirdPerson:
            if value == nil { problems.append(PartProblem("value", "Enter who passes messages on")) }
        case .letter, .inPerson: break
        }
        if let fromMinute, let untilMinute, untilMinute <= fromMinute {
            problems.append(PartProblem("until-time", "The safe time must end after it begins"))
        }
        if let confirmedOn, confirmedOn > today {
            problems.append(PartProblem("confirmed", "The day on which the person said so must not be in the future"))
        }
        return problems
    }

    /// What it says in one line, for the history.
    var inWords: String {
        var words = channel.rawValue
        if let value { words += ": \(value)" }
        words += "; safe: \(safety.rawValue)"
        if let safeTimes = safeTimesInWords { words += "; \(safeTimes)" }
        words += voicemail ? "; a message may be left" : "; no message"
        if let leaveName { words += "; say: \(leaveName)" }
        if isShared { words += "; shared" }
        if let confirmedOn { words += "; confirmed on \(confirmedOn.inWords)" }
        if let endedOn { words += "; until \(endedOn.inWords)" }
        return words
    }

    /// When it is safe, in words: `Monday and Tuesday, from 10:00 to 14:00`; nil at any time.
    public var safeTimesInWords: String? {
        let names = days.sorted().filter(ContactContent.dayNames.indices.contains).map { ContactContent.dayNames[$0] }
        var hours: [String] = []
        if let fromMinute { hours.append("from \(ContactContent.clock(fromMinute))") }
        if let untilMinute { hours.append("until \(ContactContent.clock(untilMinute))") }
        let parts = [
            names.isEmpty ? nil : names.joined(separator: ", "), hours.isEmpty ? nil : hours.joined(separator: " "),
            times,
        ]
        let words = parts.compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    /// The days of the week, Monday first.
    public static let dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// A minute of the day as a clock shows it: `09:05`.
    public static func clock(_ minute: Int) -> String {
        let (hour, rest) = (minute / 60, minute % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
    }

    /// The minute of the day of `9:05` or `09:05`; nil when it is no time.
    public static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            let hour = Int(parts[0]), let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }
}

/// A way to reach a person.
public typealias ContactMethod = PersonPart<ContactContent>
