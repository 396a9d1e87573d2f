public import DesignSystem
public import Governance
public import HTML
internal import HTTP
public import Kernel
internal import Storage

/// How a record is guarded, for the pages of every kind of record: what is shown of it, and the form that changes it.
public struct RecordGuards {
    private let facts: RecordFacts
    private let visit: Visit
    private let names: [ID<Account>: String]

    /// The guards of a record that the visitor may see.
    /// - Throws: `StorageError`.
    public init(_ facts: RecordFacts, _ visit: Visit) throws {
        self.facts = facts
        self.visit = visit
        var people = facts.named.union(facts.conflicts)
        people.formUnion(facts.grants.map(\.account))
        people.formUnion(facts.glasses.map(\.account))
        if let owner = facts.owner { people.insert(owner) }
        let wanted = people
        names = try visit.read { try AccountNames.names(of: wanted, in: $0) }
    }

    /// The names of colleagues, one after the other.
    public func list(_ accounts: some Collection<ID<Account>>) -> String {
        accounts.map(name).sorted().joined(separator: ", ")
    }

    private func name(_ account: ID<Account>) -> String { names[account] ?? "Someone who has left" }

    /// The class and what it means.
    public var recordClass: SummaryList.Row {
        .init(key: "Guarded as", value: .html("\(facts.recordClass.words)<br>\(facts.recordClass.meaning)"))
    }

    /// For whom it is open and for whom it is hidden: for who may guard it.
    public var people: [SummaryList.Row] {
        var rows: [SummaryList.Row] = []
        if facts.recordClass == .restricted { rows.append(.init(key: "People named", value: .text(list(facts.named)))) }
        if !granted.isEmpty {
            let lines = granted.map { "\(name($0.account)), until \($0.until.ukDate.inWords)" }.sorted()
            rows.append(.init(key: "Granted to", value: .html("\(each: lines, { "\($0)<br>" })")))
        }
        if !facts.glasses.isEmpty {
            rows.append(.init(key: "Opened in an emergency by", value: .text(list(Set(facts.glasses.map(\.account))))))
        }
        if !facts.conflicts.isEmpty {
            rows.append(.init(key: "Hidden for a conflict of interest from", value: .text(list(facts.conflicts))))
        }
        return rows
    }

    /// The grants that hold, one for each person.
    private var granted: [RecordFacts.Grant] {
        facts.recordClass == .sealed ? facts.grants.filter { visit.now < $0.until } : []
    }

    /// The form that changes the class and who is named or granted it.
    /// - Parameters:
    ///   - action: where it is sent.
    ///   - maySeal: whether the visitor may seal the record.
    ///   - more: what is asked beside it.
    public func form(to action: String, maySeal: Bool, more: Html = "", errors: [FormError]) -> Html {
        let sent = visit.request.form
        let classes = RecordClass.allCases.filter { $0 != .sealed || maySeal || facts.recordClass == .sealed }
        let named = facts.named.sorted()
        let granted = granted.map(\.account)
        func kept(_ field: String, _ accounts: [ID<Account>]) -> [String] {
            sent["class"] == nil ? accounts.map(\.text) : sent.all(field)
        }
        let content: Html = """
            \(each: named, { HiddenField(name: "named-shown", value: $0.text).html })
            \(each: granted, { HiddenField(name: "granted-shown", value: $0.text).html })
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
                items: named.map { .item(.init(value: $0.text, text: .text(name($0)))) }, values: kept("named", named),
                fieldset: Fieldset(legend: .init(text: "People named on it", classes: "govuk-fieldset__legend--s")),
                hint: "They count while the record is restricted").html)
            \(if: !granted.isEmpty, Checkboxes(
                name: "granted",
                items: granted.map { .item(.init(value: $0.text, text: .text(name($0)))) },
                values: kept("granted", granted),
                fieldset: Fieldset(
                    legend: .init(text: "People to whom it is granted", classes: "govuk-fieldset__legend--s")),
                hint: Hint(
                    text: .text(
                        "Whoever stays ticked has it for at least \(GuardChange.grantDays) days more. For whoever does not, it no longer exists. Your own stays."
                    ))).html)
            \(Input(
                name: "add", label: "Email address of someone to name or to grant it to",
                hint: "Of a colleague with an account. Leave it empty to name nobody new.",
                errorMessage: errors.message("add"), value: sent["add"], type: "email", autocomplete: "off"))
            \(more)
            \(Input(
                name: "reason", label: "Reason", hint: "It is kept in the audit.",
                errorMessage: errors.message("reason"), value: sent["reason"], autocomplete: "off"))
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        return visit.form(action, content)
    }

    /// The form by which a declared conflict of interest is lifted: for who may guard the record.
    /// - Parameter action: where it is sent, with the fields `account` and `lift-reason`.
    public func liftForm(to action: String, hidden: Html = "", errors: [FormError]) -> Html {
        let content: Html = """
            \(hidden)
            \(Radios(
                name: "account",
                items: facts.conflicts.sorted().map { .item(.init(value: $0.text, text: .text(name($0)))) },
                fieldset: Fieldset(
                    legend: .init(text: "For whom is the conflict lifted?", classes: "govuk-fieldset__legend--s")),
                hint: "The record opens to them again, as their roles allow", errorMessage: errors.message("account")))
            \(Input(
                name: "lift-reason", label: "Reason for lifting it", hint: "It is kept in the audit.",
                errorMessage: errors.message("lift-reason"), value: visit.request.form["lift-reason"],
                autocomplete: "off"))
            \(Button(text: "Lift the conflict of interest", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """
        return visit.form(action, content)
    }

    /// For whom the form lifts a conflict of interest; nil when it names nobody who has one.
    public func lifted() -> ID<Account>? {
        visit.request.form["account"].flatMap { ID<Account>($0) }.flatMap { facts.conflicts.contains($0) ? $0 : nil }
    }
}

/// What the form of a record's guards asks for.
public struct GuardChange: Sendable {
    /// How long a grant on a sealed record lasts, in days.
    static let grantDays: Int64 = 90

    /// The class.
    public let recordClass: RecordClass
    /// Those who were shown and are taken off.
    private let unnamed: Set<ID<Account>>
    private let ungranted: Set<ID<Account>>
    private let added: ID<Account>?
    private let own: ID<Account>
    private let until: Instant

    /// Reads the form.
    /// - Parameters:
    ///   - facts: of the record as it is.
    ///   - mayGuard: whether the visitor may guard the record; who may not is refused by the register, and
    ///     learns nothing of who has an account.
    /// - Returns: the change, or nil and what is wrong.
    /// - Throws: `Refusal`, `StorageError`.
    public static func sent(
        to visit: Visit, of facts: RecordFacts, mayGuard: Bool
    ) throws -> (change: GuardChange?, errors: [FormError]) {
        let sent = visit.request.form
        guard let recordClass = sent["class"].flatMap(RecordClass.init) else {
            return (nil, [FormError("class", "Choose how the record is guarded")])
        }
        var added: ID<Account>?
        if mayGuard, let typed = sent["add"], typed.contains(where: { !$0.isWhitespace }) {
            guard recordClass == .restricted || recordClass == .sealed else {
                let why = "Only restricted and sealed records name people: choose one of them, or leave this empty"
                return (nil, [FormError("add", why)])
            }
            added = try EmailAddress(typed).flatMap { email in
                try visit.read { try AccountNames.active(email, in: $0) }
            }
            if added == nil { return (nil, [FormError("add", "Enter the email address of someone with an account")]) }
        }
        // Someone who was added in between was not shown, and stays.
        func taken(_ field: String) -> Set<ID<Account>> {
            Set(sent.all("\(field)-shown")).subtracting(sent.all(field)).reduce(into: []) { taken, text in
                if let account = ID<Account>(text) { taken.insert(account) }
            }
        }
        let change = GuardChange(
            recordClass: recordClass, unnamed: taken("named"), ungranted: taken("granted"), added: added,
            own: try visit.actor().account, until: visit.now.advanced(bySeconds: grantDays * 86_400))
        if let added, try !change.opens(facts, to: added, visit) {
            let why = """
                Their roles or a conflict of interest keep the record from them, so naming them would not open it. Share \
                it with their agency first, or have an administrator of their agency give them a role
                """
            return (nil, [FormError("add", why)])
        }
        return (change, [])
    }

    /// Whether someone may know of the record once the change is made. That they must sign in afresh or renew a training
    /// is no obstacle: they can.
    private func opens(_ facts: RecordFacts, to account: ID<Account>, _ visit: Visit) throws -> Bool {
        var facts = facts
        apply(to: &facts)
        guard let actor = try visit.read({ try AccountStore.unattended(account, from: nil, at: visit.now, in: $0) })
        else { return false }
        let request = AccessRequest(actor, .read, facts)
        return switch Access.decide(request, roles: visit.site.roles, now: visit.now) {
        case .permit, .deny(.secondFactor, _), .deny(.recentSecondFactor, _), .deny(.notTrained, _),
            .deny(.purpose, _), .deny(.glass, _):
            true
        case .deny: false
        }
    }

    /// Makes the change. Nobody shuts themselves out.
    public func apply(to facts: inout RecordFacts) {
        if recordClass == .restricted {
            facts.named = facts.named.subtracting(unnamed).union([own])
            if let added { facts.named.insert(added) }
        }
        if recordClass == .sealed {
            let held = Dictionary(facts.grants.map { ($0.account, $0) }) { $0.until > $1.until ? $0 : $1 }
            // Who answers for what is being sealed keeps it until a chair takes it back.
            let owner = facts.recordClass == .sealed ? nil : facts.owner
            let stay = Set(held.keys).subtracting(ungranted).union([own, added, owner].compactMap { $0 })
            facts.grants = stay.sorted().map { account in
                var grant = held[account] ?? .init(account: account, until: until)
                grant.until = max(grant.until, until)
                return grant
            }
        }
        facts.recordClass = recordClass
    }
}
