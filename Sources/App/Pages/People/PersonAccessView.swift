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
    private let guards: RecordGuards
    private let maySeal: Bool

    init(_ person: Person, _ visit: Visit, errors: [FormError]) throws {
        self.person = person
        self.visit = visit
        self.errors = errors
        guards = try RecordGuards(person.facts, visit)
        maySeal = try visit.people.maySeal(person.facts, by: visit.actor(), now: visit.now)
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
        """
        <h2 class="govuk-heading-m">Conflicts of interest</h2>
        \(guards.liftForm(to: "\(PersonPlace.address(person.id))/conflict/lift", errors: errors))
        """
    }

    private var rows: [SummaryList.Row] {
        let facts = person.facts
        let partnership = visit.site.partnership
        var rows: [SummaryList.Row] = [
            guards.recordClass,
            .init(key: "Agency that holds it", value: .text(partnership.name(of: facts.agency))),
        ]
        if let team = facts.team { rows.append(.init(key: "Team", value: .text(partnership.name(of: team)))) }
        if let owner = facts.owner { rows.append(.init(key: "Owner", value: .text(guards.list([owner])))) }
        if person.showsSide {
            rows.append(
                .init(key: "Who the person is", value: .text(facts.side?.ofPerson ?? "Not set: treated as a victim")))
        }
        let today = visit.now.ukDate
        let shares = Set(facts.shares.filter { $0.holds(on: today) }.map { partnership.name(of: $0.agency) }).sorted()
        if !shares.isEmpty { rows.append(.init(key: "Shared with", value: .text(shares.joined(separator: ", ")))) }
        return person.mayGuard ? rows + guards.people : rows
    }

    private var guardForm: Html {
        let side = Radios(
            name: "side",
            items: SubjectSide.allCases.map { .item(.init(value: $0.rawValue, text: .text($0.ofPerson))) }
                + [.item(.init(value: "", text: "Not set"))], value: person.facts.side?.rawValue ?? "",
            fieldset: Fieldset(legend: .init(text: "Who is the person in this?", classes: "govuk-fieldset__legend--s")))
        let action = "\(PersonPlace.address(person.id))/access"
        return """
            <h2 class="govuk-heading-m">Change who may see it</h2>
            \(guards.form(to: action, maySeal: maySeal, more: person.showsSide ? side.html : "", errors: errors))
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
        let action = "\(PersonPlace.address(person.id))/conflict"
        return """
            <h2 class="govuk-heading-m">Do you know this person?</h2>
            \(PersonAccessPage.declaration.form(to: action, visit, errors: errors))
            """
    }
}
