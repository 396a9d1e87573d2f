internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site
internal import Storage

extension Visit {
    /// The cases.
    var cases: CaseStore { site.cases }

    /// The people register.
    var people: PersonStore { PersonStore(roles: site.roles) }

    /// The colleague of an agency who signs in with an address, or nil.
    func colleague(_ address: String, of agency: Code<Agency>?) throws -> ID<Account>? {
        guard let agency, let email = EmailAddress(address.trimmed) else { return nil }
        return try read { try AccountNames.active(email, of: agency, in: $0) }
    }

    /// The case in the path.
    var caseID: ID<CaseRecord> {
        get throws { try id("case") }
    }

    /// The case in the path, as far as the visitor may see, with the names of those in it. Ends the request as the
    /// register says.
    /// - Throws: `Refusal`, `StorageError`.
    func openCase() throws -> OpenCase {
        let (id, occasion) = (try caseID, try occasion())
        let found: (CaseFinding, [PersonItem], [Organisation]) = try write { connection in
            let finding = try cases.read(id, on: occasion, in: connection)
            guard case .found(let view) = finding else { return (finding, [], []) }
            let parties = view.parties.map(\.person)
            return (
                finding,
                parties.isEmpty
                    ? [] : try people.items(parties, through: view.facts, on: occasion, in: connection),
                view.type.asksForOrganisations ? try people.organisations(on: occasion, in: connection) : []
            )
        }
        switch found.0 {
        case .found(let view): return OpenCase(view, found.1, try names(of: view), found.2)
        case .absent: throw Refusal.notFound
        case .refused(_, let reason): throw ended(reason)
        }
    }

    /// The case, for someone who means to work on it.
    func workingCase() throws -> OpenCase {
        let open = try openCase()
        guard open.view.rights.mayWrite else { throw ended(.noPermission) }
        return open
    }

    /// The names of colleagues who stand on a case, for those who may see it.
    private func names(of view: CaseView) throws -> [ID<Account>: String] {
        var accounts = Set(view.entries.map(\.madeBy) + view.moves.map(\.by) + view.assessments.map(\.madeBy))
        accounts.formUnion(view.actions.flatMap { [$0.madeBy, $0.owner, $0.closedBy].compactMap { $0 } })
        if let owner = view.facts.owner { accounts.insert(owner) }
        let wanted = accounts
        return try read { try AccountNames.names(of: wanted, in: $0) }
    }

    /// What is wrong, for a form; ends the request where the case is not there for the visitor.
    /// - Parameter prefix: what the ids of the questions begin with.
    func errors(_ refusal: CaseRefusal, prefix: String = "", at field: String) throws -> [FormError] {
        switch refusal {
        case .register(.absent): throw Refusal.notFound
        case .register(.denied(let reason)): throw ended(reason)
        case .register(let refusal):
            return [FormError(field, "\(refusal.fault.what). \(refusal.fault.remedy)")]
        case .problems(let problems):
            return problems.map { FormError(AnswerControls.id($0.field, prefix), $0.says) }
        case .gates(let gates): return gates.map { FormError(field, $0.says) }
        case .wrongState(let state):
            return [FormError(field, "Someone else moved the case on: it is now \(state?.name ?? "in another state")")]
        case .role(let roles):
            let names = roles.sorted().map { site.roles.role($0)?.name ?? $0.text }
            return [FormError(field, "Only this role may do it: \(names.joined(separator: " or "))")]
        case .changedMeanwhile: return [FormError(field, "Someone else changed this in between")]
        case .closedAlready: return [FormError(field, "Someone else closed this action already")]
        }
    }
}

/// A case with the names that its pages show.
struct OpenCase {
    let view: CaseView
    private let persons: [ID<Person>: PersonItem]
    private let accounts: [ID<Account>: String]
    /// The organisations of the people register, where the case's forms ask for one.
    let organisations: [Organisation]

    init(
        _ view: CaseView, _ persons: [PersonItem], _ accounts: [ID<Account>: String],
        _ organisations: [Organisation] = []
    ) {
        self.organisations = organisations
        self.view = view
        self.persons = Dictionary(persons.map { ($0.id, $0) }) { first, _ in first }
        self.accounts = accounts
    }

    /// The same names beside another view of the case.
    func showing(_ view: CaseView, also names: [ID<Account>: String]) -> OpenCase {
        OpenCase(view, Array(persons.values), accounts.merging(names) { first, _ in first }, organisations)
    }

    /// Where the case is.
    var address: String { CasePlace.address(view.record.id) }

    /// What the case is called: its reference, with its heading for those who may see it.
    var title: String {
        view.record.heading.isEmpty ? view.record.reference : "\(view.record.reference): \(view.record.heading)"
    }

    /// A colleague's name.
    func name(_ account: ID<Account>?) -> String {
        account.map { accounts[$0] ?? "Someone who has left" } ?? "Nobody yet"
    }

    /// A person's name, for those who may see them.
    func name(_ person: ID<Person>) -> String { persons[person]?.name ?? "Someone whose record you may not see" }

    /// An organisation's name.
    func name(_ organisation: ID<Organisation>) -> String {
        organisations.first { $0.id == organisation }?.name ?? "An organisation that you may not see"
    }

    /// Whether the visitor may see a person.
    func sees(_ person: ID<Person>) -> Bool { persons[person]?.name != nil }

    /// Whether the visitor may open a person's own record.
    func opens(_ person: ID<Person>) -> Bool { sees(person) && persons[person]?.isThrough != true }

    /// The parties that stand on the case now, each person once in each part.
    var current: [CaseParty] { view.parties.filter { $0.until == nil } }
}

/// The names of a case's pages.
enum CasePlace {
    static func address(_ id: ID<CaseRecord>) -> String { "/cases/\(id.text)" }

    /// The pages above one that belongs to a case. A reference carries no personal data.
    static func above(_ open: OpenCase) -> [(title: String, address: String)] {
        [(title: open.view.record.reference, address: open.address)]
    }

    /// The parts of a case, each a page.
    static func navigation(_ open: OpenCase, on part: String) -> Html {
        CaseParts.navigation(open.view, on: part)
    }
}
