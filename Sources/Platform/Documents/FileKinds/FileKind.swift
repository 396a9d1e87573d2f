/// The kinds of files that may lie with a record. Everything else is refused.
public enum FileKind: String, CaseIterable, Sendable {
    case pdf, jpeg, png, webp, heic, gif
    case docx, xlsx, odt
    case text, csv, email
    case mp3, m4a, wav
    case mp4, mov

    /// What readers see.
    public var name: String {
        switch self {
        case .pdf: "PDF document"
        case .jpeg: "JPEG picture"
        case .png: "PNG picture"
        case .webp: "WebP picture"
        case .heic: "HEIC picture"
        case .gif: "GIF picture"
        case .docx: "Word document"
        case .xlsx: "Excel workbook"
        case .odt: "OpenDocument text"
        case .text: "Plain text"
        case .csv: "Table as text (CSV)"
        case .email: "E-mail"
        case .mp3: "MP3 sound"
        case .m4a: "M4A sound"
        case .wav: "WAV sound"
        case .mp4: "MP4 film"
        case .mov: "QuickTime film"
        }
    }

    /// The endings of its names, the usual one first, in small letters and without the full stop.
    public var endings: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg", "jpe"]
        case .heic: ["heic", "heif"]
        case .text: ["txt", "log"]
        case .email: ["eml"]
        case .mov: ["mov", "qt"]
        case .pdf, .png, .webp, .gif, .docx, .xlsx, .odt, .csv, .mp3, .m4a, .wav, .mp4: [rawValue]
        }
    }

    /// Its media type.
    public var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .webp: "image/webp"
        case .heic: "image/heic"
        case .gif: "image/gif"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .text: "text/plain"
        case .csv: "text/csv"
        case .email: "message/rfc822"
        case .mp3: "audio/mpeg"
        case .m4a: "audio/mp4"
        case .wav: "audio/wav"
        case .mp4: "video/mp4"
        case .mov: "video/quicktime"
        }
    }

    /// Whether it is a picture.
    public var isPicture: Bool {
        switch self {
        case .jpeg, .png, .webp, .heic, .gif: true
        default: false
        }
    }

    /// Whether browsers show it as a picture, and `PictureCleaner` can take out what it tells of camera and place.
    public var isShown: Bool { isPicture && self != .heic }

    /// What the ending of a name promises; nil when it is none of ours.
    public init?(ending: String) {
        let ending = ending.lowercased()
        guard let kind = FileKind.allCases.first(where: { $0.endings.contains(ending) }) else { return nil }
        self = kind
    }
}

/// Why a file is not taken.
public enum FileRefusal: Error, Hashable, Sendable {
    /// There is nothing in it.
    case empty
    /// Its name has no ending, or one that is none of ours.
    case unknownEnding
    /// It is a page, a drawing or a program that browsers or machines would run.
    case runs
    /// Its bytes are of another kind than its name says; the kind when it is one of ours.
    case disagrees(FileKind?)
    /// It holds macros.
    case macros
    /// It breaks off, or its parts do not fit together.
    case damaged

    /// What is wrong and what to do, for the person who sent it.
    public var text: String {
        switch self {
        case .empty: "The file is empty. Choose it again"
        case .unknownEnding:
            "Files of this kind cannot be kept. Send a PDF, a picture, a Word, Excel or OpenDocument file without macros, "
                + "plain text, an e-mail, a sound or a film"
        case .runs:
            "Web pages, drawings in SVG and programs cannot be kept, for opening them can do harm. Print it to a PDF, or "
                + "send a picture of it"
        case .disagrees(let kind?):
            "The name of the file does not fit what is in it, which is: \(kind.name). Give it a name that ends in "
                + ".\(kind.endings[0]), and send it again"
        case .disagrees(nil):
            "The name of the file does not fit what is in it. Save it again in the program that made it"
        case .macros:
            "The file holds macros, which can do harm. Save it without them, or print it to a PDF"
        case .damaged: "The file is damaged. Save it again in the program that made it, and send that"
        }
    }
}
