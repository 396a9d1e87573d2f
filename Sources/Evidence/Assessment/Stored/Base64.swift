/// Numbers as Base64 (RFC 4648, section 4) of their eight bytes each, the lowest first: exact, and shorter than digits.
enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    /// The text of numbers.
    static func text(_ numbers: [Double]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(numbers.count * 8)
        for number in numbers {
            let bits = number.bitPattern
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
        }
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        var position = 0
        while position < bytes.count {
            let count = min(3, bytes.count - position)
            var group: UInt32 = 0
            for i in 0..<3 { group = group << 8 | (i < count ? UInt32(bytes[position + i]) : 0) }
            for i in 0..<4 {
                out.append(i <= count ? letters[Int(group >> UInt32(18 - 6 * i) & 63)] : UInt8(ascii: "="))
            }
            position += 3
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The numbers of a text; nil when it is not Base64 or holds a part of a number.
    static func numbers(_ text: String) -> [Double]? {
        var bytes: [UInt8] = []
        var group: UInt32 = 0
        var held: UInt32 = 0
        for letter in text.utf8 where letter != UInt8(ascii: "=") {
            let value = values[Int(letter)]
            guard value < 64 else { return nil }
            group = group << 6 | UInt32(value)
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: group >> held))
            }
        }
        guard bytes.count % 8 == 0 else { return nil }
        return stride(from: 0, to: bytes.count, by: 8).map { start in
            var bits: UInt64 = 0
            for i in (0..<8).reversed() { bits = bits << 8 | UInt64(bytes[start + i]) }
            return Double(bitPattern: bits)
        }
    }
}
