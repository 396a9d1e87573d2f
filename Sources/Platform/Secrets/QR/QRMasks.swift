/// The eight masks, and which one makes a code easiest to read (ISO/IEC 18004, 7.8).
enum QRMasks {
    /// The code under the mask with the fewest penalty points.
    static func best(_ empty: QRMatrix, _ codewords: [UInt8]) -> QRMatrix {
        var best = empty
        var least = Int.max
        for mask in 0..<8 {
            var matrix = empty
            matrix.place(codewords, mask: mask)
            let points = penalty(matrix)
            if points < least { (best, least) = (matrix, points) }
        }
        return best
    }

    /// Whether a mask inverts a module (table 10).
    static func inverts(_ mask: Int, _ row: Int, _ column: Int) -> Bool {
        let product = row * column
        switch mask {
        case 0: return (row + column) % 2 == 0
        case 1: return row % 2 == 0
        case 2: return column % 3 == 0
        case 3: return (row + column) % 3 == 0
        case 4: return (row / 2 + column / 3) % 2 == 0
        case 5: return product % 2 + product % 3 == 0
        case 6: return (product % 2 + product % 3) % 2 == 0
        default: return ((row + column) % 2 + product % 3) % 2 == 0
        }
    }

    /// Penalty points (table 11): long runs, blocks, what looks like a finder, and an uneven share of dark modules.
    static func penalty(_ matrix: QRMatrix) -> Int {
        let size = matrix.size
        var points = 0
        for index in 0..<size {
            let row = (0..<size).map { matrix[index, $0] }
            let column = (0..<size).map { matrix[$0, index] }
            points += runs(row) + runs(column) + finders(row) + finders(column)
        }
        for row in 0..<size - 1 {
            for column in 0..<size - 1 {
                let colour = matrix[row, column]
                if matrix[row, column + 1] == colour, matrix[row + 1, column] == colour,
                    matrix[row + 1, column + 1] == colour
                {
                    points += 3
                }
            }
        }
        let count = matrix.dark.count { $0 }
        let twentieths = abs(count * 20 - size * size * 10) / (size * size)
        return points + twentieths * 10
    }

    private static func runs(_ line: [Bool]) -> Int {
        var points = 0
        var length = 1
        for index in 1...line.count {
            if index < line.count, line[index] == line[index - 1] {
                length += 1
            } else {
                if length >= 5 { points += length - 2 }
                length = 1
            }
        }
        return points
    }

    // Dark, light, three dark, light, dark, with four light ones on a side; the quiet zone is light.
    private static func finders(_ line: [Bool]) -> Int {
        let finder = [true, false, true, true, true, false, true]
        func isLight(_ range: Range<Int>) -> Bool { !line[range.clamped(to: line.indices)].contains(true) }
        var points = 0
        for start in 0...line.count - 7 where line[start..<start + 7].elementsEqual(finder) {
            if isLight(start - 4..<start) || isLight(start + 7..<start + 11) { points += 40 }
        }
        return points
    }
}
