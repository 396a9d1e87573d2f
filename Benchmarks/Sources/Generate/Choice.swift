internal import Kernel

/// Chooses among texts with given weights by one look-up.
struct Choice {
    private let texts: [[UInt8]]
    private let table: [UInt16]

    /// - Parameter weighted: texts, already quoted where they need it, and their weights.
    init(_ weighted: [(String, Double)]) {
        texts = weighted.map { Array($0.0.utf8) }
        let total = weighted.reduce(0) { $0 + $1.1 }
        var table: [UInt16] = []
        var reached = 0.0
        for (i, (_, weight)) in weighted.enumerated() {
            reached += weight
            let end = Int((reached / total * 65_536).rounded())
            table += repeatElement(UInt16(i), count: max(0, end - table.count))
        }
        self.table = table + repeatElement(UInt16(weighted.count - 1), count: 65_536 - table.count)
    }

    /// Which text 16 random bits stand for.
    func index(_ bits: UInt64) -> Int { Int(table[Int(bits & 0xFFFF)]) }

    func append(_ index: Int, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: texts[index])
        bytes.append(UInt8(ascii: ","))
    }
}

extension [UInt8] {
    /// Adds a number with at least `width` digits.
    mutating func append(number: Int, width: Int) {
        var digits: InlineArray<20, UInt8> = .init(repeating: UInt8(ascii: "0"))
        var value = number
        var length = 0
        while value > 0 || length < width {
            digits[length] = UInt8(ascii: "0") + UInt8(value % 10)
            value /= 10
            length += 1
        }
        for i in 0..<length { append(digits[length - 1 - i]) }
    }

    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
