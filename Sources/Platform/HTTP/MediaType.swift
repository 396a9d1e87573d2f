/// A media type such as `text/html; charset=utf-8` (RFC 9110 §8.3.1).
public struct MediaType: Hashable, Sendable {
    /// Type and subtype in small letters: `text/html`.
    public let name: String
    /// The parameters, names in small letters, in order.
    public let parameters: [FormFields.Field]

    /// Reads the value of a Content-Type field.
    /// - Returns: nil when it is malformed.
    public init?(_ text: String) {
        var reader = ParameterReader(text)
        let first = reader.head
        let parts = first.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, isToken(parts[0].utf8), isToken(parts[1].utf8),
            let parameters = reader.parameters()
        else { return nil }
        name = asciiLowercased(first)
        self.parameters = parameters
    }

    private init(known name: String, _ parameters: [FormFields.Field] = []) {
        self.name = name
        self.parameters = parameters
    }

    /// HTML, in UTF-8.
    public static let html = MediaType(known: "text/html", [.init("charset", "utf-8")])
    /// Plain text, in UTF-8.
    public static let text = MediaType(known: "text/plain", [.init("charset", "utf-8")])
    /// A calendar (RFC 5545).
    public static let calendar = MediaType(known: "text/calendar", [.init("charset", "utf-8")])
    /// Comma-separated values, in UTF-8 (RFC 7111).
    public static let csv = MediaType(known: "text/csv", [.init("charset", "utf-8")])
    /// JSON.
    public static let json = MediaType(known: "application/json")
    /// Details of a problem (RFC 9457).
    public static let problem = MediaType(known: "application/problem+json")
    /// A form.
    public static let form = MediaType(known: "application/x-www-form-urlencoded")
    /// A form with files.
    public static let multipart = MediaType(known: "multipart/form-data")
    /// Server-sent events.
    public static let events = MediaType(known: "text/event-stream")
    /// Bytes of no known kind.
    public static let bytes = MediaType(known: "application/octet-stream")

    /// The value of a parameter.
    public subscript(parameter: String) -> String? { parameters.first { $0.name == parameter }?.value }

    /// The value of a Content-Type field.
    public var headerValue: String {
        parameters.reduce(into: name) { text, parameter in
            let isBare = isToken(parameter.value.utf8)
            text += "; \(parameter.name)=" + (isBare ? parameter.value : quoted(parameter.value))
        }
    }

    /// The same type and subtype, whatever the parameters.
    public func isSame(as other: MediaType) -> Bool { name == other.name }

    /// JSON or a type built upon it (`application/problem+json`).
    public var isJSON: Bool {
        name == "application/json" || (name.hasPrefix("application/") && name.hasSuffix("+json"))
    }

    /// Whether compression is of use: text, and what is text inside. Event streams are not, for they must not wait.
    public var isCompressible: Bool {
        guard name != "text/event-stream" else { return false }
        return name.hasPrefix("text/") || isJSON || name.hasSuffix("+xml")
            || ["application/javascript", "application/xml", "application/wasm"].contains(name)
    }

    /// The type of a file by the ending of its name; bytes when it is not known.
    public init(ofFile name: String) {
        let ending = name.lastIndex(of: ".").map { asciiLowercased(name[name.index(after: $0)...]) } ?? ""
        guard let type = MediaType.endings[ending] else {
            self = .bytes
            return
        }
        self = MediaType(known: type, type.hasPrefix("text/") ? [.init("charset", "utf-8")] : [])
    }

    private static let endings: [String: String] = [
        "html": "text/html", "css": "text/css", "js": "text/javascript", "mjs": "text/javascript",
        "json": "application/json", "map": "application/json", "geojson": "application/geo+json",
        "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "webp": "image/webp", "ico": "image/x-icon", "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf",
        "txt": "text/plain", "csv": "text/csv", "xml": "application/xml", "pdf": "application/pdf",
        "wasm": "application/wasm", "webmanifest": "application/manifest+json", "pbf": "application/x-protobuf",
        "mp4": "video/mp4", "zip": "application/zip", "gz": "application/gzip",
    ]
}

/// A text in double quotes (RFC 9110 §5.6.4).
func quoted(_ text: String) -> String {
    var out = "\""
    for character in text.unicodeScalars {
        if character == "\"" || character == "\\" { out += "\\" }
        out.unicodeScalars.append(character)
    }
    return out + "\""
}
