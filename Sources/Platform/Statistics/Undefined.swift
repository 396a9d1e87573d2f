/// Why a statistic has no value for these data. Thrown instead of giving not-a-number.
public enum Undefined: Error, Hashable, Sendable {
    /// There are fewer values than the statistic needs.
    case tooFew(needed: Int, given: Int)
    /// All values are equal.
    case noVariation
    /// No area has a neighbour.
    case noLinks
    /// The values add up to nothing.
    case zeroTotal
    /// Exact computation would take longer than its limit allows (in multiply-adds, or stored numbers).
    case tooLarge(work: Int, limit: Int)
}

extension Undefined: CustomStringConvertible {
    /// The reason in plain English, without a full stop.
    public var description: String {
        switch self {
        case .tooFew(let needed, let given): "there are \(given) values and at least \(needed) are needed"
        case .noVariation: "all values are equal"
        case .noLinks: "no area has a neighbour"
        case .zeroTotal: "the values add up to nothing"
        case .tooLarge(let work, let limit): "the exact computation needs \(work) steps and the limit is \(limit)"
        }
    }
}
