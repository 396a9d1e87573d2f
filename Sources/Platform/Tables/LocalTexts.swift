internal import Glibc

/// One worker's view of a text dictionary: finds the codes of texts it has met without a lock.
///
/// A text that the worker meets for the first time gets a provisional code, -2 - n for its n-th such text, and is put on
/// the list of fresh texts. Whoever puts the batches in order gives it its lasting code, and the worker is told.
struct LocalTexts {
    /// Texts met for the first time since the list was taken, in order.
    struct Fresh {
        var bytes: [UInt8] = []
        var limits: [Int] = []
        var isEmpty: Bool { limits.isEmpty }
    }

    private struct Slot {
        var key = ShortKey(low: 0, high: 0)
        var count: UInt32 = 0  // 0 for an empty slot
        var code: Int32 = 0
        var offset: UInt32 = 0  // in `long`, for texts of more than 16 bytes
        var hash: UInt32 = 0
    }

    private static let most = 1 << 20
    private static let mostBytes = 64 << 20

    private(set) var fresh = Fresh()
    /// How many provisional codes were given out.
    private(set) var provisionalCount: Int32 = 0
    private var slots: [Slot] = Array(repeating: Slot(), count: 256)
    private var used = 0
    private var long: [UInt8] = []
    /// The hashes of the texts with provisional codes that were not settled yet, oldest first.
    private var pending: [(code: Int32, hash: UInt32)] = []

    init() {}

    /// Holds nothing and no memory, to stand in while another is worked on.
    init(empty: Void) {
        slots = []
    }

    /// The code of a text of at least one byte; 16 bytes must be readable.
    @inline(__always)
    mutating func code(_ bytes: UnsafePointer<UInt8>, count: Int) -> Int32 {
        guard count <= 16 else { return codeOfLong(bytes, count: count) }
        let key = ShortKey(bytes, count: count)
        let hash = LocalTexts.hash(key, count: count)
        let found: Int32? = slots.withUnsafeBufferPointer { slots in
            let mask = slots.count &- 1
            var index = Int(truncatingIfNeeded: hash) & mask
            while true {
                let slot = slots[index]
                if slot.key == key, Int(slot.count) == count { return slot.code }
                if slot.count == 0 { return nil }
                index = (index &+ 1) & mask
            }
        }
        return found ?? insert(bytes, count: count, key: key, hash: hash)
    }

    @inline(__always)
    private static func hash(_ key: ShortKey, count: Int) -> UInt32 {
        let mixed = (key.low &* 0x9E37_79B9_7F4A_7C15) ^ (key.high &* 0xC2B2_AE3D_27D4_EB4F)
        return UInt32(truncatingIfNeeded: (mixed ^ (mixed >> 29)) >> 3) &+ UInt32(truncatingIfNeeded: count)
    }

    private mutating func codeOfLong(_ bytes: UnsafePointer<UInt8>, count: Int) -> Int32 {
        let full = Hashing.hash(bytes, count: count)
        let key = ShortKey(low: full, high: 0)
        let hash = UInt32(truncatingIfNeeded: full >> 32)
        let mask = slots.count - 1
        var index = Int(hash) & mask
        while slots[index].count != 0 {
            let slot = slots[index]
            if slot.key == key, Int(slot.count) == count, isLong(slot.offset, bytes, count) { return slot.code }
            index = (index + 1) & mask
        }
        return insert(bytes, count: count, key: key, hash: hash)
    }

    private func isLong(_ offset: UInt32, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        long.withUnsafeBytes { long in
            guard let start = long.baseAddress else { return false }
            return memcmp(start + Int(offset), bytes, count) == 0
        }
    }

    @inline(never)
    private mutating func insert(_ bytes: UnsafePointer<UInt8>, count: Int, key: ShortKey, hash: UInt32) -> Int32 {
        if used >= LocalTexts.most || long.count + count > LocalTexts.mostBytes { forget() }
        if used * 2 >= slots.count { grow() }
        let code = -2 - provisionalCount
        let text = UnsafeBufferPointer(start: bytes, count: count)
        let slot = Slot(
            key: key, count: UInt32(truncatingIfNeeded: count), code: code,
            offset: UInt32(truncatingIfNeeded: long.count), hash: hash)
        if count > 16 { long.append(contentsOf: text) }
        place(slot)
        used += 1
        provisionalCount += 1
        fresh.bytes.append(contentsOf: text)
        fresh.limits.append(fresh.bytes.count)
        pending.append((code, hash))
        return code
    }

    private mutating func place(_ slot: Slot) {
        let mask = slots.count - 1
        var index = Int(slot.hash) & mask
        while slots[index].count != 0 { index = (index + 1) & mask }
        slots[index] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: old.count * 2)
        for slot in old where slot.count != 0 { place(slot) }
    }

    /// Bounds the memory when a column holds very many texts; they will be met for the first time again.
    private mutating func forget() {
        slots = Array(repeating: Slot(), count: 256)
        used = 0
        long.removeAll(keepingCapacity: true)
        pending.removeAll(keepingCapacity: true)
    }

    /// The fresh texts, which are then forgotten.
    mutating func takeFresh() -> Fresh {
        guard !fresh.isEmpty else { return fresh }
        let taken = fresh
        fresh = Fresh()
        return taken
    }

    /// Learns the lasting codes of provisional ones.
    /// - Parameter codes: the lasting code of each n-th fresh text so far.
    mutating func settle(_ codes: [Int32]) {
        let mask = slots.count - 1
        var settled = 0
        for (code, hash) in pending {
            guard Int(-2 - code) < codes.count else { break }
            var index = Int(hash) & mask
            while slots[index].code != code, slots[index].count != 0 { index = (index + 1) & mask }
            if slots[index].count != 0 { slots[index].code = codes[Int(-2 - code)] }
            settled += 1
        }
        pending.removeFirst(settled)
    }

    /// Whether some texts still have provisional codes.
    var isWaiting: Bool { !pending.isEmpty }
}
