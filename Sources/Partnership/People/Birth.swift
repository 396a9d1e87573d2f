public import Kernel

/// When a person was born, as well as it is known.
public enum Birth: Hashable, Sendable {
    /// On that day.
    case day(LocalDate)
    /// In that year.
    case year(Int)
    /// Around that year: someone's guess.
    case about(Int)

    /// The first year that is taken.
    public static let firstYear = 1890

    /// As it is stored: `1984-03-02`, `1984`, `~1984`.
    public var text: String {
        switch self {
        case .day(let day): day.description
        case .year(let year): String(year)
        case .about(let year): "~\(year)"
        }
    }

    /// As it is stored, or nil when the text is none of these.
    public init?(_ text: String) {
        if text.hasPrefix("~") {
            guard let year = Int(text.dropFirst()) else { return nil }
            self = .about(year)
        } else if text.utf8.count == 4, let year = Int(text) {
            self = .year(year)
        } else if let day = LocalDate(text) {
            self = .day(day)
        } else {
            return nil
        }
    }

    /// The year, surely or probably.
    public var year: Int {
        switch self {
        case .day(let day): day.civil.year
        case .year(let year), .about(let year): year
        }
    }

    /// For people: `2 March 1984`, `1984, day not known`, `about 1984`.
    public var inWords: String {
        switch self {
        case .day(let day): day.inWords
        case .year(let year): "\(year), day not known"
        case .about(let year): "about \(year)"
        }
    }

    /// Whether both could be of the same person, allowing a year for a wrong day and five for a guess.
    public func agrees(with other: Birth) -> Bool {
        if case .day(let a) = self, case .day(let b) = other {
            if a == b { return true }
            let (one, two) = (a.civil, b.civil)
            // Day and month are exchanged, or one of the three is wrong.
            if one.year == two.year && one.day == two.month && one.month == two.day { return true }
            let equal = [one.year == two.year, one.month == two.month, one.day == two.day].filter { $0 }.count
            return equal == 2
        }
        return abs(year - other.year) <= (isGuess || other.isGuess ? 5 : 0)
    }

    private var isGuess: Bool { if case .about = self { true } else { false } }
}
