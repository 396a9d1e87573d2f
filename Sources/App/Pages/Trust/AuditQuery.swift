internal import Governance
internal import HTTP
internal import Kernel
internal import Site

/// The audit's filter as it stands in addresses and forms.
struct AuditQuery {
    /// What was read.
    private(set) var filter = AuditFilter()
    /// What could not be read.
    private(set) var errors: [FormError] = []
    /// As typed.
    let fields: FormFields

    static let names = ["person", "account", "agency", "act", "outcome", "from", "until"]

    init(_ all: FormFields) {
        fields = FormFields(all.fields.filter { AuditQuery.names.contains($0.name) && !$0.value.isEmpty })
        if let text = typed("person") {
            filter.subject = AuditSubject(reference: text)
            if filter.subject == nil { fail("person", "The reference of a record has no spaces and is not that long") }
        }
        if let text = typed("account") {
            filter.account = ID(text)
            if filter.account == nil {
                fail("account", "Enter the account’s reference as the audit shows it, or follow a name in the list")
            }
        }
        if let text = typed("agency") {
            filter.agency = Code(text)
            if filter.agency == nil { fail("agency", "Choose an agency of the list") }
        }
        filter.acts = Set(fields.all("act").compactMap(AuditAct.init))
        filter.outcome = typed("outcome").flatMap(AuditOutcome.init)
        filter.from = day("from")
        filter.until = day("until")
        if let from = filter.from, let until = filter.until, until < from {
            fail("until", "The last day must be the same as or after the first day")
        }
    }

    /// What was typed in a field, without spaces around it; nil when there is nothing.
    func typed(_ name: String) -> String? {
        guard let value = fields[name] else { return nil }
        let words = value.split(separator: " ").joined(separator: " ")
        return words.isEmpty ? nil : words
    }

    /// The address of a page with this filter.
    func address(_ path: String, after cursor: Int64? = nil) -> String {
        let all = fields.setting("after", to: cursor.map { String($0) })
        return all.isEmpty ? path : "\(path)?\(all.encoded)"
    }

    /// These fields without one value.
    func without(_ name: String, _ value: String) -> String {
        let kept = FormFields(fields.fields.filter { $0.name != name || $0.value != value })
        return kept.isEmpty ? "/trust/audit" : "/trust/audit?\(kept.encoded)"
    }

    private mutating func day(_ name: String) -> LocalDate? {
        guard let text = typed(name) else { return nil }
        if let day = BritishDate.day(text) { return day }
        fail(name, "Enter a day that exists, like 27/3/2026")
        return nil
    }

    private mutating func fail(_ field: String, _ text: String) { errors.append(FormError(field, text)) }
}
