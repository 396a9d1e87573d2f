internal import Casework
internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import Kernel
internal import People
internal import Site

/// The facts of an order in a list: what the visitor may see of it.
enum OrderFacts {
    static func rows(_ order: Order, _ open: OpenOrder, _ visit: Visit) -> [SummaryList.Row] {
        var rows: [SummaryList.Row] = []
        func add(_ key: String, _ value: String) {
            if !value.isEmpty { rows.append(.init(key: .text(key), value: .text(value))) }
        }
        func add(_ key: String, _ moment: Instant?) { add(key, moment?.inWords ?? "") }
        func add(_ key: String, html: Html) { rows.append(.init(key: .text(key), value: .html(html))) }
        let partnership = visit.site.partnership
        add("How it stands", html: OrderWords.tag(order.state(at: visit.now)).html)
        subject(order, open).map { add("About", html: $0) }
        if let born = order.born { add("Born", "\(born.inWords)\(age(order, at: visit.now))") }
        let agency = partnership.name(of: order.applicant)
        let kind = partnership.agency(order.applicant)?.kind
        add("Agency", kind == order.maker ? agency : "\(agency), for: \(order.maker)")
        add("Answered for by", open.name(open.shown.facts.owner))
        add("Rests on", order.basis)
        add("Court", order.court)
        add("Area", order.area.flatMap { code in open.type.areas.first { $0.code == code }?.name } ?? "")
        add("Where it covers", order.areaText)
        add("Authorised", order.dates.authorised.map { "\($0.inWords)\(by(order))" } ?? "")
        add("Date on the paper", order.dates.issued != order.dates.authorised ? order.dates.issued : nil)
        if let service = order.service {
            add(
                open.type.course == .agreement ? "Signed" : "Served",
                "\(service.at.inWords): \(service.method), \(service.who), \(service.place). Proof: \(service.proof)")
        } else {
            add("Served", order.dates.served)
        }
        add("Hearing", order.dates.hearing)
        add("Decided", order.dates.decided)
        add("Holds from", order.dates.from)
        if order.dates.from != nil { add("Holds until", order.dates.to.map(OrderWords.end) ?? "Further order") }
        add("Varied", order.dates.varied.map(\.inWords).joined(separator: "; "))
        add("Extended", order.dates.extended.map(\.inWords).joined(separator: "; "))
        add("Reviewed", order.dates.reviewed.map(\.inWords).joined(separator: "; "))
        add("Ended early", order.dates.discharged)
        add("Kind", kinds(order))
        add("Penalty", penalty(order))
        add("Risk assessment", order.riskAssessment)
        before(order, visit).map { add("What came before", html: $0) }
        if !open.cases.isEmpty { add("Cases", html: cases(open)) }
        if !order.protected.isEmpty {
            add("Protects", order.protected.map(\.details).joined(separator: "; "))
        }
        if let publicity = order.publicity { add("Publicity", words(publicity)) }
        return rows
    }

    private static func subject(_ order: Order, _ open: OpenOrder) -> Html? {
        guard case .person(let id) = order.subject else { return "\(order.subjectName)" }
        guard open.subject?.name != nil else { return "\(order.subjectName)" }
        return "<a class=\"govuk-link\" href=\"\(href: "/people/\(id.text)")\">\(order.subjectName)</a>"
    }

    private static func age(_ order: Order, at now: Instant) -> String {
        switch order.isUnder18(on: now.ukDate) {
        case true?: ": under 18 today"
        case false?: ": 18 or over"
        case nil: ""
        }
    }

    private static func by(_ order: Order) -> String {
        order.authorisedBy.isEmpty ? "" : ", by \(order.authorisedBy)\(order.isSenior ? " (senior)" : "")"
    }

    private static func kinds(_ order: Order) -> String {
        let kinds: [(Bool, String)] = [
            (order.isInterim, "interim"), (order.isUndertaking, "an undertaking"),
            (order.hasPowerOfArrest, "with a power of arrest"),
        ]
        return kinds.filter(\.0).map(\.1).joined(separator: ", ").capitalisedFirst
    }

    private static func penalty(_ order: Order) -> String {
        guard let penalty = order.penalty else { return "" }
        let early = order.earlyPenalty.map { ", or \(OrderWords.pounds($0)) if paid early" } ?? ""
        return OrderWords.pounds(penalty) + early
    }

    private static func before(_ order: Order, _ visit: Visit) -> Html? {
        order.before.map { before in
            let name = visit.orders.law.types[before.type]?.name ?? before.type.text
            return """
                <a class="govuk-link" href="\(href: OrderAddress.address(before.id))">\(name)</a>\
                \(some: before.at, { ", \($0.inWords)" })
                """
        }
    }

    private static func cases(_ open: OpenOrder) -> Html {
        "\(each: open.cases, { "<a class=\"govuk-link\" href=\"\(href: "/cases/\($0.id.text)")\">\($0.title ?? "A case")</a><br>" })"
    }

    private static func words(_ publicity: OrderPublicity) -> String {
        let what =
            publicity.isPublic
            ? (publicity.isNamed ? "Made public, with the name" : "Made public, without the name") : "Not made public"
        let why = publicity.reason.isEmpty ? "" : " Why: \(publicity.reason)"
        return "\(what). By \(publicity.decidedBy), \(publicity.at.inWords).\(why)"
    }
}
