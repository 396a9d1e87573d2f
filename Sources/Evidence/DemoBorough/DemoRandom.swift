internal import Kernel

extension SeededRandom {
    /// A stream of its own for one subject, so that what is drawn for another subject does not change it.
    /// The subject's name is mixed into the seed by FNV-1a (Fowler, Noll and Vo).
    init(seed: UInt64, subject: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in subject.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        self.init(seed: seed ^ hash)
    }

    /// Uniform whole number, both ends included.
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// One of the elements, each as likely. `choices` must not be empty.
    mutating func one<Element>(of choices: [Element]) -> Element { choices[below(choices.count)] }

    /// The elements in random order (Fisher and Yates).
    mutating func mixed<Element>(_ elements: [Element]) -> [Element] {
        var mixed = elements
        for last in mixed.indices.dropFirst().reversed() { mixed.swapAt(last, below(last + 1)) }
        return mixed
    }

    /// Whether something that happens in so many of a hundred cases happens.
    mutating func percent(_ share: Double) -> Bool { uniform() * 100 < share }

    /// A whole number of minutes from `least` with a long tail: three in four within four times `typical`, few far
    /// beyond. Only exact arithmetic, so that every machine draws the same.
    mutating func longTail(from least: Int, typical: Int) -> Int {
        let u = uniform()
        return least + Int(Double(typical) * u / (1.02 - u))
    }
}

/// Draws positions with probability proportional to weight, in O(log n).
struct Chooser {
    private let cumulative: [Double]

    /// Weights must be ≥ 0 with a positive sum.
    init(_ weights: [Double]) {
        var total = 0.0
        cumulative = weights.map { weight in
            total += weight
            return total
        }
    }

    /// A position.
    func pick(_ random: inout SeededRandom) -> Int {
        let target = random.uniform() * (cumulative.last ?? 0)
        var low = 0
        var high = cumulative.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] <= target { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A smooth random surface over the unit square, between 0 and 1: random heights on a coarse lattice, joined linearly.
struct SmoothField {
    private let heights: [Double]
    private let side: Int

    init(side: Int, _ random: inout SeededRandom) {
        self.side = side
        heights = (0..<side * side).map { _ in random.uniform() }
    }

    /// The height at a point of the unit square.
    func at(_ u: Double, _ v: Double) -> Double {
        let x = min(max(u, 0), 1) * Double(side - 1)
        let y = min(max(v, 0), 1) * Double(side - 1)
        let i = min(Int(x), side - 2)
        let j = min(Int(y), side - 2)
        let (p, q) = (x - Double(i), y - Double(j))
        let low = heights[j * side + i] * (1 - p) + heights[j * side + i + 1] * p
        let high = heights[(j + 1) * side + i] * (1 - p) + heights[(j + 1) * side + i + 1] * p
        return low * (1 - q) + high * q
    }
}
