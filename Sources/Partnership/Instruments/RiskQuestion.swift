public import Kernel

/// A question of a risk instrument.
public struct RiskQuestion: Hashable, Sendable {
    /// Where risk and protection lie, in a common screening tool.
    public enum Level: String, CaseIterable, Sendable {
        /// In the person.
        case individual
        /// Between people who are close.
        case relationship
        /// In the neighbourhood, the school, among neighbours.
        case community
        /// In how society treats people.
        case society
    }

    /// Which way answers move the score.
    public enum Kind: String, CaseIterable, Sendable {
        /// They raise it: weights are 0 or more.
        case risk
        /// They lower it: weights are 0 or less.
        case protective
    }

    /// How much harm the answer's disclosure could do, as casework.md §4.2 counts: the same numbers as the register's
    /// classes of fields have.
    public enum Sensitivity: Int, CaseIterable, Sendable {
        case p0, p1, p2, p3, p4

        /// "P0" … "P4".
        public var text: String { "P\(rawValue)" }
    }

    /// By which it is kept.
    public let code: Code<RiskQuestion>
    /// The question.
    public let text: String
    /// What helps to answer it.
    public let hint: String?
    /// How its answer is guarded.
    public let sensitivity: Sensitivity
    /// Where it looks, in an instrument with levels.
    public let level: Level?
    /// Which way it moves the score.
    public let kind: Kind
    /// Whether there is no score without an answer.
    public let isRequired: Bool
    /// The answers, in the order in which they are offered.
    public let answers: [RiskAnswer]

    /// The answer of that code, or nil.
    public func answer(_ code: Code<RiskAnswer>) -> RiskAnswer? { answers.first { $0.code == code } }

    /// The lowest and the highest weight that it can add. One that may be left out can also add nothing.
    var weights: ClosedRange<Int> {
        let weights = answers.map(\.weight) + (isRequired ? [] : [0])
        return (weights.min() ?? 0)...(weights.max() ?? 0)
    }
}

/// An answer that a question offers.
public struct RiskAnswer: Hashable, Sendable {
    /// By which it is kept.
    public let code: Code<RiskAnswer>
    /// What is offered.
    public let text: String
    /// What it adds to the score.
    public let weight: Int
}

extension RiskAnswer {
    /// The code of the answer that nobody knows, wherever a question offers it.
    static let notKnown = "not-known"
}
