public import Kernel

/// A band that a professional gives in place of the one that the score has. Upward it needs a reason; downward also a
/// supervisor's standing, or someone else who agrees (casework.md §2.1).
public struct RiskJudgement: Hashable, Sendable {
    /// What a judgement lacks.
    public enum Missing: Hashable, Sendable {
        /// The score is of another version of the instrument.
        case sameVersion
        /// The instrument has no such band.
        case knownBand
        /// It is the band that the score has already.
        case otherBand
        /// A reason of at least `shortestReason` letters and marks.
        case reason
        /// The band is lower, the assessor is no supervisor, and nobody else agrees.
        case agreement
    }

    /// The shortest reason, in letters and marks, spaces at the ends aside. As short as a broken glass asks for.
    public static let shortestReason = 20

    /// The band that they give.
    public var band: Code<RiskBand>
    /// The account of who judges.
    public var by: String
    /// Whether they are a supervisor on the day.
    public var isSupervisor: Bool
    /// Why.
    public var reason: String
    /// The account of a second person who agrees, or nil.
    public var agreedBy: String?

    /// A judgement.
    public init(
        band: Code<RiskBand>, by: String, isSupervisor: Bool, reason: String, agreedBy: String? = nil
    ) {
        self.band = band
        self.by = by
        self.isSupervisor = isSupervisor
        self.reason = reason
        self.agreedBy = agreedBy
    }
}

extension RiskInstrument {
    /// What a judgement on a score lacks; nothing when it may stand.
    public func missing(_ judgement: RiskJudgement, on score: RiskScore) -> [RiskJudgement.Missing] {
        guard score.version == version else { return [.sameVersion] }
        guard let band = band(judgement.band) else { return [.knownBand] }
        guard band != score.band else { return [.otherBand] }
        var missing: [RiskJudgement.Missing] = []
        let letters = judgement.reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if letters.count < RiskJudgement.shortestReason { missing.append(.reason) }
        let isAgreed = judgement.agreedBy.map { !$0.isEmpty && $0 != judgement.by } ?? false
        if band.order < score.band.order, !judgement.isSupervisor, !isAgreed { missing.append(.agreement) }
        return missing
    }

    /// The band that holds: the judgement's where it lacks nothing, else that of the score.
    public func band(of score: RiskScore, judged judgement: RiskJudgement?) -> RiskBand {
        guard let judgement, missing(judgement, on: score).isEmpty, let band = band(judgement.band) else {
            return score.band
        }
        return band
    }
}
