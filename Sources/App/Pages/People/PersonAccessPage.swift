internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Who may see a person's record, and changing that.
enum PersonAccessPage {
    /// How long a grant on a sealed record lasts, in days.
    static let grantDays: Int64 = 90

    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func person(_ visit: Visit) throws -> Person {
        do { return try visit.person() } catch is Protected { throw visit.ended(.glass) }
    }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let person = try person(visit)
        let view = try PersonAccessView(person, visit, errors: errors)
        return visit.page(
            Page(
                "Who may see this record", in: .cases, above: PersonPlace.above(person.id), errors: errors,
                canBeLeftQuickly: true, view.html))
    }

    static func change(_ visit: Visit) throws -> Response {
        let sent = visit.request.form
        let person = try person(visit)
        guard let recordClass = sent["class"].flatMap(RecordClass.init) else {
            return try page(visit, errors: [FormError("class", "Choose how the record is guarded")])
        }
        let reason = sent["reason"] ?? ""
        let keep = Set(sent.all("named").compactMap { ID<Account>($0) })
        var added: ID<Account>?
        // Who may not guard the record is refused below, and learns nothing of who has an account.
        if person.mayGuard, let typed = sent["add"], typed.contains(where: { !$0.isWhitespace }) {
            guard recordClass == .restricted || recordClass == .sealed else {
                let why = "Only restricted and sealed records name people: choose one of them, or leave this empty"
                return try page(visit, errors: [FormError("add", why)])
            }
            added = try EmailAddress(typed).flatMap { email in
                try visit.read { try AccountNames.active(email, in: $0) }
            }
            if added == nil {
                return try page(visit, errors: [FormError("add", "Enter the email address of someone with an account")])
            }
        }
        let occasion = try visit.occasion()
        let until = visit.now.advanced(bySeconds: grantDays * 86_400)
        let result = try visit.write {
            try visit.people.guardRecord(person.id, reason: reason, on: occasion, in: $0) { facts in
                let own = occasion.actor.account
                if person.showsSide, let side = sent["side"] { facts.side = SubjectSide(rawValue: side) }
                if recordClass == .restricted {
                    facts.named = facts.named.intersection(keep).union([own])
                    if let added { facts.named.insert(added) }
                }
                if recordClass == .sealed {
                    facts.grants.removeAll { $0.account == own || $0.account == added }
                    facts.grants += Set([own] + (added.map { [$0] } ?? [])).sorted().map {
                        .init(account: $0, until: until)
                    }
                }
                facts.recordClass = recordClass
            }
        }
        return try answer(result, person, visit)
    }

    static func changeAddress(_ visit: Visit) throws -> Response {
        let person = try person(visit)
        guard let secrecy = visit.request.form["secrecy"].flatMap(AddressSecrecy.init) else {
            return try page(visit, errors: [FormError("secrecy", "Choose how the address is guarded")])
        }
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.people.guardAddress(
                person.id, as: secrecy, reason: visit.request.form["address-reason"] ?? "", on: occasion, in: $0)
        }
        return try answer(result, person, visit, reasonField: "address-reason")
    }

    private static func answer(
        _ result: Result<Void, PersonRefusal>, _ person: Person, _ visit: Visit, reasonField: String = "reason"
    ) throws -> Response {
        switch result {
        case .success: return visit.redirect("\(PersonPlace.address(person.id))/access")
        case .failure(.register(.absent)): throw Refusal.notFound
        case .failure(.register(.denied(.secondFactor))), .failure(.register(.denied(.recentSecondFactor))):
            throw Refusal.confirm
        case .failure(.register(let refusal)):
            return try page(visit, errors: [FormError(reasonField, refusal.fault.inForm)])
        case .failure: throw Refusal.notFound
        }
    }

    /// Opens the record again to someone who had declared a conflict of interest: for who may guard it, with a reason.
    static func lift(_ visit: Visit) throws -> Response {
        let person = try person(visit)
        let sent = visit.request.form
        guard let account = sent["account"].flatMap({ ID<Account>($0) }), person.facts.conflicts.contains(account)
        else {
            return try page(visit, errors: [FormError("account", "Choose for whom the conflict is lifted")])
        }
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.people.guardRecord(person.id, reason: sent["lift-reason"] ?? "", on: occasion, in: $0) {
                $0.conflicts.remove(account)
            }
        }
        return try answer(result, person, visit, reasonField: "lift-reason")
    }

    /// The answer is the same for every identifier, there or not, hidden or not.
    static func declareConflict(_ visit: Visit) throws -> Response {
        guard visit.request.form["conflict"] == "yes" else {
            return try page(visit, errors: [FormError("conflict", "Say that you know the person, or leave this page")])
        }
        let id = try visit.personID
        let occasion = try visit.occasion()
        try visit.write { try visit.people.register.declareConflict(with: ID(id), on: occasion, in: $0) }
        return visit.page(
            Page(
                "Thank you for telling us", in: .cases, above: PersonPlace.above, canBeLeftQuickly: true,
                """
                <p class="govuk-body">From now on this record does not exist for you. If it is there, the agency that holds
                it has been told.</p>
                <p class="govuk-body"><a class="govuk-link" href="/people">Go to people</a></p>
                """))
    }
}
