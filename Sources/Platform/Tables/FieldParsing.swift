internal import Kernel

/// Reading values from the bytes of a field. Every function takes trimmed, non-empty bytes and gives nil for what is no
/// such value.
enum FieldParsing {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    static func integer(_ bytes: Bytes) -> Int64? {
        var index = 0
        let negative = bytes[0] == 0x2D
        if negative || bytes[0] == 0x2B { index = 1 }
        guard index < bytes.count, bytes.count - index <= 18 else { return nil }
        var value: Int64 = 0
        while index < bytes.count {
            let digit = bytes[index] &- 0x30
            guard digit <= 9 else {
                // "12.0" is a whole number.
                guard bytes[index] == 0x2E, index + 1 < bytes.count else { return nil }
                return bytes[(index + 1)...].allSatisfy { $0 == 0x30 } ? (negative ? -value : value) : nil
            }
            value = value * 10 + Int64(digit)
            index += 1
        }
        return negative ? -value : value
    }

    /// A decimal in units of 10^−scale.
    static func scaled(_ bytes: Bytes, scale: Int) -> Int64? {
        var index = 0
        let negative = bytes[0] == 0x2D
        if negative || bytes[0] == 0x2B { index = 1 }
        var value: Int64 = 0
        var digits = 0
        var decimals = -1
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 0x2E, decimals < 0 {
                decimals = 0
                continue
            }
            let digit = byte &- 0x30
            guard digit <= 9 else { return nil }
            if decimals >= 0 {
                guard decimals < scale else {
                    if digit == 0 { continue }
                    return nil
                }
                decimals += 1
            }
            digits += 1
            guard digits <= 17 else { return nil }
            value = value * 10 + Int64(digit)
        }
        guard digits > 0 else { return nil }
        for _ in max(decimals, 0)..<scale {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = product
        }
        return negative ? -value : value
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    static func decimal(_ bytes: Bytes) -> Double? {
        var index = 0
        let negative = bytes[0] == 0x2D
        if negative { index = 1 }
        var value: UInt64 = 0
        var digits = 0
        var decimals = -1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x2E, decimals < 0 {
                decimals = 0
            } else {
                let digit = byte &- 0x30
                guard digit <= 9, digits < 15 else { return general(bytes) }
                value = value * 10 + UInt64(digit)
                digits += 1
                if decimals >= 0 { decimals += 1 }
            }
            index += 1
        }
        guard digits > 0 else { return nil }
        // Both are exact, so the quotient is the nearest number to the decimal.
        let magnitude = Double(value) / powers[max(decimals, 0)]
        return negative ? -magnitude : magnitude
    }

    private static func general(_ bytes: Bytes) -> Double? {
        guard bytes.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
            let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite
        else { return nil }
        return value
    }

    static func boolean(_ bytes: Bytes) -> Int8? {
        func matches(_ word: StaticString) -> Bool {
            guard bytes.count == word.utf8CodeUnitCount else { return false }
            for i in 0..<bytes.count where bytes[i] | 0x20 != word.utf8Start[i] | 0x20 { return false }
            return true
        }
        switch bytes[0] {
        case 0x31: return bytes.count == 1 ? 1 : nil
        case 0x30: return bytes.count == 1 ? 0 : nil
        case 0x54, 0x74: return matches("true") || bytes.count == 1 ? 1 : nil
        case 0x46, 0x66: return matches("false") || bytes.count == 1 ? 0 : nil
        case 0x59, 0x79: return matches("yes") || bytes.count == 1 ? 1 : nil
        case 0x4E, 0x6E: return matches("no") || bytes.count == 1 ? 0 : nil
        default: return nil
        }
    }
}
