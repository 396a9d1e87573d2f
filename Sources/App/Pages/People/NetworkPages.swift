internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// The people around one person: a drawing, and the same as a table.
enum NetworkPages {
    static func page(_ visit: Visit) throws -> Response {
        let person = try visit.openedPerson()
        let occasion = try visit.occasion()
        guard let network = try visit.write({ try visit.people.network(of: person.id, on: occasion, in: $0) }) else {
            throw Refusal.notFound
        }
        let base = "\(PersonPlace.address(person.id))/network"
        var names: [ID<Person>: String] = [:]
        for item in network.people { names[item.id] = item.name ?? "" }
        let rows = network.relations.map { relation -> [Content] in
            let content = relation.content
            let isOwn = relation.ends.contains(person.id)
            let change: Html = """
                <a class="govuk-link" href="\(href: "\(base)/\(relation.id.text)")">Change\
                <span class="govuk-visually-hidden"> this relation</span></a>
                """
            return [
                .html(link(relation.person, names)), .text(content.kind.words), .html(link(content.other, names)),
                .text(when(content)),
                .text([content.evidence.words, content.source].compactMap { $0 }.joined(separator: ": ")),
                .html(isOwn && person.changeable.contains(.needs) ? change : ""),
            ]
        }
        let table = SortableTable(
            id: "relations", caption: "Relations", captionClasses: "govuk-visually-hidden",
            columns: ["Who", "Is", "To whom", "When", "What it rests on", "What you can do"].map { .init(.text($0)) },
            rows: rows, emptyText: "No relation is recorded that you may see.", address: { _, _ in base })
        let drawing: Html =
            network.relations.isEmpty
            ? "" : ScrollRegion("Drawing of the network", NetworkDrawing(network).html).html
        return visit.page(
            Page(
                "Network", in: .cases, above: PersonPlace.above(person.id), canBeLeftQuickly: true, isWide: true,
                """
                <p class="govuk-body">The people around \(person.details.name), two steps away, as far as you may see
                them. It does not say that there is nobody else.</p>
                \(drawing)
                \(table)
                \(if: person.changeable.contains(.needs), "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "\(base)/new")\">Add a relation</a></p>")
                """))
    }

    private static func link(_ id: ID<Person>, _ names: [ID<Person>: String]) -> Html {
        "<a class=\"govuk-link\" href=\"\(href: PersonPlace.address(id))\">\(names[id] ?? "")</a>"
    }

    private static func when(_ content: RelationContent) -> String {
        [content.from.map { "from \($0.inWords)" }, content.until.map { "until \($0.inWords)" }]
            .compactMap { $0 }.joined(separator: " ")
    }

    static func new(_ visit: Visit) throws -> Response { try form(visit, nil, RelationForm(nil), []) }

    static func edit(_ visit: Visit) throws -> Response {
        let relation = try relation(visit)
        return try form(visit, relation, RelationForm(relation.content(from: visit.personID)), [])
    }

    static func save(_ visit: Visit) throws -> Response {
        let old = visit.request.form["version"] == nil ? nil : try relation(visit)
        let id = try visit.personID
        let form = RelationForm(sent: visit.request.form)
        // The search for the other person comes first; nothing is kept yet.
        guard visit.request.form["kind-shown"] != nil else { return try self.form(visit, old, form, []) }
        var problems = PartForm.dayProblems(form.days)
        guard let other = old?.content(from: id).other ?? visit.request.form["other"].flatMap({ ID<Person>($0) }) else {
            return try self.form(visit, old, form, [FormError("other", "Choose who it is")] + problems)
        }
        guard let content = form.content(to: other), problems.isEmpty else {
            if form.content(to: other) == nil {
                problems.append(FormError("kind", "Choose what they are to each other, and what it rests on"))
            }
            return try self.form(visit, old, form, problems)
        }
        let occasion = try visit.occasion()
        let version = visit.request.form["version"].flatMap { Int64($0) } ?? 0
        let result = try visit.write {
            try visit.people.setRelation(
                old.map { ($0.id, version) }, of: id, to: content, on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("\(PersonPlace.address(id))/network")
        case .failure(let refusal):
            return try self.form(visit, old, form, try PartForm.errors(refusal, first: "kind"))
        }
    }

    private static func relation(_ visit: Visit) throws -> Relation {
        let id: ID<Relation> = try visit.id("relation")
        let person = try visit.personID
        let occasion = try visit.occasion()
        let network = try visit.write { try visit.people.network(of: person, steps: 1, on: occasion, in: $0) }
        guard let relation = network?.relations.first(where: { $0.id == id && $0.ends.contains(person) }) else {
            throw Refusal.notFound
        }
        return relation
    }

    private static func form(
        _ visit: Visit, _ relation: Relation?, _ form: RelationForm, _ errors: [FormError]
    ) throws -> Response {
        let person = try visit.changeablePerson(.needs)
        let base = "\(PersonPlace.address(person.id))/network"
        let action = relation.map { "\(base)/\($0.id.text)" } ?? "\(base)/new"
        let picker = relation == nil ? try PersonPicker(visit, but: person.id) : nil
        let version = relation.map {
            HiddenField(name: "version", value: visit.request.form["version"] ?? String($0.version)).html
        }
        let content: Html = """
            \(version ?? "")
            \(HiddenField(name: "kind-shown", value: "yes"))
            \(some: picker, { $0.choice(errors) })
            \(form.html(errors, of: person.details.name))
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        let isReady = picker?.hasFound ?? true
        return visit.page(
            Page(
                relation == nil ? "Add a relation" : "Change a relation", in: .cases,
                above: PersonPlace.above(person.id) + [(title: "Network", address: base)], errors: errors,
                canBeLeftQuickly: true,
                """
                \(some: picker, { $0.search(action, visit, errors) })
                \(if: isReady, visit.form(action, content))
                """))
    }
}

/// A relation as a form holds it.
struct RelationForm {
    private var kind = ""
    private var evidence = ""
    private var source = ""
    private var tellsWhere = false
    private let from: DayControl
    private let until: DayControl

    init(_ content: RelationContent?) {
        from = DayControl("from", nil, initial: content?.from?.description ?? "")
        until = DayControl("until", nil, initial: content?.until?.description ?? "")
        guard let content else { return }
        kind = content.kind.rawValue
        evidence = content.evidence.rawValue
        source = content.source ?? ""
        tellsWhere = content.tellsWhere
    }

    init(sent: FormFields) {
        from = DayControl("from", sent)
        until = DayControl("until", sent)
        kind = sent["kind"] ?? ""
        evidence = sent["evidence"] ?? ""
        source = sent["source"] ?? ""
        tellsWhere = sent["tells-where"] == "yes"
    }

    var days: [(name: String, control: DayControl)] { [("from", from), ("until", until)] }

    func content(to other: ID<Person>) -> RelationContent? {
        guard let kind = RelationKind(rawValue: kind), let evidence = RelationEvidence(rawValue: evidence) else {
            return nil
        }
        return RelationContent(
            kind, to: other, from: from.date, until: until.date, source: source, evidence: evidence,
            tellsWhere: tellsWhere)
    }

    func html(_ errors: [FormError], of name: String) -> Html {
        """
        \(PartForm.radios("kind", "What is \(name) to the other person?",
            RelationKind.allCases.map { ($0.rawValue, $0.words, nil) }, value: kind, errors))
        \(PartForm.radios("evidence", "What does it rest on?",
            RelationEvidence.allCases.map { ($0.rawValue, $0.words, nil) }, value: evidence, errors))
        \(PartForm.line("source", "Where is it known from?", value: source, errors))
        \(from.html("From when?", hint: "Leave it empty if it is not known", errors.message("from")))
        \(until.html("Until when?", hint: "Leave it empty while it holds", errors.message("until")))
        \(PartForm.tick("tells-where", "It tells where a victim or a child can be found", isOn: tellsWhere))
        """
    }
}

/// The network as a small picture: the person in the middle, the others around in rings by their steps.
struct NetworkDrawing {
    private let network: Network
    private static let (width, ring) = (640, 150.0)

    init(_ network: Network) { self.network = network }

    private var places: [ID<Person>: (x: Double, y: Double)] {
        var places: [ID<Person>: (x: Double, y: Double)] = [:]
        let steps = Set(network.steps.values)
        let middle = (x: Double(Self.width) / 2, y: height / 2)
        for step in steps.sorted() {
            let ids = network.people.map(\.id).filter { network.steps[$0] == step }
            for (index, id) in ids.enumerated() {
                // Half a place further on the second ring, so that its names do not stand behind those of the first.
                let turn = (Double(index) + (step == 2 ? 0.5 : 0)) / Double(max(1, ids.count))
                let (sine, cosine) = Self.sineAndCosine(turn)
                let far = Double(step) * Self.ring
                places[id] = (middle.x + far * sine * (step == 2 ? 0.9 : 1), middle.y - far * cosine * 0.75)
            }
        }
        return places
    }

    private var height: Double { (network.steps.values.max() ?? 0) > 1 ? 560 : 330 }

    var html: Html {
        let places = places
        var lines = Html()
        for relation in network.relations {
            guard let a = places[relation.person], let b = places[relation.content.other] else { continue }
            let isOver = relation.content.until != nil
            lines.append(
                """
                <line x1="\(Self.number(a.x))" y1="\(Self.number(a.y))" x2="\(Self.number(b.x))" y2="\(Self.number(b.y))" \
                stroke="#505a5f" stroke-width="2"\(if: isOver, " stroke-dasharray=\"6 5\"")/>
                <text x="\(Self.number((a.x + b.x) / 2))" y="\(Self.number((a.y + b.y) / 2 - 5))" font-size="13" \
                text-anchor="middle" fill="#0b0c0c" stroke="#ffffff" stroke-width="4" paint-order="stroke">\
                \(relation.content.kind.words)</text>
                """)
        }
        var dots = Html()
        for item in network.people {
            guard let place = places[item.id] else { continue }
            let isCentre = item.id == network.centre
            let name = String((item.name ?? "").prefix(28))
            dots.append(
                """
                <circle cx="\(Self.number(place.x))" cy="\(Self.number(place.y))" r="\(isCentre ? 12 : 8)" \
                fill="\(isCentre ? "#1d70b8" : "#ffffff")" stroke="#1d70b8" stroke-width="3"/>
                <text x="\(Self.number(place.x))" y="\(Self.number(place.y + 28))" font-size="14" text-anchor="middle" \
                font-weight="\(isCentre ? "bold" : "normal")" fill="#0b0c0c" stroke="#ffffff" stroke-width="4" \
                paint-order="stroke">\(name)</text>
                """)
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(Self.number(height))" \
            width="\(Self.width)" height="\(Self.number(height))" role="img" aria-labelledby="network-title">\
            <title id="network-title">The network drawn: the table below says the same</title>\(lines)\(dots)</svg>
            """
    }

    private static func number(_ value: Double) -> String { String(Int(value.rounded())) }

    /// Sine and cosine of a part of a full turn, by the series of the rest after whole eighths: enough for a picture.
    private static func sineAndCosine(_ turn: Double) -> (Double, Double) {
        let angle = (turn - turn.rounded()) * 2 * Double.pi
        var (sine, cosine, term) = (0.0, 0.0, 1.0)
        for power in 0..<24 {
            switch power % 4 {
            case 0: cosine += term
            case 1: sine += term
            case 2: cosine -= term
            default: sine -= term
            }
            term *= angle / Double(power + 1)
        }
        return (sine, cosine)
    }
}

extension RelationKind {
    /// What pages call it, from the first person to the second.
    var words: String {
        switch self {
        case .partner: "Partner of"
        case .formerPartner: "Former partner of"
        case .parent: "Parent of"
        case .child: "Child of"
        case .sibling: "Brother or sister of"
        case .friend: "Friend of"
        case .associate: "Associate of"
        case .carer: "Carer of"
        case .caredFor: "Cared for by"
        case .exploits: "Exploits"
        case .exploitedBy: "Exploited by"
        case .harms: "Harms"
        case .harmedBy: "Harmed by"
        }
    }
}

extension RelationEvidence {
    var words: String {
        switch self {
        case .fact: "Fact"
        case .opinion: "Opinion"
        case .allegation: "Allegation"
        case .hearsay: "Hearsay"
        }
    }
}
