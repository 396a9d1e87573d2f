/// Cleans WebP (RFC 9649): keeps the chunks of the picture, and of EXIF how it is turned.
enum WebPCleaner {
    private static let kept: Set<String> = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"]
    // RFC 9649, 2.7: the bits of VP8X that tell of a colour profile, EXIF and XMP.
    private static let profile: UInt8 = 0x20
    private static let exif: UInt8 = 0x08
    private static let xmp: UInt8 = 0x04

    static func cleaned(_ bytes: [UInt8]) -> [UInt8]? {
        let reader = ByteReader(bytes[...])
        guard reader.has("RIFF".utf8, at: 0), reader.has("WEBP".utf8, at: 8),
            let size = reader.number(4, 4, bigEndian: false), size <= reader.count - 8
        else { return nil }
        var chunks: [(type: String, content: [UInt8])] = []
        var turned: Int?
        var place = 12
        while place < size + 8 {
            guard let type = reader.text(place, 4), let length = reader.number(place + 4, 4, bigEndian: false),
                let content = reader.slice(place + 8, length)
            else { return nil }
            place += 8 + length + length % 2
            if type == "EXIF" { turned = Orientation.turned(in: withoutHead(content)) }
            if kept.contains(type) { chunks.append((type, Array(content))) }
        }
        guard chunks.contains(where: { ["VP8 ", "VP8L", "ANMF"].contains($0.type) }) else { return nil }
        if let first = chunks.first, first.type == "VP8X" {
            guard let flags = first.content.first else { return nil }
            chunks[0].content[0] = flags & ~(profile | exif | xmp) | (turned == nil ? 0 : exif)
            if let turned { chunks.append(("EXIF", Orientation.tiff(turned))) }
        }
        var body: [UInt8] = []
        for chunk in chunks {
            body += Array(chunk.type.utf8) + littleEndian(chunk.content.count) + chunk.content
            if chunk.content.count % 2 == 1 { body.append(0) }
        }
        return Array("RIFF".utf8) + littleEndian(body.count + 4) + Array("WEBP".utf8) + body
    }

    /// Some programs write the head of JPEG's segment before the TIFF structure.
    private static func withoutHead(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        content.starts(with: Array("Exif\0\0".utf8)) ? content.dropFirst(6) : content
    }

    private static func littleEndian(_ number: Int) -> [UInt8] {
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
