/// The codewords of a text: data, padding and Reed–Solomon error correction, interleaved (ISO/IEC 18004, 7.4–7.6).
enum QRCodewords {
    /// The codewords in the order in which they are placed.
    static func make(_ text: [UInt8], _ version: QRVersion) -> [UInt8] {
        let data = padded(text, version)
        var blocks: [[UInt8]] = []
        var start = 0
        for length in version.blocks {
            blocks.append(Array(data[start..<start + length]))
            start += length
        }
        let corrections = blocks.map { ReedSolomon.correction(of: $0, count: version.correction) }
        return interleaved(blocks) + interleaved(corrections)
    }

    // Mode 0100, the count, the bytes, up to four zero bits, zero bits to the byte's end, then 236 and 17 by turns.
    private static func padded(_ text: [UInt8], _ version: QRVersion) -> [UInt8] {
        var bits: [Bool] = []
        func append(_ value: Int, _ count: Int) {
            for bit in stride(from: count - 1, through: 0, by: -1) { bits.append(value >> bit & 1 == 1) }
        }
        append(0b0100, 4)
        append(text.count, version.countBits)
        for byte in text { append(Int(byte), 8) }
        append(0, min(4, version.data * 8 - bits.count))
        append(0, (8 - bits.count % 8) % 8)
        var codewords = stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
        }
        var pad: UInt8 = 236
        while codewords.count < version.data {
            codewords.append(pad)
            pad = pad == 236 ? 17 : 236
        }
        return codewords
    }

    // The first codeword of every block, then the second of every block that has one, and so on.
    private static func interleaved(_ blocks: [[UInt8]]) -> [UInt8] {
        let longest = blocks.map(\.count).max() ?? 0
        return (0..<longest).flatMap { index in blocks.filter { index < $0.count }.map { $0[index] } }
    }
}

/// Reed–Solomon codes over the field of 256 with the polynomial x⁸ + x⁴ + x³ + x² + 1 (ISO/IEC 18004, 7.5.2).
enum ReedSolomon {
    private static let powers: [UInt8] = {
        var powers: [UInt8] = []
        var value = 1
        for _ in 0..<255 {
            powers.append(UInt8(value))
            value <<= 1
            if value > 255 { value ^= 0x11D }
        }
        return powers
    }()

    private static let logarithms: [Int] = {
        var logarithms = [Int](repeating: 0, count: 256)
        for (exponent, value) in powers.enumerated() { logarithms[Int(value)] = exponent }
        return logarithms
    }()

    private static func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
        a == 0 || b == 0 ? 0 : powers[(logarithms[Int(a)] + logarithms[Int(b)]) % 255]
    }

    /// The remainder of the data by the generator (x − α⁰)…(x − αⁿ⁻¹).
    static func correction(of data: [UInt8], count: Int) -> [UInt8] {
        let generator = self.generator(count)
        var remainder = [UInt8](repeating: 0, count: count)
        for byte in data {
            let factor = byte ^ remainder[0]
            remainder.removeFirst()
            remainder.append(0)
            for index in 0..<count { remainder[index] ^= product(generator[index], factor) }
        }
        return remainder
    }

    // Its coefficients from the second highest down; the highest is one.
    private static func generator(_ degree: Int) -> [UInt8] {
        var coefficients: [UInt8] = [1]
        for exponent in 0..<degree {
            var next = coefficients + [0]
            for index in coefficients.indices { next[index + 1] ^= product(coefficients[index], powers[exponent]) }
            coefficients = next
        }
        return Array(coefficients.dropFirst())
    }
}
