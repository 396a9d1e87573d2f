/// The first 16 bytes of a short text as two words, the bytes past its end zero.
struct ShortKey: Equatable {
    var low: UInt64
    var high: UInt64

    /// The key of `count` ≤ 16 bytes; 16 bytes must be readable.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, count: Int) {
        let raw = UnsafeRawPointer(bytes)
        let lowMask = ~UInt64(0) >> UInt64(max(0, 64 - 8 * count))
        let highMask = ~UInt64(0) >> UInt64(128 - 8 * max(count, 0))
        low = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) & lowMask
        high = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) & highMask
    }

    @inline(__always)
    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

/// Hashing of bytes by folded 128-bit products, in the manner of wyhash (Wang Yi, public domain). The same on every
/// machine; not meant to withstand someone who chooses texts so that they collide.
enum Hashing {
    private static let k0: UInt64 = 0xA076_1D64_78BD_642F
    private static let k1: UInt64 = 0xE703_7ED1_A0B4_28DB
    private static let k2: UInt64 = 0x8EBC_6AF0_9C88_C6E3

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    /// The hash of a key and the length of its text.
    @inline(__always)
    static func hash(_ key: ShortKey, count: Int) -> UInt64 {
        let length = UInt64(truncatingIfNeeded: count)
        return fold(fold(key.low ^ k0, key.high ^ k1) ^ k2 ^ length, k1 ^ (key.low &+ (key.high << 1)))
    }

    /// The hash of any text; 16 bytes must be readable even when it is shorter.
    static func hash(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
        guard count > 16 else { return hash(ShortKey(bytes, count: count), count: count) }
        let raw = UnsafeRawPointer(bytes)
        var state = UInt64(truncatingIfNeeded: count) ^ k2
        var position = 0
        while position < count {
            let at = min(position, count - 16)
            let low = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let high = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
            state = fold(low ^ k0 ^ state, high ^ k1) &+ (state << 1 | state >> 63)
            position += 16
        }
        return fold(state ^ k0, k1)
    }

    /// The hash of the UTF-8 form of a text given in UTF-8 or Windows-1252.
    @inline(__always)
    static func hashOfText(_ text: FieldText) -> UInt64 {
        if text.count <= 16 {
            let key = ShortKey(text.start, count: text.count)
            if Decoding.isASCII(key) { return hash(key, count: text.count) }
        }
        return hashOfAnyText(text)
    }

    @inline(never)
    private static func hashOfAnyText(_ text: FieldText) -> UInt64 {
        if Decoding.isASCII(text.buffer) { return hash(text.start, count: text.count) }
        var bytes = Array(Decoding.text(text.buffer).utf8)
        let count = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: 16))
        return bytes.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { hash($0, count: count) } ?? 0
        }
    }
}
