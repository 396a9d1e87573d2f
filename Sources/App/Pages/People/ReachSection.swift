internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Rules
internal import Site

/// Where a person is and how they are reached, on their page. What is not safe comes first.
struct ReachSection {
    private let person: Person
    private let whole: WholePerson
    private let visit: Visit
    private let confirmedSince: LocalDate?

    /// - Parameters:
    ///   - person: one of the records.
    ///   - whole: the person with all records that the visitor may see.
    init(_ person: Person, of whole: WholePerson, _ visit: Visit) throws {
        self.person = person
        self.whole = whole
        self.visit = visit
        let today = visit.now.ukDate
        let key: RuleKey = "victims.contactConfirmed.window"
        let policy = visit.site.policy
        confirmedSince = policy.rule(key, on: today) == nil ? nil : try policy.windowStart(key, endingOn: today)
    }

    /// - Parameter level: the level of its headings.
    func html(level: Int = 2) -> Html {
        guard person.seesContact || !person.addresses.isEmpty || person.mayChangeReach else { return "" }
        let base = PersonPlace.address(person.id)
        return """
            \(heading("How to reach them", level))
            \(if: person.seesContact, answers)
            \(if: person.seesContact && !person.contacts.isEmpty, methods)
            \(if: person.mayChangeReach, link("\(base)/contacts/new", "Add a way to reach them"))
            \(heading("Addresses", level))
            \(if: person.addresses.isEmpty, "<p class=\"govuk-body\">There is none that you may see.</p>")
            \(if: !person.addresses.isEmpty, addresses)
            \(if: person.mayChangeReach, link("\(base)/addresses/new", "Add an address"))
            \(if: person.seesContact, link("\(base)/history", "What was recorded before"))
            """
    }

    private func heading(_ text: String, _ level: Int) -> Html {
        level == 2 ? "<h2 class=\"govuk-heading-m\">\(text)</h2>" : "<h3 class=\"govuk-heading-s\">\(text)</h3>"
    }

    private func link(_ address: String, _ text: String) -> Html {
        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: address)\">\(text)</a></p>"
    }

    /// Whether a call and a letter are safe today.
    private var answers: Html {
        let rows = [ContactChannel.telephone, .letter].map { channel -> SummaryList.Row in
            let answer = whole.contact(channel, of: person, confirmedSince: confirmedSince, now: visit.now)
            let tag = answer.isSafe ? StatusTag("Safe now", tone: .good) : StatusTag("Not safe", tone: .urgent)
            let value = answer.value.map { $0.split(whereSeparator: \.isNewline).joined(separator: ", ") }
            let why = (value.map { [$0] } ?? []) + answer.bars.map(\.words) + answer.advice
            return SummaryList.Row(
                key: .text(channel == .letter ? "A letter" : "A call"),
                value: .html("\(tag)\(each: why, { "<br>\($0)" })"))
        }
        return SummaryList(rows: rows).html
    }

    private var methods: Html {
        let base = PersonPlace.address(person.id)
        let rows = person.contacts.map { method -> [Content] in
            let content = method.content
            var notes: [String] = []
            if let times = content.safeTimesInWords { notes.append(times) }
            if content.channel == .telephone { notes.append(content.voicemail ? "Message allowed" : "No message") }
            if let name = content.leaveName { notes.append("Say: \(name)") }
            if content.isShared { notes.append("Shared with someone") }
            if let day = content.confirmedOn { notes.append("Confirmed on \(day.inWords)") }
            if let day = content.endedOn { notes.append("Until \(day.inWords)") }
            return [
                .html("\(content.channel.words)\(some: content.value, { "<br>\($0)" })"), .text(content.safety.words),
                .html("\(each: notes, { "<span class=\"govuk-!-display-block\">\($0)</span>" })"),
                .html(change("\(base)/contacts/\(method.id.text)", content.channel.words)),
            ]
        }
        return SortableTable(
            id: "contacts-\(person.id.text)", caption: "Ways to reach them", captionClasses: "govuk-visually-hidden",
            columns: ["How", "Safe?", "What to mind", "What you can do"].map { .init(.text($0)) }, rows: rows,
            emptyText: "There is none.", address: { _, _ in base }
        ).html
    }

    private var addresses: Html {
        let base = PersonPlace.address(person.id)
        let today = visit.now.ukDate
        let rows = person.addresses.map { address -> [Content] in
            let content = address.content
            var notes: [String] = []
            if let from = content.from { notes.append("From \(from.inWords)") }
            if let until = content.until { notes.append("Until \(until.inWords)") }
            if let source = content.source { notes.append("Source: \(source)") }
            if let day = content.verifiedOn { notes.append("Checked on \(day.inWords)") }
            let isOver = !content.holds(on: today)
            return [
                .html(
                    """
                    \(content.kind.words)\(if: content.takesLetters, " \(StatusTag("Letters go here", tone: .neutral))")\
                    \(if: isOver, " \(StatusTag("Former", tone: .neutral))")\
                    \(if: content.secrecy != .ordinary, " \(StatusTag(content.secrecy == .safety ? "Withheld" : "Sealed", tone: .attention))")
                    """),
                .html(PersonPage.lines(content.lines)),
                .html("\(each: notes, { "<span class=\"govuk-!-display-block\">\($0)</span>" })"),
                .html(change("\(base)/addresses/\(address.id.text)", content.kind.words)),
            ]
        }
        return SortableTable(
            id: "addresses-\(person.id.text)", caption: "Addresses", captionClasses: "govuk-visually-hidden",
            columns: ["Kind", "Address", "When, and from whom", "What you can do"].map { .init(.text($0)) }, rows: rows,
            emptyText: "There is none.", address: { _, _ in base }
        ).html
    }

    private func change(_ address: String, _ what: String) -> Html {
        guard person.mayChangeReach else { return "" }
        return """
            <a class="govuk-link" href="\(href: address)">Change\
            <span class="govuk-visually-hidden"> \(what)</span></a>
            """
    }
}

/// What was recorded of a person before.
enum HistoryPage {
    static func page(_ visit: Visit) throws -> Response {
        let person = try visit.openedPerson()
        let occasion = try visit.occasion()
        let former = try visit.write { try visit.people.history(of: person.id, on: occasion, in: $0) }
        let names = try visit.read { try AccountNames.names(of: Set(former.map(\.account)), in: $0) }
        let rows = former.map { part -> [Content] in
            [.text(part.text), .text(part.at.inWords), .text(names[part.account] ?? "Someone who has left")]
        }
        let table = SortableTable(
            id: "history", caption: "Former entries, the newest first", captionClasses: "govuk-visually-hidden",
            columns: ["What was recorded", "Until", "Changed by"].map { .init(.text($0)) }, rows: rows,
            emptyText: "Nothing was changed yet.",
            address: { _, _ in "\(PersonPlace.address(person.id))/history" })
        return visit.page(
            Page(
                "What was recorded before", in: .cases, above: PersonPlace.above(person.id), canBeLeftQuickly: true,
                "<p class=\"govuk-body\">Addresses, ways of contact, relations and times in households as they were before someone changed them.</p>\(table)"
            ))
    }
}
