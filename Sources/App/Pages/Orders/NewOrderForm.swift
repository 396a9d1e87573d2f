internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site
internal import Storage

/// The form of a new order as it was typed: about whom or what, by whom, where, with which case, and its first term.
struct NewOrderForm {
    /// About whom or what, when it is known.
    enum Subject {
        case found(OrderDraftSubject)
        case matches([PersonItem])
        case problems([FormError])
    }

    let type: OrderType
    let sent: FormFields
    let term: TermForm
    private let kinds: [OrderType.SubjectKind]

    init(_ type: OrderType, _ visit: Visit) {
        self.type = type
        sent = visit.request.form
        term = TermForm(type: type, sent: visit.request.form)
        kinds = OrderType.SubjectKind.allCases.filter(type.subjects.contains)
    }

    private var kind: OrderType.SubjectKind? {
        if kinds.count == 1 { return kinds.first }
        return sent["kind"].flatMap(OrderType.SubjectKind.init).flatMap { kinds.contains($0) ? $0 : nil }
    }

    private var subjectText: String { String((sent["subject-text"] ?? "").singleSpaced.prefix(300)) }
    private var picker: SubjectPicker { SubjectPicker(prefix: "subject", title: "Who is it about?", sent: sent) }
    private var maker: String { sent["maker"] ?? "" }
    private var penalty: String { (sent["penalty"] ?? "").trimmed }
    private var early: String { (sent["early"] ?? "").trimmed }
    private var reference: String { String((sent["case"] ?? "").singleSpaced.prefix(60)) }
    /// What came before it.
    var earlier: ID<Order>? { sent["before"].flatMap { ID($0) } }
    /// The team that works on it.
    var team: Code<Team>? { sent["team"].flatMap { Code($0) } }
    /// The deepest class that is filled in.
    var depth: FieldClass { (sent["risk"] ?? "").trimmed.isEmpty ? .p1 : .p2 }
    /// The id of its first question.
    var first: String {
        if kinds.count > 1 { return "kind" }
        return kinds.first == .person ? "subject" : "subject-text"
    }

    /// The subject, where it is known without recording anyone.
    var knownSubject: OrderSubject? {
        switch kind {
        case .person?: sent["subject"].flatMap { ID<Registered>($0) }.map { .person($0) }
        case let kind?: subjectText.isEmpty ? nil : OrderDraftSubject.subject(kind, subjectText)
        case nil: nil
        }
    }

    /// The question to which a refusal belongs.
    func field(_ refusal: OrderRefusal) -> String {
        if let key = refusal.rule, key == type.youngest { return "subject" }
        if let key = refusal.rule, key == type.highestPenalty { return "penalty" }
        return type.makers.count > 1 ? "maker" : first
    }

    /// What is missing or cannot be read.
    func errors(_ visit: Visit) throws -> [FormError] {
        var errors: [FormError] = []
        switch kind {
        case nil: errors.append(FormError("kind", "Choose what it is about"))
        case .person?: break
        case .body?, .premises?, .area?, .tenancy?:
            if subjectText.isEmpty { errors.append(FormError("subject-text", "Enter the name, address or reference")) }
        }
        if type.makers.count > 1, !type.makers.contains(maker) {
            errors.append(FormError("maker", "Choose who issues it or applies for it"))
        }
        if type.highestPenalty != nil, OrderDraftSubject.pence(penalty) == nil {
            errors.append(FormError("penalty", "Enter the amount in pounds, such as 100"))
        }
        if !early.isEmpty, OrderDraftSubject.pence(early) == nil {
            errors.append(FormError("early", "Enter the amount in pounds, such as 60, or leave it empty"))
        }
        if !reference.isEmpty, try linkedCase(visit) == nil {
            errors.append(FormError("case", "There is no case with this reference that you may see"))
        }
        if type.areas.isEmpty == false, area == nil { errors.append(FormError("area", "Choose the area")) }
        return errors
    }

    private var area: Code<OrderArea>? { sent["area"].flatMap { Code($0) } }

    /// The case that was named.
    func linkedCase(_ visit: Visit) throws -> ID<Registered>? {
        reference.isEmpty ? nil : try visit.visibleCase(reference)
    }

    /// The subject, recorded when they are new.
    func subject(_ visit: Visit, on occasion: Occasion, in connection: Connection) throws -> Subject {
        guard let kind else { return .problems([FormError("kind", "Choose what it is about")]) }
        guard kind == .person else {
            return .found(
                OrderDraftSubject(subject: OrderDraftSubject.subject(kind, subjectText), name: subjectText, born: nil))
        }
        switch try picker.choose(visit, on: occasion, in: connection) {
        case .person(let id, let name, let born):
            return .found(OrderDraftSubject(subject: .person(ID(id)), name: name, born: born))
        case .matches(let found): return .matches(found)
        case .nothing: return .problems([FormError("subject", "Enter the name of the person it is about")])
        case .problems(let problems): return .problems(problems)
        }
    }

    /// The draft.
    func draft(
        _ about: OrderDraftSubject, linked: ID<Registered>?, term: OrderTerm?, agency: Code<Agency>
    ) -> Order {
        let maker = type.makers.count > 1 ? maker : type.makers.first ?? ""
        var order = Order(
            type.code, subject: about.subject, name: about.name, born: about.born, applicant: agency, maker: maker)
        order.court = (sent["court"] ?? "").singleSpaced
        order.area = area
        order.areaText = (sent["area-text"] ?? "").trimmed
        order.riskAssessment = (sent["risk"] ?? "").singleSpaced
        order.penalty = OrderDraftSubject.pence(penalty)
        order.earlyPenalty = OrderDraftSubject.pence(early)
        order.cases = linked.map { [$0] } ?? []
        return term.map { order.with([$0]) } ?? order
    }

    // MARK: - Controls

    /// The controls.
    func html(
        _ visit: Visit, _ errors: [FormError], matches: [PersonItem], termMatches: [PersonItem]
    ) throws -> Html {
        """
        \(try about(visit, errors, matches))
        \(try maker(visit, errors))
        \(try BeforeChoice.html(type, kept: nil, sent, visit, errors.message("before")))
        \(court(errors))
        \(more(visit, errors))
        <h2 class="govuk-heading-m">Terms</h2>
        \(term.html(errors, matches: termMatches, isOptional: true))
        """
    }

    private func about(_ visit: Visit, _ errors: [FormError], _ matches: [PersonItem]) throws -> Html {
        let choice = Radios(
            name: "kind",
            items: kinds.map { .item(.init(value: $0.rawValue, text: .text($0.inWords.capitalisedFirst))) },
            value: sent["kind"] ?? (visit.request.query["person"] == nil ? nil : "person"),
            fieldset: Fieldset(legend: .init(text: "What is it about?", classes: "govuk-fieldset__legend--m")),
            errorMessage: errors.message("kind"), classes: "govuk-radios--small")
        let others = kinds.filter { $0 != .person }
        let label = others.map(OrderDraftSubject.label).joined(separator: ", or ").capitalisedFirst
        let text = Input(
            name: "subject-text", label: Label(text: .text(label)), errorMessage: errors.message("subject-text"),
            value: sent["subject-text"] ?? "", autocomplete: "off", checksSpelling: false)
        let known = kinds.contains(.person) ? try chosen(visit) : nil
        return """
            \(if: kinds.count > 1, choice.html)
            \(if: kinds.contains(.person), picker.html(matches, chosen: known, errors))
            \(if: !others.isEmpty, text.html)
            """
    }

    /// A person from whose page the visitor came, or who was chosen.
    private func chosen(_ visit: Visit) throws -> PersonItem? {
        guard let id = (visit.request.query["person"] ?? sent["subject"]).flatMap({ ID<Person>($0) }) else {
            return nil
        }
        let occasion = try visit.occasion()
        return try visit.write { try visit.people.items([id], on: occasion, in: $0) }.first
    }

    private func maker(_ visit: Visit, _ errors: [FormError]) throws -> Html {
        guard type.makers.count > 1 else { return "" }
        let own = visit.site.partnership.agency(try visit.actor().agency)?.kind ?? ""
        return Select(
            name: "maker", label: "Who issues it or applies for it?",
            items: [.init(value: "", text: "Choose")]
                + type.makers.sorted().map { .init(value: $0, text: $0.capitalisedFirst) },
            value: sent["maker"] ?? (type.makers.contains(own) ? own : ""), errorMessage: errors.message("maker")
        ).html
    }

    private func court(_ errors: [FormError]) -> Html {
        let court = Input(name: "court", label: "Court (optional)", value: sent["court"] ?? "", autocomplete: "off")
        let areas = Select(
            name: "area", label: "Area in which it is tried out",
            items: [.init(value: "", text: "Choose")] + type.areas.map { .init(value: $0.code.text, text: $0.name) },
            value: sent["area"] ?? "", errorMessage: errors.message("area"))
        let covers = Textarea(
            name: "area-text", label: "Where it covers (optional)", hint: "In words, or the reference of its map",
            value: sent["area-text"] ?? "", rows: 2, autocomplete: "off")
        let isPlace = kinds.contains { $0 == .area || $0 == .premises }
        return
            "\(if: type.course == .court, court.html)\(if: !type.areas.isEmpty, areas.html)\(if: isPlace, covers.html)"
    }

    private func more(_ visit: Visit, _ errors: [FormError]) -> Html {
        let teams = (visit.knownActor?.teams ?? []).sorted()
        let risk = Input(
            name: "risk", label: "Where is the risk assessment kept?", hint: "Needed before it is authorised",
            value: sent["risk"] ?? "", autocomplete: "off")
        let penalties: Html = """
            \(Input(
                name: "penalty", label: "Penalty", errorMessage: errors.message("penalty"), value: sent["penalty"] ?? "",
                inputMode: "decimal", autocomplete: "off", prefix: "£", classes: "govuk-input--width-5"))
            \(Input(
                name: "early", label: "If paid early (optional)", errorMessage: errors.message("early"),
                value: sent["early"] ?? "", inputMode: "decimal", autocomplete: "off", prefix: "£", classes: "govuk-input--width-5"))
            """
        return """
            \(if: type.needsRiskAssessment, risk.html)
            \(if: type.highestPenalty != nil, penalties)
            \(Input(
                name: "case", label: "Reference of the case (optional)", hint: "Such as ASB-2026-000012",
                errorMessage: errors.message("case"), value: sent["case"] ?? visit.request.query["case"] ?? "",
                autocomplete: "off", checksSpelling: false, classes: "govuk-input--width-20"))
            \(if: !teams.isEmpty, Select(
                name: "team", label: "Team that works on it",
                items: [.init(value: "", text: "None")]
                    + teams.map { .init(value: $0.text, text: visit.site.partnership.name(of: $0)) },
                value: sent["team"] ?? teams.first?.text ?? "").html)
            """
    }
}

/// About whom or what a new order is.
struct OrderDraftSubject {
    let subject: OrderSubject
    let name: String
    let born: LocalDate?

    /// A subject that is no registered person, by its words; its spaces and capitals make no difference elsewhere.
    static func subject(_ kind: OrderType.SubjectKind, _ text: String) -> OrderSubject {
        switch kind {
        case .person, .body: .body(text)
        case .premises: .premises(text)
        case .area: .area(text)
        case .tenancy: .tenancy(text)
        }
    }

    static func label(_ kind: OrderType.SubjectKind) -> String {
        switch kind {
        case .person: "name of the person"
        case .body: "name of the business or body"
        case .premises: "address of the premises"
        case .area: "name of the area"
        case .tenancy: "reference of the tenancy"
        }
    }

    /// Pence of "100" or "62.50"; nil for what is no amount.
    static func pence(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), let first = parts.first, (1...6).contains(first.utf8.count),
            parts.allSatisfy({ $0.allSatisfy(\.isNumber) }), let pounds = Int(first)
        else { return nil }
        guard parts.count == 2, let last = parts.last else { return pounds * 100 }
        return last.utf8.count == 2 ? Int(last).map { pounds * 100 + $0 } : nil
    }
}
