/// The modules of a code: the patterns that readers look for, and then the data (ISO/IEC 18004, 6.3 and 7.7–7.10).
struct QRMatrix {
    let size: Int
    private(set) var dark: [Bool]
    private var isFixed: [Bool]
    private let version: QRVersion

    /// The fixed patterns, with room left for the format.
    init(_ version: QRVersion) {
        self.version = version
        size = version.size
        dark = Array(repeating: false, count: size * size)
        isFixed = dark
        placeFinders()
        placeAlignment()
        placeTiming()
        placeVersion()
        placeFormat(mask: 0)
    }

    subscript(row: Int, column: Int) -> Bool { dark[row * size + column] }

    private mutating func fix(_ row: Int, _ column: Int, _ isDark: Bool) {
        guard (0..<size).contains(row), (0..<size).contains(column) else { return }
        dark[row * size + column] = isDark
        isFixed[row * size + column] = true
    }

    // Squares of 7, 5 and 3 modules in three corners, with a light border of one.
    private mutating func placeFinders() {
        for (top, left) in [(0, 0), (0, size - 7), (size - 7, 0)] {
            for row in -1...7 {
                for column in -1...7 {
                    let ring = max(abs(row - 3), abs(column - 3))
                    fix(top + row, left + column, ring != 2 && ring != 4)
                }
            }
        }
    }

    private mutating func placeAlignment() {
        for row in version.alignment {
            for column in version.alignment where !isFixed[row * size + column] {
                for down in -2...2 {
                    for right in -2...2 { fix(row + down, column + right, max(abs(down), abs(right)) != 1) }
                }
            }
        }
    }

    private mutating func placeTiming() {
        for index in 8..<size - 8 {
            fix(6, index, index % 2 == 0)
            fix(index, 6, index % 2 == 0)
        }
    }

    // From version 7 on, its number with 12 bits of Bose–Chaudhuri–Hocquenghem code, twice.
    private mutating func placeVersion() {
        guard version.number >= 7 else { return }
        let bits = QRMatrix.coded(version.number, by: 0x1F25, degree: 12)
        for index in 0..<18 {
            let isDark = bits >> index & 1 == 1
            fix(index / 3, size - 11 + index % 3, isDark)
            fix(size - 11 + index % 3, index / 3, isDark)
        }
    }

    // Level M is 00; the mask's three bits and ten of code, changed by a fixed pattern, twice; and one dark module.
    private mutating func placeFormat(mask: Int) {
        let bits = QRMatrix.coded(mask, by: 0x537, degree: 10) ^ 0x5412
        for index in 0..<15 {
            let isDark = bits >> index & 1 == 1
            let along = index < 6 ? index : index + 1
            if index < 8 {
                fix(along, 8, isDark)
                fix(8, size - 1 - index, isDark)
            } else {
                fix(8, index == 8 ? 7 : 14 - index, isDark)
                fix(size - 15 + index, 8, isDark)
            }
        }
        fix(size - 8, 8, true)
    }

    private static func coded(_ value: Int, by generator: Int, degree: Int) -> Int {
        var remainder = value << degree
        var bit = Int.bitWidth - 1 - remainder.leadingZeroBitCount
        while remainder != 0, bit >= degree {
            remainder ^= generator << (bit - degree)
            bit = Int.bitWidth - 1 - remainder.leadingZeroBitCount
        }
        return value << degree | remainder
    }

    /// Places the codewords, from the lower right corner in columns of two, up and down by turns, and masks them.
    mutating func place(_ codewords: [UInt8], mask: Int) {
        placeFormat(mask: mask)
        var next = 0
        var isUp = true
        for right in stride(from: size - 1, through: 1, by: -2).map({ $0 <= 6 ? $0 - 1 : $0 }) {
            for step in 0..<size {
                let row = isUp ? size - 1 - step : step
                for column in [right, right - 1] where !isFixed[row * size + column] {
                    // What is left over at the end stays light.
                    let bit = next / 8 < codewords.count && codewords[next / 8] >> (7 - next % 8) & 1 == 1
                    dark[row * size + column] = bit != QRMasks.inverts(mask, row, column)
                    next += 1
                }
            }
            isUp.toggle()
        }
    }
}
