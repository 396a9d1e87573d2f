/// Identifiers of places in the page, and links to them.
enum ReportAnchor {
    /// An identifier without spaces.
    static func id(_ text: String) -> String {
        String(text.map { $0.isWhitespace ? "_" : $0 })
    }

    /// A link to an identifier, other than letters, digits and `-._~/:` percent-encoded.
    static func link(_ id: String) -> String {
        let hex = Array("0123456789ABCDEF")
        return self.id(id).utf8.reduce(into: "#") { link, byte in
            let plain = Unicode.Scalar(byte)
            if plain.isASCII
                && (plain.properties.isAlphabetic || ("0"..."9").contains(plain) || "-._~/:".utf8.contains(byte))
            {
                link.unicodeScalars.append(plain)
            } else {
                link.append("%")
                link.append(hex[Int(byte >> 4)])
                link.append(hex[Int(byte & 15)])
            }
        }
    }

    /// The table and the row of a figure's address, `TABLE/ROW KEY/COLUMN`; the row key may hold "/".
    static func parts(ofFigure address: String) -> (table: String, row: String)? {
        guard let first = address.firstIndex(of: "/"), let last = address.lastIndex(of: "/") else { return nil }
        let table = String(address[..<first])
        return first == last ? (table, "") : (table, String(address[address.index(after: first)..<last]))
    }
}
