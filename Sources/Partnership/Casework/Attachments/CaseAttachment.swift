public import Documents
public import Governance
public import Kernel

/// A file that lies with a case: evidence that came in, or a letter that went out.
public struct CaseAttachment: Hashable, Sendable {
    /// How it stands with what could do harm in it.
    public enum Check: String, CaseIterable, Sendable {
        /// A scanner found nothing.
        case clean
        /// No scanner is configured.
        case unscanned
        /// The scanner could not tell: nobody sees it until it does.
        case quarantined
        /// Made here.
        case own
    }

    /// Its identifier.
    public let id: ID<CaseAttachment>
    /// The name under which it came, or was made.
    public let name: String
    /// What it is.
    public let kind: FileKind
    /// The class of its content. A letter that was posted is of class P3 from when an address of whom it went to is
    /// withheld.
    public internal(set) var fieldClass: FieldClass
    /// What it shows, in words: also what a screen reader says of a picture.
    public let description: String
    /// What kind of evidence it is; nil for a letter.
    public let evidence: EvidenceKind?
    /// Where it comes from; nil for a letter made here.
    public let source: String?
    /// With whom it may be shared.
    public let handling: EntryHandling
    /// The template of a letter made here.
    public let letter: String?
    /// How a letter made here went out; nil for every other file.
    var way: LetterWay?
    /// The length of the original in bytes.
    public let size: Int
    /// SHA-256 of the original, in hexadecimal.
    public let sha256: String
    /// SHA-256 of the copy that is shown, where that is not the original.
    public let copySHA256: String?
    /// How it stands with what could do harm in it.
    public internal(set) var check: Check
    /// The agency that keeps it.
    public let agency: Code<Agency>
    /// Who added it.
    public let madeBy: ID<Account>
    /// When.
    public let madeAt: Instant
    /// When it was taken out of use; nil while it holds.
    public let supersededAt: Instant?
    /// By whom.
    public let supersededBy: ID<Account>?
    /// Why; class P2, and empty for who may not see it.
    public internal(set) var supersededReason: String?

    /// What is shown: the copy without what the original tells, or the original where it tells nothing of the kind. Nil
    /// for a picture that could not be cleaned: then there is the sealed original alone.
    public var shown: AttachmentForm? {
        if copySHA256 != nil { return .copy }
        return kind.isPicture ? nil : .original
    }

    /// The name of a form of it, when it is saved.
    public func fileName(_ form: AttachmentForm) -> String {
        guard form == .word else { return name }
        let stem = name.split(separator: ".").dropLast().joined(separator: ".")
        return "\(stem).docx"
    }
}

/// The forms in which an attachment is kept.
public enum AttachmentForm: String, CaseIterable, Sendable {
    /// As it came in.
    case original
    /// A picture without what it tells of camera, place and time.
    case copy
    /// A letter as Word.
    case word
}

/// An attachment to be added.
public struct NewAttachment: Sendable {
    /// The name under which it came.
    public var name: String
    /// Its bytes.
    public var bytes: [UInt8]
    /// The class of its content: P1, P2 or P3.
    public var fieldClass: FieldClass = .p2
    /// What it shows, in words.
    public var description = ""
    /// What kind of evidence it is.
    public var evidence: EvidenceKind?
    /// Where it comes from.
    public var source = ""
    /// With whom it may be shared.
    public var handling: EntryHandling = .general
    /// What the scanner said.
    public var scan: ScanResult = .unscanned

    /// An attachment.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// What happened to an attachment: its chain of custody.
public struct CustodyEvent: Hashable, Sendable {
    /// What.
    public enum Act: String, CaseIterable, Sendable {
        case uploaded, made, scanned, viewed, exported, superseded

        /// What readers see.
        public var inWords: String {
            switch self {
            case .uploaded: "Uploaded"
            case .made: "Made here"
            case .scanned: "Scanned again"
            case .viewed: "Opened"
            case .exported: "Exported"
            case .superseded: "Taken out of use"
            }
        }
    }

    /// What.
    public let act: Act
    /// In which form.
    public let form: AttachmentForm
    /// Who.
    public let by: ID<Account>
    /// For which agency.
    public let agency: Code<Agency>
    /// When.
    public let at: Instant
    /// Why, where a reason was asked for; class P2.
    public let reason: String?
}

/// What a scanner said of a file.
public enum ScanResult: Hashable, Sendable {
    /// Nothing was found.
    case clean
    /// Something that does harm was found.
    case infected
    /// It could not be scanned.
    case failed
    /// There is no scanner.
    case unscanned

    var check: CaseAttachment.Check {
        switch self {
        case .clean: .clean
        case .infected, .failed: .quarantined
        case .unscanned: .unscanned
        }
    }
}

/// The partnership's own program against malware: it gets a file on its standard input and tells by its exit code: 0 when
/// nothing was found, 1 when something was; everything else means that it could not tell.
public struct AttachmentScanner: Sendable {
    private let process: ChildProcess?

    /// A scanner.
    /// - Parameters:
    ///   - command: the program and its arguments; nil when there is none.
    ///   - seconds: that it may take.
    public init(command: [String]?, seconds: Int = 120) {
        process = command?.first.map { ChildProcess($0, Array(command?.dropFirst() ?? []), seconds: seconds) }
    }

    /// Whether there is one.
    public var isThere: Bool { process != nil }

    /// Scans. Do this outside a transaction: it may take minutes.
    public func scan(_ bytes: [UInt8]) -> ScanResult {
        guard let process else { return .unscanned }
        do throws(Fault) {
            switch try process.run(bytes).code {
            case 0: return .clean
            case 1: return .infected
            default: return .failed
            }
        } catch {
            return .failed
        }
    }
}
