internal import Files
public import Governance
public import Kernel

/// A kind of letter that cases send: a file of `Definitions/letters`. Its wording is the partnership's own; what is asked
/// for goes in at the places in braces.
public struct LetterTemplate: Hashable, Sendable {
    /// A question that the writer answers.
    public struct Field: Hashable, Sendable {
        /// What an answer may be.
        public enum Kind: String, CaseIterable, Sendable { case line, text, date }

        /// Its name in braces.
        public let code: String
        /// The question.
        public let label: String
        /// What helps to answer it.
        public let hint: String?
        /// What an answer may be.
        public let kind: Kind
        /// Whether it must be answered.
        public let isRequired: Bool

        /// A question.
        public init(code: String, label: String, hint: String? = nil, kind: Kind, isRequired: Bool) {
            self.code = code
            self.label = label
            self.hint = hint
            self.kind = kind
            self.isRequired = isRequired
        }
    }

    /// A part of the letter.
    public enum Part: Hashable, Sendable {
        /// A heading.
        case heading(String)
        /// A paragraph. It is left out when all of it is one answer that was not given.
        case paragraph(String)
        /// Points.
        case list([String], isNumbered: Bool)
    }

    /// Its code: the file's name without its ending.
    public let code: Code<LetterTemplate>
    /// What it is called.
    public let name: String
    /// When it is sent.
    public let purpose: String
    /// The version of its wording.
    public let version: String
    /// The types of case that send it; empty for all.
    public let caseTypes: Set<Code<CaseType>>
    /// The parts in a case to whose holders it may go.
    public let to: Set<Code<PartyRole>>
    /// The class of what it says.
    public let fieldClass: FieldClass
    /// What it is about, above its text.
    public let subject: String
    /// What the writer is asked.
    public let fields: [Field]
    /// The text.
    public let parts: [Part]
    /// The paragraph that the writer words: its question and hint; nil when there is none.
    public let free: Field?

    /// A letter that is worded from a record and is no file. What people typed stands at places in braces: it is looked at
    /// like any answer.
    public init(
        code: Code<LetterTemplate>, name: String, to: Set<Code<PartyRole>>, fieldClass: FieldClass, subject: String,
        fields: [Field], parts: [Part]
    ) {
        self.code = code
        self.name = name
        self.to = to
        self.fieldClass = fieldClass
        self.subject = subject
        self.fields = fields
        self.parts = parts
        purpose = ""
        version = ""
        caseTypes = []
        free = nil
    }

    /// What every letter knows: the addressee's name, the case's reference, the agency, the writer, the day.
    public static let known: Set<String> = ["addressee", "reference", "agency", "writer", "today"]

    /// Whether it can go to this part in a case of this type.
    public func goes(to role: Code<PartyRole>, in type: Code<CaseType>) -> Bool {
        (caseTypes.isEmpty || caseTypes.contains(type)) && to.contains(role)
    }
}

extension LetterTemplate {
    /// The template of a file.
    /// - Throws: a `Fault` that names the place in it.
    init(_ file: DefinitionFile) throws(Fault) {
        let root = file.root
        try root.allow(only: [
            "code", "name", "purpose", "version", "notes", "caseTypes", "to", "class", "subject", "fields", "free",
            "text",
        ])
        code = try root.required("code").code()
        name = try root.required("name").text()
        purpose = try root.required("purpose").text()
        version = try root.required("version").text()
        caseTypes = try root.codes("caseTypes")
        to = try root.codes("to")
        guard !to.isEmpty else { throw root.fault("it goes to nobody: name parts in \"to\"") }
        let node = try root.required("class")
        guard let fieldClass = FieldClass(try node.text()), (FieldClass.p1...FieldClass.p3).contains(fieldClass) else {
            throw node.fault("the class of a letter is P1, P2 or P3")
        }
        self.fieldClass = fieldClass
        var fields: [Field] = []
        for item in try root.optional("fields")?.items() ?? [] {
            let field = try Field(item)
            guard !LetterTemplate.known.contains(field.code), !fields.contains(where: { $0.code == field.code }) else {
                throw item.fault("there is a place called \(field.code) already")
            }
            fields.append(field)
        }
        let free = try root.optional("free").map { item throws(Fault) in try Field(free: item) }
        let places = LetterTemplate.known.union(fields.map(\.code)).union(free.map { [$0.code] } ?? [])
        subject = try LetterTemplate.text(root.required("subject"), places)
        var parts: [Part] = []
        for item in try root.required("text").items() { parts.append(try LetterTemplate.part(item, places)) }
        let all = subject + parts.map(\.text).joined()
        for code in fields.map(\.code) + (free.map { [$0.code] } ?? []) where !all.contains("{\(code)}") {
            throw root.fault("what is asked for as \(code) stands nowhere in the text")
        }
        (self.fields, self.free, self.parts) = (fields, free, parts)
    }

    private static func part(_ node: DefinitionNode, _ places: Set<String>) throws(Fault) -> Part {
        if case .string = node.value { return .paragraph(try text(node, places)) }
        try node.allow(only: ["heading", "list", "numbered"])
        if let heading = try node.optional("heading") { return .heading(try text(heading, places)) }
        var items: [String] = []
        for item in try node.required("list").items() { items.append(try text(item, places)) }
        return .list(items, isNumbered: try node.optional("numbered")?.bool() ?? false)
    }

    /// A text whose places are all known.
    private static func text(_ node: DefinitionNode, _ places: Set<String>) throws(Fault) -> String {
        let text = try node.text()
        for piece in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
            guard let end = piece.firstIndex(of: "}"), places.contains(String(piece[..<end])) else {
                throw node.fault("a place in braces is one of \(places.sorted().joined(separator: ", "))")
            }
        }
        return text
    }
}

extension LetterTemplate.Field {
    fileprivate init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["code", "label", "hint", "kind", "required"])
        let name: Code<LetterTemplate> = try node.required("code").code()
        code = name.text
        label = try node.required("label").text()
        hint = try node.optional("hint")?.text()
        kind = try node.required("kind").word()
        isRequired = try node.optional("required")?.bool() ?? false
    }

    fileprivate init(free node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["label", "hint", "required"])
        code = "free"
        label = try node.required("label").text()
        hint = try node.optional("hint")?.text()
        kind = .text
        isRequired = try node.optional("required")?.bool() ?? false
    }
}

extension LetterTemplate.Part {
    /// All its words.
    var text: String {
        switch self {
        case .heading(let text), .paragraph(let text): text
        case .list(let items, _): items.joined(separator: "\n")
        }
    }
}

/// The letters that a partnership sends.
public struct LetterCatalogue: Sendable {
    /// All of them, by name.
    public let templates: [LetterTemplate]

    /// These letters; none when nothing is given.
    public init(_ templates: [LetterTemplate] = []) { self.templates = templates.sorted { $0.name < $1.name } }

    /// Those of a folder such as `Definitions/letters`; none when there is no such folder.
    /// - Throws: a `Fault` that names the file and the place in it.
    public init(folder: String) throws(Fault) {
        guard FileSystem.isFolder(folder) else {
            self.init()
            return
        }
        var templates: [LetterTemplate] = []
        for name in try FileSystem.names(in: folder) where name.hasSuffix(".json") {
            let template = try LetterTemplate(DefinitionFile(path: "\(folder)/\(name)"))
            guard name == "\(template.code).json" else {
                throw Fault(
                    "A letter is called otherwise than its file", at: "\(folder)/\(name)",
                    because: "its code is \(template.code)", remedy: "Give both one name.")
            }
            templates.append(template)
        }
        self.init(templates)
    }

    /// A letter, or nil.
    public func template(_ code: Code<LetterTemplate>) -> LetterTemplate? { templates.first { $0.code == code } }
}
