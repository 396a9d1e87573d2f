public import Casework
internal import DesignSystem
internal import Enforcement
public import Governance
public import HTML
public import HTTP
public import Kernel
public import People
public import Storage

/// Declaring a conflict of interest with a record, whatever its kind. The answer is the same for every identifier,
/// there or not, hidden or not.
public struct ConflictDeclaration: Sendable {
    private let known: String
    private let isReasoned: Bool

    /// - Parameters:
    ///   - known: what is declared: "I know this person privately".
    ///   - isReasoned: whether a reason is asked for.
    public init(_ known: String, isReasoned: Bool) {
        self.known = known
        self.isReasoned = isReasoned
    }

    /// The form.
    /// - Parameters:
    ///   - action: where it is sent, with the fields `conflict` and `conflict-reason`.
    ///   - hidden: fields beside it.
    public func form(to action: String, hidden: Html = "", _ visit: Visit, errors: [FormError]) -> Html {
        let sent = visit.request.form
        let reason = Input(
            name: "conflict-reason", label: "Reason",
            hint: "How you know them or what you have to do with it. It is kept in the audit.",
            errorMessage: errors.message("conflict-reason"), value: sent["conflict-reason"], autocomplete: "off")
        let content: Html = """
            \(hidden)
            \(Checkboxes(
                name: "conflict", items: [.item(.init(value: "yes", text: .text(known), id: "conflict"))],
                values: sent.all("conflict"), fieldset: nil,
                hint: "The record will no longer exist for you, and the agency that holds it is told.",
                errorMessage: errors.message("conflict")))
            \(if: isReasoned, reason.html)
            \(Button(text: "Declare a conflict of interest", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """
        return visit.form(action, content)
    }

    /// What is thanked with, after it was declared.
    /// - Parameter above: the pages above, which say nothing of the record; the last is gone to.
    public func thanks(above: [(title: String, address: String)], _ visit: Visit) -> Response {
        let next: Html =
            above.last.map { place in
                "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: place.address)\">Go to \(place.title.lowercased())</a></p>"
            } ?? ""
        return visit.page(
            Page(
                "Thank you for telling us", in: .cases, above: above, canBeLeftQuickly: true,
                """
                <p class="govuk-body">From now on this record does not exist for you. If it is there, the agency that holds
                it has been told.</p>
                \(next)
                """))
    }
}

extension Visit {
    /// The visitor declares a conflict of interest with a person: the person's record, the cases in which the person has a
    /// part, and the orders about the person or of these cases are hidden from them in one transaction.
    /// - Throws: `Refusal`, `StorageError`.
    public func declareConflict(with person: ID<Person>) throws {
        let occasion = try occasion()
        try write { connection in
            let cases = try site.cases.declareConflict(with: person, on: occasion, in: connection)
            for record in [ID<Registered>(person)] + cases.map({ ID<Registered>($0) }) {
                try site.orders.declareConflict(with: record, on: occasion, in: connection)
            }
        }
    }

    /// Does something that may make one person of two records: the cases in which either has a part, and the orders about
    /// them or of these cases, are hidden from whoever has a conflict of interest with the other.
    /// - Throws: `StorageError`, and what `body` throws.
    public func followConflicts<Value>(
        merging one: ID<Person>, _ two: ID<Person>, on occasion: Occasion, in connection: Connection,
        during body: () throws -> Value
    ) throws -> Value {
        func orders<Other>(of record: ID<Registered>, _ body: () throws -> Other) throws -> Other {
            try site.orders.followConflicts(with: record, on: occasion, in: connection, during: body)
        }
        return try orders(of: ID(one)) {
            try orders(of: ID(two)) {
                try site.cases.followConflicts(
                    with: [one, two], on: occasion, in: connection,
                    closing: { id, close in try orders(of: ID(id), close) }, during: body)
            }
        }
    }

    /// The visitor declared a conflict of interest with a case: the orders that belong to it are hidden from them too.
    /// - Throws: `StorageError`.
    public func closeOrders(of record: ID<CaseRecord>, on occasion: Occasion, in connection: Connection) throws {
        try site.orders.declareConflict(with: ID(record), on: occasion, in: connection)
    }

    /// Does something by which someone may get a conflict of interest with a case: the orders that belong to it are hidden
    /// from them too, and what was lifted for others stays lifted.
    /// - Throws: `StorageError`, and what `body` throws.
    public func followConflicts<Value>(
        with record: ID<CaseRecord>, on occasion: Occasion, in connection: Connection, during body: () throws -> Value
    ) throws -> Value {
        try site.orders.followConflicts(with: ID(record), on: occasion, in: connection, during: body)
    }
}
