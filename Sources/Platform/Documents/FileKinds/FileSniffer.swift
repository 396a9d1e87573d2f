/// Finds out what a file is from its bytes, and holds its name to it.
public enum FileSniffer {
    /// The kind of a file, when the bytes and the ending of the name agree and it is one that may be kept.
    /// - Parameters:
    ///   - bytes: all of it.
    ///   - name: the name that it came under.
    public static func kind(of bytes: [UInt8], named name: String) -> Result<FileKind, FileRefusal> {
        guard !bytes.isEmpty else { return .failure(.empty) }
        if runs(bytes) { return .failure(.runs) }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let ending = parts.count > 1 ? parts.last.map { $0.lowercased() } ?? "" : ""
        if macroEndings.contains(ending) { return .failure(.macros) }
        if runningEndings.contains(ending) { return .failure(.runs) }
        guard let promised = FileKind(ending: ending) else { return .failure(.unknownEnding) }
        switch found(in: bytes) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let kinds):
            return kinds.contains(promised) ? .success(promised) : .failure(.disagrees(kinds.first))
        }
    }

    private static let macroEndings: Set<String> = [
        "docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppam", "ppsm", "sldm",
    ]
    private static let runningEndings: Set<String> = [
        "svg", "svgz", "html", "htm", "xhtml", "xht", "mht", "mhtml", "shtml", "xml", "xsl", "js", "mjs", "vbs", "vbe",
        "wsf", "hta", "exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1", "sh", "jar", "lnk", "url", "reg", "iso",
        "img", "apk", "app", "dmg", "pif", "cpl", "chm", "swf",
    ]

    // MARK: - By bytes

    /// The kinds that the bytes can be, the likeliest first; none when they are none of ours.
    private static func found(in bytes: [UInt8]) -> Result<[FileKind], FileRefusal> {
        let reader = ByteReader(bytes[...])
        if reader.has("%PDF-".utf8, at: 0) { return .success([.pdf]) }
        if reader.has([0xFF, 0xD8, 0xFF], at: 0) { return .success([.jpeg]) }
        if reader.has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], at: 0) { return .success([.png]) }
        if reader.has("GIF87a".utf8, at: 0) || reader.has("GIF89a".utf8, at: 0) { return .success([.gif]) }
        if reader.has("RIFF".utf8, at: 0) {
            if reader.has("WEBP".utf8, at: 8) { return .success([.webp]) }
            return .success(reader.has("WAVE".utf8, at: 8) ? [.wav] : [])
        }
        if reader.has("PK".utf8, at: 0) { return OfficeFile.kind(of: bytes).map { $0.map { [$0] } ?? [] } }
        if let film = film(reader) { return .success(film) }
        if isSound(reader) { return .success([.mp3]) }
        return .success(PlainText.kinds(of: bytes))
    }

    /// What an ISO base media file (ISO/IEC 14496-12) is by its brand.
    private static func film(_ reader: ByteReader) -> [FileKind]? {
        // QuickTime files older than brands begin with one of these boxes.
        for box in ["moov", "mdat", "wide"] where reader.has(box.utf8, at: 4) { return [.mov] }
        guard reader.has("ftyp".utf8, at: 4), let brand = reader.text(8, 4) else { return nil }
        switch brand {
        case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1": return [.heic]
        case "M4A ", "M4B ", "M4P ": return [.m4a]
        case "qt  ": return [.mov]
        case "avif", "avis", "crx ": return []
        // Telephones write sound under the brands of films too.
        default: return [.mp4, .m4a]
        }
    }

    /// Whether it begins as MPEG sound, layer III: with a tag of names, or with the head of a frame.
    private static func isSound(_ reader: ByteReader) -> Bool {
        if reader.has("ID3".utf8, at: 0) { return true }
        guard let first = reader.byte(0), let second = reader.byte(1), let third = reader.byte(2) else { return false }
        let isSync = first == 0xFF && second & 0xE0 == 0xE0
        let isLayerThree = second & 0x06 == 0x02 && second & 0x18 != 0x08
        return isSync && isLayerThree && third & 0xF0 != 0xF0 && third & 0x0C != 0x0C
    }

    // MARK: - What runs

    /// Whether it begins as a program, or as text that browsers take for a page or a drawing.
    private static func runs(_ bytes: [UInt8]) -> Bool {
        let reader = ByteReader(bytes[...])
        let programs: [[UInt8]] = [
            Array("MZ".utf8), [0x7F, 0x45, 0x4C, 0x46], Array("#!".utf8), [0xCA, 0xFE, 0xBA, 0xBE],
            [0xCF, 0xFA, 0xED, 0xFE], [0xCE, 0xFA, 0xED, 0xFE], [0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00],
        ]
        if programs.contains(where: { reader.has($0, at: 0) }) { return true }
        return PlainText.isMarkup(bytes)
    }
}
