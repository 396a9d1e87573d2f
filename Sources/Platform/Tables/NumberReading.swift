internal import Glibc

/// Why a field could not be read.
enum Misread: Error {
    /// It is not written in a form that its kind has.
    case form
    /// It is too large to be held.
    case size
    /// It has more digits after the point than its kind keeps.
    case precision
}

/// Reads numbers and truth values from bytes, without the locale.
enum NumberReading {
    @inline(__always)
    private static func digit(_ byte: UInt8) -> UInt8 { byte &- 0x30 }

    /// A whole number.
    @inline(__always)
    static func integer(_ text: FieldText) throws(Misread) -> Int64 {
        if text.count <= 18, text.count > 0, let value = digits(text.start, text.count) { return value }
        return try scaled(text, digits: 0, excess: .form)
    }

    @inline(__always)
    private static func digits(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
        var value: Int64 = 0
        for i in 0..<count {
            let next = digit(bytes[i])
            guard next <= 9 else { return nil }
            value = value &* 10 &+ Int64(next)
        }
        return value
    }

    /// A decimal number in units of 10^-`digits`.
    /// - Parameter excess: what it means when other than zeros follow those digits.
    static func scaled(_ text: FieldText, digits: Int, excess: Misread = .precision) throws(Misread) -> Int64 {
        let (negative, start) = sign(text)
        var value: Int64 = 0
        var position = start
        var kept = 0
        var point: Int?
        var tooLarge = false
        var inexact = false
        while position < text.count {
            let byte = text.start[position]
            if byte == UInt8(ascii: "."), point == nil {
                point = position
            } else {
                let next = digit(byte)
                guard next <= 9 else { throw .form }
                if point != nil, kept == digits {
                    inexact = inexact || next != 0
                } else {
                    kept += point == nil ? 0 : 1
                    tooLarge = !append(next, to: &value) || tooLarge
                }
            }
            position += 1
        }
        guard position - start > (point == nil ? 0 : 1) else { throw .form }
        if inexact { throw excess }
        while kept < digits {
            kept += 1
            tooLarge = !append(0, to: &value) || tooLarge
        }
        if tooLarge { throw .size }
        return negative ? -value : value
    }

    private static func sign(_ text: FieldText) -> (negative: Bool, start: Int) {
        guard text.count > 0 else { return (false, 0) }
        let negative = text.start[0] == UInt8(ascii: "-")
        return (negative, negative || text.start[0] == UInt8(ascii: "+") ? 1 : 0)
    }

    private static func append(_ digit: UInt8, to value: inout Int64) -> Bool {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(Int64(digit))
        guard !overflow, !carry else { return false }
        value = sum
        return true
    }

    /// Powers of ten that a double holds exactly.
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The double nearest to a decimal number with an optional exponent. Numbers of at most 15 digits are exact
    /// quotients of two doubles (Clinger, "How to read floating point numbers accurately", 1990); `strtod` reads others.
    static func decimal(_ text: FieldText) throws(Misread) -> Double {
        let (negative, start) = sign(text)
        var mantissa: Int64 = 0
        var places = 0
        var digits = 0
        var point = false
        var position = start
        while position < text.count {
            let byte = text.start[position]
            let next = digit(byte)
            if next <= 9 {
                digits += 1
                places += point ? 1 : 0
                mantissa = digits <= 15 ? mantissa * 10 + Int64(next) : mantissa
            } else if byte == UInt8(ascii: "."), !point {
                point = true
            } else {
                break
            }
            position += 1
        }
        guard digits > 0 else { throw .form }
        if position == text.count, digits <= 15, places <= 22 {
            let value = Double(mantissa) / powers[places]
            return negative ? -value : value
        }
        guard position == text.count || isExponent(text, from: position) else { throw .form }
        return try nearest(text)
    }

    private static func isExponent(_ text: FieldText, from start: Int) -> Bool {
        guard text.start[start] | 0x20 == UInt8(ascii: "e") else { return false }
        var position = start + 1
        if position < text.count, text.start[position] == 0x2B || text.start[position] == 0x2D { position += 1 }
        guard position < text.count else { return false }
        while position < text.count, digit(text.start[position]) <= 9 { position += 1 }
        return position == text.count
    }

    private static func nearest(_ text: FieldText) throws(Misread) -> Double {
        var copy: [CChar] = text.buffer.map { CChar(bitPattern: $0) }
        copy.append(0)
        let value = strtod(copy, nil)
        guard value.isFinite else { throw .size }
        return value
    }

    /// 1 or 0.
    static func boolean(_ text: FieldText) throws(Misread) -> Int8 {
        guard text.count <= 5 else { throw .form }
        let first = text.start[0]
        if text.count == 1 {
            switch first | 0x20 {
            case UInt8(ascii: "y"): return 1
            case UInt8(ascii: "n"): return 0
            default: break
            }
            guard first == UInt8(ascii: "1") || first == UInt8(ascii: "0") else { throw .form }
            return first == UInt8(ascii: "1") ? 1 : 0
        }
        if matches(text, "true") || matches(text, "yes") { return 1 }
        if matches(text, "false") || matches(text, "no") { return 0 }
        throw .form
    }

    /// Whether an ASCII text equals a word of small letters in any case.
    static func matches(_ text: FieldText, _ word: StaticString) -> Bool {
        guard text.count == word.utf8CodeUnitCount else { return false }
        for i in 0..<text.count where text.start[i] | 0x20 != word.utf8Start[i] { return false }
        return true
    }
}
