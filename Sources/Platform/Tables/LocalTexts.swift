/// One worker's view of a text dictionary: finds the codes of texts it has met without a lock.
///
/// A text that the worker meets for the first time gets a provisional code, -2 - n for its n-th such text, and is put on
/// the list of fresh texts. Whoever puts the batches in order gives it its lasting code, and the worker is told.
/// Belongs to one `ChunkParser` and is used by its thread only.
final class LocalTexts {
    /// Texts met for the first time since the list was taken, in order.
    struct Fresh: Sendable {
        var bytes: [UInt8] = []
        var limits: [Int] = []
        var isEmpty: Bool { limits.isEmpty }
    }

    /// What a text is compared by: itself when it has at most 16 bytes, otherwise a fingerprint.
    private struct Slot {
        var key = ShortKey(low: 0, high: 0)
        var count: UInt32 = 0  // 0 for an empty slot
        var code: Int32 = 0
        var offset: UInt32 = 0  // in `long`, for texts of more than 16 bytes
        var hash: UInt32 = 0
    }

    private static let firstCapacity = 1024
    private static let mostBytes = 64 << 20

    private let most: Int
    private var fresh = Fresh()
    private var provisionalCount: Int32 = 0
    private var slots = UnsafeMutablePointer<Slot>.allocate(capacity: LocalTexts.firstCapacity)
    private var capacity = LocalTexts.firstCapacity
    private var used = 0
    /// The texts of more than 16 bytes.
    private var long = UnsafeMutablePointer<UInt8>.allocate(capacity: 0)
    private var longCapacity = 0
    private var longCount = 0
    /// The hashes of the texts with provisional codes that were not settled yet, oldest first.
    private var pending: [(code: Int32, hash: UInt32)] = []

    /// - Parameter most: how many texts are remembered; past that all are forgotten and met again.
    init(most: Int) {
        self.most = most
        slots.initialize(repeating: Slot(), count: capacity)
    }

    deinit {
        slots.deallocate()
        long.deallocate()
    }

    /// Whether some texts still have provisional codes.
    var isWaiting: Bool { !pending.isEmpty }

    /// Puts the codes of a column into `codes`, -1 for empty fields.
    /// - Returns: whether some of them are provisional.
    func read(_ view: FieldView, field: Int, into codes: UnsafeMutableBufferPointer<Int32>) -> Bool {
        // Locals, because each look at a property of a class costs as much as a comparison.
        var (slots, mask, long) = (slots, capacity - 1, UnsafePointer(long))
        var lowest: Int32 = -1
        for row in 0..<view.rowCount {
            let text = view.text(field, ofRow: row)
            guard text.count > 0 else {
                codes[row] = -1
                continue
            }
            let (start, count) = (text.start, text.count)
            let key = count <= 16 ? ShortKey(start, count: count) : LocalTexts.fingerprint(start, count: count)
            let hash = LocalTexts.hash(key, count: count)
            var place = Int(truncatingIfNeeded: hash) & mask
            while true {
                let slot = slots + place
                if slot.pointee.key == key, Int(slot.pointee.count) == count,
                    count <= 16 || LocalTexts.isSame(long + Int(slot.pointee.offset), start, count)
                {
                    codes[row] = slot.pointee.code
                    break
                }
                if slot.pointee.count == 0 {
                    codes[row] = insert(start, count: count, key: key, hash: hash)
                    (slots, mask, long) = (self.slots, capacity - 1, UnsafePointer(self.long))
                    break
                }
                place = (place &+ 1) & mask
            }
            lowest = min(lowest, codes[row])
        }
        return lowest < -1
    }

    @inline(__always)
    private static func hash(_ key: ShortKey, count: Int) -> UInt32 {
        let product = (key.low ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: key.high ^ 0xC2B2_AE3D_27D4_EB4F)
        return UInt32(truncatingIfNeeded: product.high ^ product.low) &+ UInt32(count & 0xFF)
    }

    /// Two words that depend on all of a text of more than 16 bytes.
    @inline(__always)
    private static func fingerprint(_ bytes: UnsafePointer<UInt8>, count: Int) -> ShortKey {
        let raw = UnsafeRawPointer(bytes)
        var low = raw.loadUnaligned(as: UInt64.self)
        var high = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        var position = 16
        while position < count {
            let at = min(position, count &- 16)
            low =
                (low << 27 | low >> 37) &* 0x9E37_79B9_7F4A_7C15
                ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            high =
                (high << 31 | high >> 33) &* 0xC2B2_AE3D_27D4_EB4F
                ^ raw.loadUnaligned(fromByteOffset: at &+ 8, as: UInt64.self)
            position &+= 16
        }
        return ShortKey(low: low, high: high)
    }

    /// Whether two texts of the same length above 16 are the same.
    @inline(__always)
    private static func isSame(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let (a, b) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
        var position = 0
        var difference: UInt64 = 0
        while position < count {
            let at = min(position, count &- 8)
            difference |=
                a.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                ^ b.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            position &+= 8
        }
        return difference == 0
    }

    @inline(never)
    private func insert(_ bytes: UnsafePointer<UInt8>, count: Int, key: ShortKey, hash: UInt32) -> Int32 {
        if used >= most || longCount + count > max(LocalTexts.mostBytes, count) { forget() }
        if used * (used < 1 << 16 ? 4 : 2) >= capacity { resize(to: capacity * 2) }
        let code = -2 - provisionalCount
        let text = UnsafeBufferPointer(start: bytes, count: count)
        place(
            Slot(
                key: key, count: UInt32(truncatingIfNeeded: count), code: code,
                offset: UInt32(truncatingIfNeeded: longCount), hash: hash))
        if count > 16 { keepLong(text) }
        used += 1
        provisionalCount += 1
        fresh.bytes.append(contentsOf: text)
        fresh.limits.append(fresh.bytes.count)
        pending.append((code, hash))
        return code
    }

    private func keepLong(_ text: UnsafeBufferPointer<UInt8>) {
        if longCount + text.count > longCapacity {
            longCapacity = max(2 * longCapacity, longCount + text.count)
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: longCapacity)
            larger.update(from: long, count: longCount)
            long.deallocate()
            long = larger
        }
        for (i, byte) in text.enumerated() { long[longCount + i] = byte }
        longCount += text.count
    }

    private func place(_ slot: Slot) {
        var index = Int(slot.hash) & (capacity - 1)
        while slots[index].count != 0 { index = (index + 1) & (capacity - 1) }
        slots[index] = slot
    }

    private func resize(to size: Int) {
        let old = UnsafeBufferPointer(start: slots, count: capacity)
        slots = .allocate(capacity: size)
        slots.initialize(repeating: Slot(), count: size)
        capacity = size
        for slot in old where slot.count != 0 { place(slot) }
        old.deallocate()
    }

    /// Bounds the memory when a column holds very many texts; they will be met for the first time again.
    private func forget() {
        slots.deallocate()
        capacity = LocalTexts.firstCapacity
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: Slot(), count: capacity)
        used = 0
        longCount = 0
        pending.removeAll(keepingCapacity: true)
    }

    /// The fresh texts, which are then forgotten.
    func takeFresh() -> Fresh {
        guard !fresh.isEmpty else { return fresh }
        let taken = fresh
        fresh = Fresh()
        return taken
    }

    /// Learns the lasting codes of provisional ones.
    /// - Parameter codes: the lasting code of each n-th fresh text so far.
    func settle(_ codes: [Int32]) {
        let mask = capacity - 1
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
}
