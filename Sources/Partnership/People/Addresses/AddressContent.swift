public import Kernel

/// What an address is to a person.
public enum AddressKind: String, CaseIterable, Sendable {
    case home, temporary, refuge, work, school, correspondence

    /// How far it is guarded at least: where a refuge is, and where a child learns, is a matter of safety.
    public var leastSecrecy: AddressSecrecy {
        switch self {
        case .refuge, .school: .safety
        case .home, .temporary, .work, .correspondence: .ordinary
        }
    }
}

/// An address of a person, with the time during which it holds and where that is known from.
public struct AddressContent: Hashable, Sendable {
    /// What it is to the person.
    public var kind: AddressKind
    /// The address, one line to a line, the postcode last.
    public var lines: String
    /// The first day; nil when it is not known.
    public var from: LocalDate?
    /// The last day; nil while it holds.
    public var until: LocalDate?
    /// Where it is known from.
    public var source: String?
    /// The day on which someone made sure of it.
    public var verifiedOn: LocalDate?
    /// How far it is guarded.
    public var secrecy: AddressSecrecy
    /// Whether letters go there: of a person's addresses one at most.
    public var takesLetters: Bool

    /// An address.
    public init(
        _ kind: AddressKind, _ lines: String, from: LocalDate? = nil, until: LocalDate? = nil, source: String? = nil,
        verifiedOn: LocalDate? = nil, secrecy: AddressSecrecy = .ordinary, takesLetters: Bool = false
    ) {
        self.kind = kind
        self.lines = lines
        self.from = from
        self.until = until
        self.source = source
        self.verifiedOn = verifiedOn
        self.secrecy = secrecy
        self.takesLetters = takesLetters
    }

    /// Whether it holds on a day.
    public func holds(on day: LocalDate) -> Bool {
        from.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
    }

    /// As it is kept: clean text, guarded at least as its kind asks, without letters once it is over.
    func kept(on today: LocalDate) -> AddressContent {
        var kept = self
        kept.lines = PartText.lines(lines) ?? ""
        kept.source = PartText.line(source)
        kept.secrecy = max(secrecy, kind.leastSecrecy)
        if let until, until < today { kept.takesLetters = false }
        return kept
    }

    /// What is wrong, in the order of the form.
    public func problems(on today: LocalDate) -> [PartProblem] {
        var problems: [PartProblem] = []
        if PartText.lines(lines) == nil { problems.append(PartProblem("lines", "Enter the address")) }
        if let from, let until, until < from {
            problems.append(PartProblem("until", "The last day must not be before the first"))
        }
        if let until, takesLetters, until < today {
            problems.append(PartProblem("letters", "Letters cannot go to an address that is over: choose no"))
        }
        if let verifiedOn, verifiedOn > today {
            problems.append(PartProblem("verified", "The day on which it was checked must not be in the future"))
        }
        return problems
    }

    /// What it says in one line, for the history.
    var inWords: String {
        var words = "\(kind.rawValue): \(lines.split(whereSeparator: \.isNewline).joined(separator: ", "))"
        if let from { words += "; from \(from.inWords)" }
        if let until { words += "; until \(until.inWords)" }
        if let source { words += "; source: \(source)" }
        if let verifiedOn { words += "; checked on \(verifiedOn.inWords)" }
        return words + (takesLetters ? "; takes letters" : "")
    }
}

/// An address of a person.
public typealias PersonAddress = PersonPart<AddressContent>

extension AddressSecrecy: Comparable {
    /// Less guarded than.
    public static func < (a: AddressSecrecy, b: AddressSecrecy) -> Bool { a.depth < b.depth }

    private var depth: Int {
        switch self {
        case .ordinary: 0
        case .safety: 1
        case .sealed: 2
        }
    }
}
