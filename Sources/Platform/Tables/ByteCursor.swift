internal import Kernel

/// A place in the bytes of a field.
struct ByteCursor {
    private let bytes: UnsafePointer<UInt8>
    private let count: Int
    private var position = 0

    init(_ text: FieldText) {
        bytes = text.start
        count = text.count
    }

    var isAtEnd: Bool { position >= count }
    private var next: UInt8 { position < count ? bytes[position] : 0 }
    var digitAhead: Bool { next &- 0x30 <= 9 }

    /// Steps over one byte if it is this.
    mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        guard position < count, bytes[position] == UInt8(ascii: wanted) else { return false }
        position += 1
        return true
    }

    /// A run of at most 9 digits.
    mutating func number() -> (value: Int, digits: Int)? {
        var value = 0
        let start = position
        while digitAhead {
            guard position - start < 9 else { return nil }
            value = value * 10 + Int(next - 0x30)
            position += 1
        }
        return position > start ? (value, position - start) : nil
    }

    /// A run of at most that many digits.
    mutating func number(mostDigits most: Int) -> Int? {
        guard let (value, digits) = number(), digits <= most else { return nil }
        return value
    }

    /// A hyphen, slash, full stop or space.
    mutating func separator() -> UInt8? {
        let byte = next
        guard byte == 0x2D || byte == 0x2F || byte == 0x2E || byte == 0x20 else { return nil }
        position += 1
        return byte
    }

    /// An English month name, whole or its first three letters (or "Sept"), in any case: 1…12.
    mutating func monthName() -> Int? {
        var end = position
        while end < count, (bytes[end] | 0x20) &- 0x61 < 26 { end += 1 }
        let length = end - position
        guard length >= 3 else { return nil }
        for (month, name) in ByteCursor.names.enumerated() {
            let isWhole = length == name.count
            guard isWhole || length == 3 || (length == 4 && month == 8) else { continue }
            if (0..<length).allSatisfy({ bytes[position + $0] | 0x20 == name[$0] }) {
                position = end
                return month + 1
            }
        }
        return nil
    }

    private static let names: [[UInt8]] = monthNames.map { $0.utf8.map { $0 | 0x20 } }
}
