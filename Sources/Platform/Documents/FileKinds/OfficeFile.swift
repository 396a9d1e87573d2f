/// Tells what an office document in a ZIP is, and whether it holds macros. Nothing is unpacked: names are never packed.
enum OfficeFile {
    /// The kind; nil for another ZIP.
    static func kind(of bytes: [UInt8]) -> Result<FileKind?, FileRefusal> {
        guard let names = names(in: bytes) else { return .failure(.damaged) }
        // Names stand twice, before each part and in the list at the end; programs differ in which they believe.
        if bytes.holds(ignoringCase: "vbaProject") || bytes.holds(ignoringCase: "vbaData.xml") {
            return .failure(.macros)
        }
        let small = names.map { $0.lowercased() }
        if small.contains(where: {
            $0.hasPrefix("basic/") || $0.hasPrefix("scripts/") || $0.hasPrefix("xl/macrosheets/")
        }) {
            return .failure(.macros)
        }
        if small.contains("[content_types].xml") {
            if small.contains("word/document.xml") { return .success(.docx) }
            return .success(small.contains("xl/workbook.xml") ? .xlsx : nil)
        }
        // OpenDocument 1.3, part 2, 3.3: the first part is `mimetype`, stored as it is.
        let reader = ByteReader(bytes[...])
        let type = "application/vnd.oasis.opendocument.text"
        guard reader.has("mimetype".utf8, at: 30), reader.number(26, 2, bigEndian: false) == 8,
            reader.number(8, 2, bigEndian: false) == 0, let extra = reader.number(28, 2, bigEndian: false),
            reader.number(22, 4, bigEndian: false) == type.utf8.count, reader.has(type.utf8, at: 38 + extra)
        else { return .success(nil) }
        return .success(.odt)
    }

    /// The names in the list at the end of a ZIP; nil when there is no whole one (APPNOTE 6.3.10, 4.3.12 and 4.3.16).
    private static func names(in bytes: [UInt8]) -> [String]? {
        let reader = ByteReader(bytes[...])
        let least = 22
        guard reader.count >= least else { return nil }
        var end = reader.count - least
        let limit = max(0, end - 0xFFFF)
        while end >= limit, !reader.has([0x50, 0x4B, 0x05, 0x06], at: end) { end -= 1 }
        guard end >= limit, let count = reader.number(end + 10, 2, bigEndian: false),
            var place = reader.number(end + 16, 4, bigEndian: false)
        else { return nil }
        var names: [String] = []
        for _ in 0..<count {
            guard reader.has([0x50, 0x4B, 0x01, 0x02], at: place),
                let name = reader.number(place + 28, 2, bigEndian: false),
                let extra = reader.number(place + 30, 2, bigEndian: false),
                let comment = reader.number(place + 32, 2, bigEndian: false),
                let text = reader.text(place + 46, name)
            else { return nil }
            names.append(text)
            place += 46 + name + extra + comment
        }
        return names
    }
}
