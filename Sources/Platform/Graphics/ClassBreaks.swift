/// Up to five classes of figures with round limits.
public struct ClassBreaks: Hashable, Sendable {
    /// The limits between classes, ascending; a figure equal to a limit belongs to the class above it.
    public let limits: [Double]
    /// What each class is called, from the lowest: "Under 20", "20 to 39", "40 and over".
    public let labels: [String]

    /// Classes with about as many figures in each, their limits rounded to two significant figures; a class for
    /// each figure when there are no more of them than classes.
    public init(quantiles values: [Double], classes: Int = 5) {
        let sorted = values.filter(\.isFinite).sorted()
        let distinct = Set(sorted).sorted()
        if distinct.count <= classes {
            self.init(single: distinct)
        } else {
            let cuts = (1..<max(classes, 1)).map { k in
                ClassBreaks.rounded(ClassBreaks.quantile(sorted, Double(k) / Double(classes)))
            }
            self.init(limits: cuts, of: sorted)
        }
    }

    /// Classes of equal width with round limits.
    public init(equalSteps values: [Double], classes: Int = 5) {
        let sorted = values.filter(\.isFinite).sorted()
        let low = min(sorted.first ?? 0, 0)
        let high = sorted.last ?? 0
        let isWhole = sorted.allSatisfy { $0 == $0.rounded() }
        let width = ClassBreaks.step(for: (high - low) / Double(max(classes, 1)), isWhole: isWhole)
        let first = (low / width).rounded(.down)
        self.init(limits: (1..<max(classes, 1)).map { (first + Double($0)) * width }, of: sorted)
    }

    /// A class for each of a few figures.
    private init(single values: [Double]) {
        limits = Array(values.dropFirst())
        labels = values.isEmpty ? [""] : values.map { NumberText.trimmed($0, 4) }
    }

    private init(limits: [Double], of sorted: [Double]) {
        let low = sorted.first ?? 0
        let high = sorted.last ?? 0
        var kept: [Double] = []
        for limit in limits.sorted() where limit > low && limit <= high && limit != kept.last { kept.append(limit) }
        self.limits = kept
        let isWhole = (sorted + kept).allSatisfy { $0 == $0.rounded() }
        labels = ClassBreaks.labels(kept, low: low, high: high, isWhole: isWhole)
    }

    /// The position of the class, 0 the lowest.
    public func index(of value: Double) -> Int { limits.prefix { $0 <= value }.count }

    /// The shade of each class: neighbours far apart when there are few.
    public var paints: [Paint] {
        switch labels.count {
        case 1: [.q3]
        case 2: [.q2, .q4]
        case 3: [.q1, .q3, .q5]
        case 4: [.q1, .q2, .q4, .q5]
        default: Paint.sequence
        }
    }

    /// How many of the figures lie in each class.
    public func counts(of values: some Sequence<Double>) -> [Int] {
        values.reduce(into: Array(repeating: 0, count: labels.count)) { $0[index(of: $1)] += 1 }
    }

    private static func labels(_ limits: [Double], low: Double, high: Double, isWhole: Bool) -> [String] {
        let text: (Double) -> String = { NumberText.trimmed($0, isWhole ? 0 : abs(high) < 1 ? 4 : 2) }
        guard let first = limits.first, let last = limits.last else {
            return [low == high ? text(low) : "\(text(low)) to \(text(high))"]
        }
        let between = zip(limits, limits.dropFirst()).map { lower, upper in
            if isWhole { return upper - lower == 1 ? text(lower) : "\(text(lower)) to \(text(upper - 1))" }
            return "\(text(lower)) to under \(text(upper))"
        }
        let bottom = isWhole && low >= 0 && first == 1 ? "0" : "Under \(text(first))"
        return [bottom] + between + ["\(text(last)) and over"]
    }

    /// Linear interpolation between order statistics (Hyndman and Fan 1996, type 7).
    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        guard let last = sorted.last else { return 0 }
        let position = share * Double(sorted.count - 1)
        let index = Int(position)
        guard index + 1 < sorted.count else { return last }
        return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
    }

    /// To two significant figures.
    private static func rounded(_ value: Double) -> Double {
        guard value != 0 else { return 0 }
        let power = Ticks.powerOfTen(atMost: abs(value)) / 10
        return (value / power).rounded() * power
    }

    /// The least of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 times a power of ten that is not below the width.
    private static func step(for width: Double, isWhole: Bool) -> Double {
        guard width > 0 else { return 1 }
        let power = Ticks.powerOfTen(atMost: width)
        let steps: [Double] = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
        let step = (steps.first { $0 * power >= width * 0.9999 } ?? 10) * power
        return isWhole ? max(1, step.rounded(.up)) : step
    }
}
