internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// How a person may be reached: adding a way, and saying whether it is safe.
enum ContactPages {
    static func new(_ visit: Visit) throws -> Response {
        let person = try visit.openedPerson()
        return try page(visit, person, nil, ContactForm(nil), [])
    }

    static func edit(_ visit: Visit) throws -> Response {
        let person = try visit.openedPerson()
        let method = try method(visit, person)
        return try page(visit, person, method, ContactForm(method.content), [])
    }

    static func save(_ visit: Visit) throws -> Response {
        let person = try visit.openedPerson()
        let sent = visit.request.form
        let old = sent["version"] == nil ? nil : try method(visit, person)
        let form = ContactForm(sent: sent)
        let (content, problems) = form.content()
        guard let content, problems.isEmpty else { return try page(visit, person, old, form, problems) }
        let occasion = try visit.occasion()
        let version = sent["version"].flatMap { Int64($0) } ?? 0
        let result = try visit.write {
            try visit.people.setContact(
                old.map { ($0.id, version) }, of: old?.person ?? person.id, to: content, on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect(PersonPlace.address(person.id))
        case .failure(let refusal):
            return try page(visit, person, old, form, try PartForm.errors(refusal, first: "channel"))
        }
    }

    private static func method(_ visit: Visit, _ person: Person) throws -> ContactMethod {
        let id: ID<ContactMethod> = try visit.id("contact")
        guard let method = person.contacts.first(where: { $0.id == id }) else { throw Refusal.notFound }
        return method
    }

    private static func page(
        _ visit: Visit, _ person: Person, _ method: ContactMethod?, _ form: ContactForm, _ errors: [FormError]
    ) throws -> Response {
        guard person.mayChangeReach else { throw visit.ended(.noPermission) }
        let base = "\(PersonPlace.address(person.id))/contacts"
        let version = method.map {
            HiddenField(name: "version", value: visit.request.form["version"] ?? String($0.version)).html
        }
        let content: Html = """
            \(version ?? "")
            \(form.html(errors))
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        return visit.page(
            Page(
                method == nil ? "Add a way to reach them" : "Change a way to reach them", in: .cases,
                above: PersonPlace.above(person.id), errors: errors, canBeLeftQuickly: true,
                """
                <p class="govuk-body">Write down what the person says. Nobody is written to or rung before they have said
                that it is safe.</p>
                \(visit.form(method.map { "\(base)/\($0.id.text)" } ?? "\(base)/new", content))
                """))
    }
}

/// A way to reach a person as a form holds it.
struct ContactForm {
    private var texts: [String: String] = [:]
    private var days: [String] = []
    private let confirmed: DayControl
    private let ended: DayControl

    init(_ content: ContactContent?) {
        confirmed = DayControl("confirmed", nil, initial: content?.confirmedOn?.description ?? "")
        ended = DayControl("ended", nil, initial: content?.endedOn?.description ?? "")
        guard let content else { return }
        texts = [
            "channel": content.channel.rawValue, "value": content.value ?? "", "safety": content.safety.rawValue,
            "times": content.times ?? "", "leave-name": content.leaveName ?? "",
            "from-time": content.fromMinute.map(ContactContent.clock) ?? "",
            "until-time": content.untilMinute.map(ContactContent.clock) ?? "",
            "voicemail": content.voicemail ? "yes" : "", "shared": content.isShared ? "yes" : "",
        ]
        days = content.days.map(String.init)
    }

    init(sent: FormFields) {
        confirmed = DayControl("confirmed", sent)
        ended = DayControl("ended", sent)
        for name in [
            "channel", "value", "safety", "times", "leave-name", "from-time", "until-time", "voicemail", "shared",
        ] {
            texts[name] = sent[name] ?? ""
        }
        days = sent.all("day")
    }

    /// What was typed, and what of it cannot be read.
    func content() -> (ContactContent?, [FormError]) {
        var problems = PartForm.dayProblems([("confirmed", confirmed), ("ended", ended)])
        func minute(_ name: String) -> Int? {
            guard let text = texts[name]?.trimmed, !text.isEmpty else { return nil }
            if let minute = ContactContent.minute(text) { return minute }
            problems.append(FormError(name, "Enter a time like 09:30, or leave it empty"))
            return nil
        }
        guard let channel = texts["channel"].flatMap(ContactChannel.init) else {
            return (nil, [FormError("channel", "Choose how the person is reached")] + problems)
        }
        guard let safety = texts["safety"].flatMap(ContactSafetyWord.init) else {
            return (nil, [FormError("safety", "Choose whether it is safe")] + problems)
        }
        var content = ContactContent(channel, texts["value"], safety: safety)
        content.days = Set(days.compactMap { Int($0) }.filter { (0...6).contains($0) })
        content.fromMinute = minute("from-time")
        content.untilMinute = minute("until-time")
        content.times = texts["times"]
        content.leaveName = texts["leave-name"]
        content.voicemail = texts["voicemail"] == "yes"
        content.isShared = texts["shared"] == "yes"
        content.confirmedOn = confirmed.date
        content.endedOn = ended.date
        return (content, problems)
    }

    func html(_ errors: [FormError]) -> Html {
        let dayBoxes = Checkboxes(
            name: "day",
            items: ContactContent.dayNames.enumerated().map {
                .item(.init(value: String($0.offset), text: .text($0.element)))
            }, values: days,
            fieldset: Fieldset(
                legend: .init(text: "On which days is it safe?", classes: "govuk-fieldset__legend--s")),
            hint: "Leave all empty when it is safe on every day", classes: "govuk-checkboxes--small")
        return """
            \(PartForm.radios("channel", "How is the person reached?",
                ContactChannel.allCases.map { ($0.rawValue, $0.words, $0.hint) }, value: texts["channel"], errors))
            \(PartForm.line("value", "Number, email address, place, or who passes it on", value: texts["value"], errors,
                hint: "Leave it empty for letters: they go to the address that takes letters"))
            \(PartForm.radios("safety", "Is it safe?",
                ContactSafetyWord.allCases.map { ($0.rawValue, $0.words, nil) }, value: texts["safety"], errors))
            \(dayBoxes)
            \(PartForm.line("from-time", "Safe from", value: texts["from-time"], errors, hint: "For example, 10:00",
                isShort: true))
            \(PartForm.line("until-time", "Safe until", value: texts["until-time"], errors, isShort: true))
            \(PartForm.line("times", "What else to know about safe times", value: texts["times"], errors))
            \(PartForm.tick("voicemail", "A message may be left", isOn: texts["voicemail"] == "yes"))
            \(PartForm.line("leave-name", "Name to leave, or to say to someone else who answers",
                value: texts["leave-name"], errors))
            \(PartForm.tick("shared", "Someone else uses it too", isOn: texts["shared"] == "yes"))
            \(confirmed.html("When did the person last say so?", hint: nil, errors.message("confirmed")))
            \(ended.html("Until when could it be used?", hint: "Leave it empty while it can be used",
                errors.message("ended")))
            """
    }
}

extension ContactChannel {
    /// What pages call it.
    var words: String {
        switch self {
        case .telephone: "Telephone"
        case .text: "Text message"
        case .email: "Email"
        case .letter: "Letter"
        case .inPerson: "In person"
        case .thirdPerson: "Through someone else"
        }
    }

    var hint: String? {
        switch self {
        case .inPerson: "Say where it is safe to meet"
        case .thirdPerson: "Say who, and how they are reached"
        case .telephone, .text, .email, .letter: nil
        }
    }
}

extension ContactSafetyWord {
    var words: String {
        switch self {
        case .yes: "Yes, the person says so"
        case .no: "No"
        case .unknown: "Nobody has asked yet"
        }
    }
}

extension ContactBar {
    /// Why not, and what to do.
    var words: String {
        switch self {
        case .notForYou: "You may not see how they are reached. Ask the agency that holds the record."
        case .noWay: "No number or address is recorded for it."
        case .withheld: "Their address is withheld. Ask those who keep them safe to pass it on."
        case .unsafe: "The person said that it is not safe."
        case .notAsked: "Nobody has asked the person whether it is safe."
        case .notConfirmed(let since):
            since.map { "The person last said so on \($0.inWords). Ask again." }
                ?? "It is not recorded when the person said so. Ask again."
        case .notToday(let day): "It is not safe on a \(day)."
        case .notNow(let time): "It is not safe now, at \(time)."
        }
    }
}
