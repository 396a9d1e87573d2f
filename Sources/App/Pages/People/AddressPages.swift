internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Adding an address and changing one. Where someone lived stays, with its dates.
enum AddressPages {
    static func new(_ visit: Visit) throws -> Response {
        try page(visit, try visit.openedPerson(), nil, AddressForm(nil), [])
    }

    static func edit(_ visit: Visit) throws -> Response {
        let person = try visit.openedPerson()
        let address = try address(visit, person)
        return try page(visit, person, address, AddressForm(address.content), [])
    }

    static func save(_ visit: Visit) throws -> Response {
        let person = try visit.openedPerson()
        let isNew = visit.request.form["version"] == nil
        let old = isNew ? nil : try address(visit, person)
        let form = AddressForm(sent: visit.request.form)
        let days = PartForm.dayProblems(form.days)
        guard let content = form.content, days.isEmpty else {
            let kind = form.content == nil ? [FormError("kind", "Choose what kind of address it is")] : []
            return try page(visit, person, old, form, kind + days)
        }
        let occasion = try visit.occasion()
        let reason = visit.request.form["reason"]
        let version = visit.request.form["version"].flatMap { Int64($0) } ?? 0
        let result: Result<Void, PartRefusal> = try visit.write { connection in
            if let old {
                return try visit.people.changeAddress(
                    old.id, of: old.person, version: version, to: content, reason: reason,
                    isSlip: visit.request.form["moved"] == "no", on: occasion, in: connection)
            }
            return try visit.people.addAddress(content, to: person.id, on: occasion, in: connection).map { _ in () }
        }
        switch result {
        case .success: return visit.redirect(PersonPlace.address(person.id))
        case .failure(let refusal):
            return try page(visit, person, old, form, try PartForm.errors(refusal, first: "kind"))
        }
    }

    private static func address(_ visit: Visit, _ person: Person) throws -> PersonAddress {
        let id: ID<PersonAddress> = try visit.id("address")
        guard let address = person.addresses.first(where: { $0.id == id }) else { throw Refusal.notFound }
        return address
    }

    private static func page(
        _ visit: Visit, _ person: Person, _ address: PersonAddress?, _ form: AddressForm, _ errors: [FormError]
    ) throws -> Response {
        guard person.mayChangeReach else { throw visit.ended(.noPermission) }
        let base = "\(PersonPlace.address(person.id))/addresses"
        let version = address.map {
            HiddenField(name: "version", value: visit.request.form["version"] ?? String($0.version)).html
        }
        let content: Html = """
            \(version ?? "")
            \(form.html(errors, isNew: address == nil, mayGuard: person.mayGuard))
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        return visit.page(
            Page(
                address == nil ? "Add an address" : "Change an address", in: .cases,
                above: PersonPlace.above(person.id), errors: errors, canBeLeftQuickly: true,
                visit.form(address.map { "\(base)/\($0.id.text)" } ?? "\(base)/new", content)))
    }
}

/// An address as a form holds it.
struct AddressForm {
    private var kind = ""
    private var lines = ""
    private let from: DayControl
    private let until: DayControl
    private let verified: DayControl
    private var source = ""
    private var secrecy = AddressSecrecy.ordinary.rawValue
    private var letters = "no"
    private var moved = "yes"
    private var reason = ""

    init(_ content: AddressContent?) {
        from = DayControl("from", nil, initial: content?.from?.description ?? "")
        until = DayControl("until", nil, initial: content?.until?.description ?? "")
        verified = DayControl("verified", nil, initial: content?.verifiedOn?.description ?? "")
        guard let content else { return }
        kind = content.kind.rawValue
        lines = content.lines
        source = content.source ?? ""
        secrecy = content.secrecy.rawValue
        letters = content.takesLetters ? "yes" : "no"
    }

    init(sent: FormFields) {
        from = DayControl("from", sent)
        until = DayControl("until", sent)
        verified = DayControl("verified", sent)
        kind = sent["kind"] ?? ""
        lines = sent["lines"] ?? ""
        source = sent["source"] ?? ""
        secrecy = sent["secrecy"] ?? ""
        letters = sent["letters"] ?? ""
        moved = sent["moved"] ?? "yes"
        reason = sent["reason"] ?? ""
    }

    var days: [(name: String, control: DayControl)] {
        [("from", from), ("until", until), ("verified", verified)]
    }

    /// What was typed; nil when no kind was chosen.
    var content: AddressContent? {
        guard let kind = AddressKind(rawValue: kind) else { return nil }
        return AddressContent(
            kind, lines, from: from.date, until: until.date, source: source, verifiedOn: verified.date,
            secrecy: AddressSecrecy(rawValue: secrecy) ?? .ordinary, takesLetters: letters == "yes")
    }

    func html(_ errors: [FormError], isNew: Bool, mayGuard: Bool) -> Html {
        let secrecies: [AddressSecrecy] = isNew || !mayGuard ? [.ordinary, .safety] : AddressSecrecy.allCases
        let hasReason = !isNew && mayGuard
        return """
            \(PartForm.radios("kind", "What kind of address is it?",
                AddressKind.allCases.map { ($0.rawValue, $0.words, $0.hint) }, value: kind, errors))
            \(Textarea(
                name: "lines", label: "Address", hint: "Each part on its own line, with the postcode last",
                errorMessage: errors.message("lines"), value: lines, rows: 4, autocomplete: "off"))
            \(if: !isNew, PartForm.moved(moved, errors))
            \(from.html("From when?", hint: "Leave it empty if it is not known", errors.message("from")))
            \(until.html("Until when?", hint: "Leave it empty while it holds", errors.message("until")))
            \(PartForm.line("source", "Where is it known from?", value: source, errors,
                hint: "For example: the person, by telephone; the tenancy"))
            \(verified.html("When did someone last make sure of it?", hint: nil, errors.message("verified")))
            \(PartForm.radios("letters", "Do letters go there?", [
                ("yes", "Yes", "Then they go to no other address of this person"), ("no", "No", nil),
            ], value: letters, errors))
            \(PartForm.radios("secrecy", "How is it guarded?",
                secrecies.map { ($0.rawValue, $0.words, nil) }, value: secrecy, errors,
                hint: "A refuge and a school are always kept for those who keep the person safe"))
            \(if: hasReason, PartForm.line("reason", "Reason, when it is to be guarded less, or sealed", value: reason, errors))
            """
    }
}

extension AddressKind {
    /// What pages call it.
    var words: String {
        switch self {
        case .home: "Home"
        case .temporary: "Temporary"
        case .refuge: "Refuge"
        case .work: "Work"
        case .school: "School or college"
        case .correspondence: "For letters only"
        }
    }

    /// What helps to choose it.
    var hint: String? {
        switch self {
        case .temporary: "With friends or family, a hostel, a hotel"
        case .refuge: "Never told to anyone who does not keep the person safe"
        case .correspondence: "Someone safe takes letters in there"
        case .home, .work, .school: nil
        }
    }
}
