internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// The page on which one reads and changes who may see a record.
struct PersonAccessView {
    private let person: Person
    private let visit: Visit
    private let errors: [FormError]
    private let names: [ID<Account>: String]
    private let maySeal: Bool

    init(_ person: Person, _ visit: Visit, errors: [FormError]) throws {
        self.person = person
        self.visit = visit
        self.errors = errors
        let facts = person.facts
        var people = facts.named.union(facts.conflicts)
        people.formUnion(facts.grants.map(\.account))
        people.formUnion(facts.glasses.map(\.account))
        if let owner = facts.owner { people.insert(owner) }
        let wanted = people
        names = try visit.read { try AccountNames.names(of: wanted, in: $0) }
        maySeal = try visit.people.maySeal(facts, by: visit.actor(), now: visit.now)
    }

    var html: Html {
        """
        \(SummaryList(rows: rows))
        \(if: person.mayGuard, guardForm)
        \(if: person.mayGuard && person.secrecy != nil, addressForm)
        \(if: person.mayGuard && !person.facts.conflicts.isEmpty, liftForm)
        \(conflictForm)
        """
    }

    private var liftForm: Html {
        let content: Html = """
            \(Radios(
                name: "account",
                items: person.facts.conflicts.sorted().map {
                    .item(.init(value: $0.text, text: .text(names[$0] ?? "Someone who has left")))
                },
                fieldset: Fieldset(
                    legend: .init(text: "For whom is the conflict lifted?", classes: "govuk-fieldset__legend--s")),
                hint: "The record opens to them again, as their roles allow", errorMessage: errors.message("account")))
            \(Input(
                name: "lift-reason", label: "Reason for lifting it", hint: "It is kept in the audit.",
                errorMessage: errors.message("lift-reason"), value: visit.request.form["lift-reason"],
                autocomplete: "off"))
            \(Button(text: "Lift the conflict of interest", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """
        return """
            <h2 class="govuk-heading-m">Conflicts of interest</h2>
            \(visit.form("\(PersonPlace.address(person.id))/conflict/lift", content))
            """
    }

    private func list(_ accounts: some Collection<ID<Account>>) -> String {
        accounts.map { names[$0] ?? "Someone who has left" }.sorted().joined(separator: ", ")
    }

    private var rows: [SummaryList.Row] {
        let facts = person.facts
        let partnership = visit.site.partnership
        var rows: [SummaryList.Row] = [
            .init(
                key: "Guarded as",
                value: .html("\(facts.recordClass.words)<br>\(facts.recordClass.meaning)")),
            .init(key: "Agency that holds it", value: .text(partnership.name(of: facts.agency))),
        ]
        if let team = facts.team { rows.append(.init(key: "Team", value: .text(partnership.name(of: team)))) }
        if let owner = facts.owner { rows.append(.init(key: "Owner", value: .text(list([owner])))) }
        if person.showsSide {
            rows.append(
                .init(key: "Who the person is", value: .text(facts.side?.ofPerson ?? "Not set: treated as a victim")))
        }
        let today = visit.now.ukDate
        let shares = Set(facts.shares.filter { $0.holds(on: today) }.map { partnership.name(of: $0.agency) }).sorted()
        if !shares.isEmpty { rows.append(.init(key: "Shared with", value: .text(shares.joined(separator: ", ")))) }
        guard person.mayGuard else { return rows }
        if facts.recordClass == .restricted { rows.append(.init(key: "People named", value: .text(list(facts.named)))) }
        let grants = facts.grants.filter { visit.now < $0.until }.map(\.account)
        if !grants.isEmpty { rows.append(.init(key: "Granted to", value: .text(list(Set(grants))))) }
        if !facts.glasses.isEmpty {
            rows.append(.init(key: "Opened in an emergency by", value: .text(list(Set(facts.glasses.map(\.account))))))
        }
        if !facts.conflicts.isEmpty {
            rows.append(.init(key: "Hidden for a conflict of interest from", value: .text(list(facts.conflicts))))
        }
        return rows
    }

    private var guardForm: Html {
        let facts = person.facts
        let sent = visit.request.form
        let classes = RecordClass.allCases.filter { $0 != .sealed || maySeal || facts.recordClass == .sealed }
        let named = facts.named.sorted()
        let side = Radios(
            name: "side",
            items: SubjectSide.allCases.map { .item(.init(value: $0.rawValue, text: .text($0.ofPerson))) }
                + [.item(.init(value: "", text: "Not set"))], value: facts.side?.rawValue ?? "",
            fieldset: Fieldset(legend: .init(text: "Who is the person in this?", classes: "govuk-fieldset__legend--s")))
        let content: Html = """
            \(Radios(
                name: "class",
                items: classes.map {
                    .item(.init(value: $0.rawValue, text: .text($0.words), hint: Hint(text: .text($0.meaning))))
                }, value: sent["class"] ?? facts.recordClass.rawValue,
                fieldset: Fieldset(
                    legend: .init(text: "How is the record guarded?", classes: "govuk-fieldset__legend--s")),
                errorMessage: errors.message("class")))
            \(if: !named.isEmpty, Checkboxes(
                name: "named",
                items: named.map { .item(.init(value: $0.text, text: .text(names[$0] ?? $0.text))) },
                values: named.map(\.text),
                fieldset: Fieldset(legend: .init(text: "People named on it", classes: "govuk-fieldset__legend--s")),
                hint: "They count while the record is restricted").html)
            \(Input(
                name: "add", label: "Email address of someone to name or to grant it to",
                hint: "Of a colleague with an account. Leave it empty to name nobody new.",
                errorMessage: errors.message("add"), value: sent["add"], type: "email", autocomplete: "off"))
            \(if: person.showsSide, side.html)
            \(Input(
                name: "reason", label: "Reason", hint: "It is kept in the audit.",
                errorMessage: errors.message("reason"), value: sent["reason"], autocomplete: "off"))
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        return """
            <h2 class="govuk-heading-m">Change who may see it</h2>
            \(visit.form("\(PersonPlace.address(person.id))/access", content))
            """
    }

    private var addressForm: Html {
        let content: Html = """
            \(Radios(
                name: "secrecy",
                items: AddressSecrecy.allCases.map { .item(.init(value: $0.rawValue, text: .text($0.words))) },
                value: person.secrecy?.rawValue,
                fieldset: Fieldset(
                    legend: .init(text: "How is the address guarded?", classes: "govuk-fieldset__legend--s")),
                errorMessage: errors.message("secrecy")))
            \(Input(
                name: "address-reason", label: "Reason for guarding the address so",
                errorMessage: errors.message("address-reason"), autocomplete: "off"))
            \(Button(text: "Save", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """
        return """
            <h2 class="govuk-heading-m">The address</h2>
            \(visit.form("\(PersonPlace.address(person.id))/address-access", content))
            """
    }

    private var conflictForm: Html {
        let content: Html = """
            \(Checkboxes(
                name: "conflict",
                items: [.item(.init(value: "yes", text: "I know this person privately", id: "conflict"))], fieldset: nil,
                hint: "The record will no longer exist for you, and the agency that holds it is told.",
                errorMessage: errors.message("conflict")))
            \(Button(text: "Declare a conflict of interest", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """
        return """
            <h2 class="govuk-heading-m">Do you know this person?</h2>
            \(visit.form("\(PersonPlace.address(person.id))/conflict", content))
            """
    }
}
