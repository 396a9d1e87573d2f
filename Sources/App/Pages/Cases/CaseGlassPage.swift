internal import Casework
internal import Governance
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// A protected case, which someone may open in an emergency.
enum CaseGlassPage {
    /// A page of a case that leads here while the case is protected from the visitor.
    static func before(
        _ page: @escaping @Sendable (Visit) throws -> Response
    ) -> @Sendable (Visit) throws -> Response {
        { visit in
            do { return try page(visit) } catch Refusal.denied(.glass, _) {
                return visit.redirect("\(CasePlace.address(try visit.caseID))/access/glass")
            }
        }
    }

    static func page(_ visit: Visit) throws -> Response {
        guard let (glass, mayBreak) = try glass(visit) else {
            return visit.redirect(CasePlace.address(try visit.caseID))
        }
        return glass.page(visit, mayBreak: mayBreak)
    }

    static func open(_ visit: Visit) throws -> Response {
        // First whether it is there and protected for this visitor: a form sent to any other case tells nothing.
        guard let (glass, mayBreak) = try glass(visit) else {
            return visit.redirect(CasePlace.address(try visit.caseID))
        }
        guard mayBreak else { throw visit.ended(.noPermission) }
        return try glass.open(visit)
    }

    /// The glass between the visitor and the case; nil when it is open to them.
    private static func glass(_ visit: Visit) throws -> (GlassPage, mayBreak: Bool)? {
        let (id, occasion) = (try visit.caseID, try visit.occasion())
        switch try visit.write({ try visit.cases.glass(of: id, on: occasion, in: $0) }) {
        case .open: return nil
        case .absent: throw Refusal.notFound
        case .refused(let reason): throw visit.ended(reason)
        case .protected(let agency, let mayBreak):
            let address = CasePlace.address(id)
            let page = GlassPage(
                ID(id), heldBy: agency, at: address, action: "\(address)/access/glass",
                above: [(title: "Cases", address: "/cases")])
            return (page, mayBreak)
        }
    }
}
