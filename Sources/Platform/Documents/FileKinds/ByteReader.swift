/// Reads numbers out of bytes that came from outside. What lies beyond the end is nil, never a trap.
struct ByteReader {
    /// The bytes.
    let bytes: ArraySlice<UInt8>

    /// A reader of these bytes; places count from their beginning.
    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// How many there are.
    var count: Int { bytes.count }

    /// One byte.
    func byte(_ place: Int) -> UInt8? {
        place >= 0 && place < count ? bytes[bytes.startIndex + place] : nil
    }

    /// So many bytes.
    func slice(_ place: Int, _ length: Int) -> ArraySlice<UInt8>? {
        guard place >= 0, length >= 0, place <= count, length <= count - place else { return nil }
        let start = bytes.startIndex + place
        return bytes[start..<start + length]
    }

    /// Whether these bytes stand there.
    func has(_ wanted: some Collection<UInt8>, at place: Int) -> Bool {
        slice(place, wanted.count).map { $0.elementsEqual(wanted) } ?? false
    }

    /// A whole number of `width` bytes (1 to 4).
    func number(_ place: Int, _ width: Int, bigEndian: Bool) -> Int? {
        guard let part = slice(place, width) else { return nil }
        let ordered: [UInt8] = bigEndian ? Array(part) : part.reversed()
        return ordered.reduce(0) { $0 << 8 | Int($1) }
    }

    /// Text of ASCII, as far as it is that.
    func text(_ place: Int, _ length: Int) -> String? {
        slice(place, length).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension [UInt8] {
    /// Whether ASCII text stands in these bytes, in small or capital letters.
    func holds(ignoringCase wanted: String) -> Bool {
        let wanted = wanted.lowercased().utf8.map { $0 }
        guard let first = wanted.first, count >= wanted.count else { return false }
        func small(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
        for start in 0...(count - wanted.count) where small(self[start]) == first {
            var i = 1
            while i < wanted.count, small(self[start + i]) == wanted[i] { i += 1 }
            if i == wanted.count { return true }
        }
        return false
    }
}
