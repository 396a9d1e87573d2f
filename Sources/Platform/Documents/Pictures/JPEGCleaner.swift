/// Cleans JPEG (ITU-T T.81, annex B): keeps what decoding needs, and of EXIF how the picture is turned.
enum JPEGCleaner {
    static func cleaned(_ bytes: [UInt8]) -> [UInt8]? {
        let reader = ByteReader(bytes[...])
        guard reader.has([0xFF, 0xD8], at: 0) else { return nil }
        var clean: [UInt8] = []
        clean.reserveCapacity(bytes.count)
        var turned: Int?
        var hasPicture = false
        var place = 2
        while true {
            guard reader.byte(place) == 0xFF else { return nil }
            // Any number of 0xFF may fill the room before a marker.
            while reader.byte(place + 1) == 0xFF { place += 1 }
            guard let marker = reader.byte(place + 1) else { return nil }
            if marker == 0xD9 { break }
            if marker == 0x01 || (0xD0...0xD7).contains(marker) {
                place += 2
                continue
            }
            guard marker != 0x00, marker != 0xD8, let length = reader.number(place + 2, 2, bigEndian: true),
                length >= 2,
                let segment = reader.slice(place, length + 2)
            else { return nil }
            let content = segment.dropFirst(4)
            place += length + 2
            switch marker {
            case 0xE0: if content.starts(with: Array("JFIF\0".utf8)), content.count >= 12 { clean += jfif(content) }
            case 0xE1:
                if content.starts(with: Array("Exif\0\0".utf8)) {
                    turned = turned ?? Orientation.turned(in: content.dropFirst(6))
                }
            // Adobe's says how colours are coded; without it they come out wrong.
            case 0xEE: if content.count == 12, content.starts(with: Array("Adobe".utf8)) { clean += segment }
            case 0xE0...0xEF, 0xFE: break
            case 0xDA:
                clean += segment
                guard let end = endOfScan(reader, from: place) else { return nil }
                clean += bytes[place..<end]
                place = end
                hasPicture = true
            default: clean += segment
            }
        }
        guard hasPicture else { return nil }
        return [0xFF, 0xD8] + (turned.map(exif) ?? []) + clean + [0xFF, 0xD9]
    }

    /// The place of the marker after a scan's coded picture, where 0xFF is followed by 0 or by a restart.
    private static func endOfScan(_ reader: ByteReader, from start: Int) -> Int? {
        var place = start
        while let byte = reader.byte(place) {
            guard byte == 0xFF else {
                place += 1
                continue
            }
            guard let next = reader.byte(place + 1) else { return nil }
            if next == 0x00 || (0xD0...0xD7).contains(next) {
                place += 2
            } else if next == 0xFF {
                place += 1
            } else {
                return place
            }
        }
        return nil
    }

    /// JFIF's segment with its version and density, without its thumbnail.
    private static func jfif(_ content: ArraySlice<UInt8>) -> [UInt8] {
        [0xFF, 0xE0, 0x00, 0x10] + Array(content.prefix(12)) + [0x00, 0x00]
    }

    private static func exif(_ turned: Int) -> [UInt8] {
        let content = Array("Exif\0\0".utf8) + Orientation.tiff(turned)
        let length = content.count + 2
        return [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + content
    }
}
