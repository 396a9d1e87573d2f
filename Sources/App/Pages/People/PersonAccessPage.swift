internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Who may see a person's record, and changing that.
enum PersonAccessPage {
    static let declaration = ConflictDeclaration("I know this person privately", isReasoned: false)

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
        let person = try person(visit)
        let (change, errors) = try GuardChange.sent(to: visit, of: person.facts, mayGuard: person.mayGuard)
        guard let change else { return try page(visit, errors: errors) }
        let sent = visit.request.form
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.people.guardRecord(person.id, reason: sent["reason"] ?? "", on: occasion, in: $0) { facts in
                if person.showsSide, let side = sent["side"] { facts.side = SubjectSide(rawValue: side) }
                change.apply(to: &facts)
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
        case .failure(.problems(let problems)):
            return try page(visit, errors: problems.map { FormError("secrecy", $0.message.text) })
        case .failure: throw Refusal.notFound
        }
    }

    /// Opens the record again to someone who had declared a conflict of interest: for who may guard it, with a reason.
    static func lift(_ visit: Visit) throws -> Response {
        let person = try person(visit)
        let sent = visit.request.form
        guard let account = try RecordGuards(person.facts, visit).lifted() else {
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
        try visit.declareConflict(with: try visit.personID)
        return declaration.thanks(above: PersonPlace.above, visit)
    }
}
