internal import Governance
public import Kernel

/// Two terms for the same subject that cannot both be kept.
public struct OrderContradiction: Hashable, Sendable {
    /// The draft's term.
    public let term: OrderTerm
    /// The other order; nil when the draft contradicts itself.
    public let order: ID<Order>?
    /// The other term.
    public let other: OrderTerm
    /// Why.
    public let why: String
}

/// What a draft's terms look like beside the live orders of its subject.
public struct OrderOverlap: Hashable, Sendable {
    /// Terms that cannot both be kept.
    public let contradictions: [OrderContradiction]
    /// Free text of all orders, the draft's first: never judged, for the reader to lay side by side.
    public let unjudged: [OrderTerm]

    /// Compares a draft with the live orders of its subject. Only parts are compared, never free text; O(terms²).
    public init(_ draft: [OrderTerm], beside live: [(id: ID<Order>, terms: [OrderTerm])]) {
        var found: [OrderContradiction] = []
        func compare(_ term: OrderTerm, _ other: OrderTerm, of order: ID<Order>?) {
            guard let a = term.part, let b = other.part, let why = Self.clash(a, b) ?? Self.clash(b, a) else { return }
            found.append(OrderContradiction(term: term, order: order, other: other, why: why))
        }
        for (index, term) in draft.enumerated() {
            for other in draft.dropFirst(index + 1) { compare(term, other, of: nil) }
            for order in live {
                for other in order.terms { compare(term, other, of: order.id) }
            }
        }
        contradictions = found
        unjudged = (draft + live.flatMap(\.terms)).filter { $0.part == nil || $0.part?.kind == .other }
    }

    /// Why the first cannot be kept beside the second; nil when it can, as far as it is known.
    private static func clash(_ a: OrderTermPart, _ b: OrderTermPart) -> String? {
        if a.kind == .nonContact, b.kind == .attend || b.kind == .reside, let person = a.person, b.person == person {
            return "One forbids contact with a person with whom the other requires it"
        }
        guard let here = a.place, let there = b.place else { return nil }
        switch (a.kind, b.kind) {
        case (.reside, .keepOut) where there.holds(here):
            return "The person must live at \(here.name), which lies in the area not to be entered: \(there.name)"
        case (.curfew, .keepOut) where there.holds(here) && meet(a.hours, b.hours):
            return "The curfew is at \(here.name), which lies in the area not to be entered: \(there.name)"
        case (.attend, .keepOut) where there.holds(here) && meet(a.hours, b.hours):
            return "The person must attend \(here.name), which lies in the area not to be entered: \(there.name)"
        case (.attend, .curfew) where !there.holds(here) && meetSurely(a.hours, b.hours):
            return "The person must attend \(here.name) (\(words(a.hours))) while the curfew at \(there.name) lasts "
                + "(\(words(b.hours)))"
        case (.reside, .reside) where differ(here, there):
            return "The person must live at \(here.name) and at \(there.name)"
        case (.reside, .curfew) where differ(here, there):
            return "The person must live at \(here.name) and keep the curfew at \(there.name)"
        case (.curfew, .curfew) where differ(here, there) && meet(a.hours, b.hours):
            return "Curfews at \(here.name) and at \(there.name) lie at the same time"
        case (.attend, .attend) where differ(here, there) && meetSurely(a.hours, b.hours):
            return "The person must attend \(here.name) and \(there.name) at the same time"
        default: return nil
        }
    }

    private static func differ(_ a: OrderPlace, _ b: OrderPlace) -> Bool { !a.holds(b) && !b.holds(a) }

    /// Whether the hours meet; no hours are always.
    private static func meet(_ a: [WeeklyHours], _ b: [WeeklyHours]) -> Bool {
        a.isEmpty || b.isEmpty || meetSurely(a, b)
    }

    /// Whether hours that are both known meet.
    private static func meetSurely(_ a: [WeeklyHours], _ b: [WeeklyHours]) -> Bool {
        a.contains { hours in b.contains { hours.overlaps($0) } }
    }

    private static func words(_ hours: [WeeklyHours]) -> String { hours.map(\.inWords).joined(separator: "; ") }
}
