/// The distinct texts of a column, each with a code from 0 in the order of first appearance.
///
/// One dictionary may serve several files. It is used from the thread that receives batches only.
public final class TextDictionary {
    private var table = ByteTable()
    private var decoded: [String] = []

    /// An empty dictionary.
    public init() {}

    /// How many texts.
    public var count: Int { decoded.count }
    /// All texts, by code.
    public var texts: [String] { decoded }
    /// The text of a code that this dictionary gave.
    public func text(of code: Int32) -> String { decoded[Int(code)] }

    func code(for bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        let code = table.code(for: bytes)
        if Int(code) == decoded.count { decoded.append(TextDecoding.string(bytes)) }
        return code
    }
}

/// Bytes as text: UTF-8 or, where they are not that, Windows-1252.
enum TextDecoding {
    static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = ""
        for byte in bytes { text.unicodeScalars.append(scalar(byte)) }
        return text
    }

    private static let high: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
        0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
        0x017E, 0x0178,
    ]

    private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
        guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
        return Unicode.Scalar(high[Int(byte) - 0x80]) ?? "\u{FFFD}"
    }
}

/// A hash table from byte strings to codes in order of insertion, with open addressing.
struct ByteTable {
    private var slots: [Int32] = [Int32](repeating: -1, count: 64)
    private var hashes: [UInt64] = []
    private var starts: [Int] = [0]
    private var pool: [UInt8] = []

    var count: Int { hashes.count }

    /// The bytes of a code, while they are used.
    func withBytes<Result>(of code: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        pool.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[starts[code]..<starts[code + 1]])) }
    }

    mutating func code(for bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        let hash = ByteHash.hash(bytes)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 {
            let code = Int(slots[slot])
            if hashes[code] == hash, equals(code, bytes) { return Int32(code) }
            slot = (slot + 1) & mask
        }
        let code = hashes.count
        slots[slot] = Int32(code)
        hashes.append(hash)
        pool.append(contentsOf: bytes)
        starts.append(pool.count)
        if hashes.count * 2 > slots.count { grow() }
        return Int32(code)
    }

    private func equals(_ code: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = starts[code]
        guard starts[code + 1] - start == bytes.count else { return false }
        for i in 0..<bytes.count where pool[start + i] != bytes[i] { return false }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 4)
        let mask = slots.count - 1
        for (code, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(code)
        }
    }
}

/// A 64-bit hash of bytes: eight at a time, multiplied and folded (the mixing step of wyhash), the same in every run.
enum ByteHash {
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let base = bytes.baseAddress else { return 1 }
        let raw = UnsafeRawPointer(base)
        let count = bytes.count
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(count)
        var offset = 0
        while offset + 8 <= count {
            hash = fold(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self), 0xA076_1D64_78BD_642F)
            offset += 8
        }
        var tail: UInt64 = 0
        var shift: UInt64 = 0
        while offset < count {
            tail |= UInt64(base[offset]) << shift
            shift += 8
            offset += 1
        }
        let result = fold(hash ^ tail, 0xE703_7ED1_A0B4_28DB)
        return result == 0 ? 1 : result
    }

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
