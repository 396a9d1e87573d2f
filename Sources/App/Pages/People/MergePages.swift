internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Two records of one person: proposed by one, confirmed by another, taken apart again at any time.
enum MergePages {
    static func page(_ visit: Visit) throws -> Response { try page(visit, []) }

    private static func page(_ visit: Visit, _ errors: [FormError]) throws -> Response {
        let person = try visit.openedPerson()
        let picker = try PersonPicker(visit, but: person.id)
        let base = "\(PersonPlace.address(person.id))/same"
        let occasion = try visit.occasion()
        let (merges, items) = try visit.write { connection in
            let merges = try visit.people.merges(of: person.id, on: occasion, in: connection)
            let ids = Set(merges.flatMap(\.records)).sorted()
            return (merges, try visit.people.items(ids, on: occasion, in: connection))
        }
        let names = Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0.name ?? "") })
        let accounts = Set(merges.map(\.proposedBy)).union(merges.flatMap(\.confirmations.values))
        let people = try visit.read { try AccountNames.names(of: accounts, in: $0) }
        let rows = merges.map { merge -> [Content] in
            let state: StatusTag =
                merge.holds
                ? StatusTag("One person", tone: .good)
                : merge.waits
                    ? StatusTag("Waits for a second person", tone: .attention) : StatusTag("Over", tone: .neutral)
            let open: Html = """
                <a class="govuk-link" href="\(href: "\(base)/\(merge.id.text)")">Open\
                <span class="govuk-visually-hidden"> the proposal of \(merge.proposedAt.inWords)</span></a>
                """
            return [
                .text("\(names[merge.lead] ?? "") and \(names[merge.other] ?? "")"), .html(state.html),
                .text("\(people[merge.proposedBy] ?? "Someone who has left"), \(merge.proposedAt.inWords)"),
                .html(merge.endedAt == nil ? open : ""),
            ]
        }
        let table = SortableTable(
            id: "merges", caption: "Proposed and done",
            columns: ["Records", "How it stands", "Proposed", "What you can do"].map { .init(.text($0)) },
            rows: rows, emptyText: "Nothing was proposed yet.", address: { _, _ in base })
        let choose: Html = """
            \(picker.choice(errors))
            \(Button(text: "Compare the two", classes: "govuk-button--secondary"))
            """
        return visit.page(
            Page(
                "Recorded twice?", in: .cases, above: PersonPlace.above(person.id), errors: errors,
                canBeLeftQuickly: true,
                """
                <p class="govuk-body">When two records are one person, this one can lead and the other point to it. Both
                stay as they are, nobody sees more than before, and they can be taken apart again at any time.</p>
                \(if: !merges.isEmpty, table.html)
                \(picker.search(base, visit, errors))
                \(if: picker.hasFound, visit.form("\(base)/compare", choose))
                """))
    }

    /// Side by side, before it is proposed.
    static func compare(_ visit: Visit) throws -> Response { try compare(visit, []) }

    private static func compare(_ visit: Visit, _ errors: [FormError]) throws -> Response {
        let person = try visit.openedPerson()
        guard let id = visit.request.form["other"].flatMap({ ID<Person>($0) }) else {
            return try page(visit, [FormError("other", "Choose who it is")])
        }
        let occasion = try visit.occasion()
        guard case .found(let other) = try visit.write({ try visit.people.read(id, on: occasion, in: $0) }) else {
            throw Refusal.notFound
        }
        let sent = visit.request.form
        let differing = fields(person, other).filter { person.details[$0] != other.details[$0] }
        let both = differing.filter { person.details[$0] != nil && other.details[$0] != nil }
        let choices = both.map { field -> Html in
            PartForm.radios(
                "take-\(field.rawValue)", "\(field.label): which is right?",
                [
                    ("lead", text(field, person), "This record"), ("other", text(field, other), "The other record"),
                ], value: sent["take-\(field.rawValue)"] ?? "lead", errors)
        }
        let base = "\(PersonPlace.address(person.id))/same"
        let content: Html = """
            \(HiddenField(name: "other", value: other.id.text))
            \(each: choices, { $0 })
            \(Textarea(
                name: "reason", label: "Why are they one person, or why not?", hint: "It is kept with the proposal.",
                errorMessage: errors.message("reason"), value: sent["reason"] ?? "", rows: 3))
            \(Button(text: "Propose that they are one person", name: "act", value: "propose", preventsDoubleClick: true))
            \(Button(text: "Record that they are two people", name: "act", value: "not-same", preventsDoubleClick: true,
                classes: "govuk-button--secondary"))
            """
        return visit.page(
            Page(
                "Are they one person?", in: .cases,
                above: PersonPlace.above(person.id) + [(title: "Recorded twice?", address: base)], errors: errors,
                canBeLeftQuickly: true, isWide: true,
                "\(table(person, other))\(visit.form("\(base)/propose", content))"))
    }

    private static func fields(_ one: Person, _ two: Person) -> [PersonField] {
        PersonField.allCases.filter { one.details[$0] != nil || two.details[$0] != nil }
    }

    private static func text(_ field: PersonField, _ person: Person) -> String {
        let text = field == .birth ? person.details.birth?.inWords : person.details[field]
        return (text ?? "").split(whereSeparator: \.isNewline).joined(separator: ", ")
    }

    private static func table(_ one: Person, _ two: Person) -> Html {
        let rows = fields(one, two).map { field -> [Table.Cell] in
            [
                .init(text: .text(field.label)), .init(text: .text(text(field, one))),
                .init(text: .text(text(field, two))),
            ]
        }
        let table = Table(
            caption: "Side by side, as far as you may see",
            head: ["Detail", "The record that leads", "The other record"],
            rows: rows, firstCellIsHeader: true)
        return ScrollRegion("Side by side", table.html).html
    }

    static func propose(_ visit: Visit) throws -> Response {
        let person = try visit.openedPerson()
        let sent = visit.request.form
        guard let other = sent["other"].flatMap({ ID<Person>($0) }) else { throw Refusal.notFound }
        let choices = PersonField.allCases.filter { sent["take-\($0.rawValue)"] == "other" }
        let occasion = try visit.occasion()
        let base = "\(PersonPlace.address(person.id))/same"
        let reason = sent["reason"] ?? ""
        let result: Result<Void, MergeRefusal> = try visit.write { connection in
            if sent["act"] == "not-same" {
                return try visit.people.declareNotSame(
                    person.id, other, reason: reason, on: occasion, in: connection)
            }
            return try visit.people.proposeMerge(
                of: other, into: person.id, choices: Set(choices), reason: reason, on: occasion, in: connection
            ).map { _ in () }
        }
        switch result {
        case .success: return visit.redirect(base)
        case .failure(let refusal): return try compare(visit, try errors(refusal))
        }
    }

    private static func errors(_ refusal: MergeRefusal) throws -> [FormError] {
        switch refusal {
        case .register(.absent): throw Refusal.notFound
        case .register(.denied(.secondFactor)), .register(.denied(.recentSecondFactor)): throw Refusal.confirm
        default: return [FormError("reason", refusal.fault.inForm)]
        }
    }

    /// One proposal: confirming it, refusing it, or taking the records apart.
    static func merge(_ visit: Visit) throws -> Response { try merge(visit, []) }

    private static func known(_ visit: Visit) throws -> (Person, PersonMerge) {
        let person = try visit.openedPerson()
        let id: ID<PersonMerge> = try visit.id("merge")
        let occasion = try visit.occasion()
        let merges = try visit.write { try visit.people.merges(of: person.id, on: occasion, in: $0) }
        guard let merge = merges.first(where: { $0.id == id }) else { throw Refusal.notFound }
        return (person, merge)
    }

    private static func merge(_ visit: Visit, _ errors: [FormError]) throws -> Response {
        let (person, merge) = try known(visit)
        let occasion = try visit.occasion()
        let both = try visit.write { connection in
            try merge.records.map { try visit.people.read($0, on: occasion, in: connection) }
        }
        guard case .found(let lead) = both[0], case .found(let other) = both[1] else { throw Refusal.notFound }
        let names = try visit.read {
            try AccountNames.names(of: Set([merge.proposedBy] + merge.confirmations.values), in: $0)
        }
        let taken = PersonField.allCases.filter(merge.choices.contains).map(\.label)
        let rows: [SummaryList.Row] = [
            .init(key: "Proposed by", value: .text(names[merge.proposedBy] ?? "Someone who has left")),
            .init(key: "Why", value: .text(merge.reason)),
            .init(
                key: "Shown from the other record",
                value: .text(taken.isEmpty ? "Nothing that this record holds too" : taken.joined(separator: ", "))),
            .init(
                key: "Confirmed by",
                value: .text(
                    merge.confirmations.isEmpty
                        ? "Nobody yet"
                        : Set(merge.confirmations.values).map { names[$0] ?? "Someone who has left" }.sorted()
                            .joined(separator: ", "))),
        ]
        // Who may not know a side is asked all the same, and learns nothing of it.
        let isAlike =
            lead.showsSide && other.showsSide
            && (lead.facts.side == .perpetrator) == (other.facts.side == .perpetrator)
        let confirm: Html = """
            \(if: !isAlike, PartForm.tick("sides", "If one record is of someone who harms and the other is not, I know it", isOn: false))
            """
        let content: Html = """
            \(if: merge.waits, confirm)
            \(if: merge.holds, "<p class=\"govuk-body\">Both records stay as they are. Whatever is closed to someone because of a conflict of interest stays closed until a supervisor lifts it.</p>")
            \(Textarea(
                name: "reason", label: "Reason", hint: "It is kept in the audit.",
                errorMessage: errors.message("reason"), value: visit.request.form["reason"] ?? "", rows: 3))
            \(if: merge.waits, Button(text: "Confirm that they are one person", name: "act", value: "confirm", preventsDoubleClick: true).html)
            \(Button(
                text: merge.waits ? "Refuse the proposal" : "Take the records apart", name: "act", value: "end",
                preventsDoubleClick: true, classes: merge.waits ? "govuk-button--secondary" : "govuk-button--warning"))
            """
        let base = "\(PersonPlace.address(person.id))/same"
        return visit.page(
            Page(
                merge.waits ? "Proposal: one person" : "One person", in: .cases,
                above: PersonPlace.above(person.id) + [(title: "Recorded twice?", address: base)], errors: errors,
                canBeLeftQuickly: true, isWide: true,
                """
                \(SummaryList(rows: rows))
                \(table(lead, other))
                \(visit.form("\(base)/\(merge.id.text)", content))
                """))
    }

    static func decide(_ visit: Visit) throws -> Response {
        let (person, merge) = try known(visit)
        let sent = visit.request.form
        let occasion = try visit.occasion()
        let reason = sent["reason"] ?? ""
        let result: Result<Void, MergeRefusal> = try visit.write { connection in
            if sent["act"] == "confirm" {
                return try visit.followConflicts(merging: merge.lead, merge.other, on: occasion, in: connection) {
                    try visit.people.confirmMerge(
                        merge.id, knowsSides: sent["sides"] == "yes", reason: reason, on: occasion, in: connection
                    ).map { _ in () }
                }
            }
            return try visit.people.endMerge(merge.id, reason: reason, on: occasion, in: connection)
        }
        switch result {
        case .success: return visit.redirect("\(PersonPlace.address(person.id))/same")
        case .failure(let refusal): return try self.merge(visit, try errors(refusal))
        }
    }
}
