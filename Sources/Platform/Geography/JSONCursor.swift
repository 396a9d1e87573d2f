internal import Kernel

/// A position in JSON text, with the steps that `GeoJSONReader` takes. Bytes are read through one pointer, which is
/// several times faster than an array in debug builds; every read is checked against the length.
struct JSONCursor {
    /// The file's name, for messages.
    let place: String
    private let base: UnsafePointer<UInt8>?
    private let count: Int
    private var position = 0

    /// The start of a text, which must outlive the cursor. A byte order mark is passed over.
    init(_ bytes: UnsafeBufferPointer<UInt8>, place: String) {
        self.place = place
        base = bytes.baseAddress
        count = bytes.count
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// A fault at the present line and column.
    func fault(_ why: String) -> Fault {
        var line = 1
        var column = 1
        for i in 0..<min(position, count) {
            column = byte(at: i) == 0x0A ? 1 : column + 1
            if byte(at: i) == 0x0A { line += 1 }
        }
        return Fault(
            "The boundaries could not be read", at: "\(place), line \(line), column \(column)",
            because: "this is not valid GeoJSON: \(why)",
            remedy: "Export the file again; it may have been cut off while it was copied.")
    }

    private func byte(at index: Int) -> UInt8 {
        guard index < count, let base else { return 0 }
        return base[index]
    }

    private mutating func skipSpace() {
        guard let base else { return }
        var i = position
        while i < count {
            let byte = base[i]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
            i &+= 1
        }
        position = i
    }

    /// Whether only white space is left.
    var isAtEnd: Bool {
        var rest = self
        rest.skipSpace()
        return rest.position == count
    }

    /// Takes a mark if it comes next, after white space.
    mutating func take(_ mark: Unicode.Scalar) throws(Fault) -> Bool {
        skipSpace()
        guard position < count else { throw fault("the text ends too early") }
        guard byte(at: position) == UInt8(truncatingIfNeeded: mark.value) else { return false }
        position += 1
        return true
    }

    /// Takes a mark that must come next.
    mutating func expect(_ mark: Unicode.Scalar, _ meaning: String) throws(Fault) {
        guard try take(mark) else { throw fault("expected \(meaning)") }
    }

    /// How many brackets open here, one directly in the other. Moves nothing.
    var bracketDepth: Int {
        var rest = self
        var depth = 0
        rest.skipSpace()
        while rest.byte(at: rest.position) == UInt8(ascii: "["), depth < 9 {
            depth += 1
            rest.position += 1
            rest.skipSpace()
        }
        return depth
    }

    // MARK: - Texts and other values

    /// A text in double quotes.
    mutating func string() throws(Fault) -> String {
        try expect("\"", "a name in double quotes")
        let start = position
        var isPlain = true
        while position < count, byte(at: position) != 0x22 {
            if byte(at: position) == 0x5C {
                isPlain = false
                position += 1
            }
            position += 1
        }
        guard position < count, let base else { throw fault("a text is not closed") }
        let content = UnsafeBufferPointer(start: base + start, count: position - start)
        position += 1
        if isPlain {
            guard let text = String(validating: content, as: UTF8.self) else { throw fault("a text is not UTF-8") }
            return text
        }
        guard case .string(let text) = try JSON(parsing: [0x22] + Array(content) + [0x22], from: place) else {
            throw fault("a text has a wrong escape")
        }
        return text
    }

    /// The text that comes next, or nil after passing over any other value.
    mutating func stringOrSkip() throws(Fault) -> String? {
        skipSpace()
        if byte(at: position) == 0x22 { return try string() }
        try skipValue()
        return nil
    }

    /// Passes over one value of any kind.
    mutating func skipValue() throws(Fault) {
        var open: [UInt8] = []
        repeat {
            skipSpace()
            guard position < count else { throw fault("the text ends too early") }
            switch byte(at: position) {
            case 0x22: _ = try string()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append(byte(at: position) + 2)
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard open.popLast() == byte(at: position) else { throw fault("a bracket closes that is not open") }
                position += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard !open.isEmpty else { throw fault("expected a value") }
                position += 1
            default: try skipWord()
            }
        } while !open.isEmpty
    }

    private mutating func skipWord() throws(Fault) {
        let start = position
        while position < count {
            let byte = byte(at: position)
            let isWord = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || "+-.E".utf8.contains(byte)
            guard isWord else { break }
            position += 1
        }
        guard position > start else { throw fault("expected a value") }
    }

    // MARK: - Coordinates

    /// A list of positions as flat `x, y, x, y, …`; a third coordinate (height) is dropped.
    mutating func positions() throws(Fault) -> [Double] {
        var values: [Double] = []
        try expect("[", "a list of points")
        if try take("]") { return values }
        repeat {
            try expect("[", "a point")
            values.append(try number())
            try expect(",", "a second coordinate")
            values.append(try number())
            while try take(",") { _ = try number() }
            try expect("]", "] after a point")
        } while try take(",")
        try expect("]", "a comma or ] after a point")
        return values
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    /// A number. Up to 15 digits it is a whole number below 2^53 divided by an exact power of ten, which is rounded
    /// correctly (Clinger 1990); longer ones and exponents take the library's way.
    private mutating func number() throws(Fault) -> Double {
        skipSpace()
        guard let base else { throw fault("expected a number") }
        let start = position
        var i = start
        let isNegative = i < count && base[i] == UInt8(ascii: "-")
        if isNegative { i &+= 1 }
        var whole: UInt64 = 0
        let first = i
        i = JSONCursor.digits(base, from: i, to: count, into: &whole)
        var digits = i - first
        var decimals = 0
        if digits > 0, i < count, base[i] == UInt8(ascii: ".") {
            let end = JSONCursor.digits(base, from: i + 1, to: count, into: &whole)
            decimals = end - i - 1
            digits += decimals
            i = end
            if decimals == 0 { digits = 0 }
        }
        position = i
        guard digits > 0 else { throw fault("expected a number") }
        let hasExponent = i < count && (base[i] | 0x20) == UInt8(ascii: "e")
        guard digits <= 15, !hasExponent else { return try longNumber(from: start) }
        let value = Double(whole) / JSONCursor.powers[decimals]
        return isNegative ? -value : value
    }

    private static func digits(
        _ base: UnsafePointer<UInt8>, from start: Int, to end: Int, into number: inout UInt64
    ) -> Int {
        var i = start
        while i < end {
            let digit = base[i] &- 0x30
            guard digit < 10 else { break }
            number = number &* 10 &+ UInt64(digit)
            i &+= 1
        }
        return i
    }

    private mutating func longNumber(from start: Int) throws(Fault) -> Double {
        position = start
        try skipWord()
        guard let base else { throw fault("expected a number") }
        let text = String(decoding: UnsafeBufferPointer(start: base + start, count: position - start), as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw fault("expected a number") }
        return value
    }
}
