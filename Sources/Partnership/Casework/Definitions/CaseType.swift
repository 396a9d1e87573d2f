public import Files
public import Governance
public import Instruments
public import Kernel
internal import People
internal import Rules

/// A part that a person takes in a case: victim, alleged perpetrator, child in the household.
public struct PartyRole: Hashable, Sendable {
    /// Its name in the case type and in tables.
    public let code: Code<PartyRole>
    /// What readers see.
    public let name: String
    /// The side that a new person of this part is recorded on.
    public let side: SubjectSide?
    /// Whether a case begins with one.
    public let opens: Bool
    /// The class of who takes it: an enquirer under a disclosure scheme is known to few who see the case.
    public let fieldClass: FieldClass

    /// A part.
    public init(
        code: Code<PartyRole>, name: String, side: SubjectSide?, opens: Bool = false, fieldClass: FieldClass = .p1
    ) {
        self.code = code
        self.name = name
        self.side = side
        self.opens = opens
        self.fieldClass = fieldClass
    }
}

/// A type of case, read from a file in `Definitions/case-types`. A new type is a new file.
public struct CaseType: Sendable {
    /// Its name in tables and addresses.
    public let code: Code<CaseType>
    /// What readers see: "Antisocial behaviour".
    public let name: String
    /// What it is for.
    public let purpose: String
    /// The version of the file.
    public let version: String
    /// SHA-256 of the file, in hexadecimal.
    public let digest: String
    /// What the references of its cases begin with: `ASB`.
    public let prefix: String
    /// Whether partnerships have it without asking for it.
    public let isOnByDefault: Bool
    /// Whether its cases are sealed from the beginning.
    public let isSealed: Bool
    /// Whether some step is for whoever opened the case alone: a duty that nobody can do for another.
    public var isPersonalDuty: Bool { moves.contains { $0.gates.contains { $0.requirement == .author } } }
    /// On whose side its cases are: it decides who sees their safety fields. A case of no side counts as a victim's.
    public let side: SubjectSide?
    /// The parts that people take.
    public let parties: [PartyRole]
    /// Its forms, in the order of the pages.
    public let forms: [CaseForm]
    /// Its states; a case begins in the first.
    public let states: [CaseState]
    /// The steps between them, in the order of the pages.
    public let moves: [CaseMove]
    /// Its clocks.
    public let clocks: [CaseClock]
    /// Its counts.
    public let watches: [CaseWatch]
    /// Its flags.
    public let flags: [RaisedFlag]
    /// The instruments by which its risk is assessed; the first sets the case's band.
    public let instruments: [Code<RiskInstrument>]
    /// The kinds of panel to which it may be referred.
    public let panels: Set<Code<PartnershipDefinition.PanelKind>>
    /// The part of the site on whose pages its cases are begun and moved on, where a law of its own decides over them:
    /// `case-reviews` for `/case-reviews`. Nil for those that go by this file alone.
    public let workedOn: String?

    /// A form, or nil.
    public func form(_ code: Code<CaseForm>) -> CaseForm? { forms.first { $0.code == code } }

    /// A state, or nil.
    public func state(_ code: Code<CaseState>) -> CaseState? { states.first { $0.code == code } }

    /// A step, or nil.
    public func move(_ code: Code<CaseMove>) -> CaseMove? { moves.first { $0.code == code } }

    /// The people all of whose parts are of classes that are not among these: whoever reads no more does not learn of
    /// them, also not from an answer that names them.
    func unseen(_ parties: [CaseParty], reading classes: Set<FieldClass>) -> Set<ID<Person>> {
        let seen = parties.filter { classes.contains(party($0.role)?.fieldClass ?? .p3) }.map(\.person)
        return Set(parties.map(\.person)).subtracting(seen)
    }

    /// A part, or nil.
    public func party(_ code: Code<PartyRole>) -> PartyRole? { parties.first { $0.code == code } }
}

// MARK: - Reading

extension CaseType {
    /// Reads a case type.
    /// - Throws: a `Fault` that names the place in the file, also where one part of it names another that is not there.
    public init(_ file: DefinitionFile) throws(Fault) {
        let root = file.root
        try root.allow(only: [
            "code", "name", "purpose", "version", "notes", "reference", "onByDefault", "sealed", "side", "parties",
            "forms", "states", "moves", "clocks", "watches", "flags", "instruments", "panels", "workedOn",
        ])
        code = try root.required("code").code()
        name = try root.required("name").text()
        purpose = try root.required("purpose").text()
        version = try root.required("version").text()
        digest = file.sha256
        prefix = try CaseType.prefix(root.required("reference"))
        isOnByDefault = try root.optional("onByDefault")?.bool() ?? true
        isSealed = try root.optional("sealed")?.bool() ?? false
        var instruments: [Code<RiskInstrument>] = []
        for node in try root.optional("instruments")?.items() ?? [] { instruments.append(try node.code()) }
        self.instruments = instruments
        panels = try root.codes("panels")
        workedOn = try root.optional("workedOn")?.code(CaseType.self).text
        side = try root.optional("side")?.word()
        var parties: [PartyRole] = []
        for node in try root.required("parties").items() { parties.append(try PartyRole(node)) }
        self.parties = parties
        let roles = Set(parties.map(\.code))
        var forms: [CaseForm] = []
        for node in try root.required("forms").items() { forms.append(try CaseForm(node, parties: roles)) }
        self.forms = forms
        var states: [CaseState] = []
        for node in try root.required("states").items() { states.append(try CaseState(node)) }
        self.states = states
        var moves: [CaseMove] = []
        for node in try root.required("moves").items() { moves.append(try CaseMove(node)) }
        self.moves = moves
        var clocks: [CaseClock] = []
        for node in try root.optional("clocks")?.items() ?? [] { clocks.append(try CaseClock(node)) }
        self.clocks = clocks
        var watches: [CaseWatch] = []
        for node in try root.optional("watches")?.items() ?? [] { watches.append(try CaseWatch(node)) }
        self.watches = watches
        var flags: [RaisedFlag] = []
        for node in try root.optional("flags")?.items() ?? [] { flags.append(try RaisedFlag(node)) }
        self.flags = flags
        try check(root)
    }

    private static func prefix(_ node: DefinitionNode) throws(Fault) -> String {
        let text = try node.text()
        guard (2...8).contains(text.utf8.count), text.allSatisfy({ $0.isASCII && $0.isUppercase }) else {
            throw node.fault("two to eight capital letters are needed here, such as ASB")
        }
        return text
    }

    /// What one part of the file says of another must be there.
    private func check(_ root: DefinitionNode) throws(Fault) {
        func once<Part>(_ member: String, _ codes: [Code<Part>]) throws(Fault) {
            var seen: Set<Code<Part>> = []
            for (i, node) in try root.required(member).items().enumerated() where !seen.insert(codes[i]).inserted {
                throw node.fault("\(codes[i]) is here twice")
            }
        }
        try once("parties", parties.map(\.code))
        try once("forms", forms.map(\.code))
        try once("states", states.map(\.code))
        try once("moves", moves.map(\.code))
        guard let first = states.first, !first.ends, states.contains(where: \.ends) else {
            throw try root.required("states").fault(
                "a state to begin with, which does not end the case, and one that ends it are needed")
        }
        for (move, node) in zip(moves, try root.required("moves").items()) { try check(move, node) }
        for (form, node) in zip(forms, try root.required("forms").items()) {
            if form.opens, form.fields.contains(where: { $0.kind == .organisation }) {
                throw node.fault("a form that begins a case asks for no organisation")
            }
            guard let window = form.window else { continue }
            if self.move(window.since) == nil { throw node.fault("no move is called \(window.since)") }
            if let excuse = window.excuse, form.field(excuse) == nil {
                throw node.fault("the form has no question \(excuse)")
            }
        }
        for (clock, node) in zip(clocks, try root.optional("clocks")?.items() ?? []) {
            for event in clock.startsOn.union(clock.metBy) { try check(event, node) }
            switch clock.startsFrom {
            case .answer(let code, let field):
                guard form(code)?.field(field)?.kind == .date else {
                    throw node.fault("no form \(code) asks for a date \(field)")
                }
            case .happened(let code, let time):
                guard form(code)?.happens == true else { throw node.fault("no form \(code) tells of a day") }
                if let time, form(code)?.field(time)?.kind != .time {
                    throw node.fault("no form \(code) asks for a time \(time)")
                }
            case .birth(let role):
                guard party(role) != nil else { throw node.fault("no part is called \(role)") }
            case nil: break
            }
            for state in clock.pausedIn where self.state(state) == nil {
                throw node.fault("no state is called \(state)")
            }
        }
        for (flag, node) in zip(flags, try root.optional("flags")?.items() ?? []) {
            for event in flag.raisedBy.union(flag.renewedBy).union(flag.endedBy) { try check(event, node) }
            if watches.contains(where: { $0.code.text == flag.code.text }) {
                throw node.fault("\(flag.code) is a watch already")
            }
            if let role = flag.party, party(role) == nil { throw node.fault("no part is called \(role)") }
            if let code = flag.from, form(code)?.happens != true {
                throw node.fault("no form \(code) tells of a day")
            }
        }
        for (watch, node) in zip(watches, try root.optional("watches")?.items() ?? []) {
            guard form(watch.form)?.happens == true else { throw node.fault("no form \(watch.form) tells of a day") }
            guard party(watch.party) != nil else { throw node.fault("no part is called \(watch.party)") }
        }
    }

    private func check(_ move: CaseMove, _ node: DefinitionNode) throws(Fault) {
        for state in move.from.union(move.to.map { [$0] } ?? []) where self.state(state) == nil {
            throw node.fault("no state is called \(state)")
        }
        if let form = move.form, self.form(form) == nil { throw node.fault("no form is called \(form)") }
        if let trigger = move.trigger {
            guard form(trigger.form) != nil else { throw node.fault("no form is called \(trigger.form)") }
            guard self.move(trigger.since) != nil else { throw node.fault("no move is called \(trigger.since)") }
            guard move.gates.isEmpty, move.form == nil, !move.asksReason, move.to != nil else {
                throw node.fault("a step that a form makes leads somewhere, and asks for nothing")
            }
        }
        if move.atPanel != nil, move.to.flatMap({ state($0) })?.ends != false {
            throw node.fault("a step that a panel makes leads to a state that does not end the case")
        }
        for (gate, node) in zip(move.gates, try node.optional("gates")?.items() ?? []) {
            for since in gate.since.sorted() where self.move(since) == nil {
                throw node.fault("no move is called \(since)")
            }
            switch gate.requirement {
            case .party(let role):
                guard party(role) != nil else { throw node.fault("no part is called \(role)") }
            case .form(let code, _):
                guard form(code) != nil else { throw node.fault("no form is called \(code)") }
            case .answer(let code, let field, let answers):
                guard let known = form(code)?.field(field) else {
                    throw node.fault("no form \(code) has a question \(field)")
                }
                let choices = Set(known.choices.map(\.code))
                if !choices.isEmpty, let wrong = answers.subtracting(choices).first {
                    throw node.fault("\(wrong) is no answer to \(field)")
                }
            case .assessed(let instrument):
                guard instruments.contains(instrument) else {
                    throw node.fault("\(instrument) is none of its instruments")
                }
            case .another(let than):
                guard self.move(than) != nil else { throw node.fault("no move is called \(than)") }
            case .noOpenAction, .owned, .author: break
            }
        }
    }

    private func check(_ event: CaseEvent, _ node: DefinitionNode) throws(Fault) {
        switch event {
        case .opened, .panel: break
        case .moved(let code):
            guard move(code) != nil else { throw node.fault("no move is called \(code)") }
        case .filled(let code):
            guard form(code) != nil else { throw node.fault("no form is called \(code)") }
        case .assessed(let instrument):
            guard instruments.contains(instrument) else { throw node.fault("\(instrument) is none of its instruments") }
        }
    }
}

extension PartyRole {
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["code", "name", "side", "opens", "class"])
        code = try node.required("code").code()
        name = try node.required("name").text()
        side = try node.optional("side")?.word()
        var depth = FieldClass.p1
        if let written = try node.optional("class") {
            guard let known = FieldClass(try written.text()), known >= .p1 else {
                throw written.fault("one of P1, P2, P3, P4 is needed here")
            }
            depth = known
        }
        fieldClass = depth
        opens = try node.optional("opens")?.bool() ?? false
    }
}
