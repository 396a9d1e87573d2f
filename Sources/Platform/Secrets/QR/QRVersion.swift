/// What ISO/IEC 18004 fixes for a version at level M: its size, its blocks, and where the alignment patterns are.
struct QRVersion {
    /// 1 to 10.
    let number: Int
    /// Codewords of error correction in each block (table 9).
    let correction: Int
    /// Codewords of data in each block (table 9).
    let blocks: [Int]
    /// Rows and columns of the alignment patterns' centres (annex E).
    let alignment: [Int]

    /// Modules along a side.
    var size: Int { 17 + 4 * number }
    /// Codewords of data in all blocks.
    var data: Int { blocks.reduce(0, +) }
    /// Bits that say how many bytes follow (table 3).
    var countBits: Int { number < 10 ? 8 : 16 }
    /// Bytes of text that fit, behind four bits of mode and the count.
    var capacity: Int { (data * 8 - 4 - countBits) / 8 }

    /// The most bytes that the largest version takes.
    static let most: Int = all.map(\.capacity).max() ?? 0

    /// The smallest version that takes so many bytes.
    static func smallest(for bytes: Int) -> QRVersion? { all.first { bytes <= $0.capacity } }

    private static let all: [QRVersion] = [
        QRVersion(number: 1, correction: 10, blocks: [16], alignment: []),
        QRVersion(number: 2, correction: 16, blocks: [28], alignment: [6, 18]),
        QRVersion(number: 3, correction: 26, blocks: [44], alignment: [6, 22]),
        QRVersion(number: 4, correction: 18, blocks: [32, 32], alignment: [6, 26]),
        QRVersion(number: 5, correction: 24, blocks: [43, 43], alignment: [6, 30]),
        QRVersion(number: 6, correction: 16, blocks: [27, 27, 27, 27], alignment: [6, 34]),
        QRVersion(number: 7, correction: 18, blocks: [31, 31, 31, 31], alignment: [6, 22, 38]),
        QRVersion(number: 8, correction: 22, blocks: [38, 38, 39, 39], alignment: [6, 24, 42]),
        QRVersion(number: 9, correction: 22, blocks: [36, 36, 36, 37, 37], alignment: [6, 26, 46]),
        QRVersion(number: 10, correction: 26, blocks: [43, 43, 43, 43, 44], alignment: [6, 28, 50]),
    ]
}
