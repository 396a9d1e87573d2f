/// Cleans GIF (GIF89a specification): drops comments, texts and applications' data except how often it repeats.
enum GIFCleaner {
    static func cleaned(_ bytes: [UInt8]) -> [UInt8]? {
        let reader = ByteReader(bytes[...])
        guard reader.has("GIF8".utf8, at: 0), let screen = reader.byte(10) else { return nil }
        var place = 13 + colours(screen)
        guard let head = reader.slice(0, place) else { return nil }
        var clean = Array(head)
        clean.reserveCapacity(bytes.count)
        var hasPicture = false
        while let introducer = reader.byte(place) {
            let start = place
            switch introducer {
            case 0x3B: return hasPicture ? clean + [0x3B] : nil
            case 0x2C:
                guard let local = reader.byte(place + 9),
                    let end = endOfBlocks(reader, from: place + 10 + colours(local) + 1)
                else { return nil }
                clean += bytes[start..<end]
                place = end
                hasPicture = true
            case 0x21:
                guard let label = reader.byte(place + 1), let end = endOfBlocks(reader, from: place + 2) else {
                    return nil
                }
                let repeats = label == 0xFF && reader.has("NETSCAPE2.0".utf8, at: place + 3) && end - start == 19
                if label == 0xF9 || repeats { clean += bytes[start..<end] }
                place = end
            default: return nil
            }
        }
        return nil
    }

    /// The length of a table of colours by the byte that tells of it.
    private static func colours(_ packed: UInt8) -> Int { packed & 0x80 == 0 ? 0 : 3 << Int(packed & 0x07 + 1) }

    /// The place after a row of blocks, each with its length before it, and an empty one at the end.
    private static func endOfBlocks(_ reader: ByteReader, from start: Int) -> Int? {
        var place = start
        while let length = reader.byte(place) {
            place += 1 + Int(length)
            if length == 0 { return place <= reader.count ? place : nil }
        }
        return nil
    }
}
