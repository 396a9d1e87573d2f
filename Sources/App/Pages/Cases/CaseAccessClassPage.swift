internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Site
internal import Storage

/// How a case is guarded: ordinary, restricted to people who are named, protected, sealed.
enum CaseAccessClassPage {
    static func page(_ visit: Visit) throws -> Response { try page(try guarded(visit), visit, errors: []) }

    /// The case, for who may decide who sees it.
    private static func guarded(_ visit: Visit) throws -> OpenCase {
        let open = try visit.openCase()
        guard open.view.rights.mayGuard else { throw visit.ended(.noPermission) }
        return open
    }

    private static func page(_ open: OpenCase, _ visit: Visit, errors: [FormError]) throws -> Response {
        let facts = open.view.facts
        let guards = try RecordGuards(facts, visit)
        let maySeal = visit.cases.maySeal(facts, open.view.type, by: try visit.actor(), now: visit.now)
        return visit.page(
            Page(
                "How the case is guarded", in: .cases, above: CaseAccessPlace.above(open), errors: errors,
                canBeLeftQuickly: true,
                """
                \(SummaryList(rows: [guards.recordClass] + guards.people))
                \(guards.form(to: "\(open.address)/access/class", maySeal: maySeal, errors: errors))
                """))
    }

    static func change(_ visit: Visit) throws -> Response {
        let open = try guarded(visit)
        let (change, errors) = try GuardChange.sent(to: visit, of: open.view.facts, mayGuard: true)
        guard let change else { return try page(open, visit, errors: errors) }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write {
            try visit.cases.guardRecord(id, reason: visit.reason ?? "", on: occasion, in: $0) { facts in
                change.apply(to: &facts)
            }
        }
        switch result {
        case .success: return visit.redirect("\(open.address)/access")
        case .failure(let refusal): return try page(open, visit, errors: visit.errors(refusal, at: "reason"))
        }
    }
}

/// The names of the pages below "Who sees it".
enum CaseAccessPlace {
    /// The pages above one of them.
    static func above(_ open: OpenCase) -> [(title: String, address: String)] {
        CasePlace.above(open) + [(title: "Who sees it", address: "\(open.address)/access")]
    }
}
