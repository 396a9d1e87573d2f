public import Kernel

/// A QR code (ISO/IEC 18004) of a short text: byte mode, error correction level M, versions 1 to 10.
///
/// Made here so that the secret in an enrolment link is never given to a program or a site of others.
public struct QRCode: Hashable, Sendable {
    /// Modules along a side, without the quiet zone.
    public let size: Int
    private let dark: [Bool]

    /// The code of a text's UTF-8.
    /// - Throws: a `Fault` when it has more than 213 bytes.
    public init(_ text: String) throws(Fault) {
        let bytes = Array(text.utf8)
        guard let version = QRVersion.smallest(for: bytes.count) else {
            throw Fault(
                "The picture to scan could not be made", because: "the text is longer than \(QRVersion.most) bytes",
                remedy: "Type the secret into the authenticator app instead.")
        }
        let codewords = QRCodewords.make(bytes, version)
        let matrix = QRMasks.best(QRMatrix(version), codewords)
        size = matrix.size
        dark = matrix.dark
    }

    /// Whether a module is dark; those outside are not.
    public func isDark(row: Int, column: Int) -> Bool {
        guard (0..<size).contains(row), (0..<size).contains(column) else { return false }
        return dark[row * size + column]
    }

    /// The code as an SVG element, with the quiet zone of four modules that readers need.
    ///
    /// It is black on white in every theme, because readers expect it, and has no style, which the pages' content
    /// security policy refuses.
    /// - Parameter title: what a screen reader says of the picture.
    public func svg(title: String) -> String {
        let side = size + 8
        var path = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                let start = column
                while isDark(row: row, column: column) { column += 1 }
                if column > start { path += "M\(start + 4) \(row + 4)h\(column - start)v1h-\(column - start)z" }
                column += 1
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" class="qr-code" viewBox="0 0 \(side) \(side)" width="\(side * 5)" \
            height="\(side * 5)" role="img" aria-label="\(QRCode.escaped(title))" shape-rendering="crispEdges">\
            <title>\(QRCode.escaped(title))</title>\
            <path fill="#fff" d="M0 0h\(side)v\(side)h-\(side)z"/>\
            <path fill="#000" d="\(path)"/></svg>
            """
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { out, character in
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.append(character)
            }
        }
    }
}
