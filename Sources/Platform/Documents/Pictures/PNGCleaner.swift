internal import CZlib

/// Cleans PNG (W3C PNG, third edition, 5): keeps the chunks that decoding and moving pictures need.
enum PNGCleaner {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let kept: Set<String> = [
        "IHDR", "PLTE", "IDAT", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT",
    ]

    static func cleaned(_ bytes: [UInt8]) -> [UInt8]? {
        let reader = ByteReader(bytes[...])
        guard reader.has(signature, at: 0), reader.has("IHDR".utf8, at: 12) else { return nil }
        var clean = signature
        clean.reserveCapacity(bytes.count)
        var hasPicture = false
        var place = 8
        while let length = reader.number(place, 4, bigEndian: true), let type = reader.text(place + 4, 4),
            let chunk = reader.slice(place, length + 12)
        {
            place += length + 12
            switch type {
            case "IEND": return hasPicture ? clean + self.chunk(of: "IEND", []) : nil
            case "eXIf":
                if !hasPicture, let turned = Orientation.turned(in: chunk.dropFirst(8).dropLast(4)) {
                    clean += self.chunk(of: "eXIf", Orientation.tiff(turned))
                }
            default:
                guard kept.contains(type) else { continue }
                if type == "IDAT" { hasPicture = true }
                clean += chunk
            }
        }
        return nil
    }

    private static func chunk(of type: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + content
        let check = UInt32(truncatingIfNeeded: crc32(0, body, UInt32(body.count)))
        return bigEndian(UInt32(content.count)) + body + bigEndian(check)
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
    }
}
