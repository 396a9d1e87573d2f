public import Casework
public import Files
public import Kernel
public import Rules

/// The answers to one question that mean something to a count.
public struct CohortQuestion: Hashable, Sendable {
    /// The form.
    public let form: Code<CaseForm>
    /// The question.
    public let field: String
    /// The answers that count; all when empty.
    public let answers: Set<String>

    /// Whether an entry says it.
    func holds(for entry: CaseHistory.Entry) -> Bool {
        entry.form == form && (entry.answers[field] ?? []).contains { answers.isEmpty || answers.contains($0) }
    }
}

/// Something that people of a cohort begin, such as work or treatment.
public struct CohortStart: Hashable, Sendable {
    /// Its name in figures.
    public let code: String
    /// What readers see.
    public let name: String
    /// Which entries tell of it.
    public let question: CohortQuestion
}

/// A group of people who are worked with over months and counted together, read from a file in `Definitions/cohorts`.
public struct CohortDefinition: Sendable {
    /// Its name.
    public let code: Code<CohortDefinition>
    /// What readers see.
    public let name: String
    /// The version of the file.
    public let version: String
    /// SHA-256 of the file, in hexadecimal; it goes with every snapshot.
    public let digest: String
    /// What is counted and where that comes from, for readers.
    public let notes: String
    /// The type of case that each person has.
    public let caseType: Code<CaseType>
    /// The states in which someone is on the caseload.
    public let caseload: Set<Code<CaseState>>
    /// The states that end the work so that nobody can say whether someone offended again.
    public let unfollowed: Set<Code<CaseState>>
    /// The question whose last answer names the group.
    public let groups: CohortQuestion?
    /// The question whose last answer names the colour.
    public let colours: CohortQuestion?
    /// The question that names a need, with the question that scores it.
    public let needs: (question: CohortQuestion, score: String)?
    /// Contacts that were kept, and those that were missed.
    public let contacts: (kept: CohortQuestion, missed: CohortQuestion)?
    /// What people begin.
    public let starts: [CohortStart]
    /// The entries that tell of a further offence.
    public let offences: CohortQuestion
    /// The party who is counted, so that several cases of one person count once and breaches of their orders that are
    /// offences count with the rest; nil where each case is counted by itself, and no orders are.
    public let person: Code<PartyRole>?
    /// The rule that gives how long people are followed.
    public let window: RuleKey

    /// Reads a cohort.
    /// - Throws: a `Fault` that names the place in the file.
    public init(_ file: DefinitionFile) throws(Fault) {
        let root = file.root
        try root.allow(only: [
            "code", "name", "version", "notes", "caseType", "caseload", "unfollowed", "groups", "colours", "needs",
            "contacts", "starts", "offences", "person", "window",
        ])
        code = try root.required("code").code()
        name = try root.required("name").text()
        version = try root.required("version").text()
        notes = try root.required("notes").text()
        digest = file.sha256
        caseType = try root.required("caseType").code()
        caseload = try root.codes("caseload")
        guard !caseload.isEmpty else { throw try root.required("caseload").fault("no state is on the caseload") }
        unfollowed = try root.codes("unfollowed")
        groups = try CohortDefinition.question(root, "groups")
        colours = try CohortDefinition.question(root, "colours")
        offences = try CohortDefinition.question(root.required("offences"), more: [])
        person = try root.optional("person")?.code()
        if let node = try root.optional("needs") {
            needs = (
                try CohortDefinition.question(node, more: ["score"]), try node.required("score").text()
            )
        } else {
            needs = nil
        }
        if let node = try root.optional("contacts") {
            let question = try CohortDefinition.question(node, more: ["kept", "missed"])
            func these(_ member: String) throws(Fault) -> CohortQuestion {
                CohortQuestion(
                    form: question.form, field: question.field, answers: Set(try node.required(member).texts()))
            }
            contacts = (try these("kept"), try these("missed"))
        } else {
            contacts = nil
        }
        var starts: [CohortStart] = []
        for node in try root.required("starts").items() {
            let start = CohortStart(
                code: try node.required("code").text(), name: try node.required("name").text(),
                question: try CohortDefinition.question(node, more: ["code", "name"]))
            guard !starts.contains(where: { $0.code == start.code }) else {
                throw node.fault("\(start.code) is here twice")
            }
            starts.append(start)
        }
        self.starts = starts
        let window = try root.required("window")
        guard let key = RuleKey(try window.text()) else { throw window.fault("this is no name of a rule") }
        self.window = key
    }

    private static func question(_ root: DefinitionNode, _ member: String) throws(Fault) -> CohortQuestion? {
        guard let node = try root.optional(member) else { return nil }
        return try question(node, more: [])
    }

    private static func question(_ node: DefinitionNode, more: [String]) throws(Fault) -> CohortQuestion {
        try node.allow(only: Set(["form", "field", "answers"]).union(more))
        let answers: Set<String> = if let given = try node.optional("answers") { Set(try given.texts()) } else { [] }
        return CohortQuestion(
            form: try node.required("form").code(), field: try node.required("field").text(),
            answers: answers)
    }
}

/// The cohorts that are counted.
public struct CohortCatalogue: Sendable {
    /// All of them, by name.
    public let cohorts: [CohortDefinition]

    /// Those of a folder such as `Definitions/cohorts`.
    /// - Parameter types: the types of case that there are.
    /// - Throws: a `Fault` that names the file and the place in it, or what a cohort names and the case type lacks.
    public init(folder: String, types: CaseCatalogue) throws(Fault) {
        var cohorts: [CohortDefinition] = []
        for name in try FileSystem.names(in: folder) where name.hasSuffix(".json") {
            let cohort = try CohortDefinition(DefinitionFile(path: "\(folder)/\(name)"))
            guard !cohorts.contains(where: { $0.code == cohort.code }) else {
                throw Fault(
                    "Two cohorts are called alike", at: cohort.code.text, remedy: "Give one of them another code.")
            }
            if let missing = cohort.missing(in: types) {
                throw Fault(
                    "The cohort \(cohort.name) cannot be counted", at: "\(folder)/\(name)", because: missing,
                    remedy: "Correct the cohort, or bring back what it names to the case type.")
            }
            cohorts.append(cohort)
        }
        self.cohorts = cohorts.sorted { $0.name < $1.name }
    }

    /// A cohort, or nil.
    public func cohort(_ code: Code<CohortDefinition>) -> CohortDefinition? { cohorts.first { $0.code == code } }
}

extension CohortDefinition {
    /// What it names and its case type lacks; nil when nothing does, or where there is no such case type here.
    func missing(in types: CaseCatalogue) -> String? {
        guard let type = types.type(caseType) else { return nil }
        if let state = caseload.union(unfollowed).sorted().first(where: { type.state($0) == nil }) {
            return "\(type.name) has no state \(state)"
        }
        if let person, !type.parties.contains(where: { $0.code == person }) {
            return "\(type.name) has no party \(person)"
        }
        let questions: [CohortQuestion] =
            [groups, colours, needs?.question, contacts?.kept, contacts?.missed, offences].compactMap { $0 }
            + starts.map(\.question)
        for question in questions {
            guard let field = type.form(question.form)?.field(question.field) else {
                return "\(type.name) has no question \(question.field) in the form \(question.form)"
            }
            let choices = Set(field.choices.map(\.code))
            if let answer = question.answers.sorted().first(where: { !choices.isEmpty && !choices.contains($0) }) {
                return "\(question.field) has no answer \(answer)"
            }
        }
        if let needs, type.form(needs.question.form)?.field(needs.score) == nil {
            return "\(type.name) has no question \(needs.score) in the form \(needs.question.form)"
        }
        return nil
    }
}
