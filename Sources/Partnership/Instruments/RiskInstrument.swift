public import Kernel

/// A way of judging risk, as data: questions with weighted answers and the bands that a score falls into.
///
/// It is read from a file (`RiskInstrument(_:)`) and never changes: another wording or weight is another version.
public struct RiskInstrument: Hashable, Sendable {
    /// How answers become a score.
    public enum Arithmetic: String, CaseIterable, Sendable {
        /// The weights are added.
        case sum
        /// They are not added: the highest weight among the answers is the score, so that one significant indicator is
        /// enough.
        case indicator
    }

    /// Which instrument and which version of it.
    public let version: InstrumentVersion
    /// What people call it.
    public let name: String
    /// Who owns the wording, and on what terms it may be used.
    public let licence: InstrumentLicence
    /// Where it comes from, as a reader can look it up.
    public let source: String
    /// What readers should know before they rely on it.
    public let notes: [String]
    /// How answers become a score.
    public let arithmetic: Arithmetic
    /// The questions, in the order in which they are asked.
    public let questions: [RiskQuestion]
    /// The bands, the lowest first.
    public let bands: [RiskBand]
    /// SHA-256 of the file it was read from, in hexadecimal.
    public let sha256: String

    /// The question of that code, or nil.
    public func question(_ code: Code<RiskQuestion>) -> RiskQuestion? { questions.first { $0.code == code } }

    /// The band of that code, or nil.
    public func band(_ code: Code<RiskBand>) -> RiskBand? { bands.first { $0.code == code } }

    /// The lowest and the highest score that answers can give.
    public var range: ClosedRange<Int> { range(of: questions) }

    /// The lowest and the highest score that answers to some of its questions can give.
    func range(of questions: [RiskQuestion]) -> ClosedRange<Int> {
        let low = total(questions.map(\.weights.lowerBound))
        return low...max(low, total(questions.map(\.weights.upperBound)))
    }

    /// Weights as one score; 0 when there are none.
    func total(_ weights: [Int]) -> Int {
        switch arithmetic {
        case .sum: weights.reduce(0, +)
        case .indicator: weights.max() ?? 0
        }
    }
}

/// One version of one instrument: what a score is stamped with.
public struct InstrumentVersion: Hashable, Sendable, CustomStringConvertible {
    /// The instrument.
    public let code: Code<RiskInstrument>
    /// The version: whole numbers with points between them, such as "1" or "2.1".
    public let version: String

    /// A version of an instrument.
    public init(_ code: Code<RiskInstrument>, _ version: String) {
        self.code = code
        self.version = version
    }

    /// "asb-risk version 1".
    public var description: String { "\(code) version \(version)" }

    /// The numbers of a version, by which versions are ordered; nil when it is not written so.
    static func numbers(_ version: String) -> [Int]? {
        let parts = version.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil }
        return numbers.count == parts.count ? numbers : nil
    }
}

/// A range of scores with a name.
public struct RiskBand: Hashable, Sendable {
    /// By which it is kept.
    public let code: Code<RiskBand>
    /// What people call it.
    public let name: String
    /// The lowest score in it.
    public let from: Int
    /// Its place among the instrument's bands: 0 for the lowest.
    public let order: Int
}

/// Who owns an instrument's wording, and on what terms it may be used.
public struct InstrumentLicence: Hashable, Sendable {
    /// Who said that the partnership may use an instrument, and when.
    public struct Permission: Hashable, Sendable {
        /// Who granted it.
        public let by: String
        /// When.
        public let on: LocalDate
    }

    /// The owner; "own" for wording of Concord's or of the partnership's own.
    public let owner: String
    /// The terms, for readers.
    public let terms: String
    /// The permission, where the owner must give one. An instrument without it is not loaded.
    public let permission: Permission?
}
