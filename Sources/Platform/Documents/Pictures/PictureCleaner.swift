/// Takes out of a picture what it tells beyond what it shows: camera, place, time, owner, thumbnails, comments, colour
/// profiles, and whatever follows its end. How it is turned stays.
public enum PictureCleaner {
    /// The picture without them; nil when it is damaged, or of a kind that cannot be cleaned here.
    public static func cleaned(_ bytes: [UInt8], as kind: FileKind) -> [UInt8]? {
        switch kind {
        case .jpeg: JPEGCleaner.cleaned(bytes)
        case .png: PNGCleaner.cleaned(bytes)
        case .webp: WebPCleaner.cleaned(bytes)
        case .gif: GIFCleaner.cleaned(bytes)
        default: nil
        }
    }
}

/// How a picture is turned, the one thing of its EXIF that is kept (TIFF 6.0, tag 274).
enum Orientation {
    /// 2 to 8 when the TIFF structure says that the picture is turned; nil when it is not, or nothing is said.
    static func turned(in tiff: ArraySlice<UInt8>) -> Int? {
        let reader = ByteReader(tiff)
        let bigEndian: Bool
        if reader.has("MM".utf8, at: 0) {
            bigEndian = true
        } else if reader.has("II".utf8, at: 0) {
            bigEndian = false
        } else {
            return nil
        }
        guard reader.number(2, 2, bigEndian: bigEndian) == 42, let list = reader.number(4, 4, bigEndian: bigEndian),
            let count = reader.number(list, 2, bigEndian: bigEndian)
        else { return nil }
        for i in 0..<min(count, 1000) {
            let entry = list + 2 + i * 12
            guard let tag = reader.number(entry, 2, bigEndian: bigEndian) else { return nil }
            guard tag == 0x0112 else { continue }
            guard reader.number(entry + 2, 2, bigEndian: bigEndian) == 3,
                let value = reader.number(entry + 8, 2, bigEndian: bigEndian), (2...8).contains(value)
            else { return nil }
            return value
        }
        return nil
    }

    /// A TIFF structure that says this and nothing else.
    static func tiff(_ value: Int) -> [UInt8] {
        let head: [UInt8] = [0x4D, 0x4D, 0x00, 0x2A, 0x00, 0x00, 0x00, 0x08, 0x00, 0x01]
        let entry: [UInt8] = [0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, UInt8(value & 0xFF), 0x00, 0x00]
        return head + entry + [0x00, 0x00, 0x00, 0x00]
    }
}
