internal import CShims

/// Bytes that mean something in delimited text.
enum Mark {
    static let quote = UInt8(ascii: "\"")
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
}

/// How the fields and rows of a file are marked off.
struct Marks: Hashable, Sendable {
    /// The byte between fields.
    var delimiter: UInt8
    /// The byte that ends a row: a line feed, or a carriage return in files that have no line feeds.
    var lineEnd: UInt8 = Mark.lineFeed
}

/// Which of 64 bytes are marks, found without a branch for each byte.
enum ByteMasks {
    /// How many bytes are looked at together; memory must be readable that far.
    static let width = 64

    /// Bit i is set when byte i equals `value`.
    @inline(__always)
    static func equal(_ bytes: UnsafePointer<UInt8>, _ value: UInt8) -> UInt64 { shim_equal_mask(bytes, value) }

    /// The same without vector instructions.
    static func equalPortably(_ bytes: UnsafePointer<UInt8>, _ value: UInt8) -> UInt64 {
        shim_equal_mask_portable(bytes, value)
    }

    /// Bit i is the exclusive or of bits 0…i.
    @inline(__always)
    static func prefixXor(_ bits: UInt64) -> UInt64 { shim_prefix_xor(bits) }
}

/// Follows quotes through a text that starts at a row's start, 64 bytes at a time.
///
/// A quote opens a quoted field only as its first byte; inside one, a doubled quote stands for itself; after the closing
/// quote, and inside fields that did not start with one, quotes are text (as Python's `csv` reads them).
struct QuoteTracker {
    /// All bits set when the text so far ends inside a quoted field.
    var inside: UInt64 = 0
    /// 1 when the last byte lets a quote open a field: a mark, a closing quote, or the start of the text.
    var mayOpen: UInt64 = 1

    /// Bits of the 64 bytes that lie inside a quoted field, the opening quote included.
    /// - Parameters:
    ///   - quotes: the bytes that are quotes.
    ///   - marks: the bytes that are delimiters or line ends, inside quotes or not.
    @inline(__always)
    mutating func advance(quotes: UInt64, marks: UInt64) -> UInt64 {
        if quotes | inside == 0 {
            mayOpen = marks >> 63
            return 0
        }
        var within = ByteMasks.prefixXor(quotes) ^ inside
        var closing = quotes & ~within
        if quotes & within & ~(((marks | closing) << 1) | mayOpen) != 0 {
            let real = realQuotes(among: quotes, marks: marks)
            within = ByteMasks.prefixXor(real) ^ inside
            closing = real & ~within
        }
        inside = within >> 63 == 1 ? ~0 : 0
        mayOpen = ((marks & ~within) | closing) >> 63
        return within
    }

    /// The quotes that open or close a field, when some are only text.
    @inline(never)
    private func realQuotes(among quotes: UInt64, marks: UInt64) -> UInt64 {
        var real: UInt64 = 0
        var isInside = inside != 0
        var opensNext = mayOpen
        var left = quotes
        while left != 0 {
            let position = UInt64(left.trailingZeroBitCount)
            let bit: UInt64 = 1 << position
            left &= left &- 1
            if isInside {
                real |= bit
                isInside = false
                opensNext = bit << 1
            } else if (opensNext | (marks << 1)) & bit != 0 {
                real |= bit
                isInside = true
            }
        }
        return real
    }
}
