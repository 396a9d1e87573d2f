/// The head of one part of a form (RFC 7578 §4).
struct MultipartPart: Equatable {
    let name: String
    let fileName: String?
    let type: MediaType

    /// Reads the lines before a part's body.
    /// - Returns: nil when they are malformed or name no field.
    init?(head: some Collection<UInt8>) {
        guard let text = String(validating: head, as: UTF8.self) else { return nil }
        var headers = Headers()
        // CR LF is one Character, so the lines are split on bytes.
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            var line = Substring(line)
            if line.utf8.last == UInt8(ascii: "\r") { line = Substring(line.utf8.dropLast()) }
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let value = trimmed(line[line.utf8.index(after: colon)...])
            guard headers.add(String(line[..<colon]), String(value)) else { return nil }
        }
        guard headers.all("Content-Disposition").count == 1, let disposition = headers["Content-Disposition"] else {
            return nil
        }
        var reader = ParameterReader(disposition)
        guard equalIgnoringCase(reader.head, "form-data"), let parameters = reader.parameters(),
            let name = parameters.first(where: { $0.name == "name" })?.value,
            MultipartPart.isPlain(headers["Content-Transfer-Encoding"])
        else { return nil }
        self.name = MultipartPart.unescaped(name)
        fileName = parameters.first { $0.name == "filename" }.map { MultipartPart.unescaped($0.value) }
        type = headers["Content-Type"].flatMap { MediaType($0) } ?? (fileName == nil ? .text : .bytes)
    }

    // RFC 7578 §4.7 takes transfer encodings away; one that changes bytes would be stored unread.
    private static func isPlain(_ encoding: String?) -> Bool {
        encoding.map { ["7bit", "8bit", "binary"].contains(asciiLowercased($0)) } ?? true
    }

    // Browsers write a quote as %22 and line ends as %0D %0A, and nothing else so (HTML, multipart/form-data encoding).
    private static func unescaped(_ text: String) -> String {
        var out: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let escape = rest.prefix(2)
            if byte == UInt8(ascii: "%"), escape.elementsEqual("22".utf8) {
                out.append(UInt8(ascii: "\""))
                rest.removeFirst(2)
            } else if byte == UInt8(ascii: "%"), escape.elementsEqual("0D".utf8) || escape.elementsEqual("0A".utf8) {
                out.append(escape.last == UInt8(ascii: "D") ? 0x0D : 0x0A)
                rest.removeFirst(2)
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
