#if canImport(Glibc)
    internal import Glibc
#endif

/// Tidy steps for axes.
public enum Ticks {
    /// Multiples of 1, 2 or 5 times a power of ten that cover `low…high`, about `count` of them. Never empty.
    /// - Parameter whole: whether the step is at least 1, for counts.
    public static func covering(_ low: Double, _ high: Double, about count: Int = 5, whole: Bool = false) -> [Double] {
        let low = low.isFinite ? low : 0
        var high = high.isFinite ? max(high, low) : low
        if high == low { high = low + (whole ? 1 : max(abs(low), 1)) }
        let step =
            whole ? max(1, tidy((high - low) / Double(max(count, 1)))) : tidy((high - low) / Double(max(count, 1)))
        let first = floor(low / step + 1e-9)
        let last = ceil(high / step - 1e-9)
        guard last - first < 100 else { return [low, high] }
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }

    /// The smallest of 1, 2, 5 times a power of ten that is not below the number (nearly).
    public static func tidy(_ number: Double) -> Double {
        guard number > 0, number.isFinite else { return 1 }
        let power = powerOfTen(atMost: number)
        let share = number / power
        let factor: Double = share <= 1.0001 ? 1 : share <= 2.0001 ? 2 : share <= 5.0001 ? 5 : 10
        return factor * power
    }

    /// The greatest of 1, 2, 5 times a power of ten that is not above a positive number (nearly).
    static func tidy(atMost number: Double) -> Double {
        let power = powerOfTen(atMost: number)
        let share = number / power
        return (share >= 4.9999 ? 5 : share >= 1.9999 ? 2 : 1) * power
    }

    /// The greatest power of ten that is not above a positive number (nearly).
    static func powerOfTen(atMost number: Double) -> Double { pow(10, floor(log10(number) + 1e-9)) }
}

/// A straight line from figures to coordinates.
struct Scale {
    let ticks: [Double]
    let from: Double
    let to: Double

    /// - Parameters:
    ///   - values: the figures that must fit; zero always does.
    ///   - from: where the lowest tick lies.
    ///   - to: where the highest tick lies.
    init(_ values: some Sequence<Double>, from: Double, to: Double, about count: Int, whole: Bool = false) {
        let finite = values.filter(\.isFinite)
        ticks = Ticks.covering(min(0, finite.min() ?? 0), max(0, finite.max() ?? 0), about: count, whole: whole)
        self.from = from
        self.to = to
    }

    /// What a tick is called: all in the unit of the greatest.
    func text(_ tick: Double) -> String {
        let size = max(abs(ticks.first ?? 0), abs(ticks.last ?? 0))
        guard size >= 1e6, size < 1e9 else { return NumberText.short(tick) }
        return tick == 0 ? "0" : NumberText.trimmed(tick / 1e6, 2) + "m"
    }

    /// The ticks that can be named side by side without touching; zero is one of them.
    var named: [Double] {
        guard ticks.count > 1 else { return ticks }
        let room = abs(self(ticks[1]) - self(ticks[0]))
        let widest = ticks.map { TextFitting.width(text($0), size: 13) }.max() ?? 0
        let every = max(1, Int(((widest + 10) / max(room, 0.1)).rounded(.up)))
        let zero = ticks.firstIndex { abs($0) < 1e-12 } ?? 0
        return ticks.indices.filter { ($0 - zero) % every == 0 }.map { ticks[$0] }
    }

    func callAsFunction(_ value: Double) -> Double {
        let low = ticks.first ?? 0
        let high = ticks.last ?? 1
        guard value.isFinite, high > low else { return from }
        return from + (to - from) * ((value - low) / (high - low))
    }
}
