/// A file that came with a form, in a temporary place until it is kept or the last copy of this value goes.
public struct UploadedFile: Sendable {
    /// The name of the form's field.
    public let field: String
    /// The file's name as the sender's machine called it, without folders. Never use it as a path.
    public let name: String
    /// The type that the sender claims. Look at the bytes before you believe it.
    public let type: MediaType
    /// The length in bytes.
    public let size: Int
    /// Where the bytes are.
    public let file: TemporaryFile

    /// A file's name without folders and control characters, at most 200 bytes; "file" when nothing is left.
    static func safeName(_ claimed: String) -> String {
        let last = claimed.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        var name = ""
        for scalar in last.unicodeScalars where !isUnfit(scalar) {
            guard name.utf8.count < 196 else { break }
            name.unicodeScalars.append(scalar)
        }
        return name.isEmpty || name == "." || name == ".." ? "file" : name
    }

    // Control characters, and the marks that turn the direction of writing and so hide a file's true ending.
    private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }
}
