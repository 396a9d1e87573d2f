internal import Synchronization

/// The distinct texts of one or more columns, numbered from 0 in the order in which they first appeared.
///
/// Texts are kept as UTF-8. One dictionary may serve several files, one after the other or at the same time; its order
/// is that of first appearance only when files are read one after the other.
public final class TextDictionary: Sendable {
    private let state: Mutex<State>

    /// An empty dictionary.
    public init() {
        state = Mutex(State())
    }

    /// A dictionary that holds these texts; repeated ones once.
    public convenience init(_ texts: [String]) {
        self.init()
        for text in texts { _ = code(for: text) }
    }

    /// How many texts it holds.
    public var count: Int { state.withLock { $0.limits.count } }

    /// All texts; the position of each is its code.
    public var texts: [String] { state.withLock { state in state.limits.indices.map { state.text(of: $0) } } }

    /// The text of a code, or an empty text for a code that it has not given out (-1 stands for missing).
    public func text(of code: Int32) -> String {
        state.withLock { $0.limits.indices.contains(Int(code)) ? $0.text(of: Int(code)) : "" }
    }

    /// The code of a text, or nil when it does not hold it.
    public func code(of text: String) -> Int32? {
        TextDictionary.withBytes(of: text) { bytes in state.withLock { $0.find(bytes).code } }
    }

    /// The code of a text, which is added when new.
    public func code(for text: String) -> Int32 {
        TextDictionary.withBytes(of: text) { bytes in state.withLock { $0.insert(bytes) } }
    }

    /// The code of a text given as bytes in UTF-8 or, when they are not valid UTF-8, Windows-1252.
    public func code(for bytes: UnsafeRawBufferPointer) -> Int32 {
        let bytes = bytes.bindMemory(to: UInt8.self)
        if Decoding.isASCII(bytes) { return state.withLock { $0.insert(bytes) } }
        return code(for: Decoding.text(bytes))
    }

    private static func withBytes<R>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        var text = text
        return text.withUTF8(body)
    }
}

private struct State {
    var bytes: [UInt8] = []
    /// The end of each text in `bytes`.
    var limits: [Int] = []
    private var hashes: [UInt64] = []
    /// Open addressing with linear probing: codes plus one, 0 for an empty slot.
    private var slots: [Int32] = Array(repeating: 0, count: 64)

    private func range(of code: Int) -> Range<Int> { (code == 0 ? 0 : limits[code - 1])..<limits[code] }

    func text(of code: Int) -> String { String(decoding: bytes[range(of: code)], as: UTF8.self) }

    func find(_ text: UnsafeBufferPointer<UInt8>) -> (code: Int32?, hash: UInt64, slot: Int) {
        let hash = State.hash(text)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let code = Int(slots[slot]) - 1
            if hashes[code] == hash, bytes[range(of: code)].elementsEqual(text) { return (Int32(code), hash, slot) }
            slot = (slot + 1) & mask
        }
        return (nil, hash, slot)
    }

    mutating func insert(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
        let (known, hash, slot) = find(text)
        if let known { return known }
        bytes.append(contentsOf: text)
        limits.append(bytes.count)
        hashes.append(hash)
        slots[slot] = Int32(limits.count)
        if limits.count * 2 > slots.count { grow() }
        return Int32(limits.count - 1)
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for (code, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(code + 1)
        }
    }

    /// FNV-1a, which needs no bytes past the end.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash ^ (hash >> 32)
    }
}
