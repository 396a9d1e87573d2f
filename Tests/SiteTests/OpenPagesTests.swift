import API
import AccountPages
import AssessmentPages
import CasePages
import CaseReviewPages
import Casework
import CohortPages
import Governance
import HTTP
import HomePages
import Kernel
import OrderPages
import PanelPages
import People
import PeoplePages
import Site
import Storage
import TestSite
import Testing
import TrustPages

/// What anyone on the internet is told while the partnership works on a case (casework.md §5.6).
@Suite("What the site answers to everyone", .serialized)
struct OpenPagesTests {
    /// All that `concord serve` serves but for /health and /metrics, which hold numbers of the server alone, and the
    /// uploads of cases and of notes from a meeting's room.
    static let routes: [Route<Endpoint>] =
        HomeRoutes.routes + AccountRoutes.routes + AssessmentRoutes.routes + PeopleRoutes.routes + CaseRoutes.routes
        + PanelRoutes.routes + OrderRoutes.routes + CaseReviewRoutes.routes + CohortRoutes.routes + TrustRoutes.routes
        + APIRoutes.routes(document: .init(title: "Concord", version: "test"))

    /// The routes that ask nobody to sign in, each of which somebody decided to open.
    static let open: Set<String> = [
        "GET /accessibility", "GET /privacy", "GET /licences", "GET /api/v1/me", "GET /api/v1/openapi.json",
        "GET /calendars/{token}",
        "GET /case-reviews/published", "GET /case-reviews/published.csv", "GET /sign-in", "POST /sign-in",
        "GET /sign-in/second-factor", "POST /sign-in/second-factor", "GET /sign-in/recovery-code",
        "POST /sign-in/recovery-code", "GET /sign-in/set-up-second-factor", "POST /sign-in/set-up-second-factor",
        "GET /sign-in/provider/{provider}", "GET /sign-in/provider/{provider}/return", "POST /sign-out",
        "GET /set-up/{token}", "POST /set-up/{token}",
    ]

    @Test("The routes that are open to everybody are those that are meant to be")
    func listed() {
        let found = Self.routes.filter { if case .open = $0.handler.access { true } else { false } }.map {
            "\($0.method.rawValue) \($0.pattern)"
        }
        #expect(found.sorted() == Self.open.sorted())
    }

    @Test(
        "No page that is open to everybody names a case, a person or a colleague, before or after figures are out",
        arguments: Engine.allCases)
    func namesNobody(_ engine: Engine) throws {
        let world = try CaseInSite(engine)
        let token = try world.calendar()
        let calendar = try world.site.visitor().get("/calendars/\(token)")
        #expect(calendar.status == .ok && calendar.says("BEGIN:VEVENT") && world.secrets(in: calendar) == [])
        try answers(world)
        try world.publish()
        #expect(try world.site.visitor().get("/case-reviews/published").says("2026/27"))
        try answers(world)
    }

    /// Asks every open route as someone who was never here.
    private func answers(_ world: CaseInSite) throws {
        var asked = 0
        for route in Self.routes {
            guard case .open = route.handler.access else { continue }
            let path = world.path(route.pattern, isKnown: false)
            let visitor = world.site.visitor()
            let answer: TestAnswer
            if route.method == .get {
                answer = try visitor.get(path)
            } else {
                let fields = [
                    "email": "nobody@council.example", "password": "a wrong password", "code": "123456",
                    "next": "/cases",
                ]
                answer = try visitor.post(path, fields)
            }
            asked += 1
            #expect(answer.status.code < 500, "\(route.method.rawValue) \(path)")
            #expect(world.secrets(in: answer) == [], "\(route.method.rawValue) \(path)")
        }
        #expect(asked == Self.open.count)
    }

    @Test(
        "Every other page asks who it is first, and says no more of what there is than of what there is not",
        arguments: Engine.allCases)
    func closed(_ engine: Engine) throws {
        let world = try CaseInSite(engine)
        // Whoever signed in reads there what others are not to be told.
        #expect(try Set(world.secrets(in: world.site.get(world.casePath, as: world.officer))).count > 2)
        for route in Self.routes where route.method == .get {
            if case .open = route.handler.access { continue }
            let (known, unknown) = (world.path(route.pattern, isKnown: true), world.path(route.pattern, isKnown: false))
            let answer = try world.site.visitor().get(known)
            let other = try world.site.visitor().get(unknown)
            #expect(answer.status != .ok && answer.status.code < 500 && answer.status == other.status, "\(known)")
            #expect(answer.location?.hasPrefix("/sign-in") != false, "\(known)")
            #expect(world.secrets(in: answer).filter { !known.contains($0) } == [], "\(known)")
        }
    }
}

/// A site on which the council has a case, a referral of it to a panel with a meeting, and an application for a review.
private struct CaseInSite {
    let site: TestSite
    let officer: TestAccount
    let coordinator: TestAccount
    let casePath: String
    private let meeting: String
    private let referral: String
    private let victim: ID<Person>
    private let words: [String]

    init(_ engine: Engine) throws {
        let site = try TestSite(engine, routes: OpenPagesTests.routes)
        self.site = site
        let officer = try site.account(
            roles: ["case-officer"], teams: ["asb-team"], name: "Orla Larkspur", email: "larkspur@council.example",
            side: .victim)
        let coordinator = try site.account(
            roles: ["panel-coordinator"], agency: "police", panels: ["marac"], name: "Cora Fennimore",
            email: "fennimore@police.example", side: .victim)
        (self.officer, self.coordinator) = (officer, coordinator)
        let opened = try CaseInSite.open(by: officer, site)
        casePath = "/cases/\(opened.id.text)"
        victim = opened.victim
        func act(_ path: String, _ fields: [String: String], _ account: TestAccount) throws -> String {
            let answer = try site.post(path, fields, as: account)
            guard let location = answer.location else {
                throw Fault("Nothing was done at \(path)", because: answer.text)
            }
            return location
        }
        meeting = try act(
            "/panels/marac/meetings/new",
            [
                "day-day": "23", "day-month": "6", "day-year": "2026", "starts-at": "10am", "ends-at": "12:30",
            ], coordinator)
        referral = try act(
            "\(casePath)/refer/marac",
            [
                "route": "judgement", "why": "He asked at Bramblewick", "victim": opened.victim.text,
                "perpetrator": opened.perpetrator.text, "happened-on-day": "30", "happened-on-month": "5",
                "happened-on-year": "2026", "criminal": "yes",
            ], officer)
        let review = try act(
            "/case-reviews/new",
            [
                "heading": "Noise at Teasel Court", "party-victim-given": "Ottoline",
                "party-victim-family": "Brackenbury",
                "application-happened-on-day": "1", "application-happened-on-month": "6",
                "application-happened-on-year": "2026", "application-by": "victim", "application-consent": "yes",
                "application-what": "Nobody came to Teasel Court", "application-came-by": "phone",
            ], officer)
        words = [
            "Zebedia", "Quillfeather", "Ambrose", "Wintergreen", "Bramblewick", "Ottoline", "Brackenbury", "Teasel",
            "Larkspur", "larkspur@", "Fennimore", "fennimore@", opened.reference, "MRC-", "ACR-", opened.id.text,
            opened.victim.text, opened.perpetrator.text, String(referral.suffix(36)), String(review.suffix(36)),
        ]
    }

    private static func open(
        by officer: TestAccount, _ site: TestSite
    ) throws -> (id: ID<CaseRecord>, reference: String, victim: ID<Person>, perpetrator: ID<Person>) {
        let occasion = Occasion(officer.actor, at: site.now, request: "test")
        return try site.site.database.write { connection in
            let people = PersonStore(roles: site.site.roles)
            func person(_ given: String, _ side: SubjectSide) throws -> ID<Person> {
                var details = PersonDetails()
                details[.givenName] = given
                details[.familyName] = "Quillfeather"
                return try people.create(
                    NewPerson(details, side: side), isChecked: true, on: occasion, in: connection
                ).get()
            }
            let (victim, perpetrator) = (try person("Zebedia", .victim), try person("Ambrose", .perpetrator))
            var answers = FormAnswers()
            for (code, text) in [
                "route": "judgement", "why": "She hid at Bramblewick", "immediate": "no", "aware": "yes",
            ] { answers[code] = [text] }
            var entry = NewEntry(try TestSite.code("referral"), answers)
            entry.happenedOn = site.now.ukDate
            let id = try site.site.cases.open(
                NewCase(
                    try TestSite.code("marac"), heading: "Wintergreen House",
                    parties: [
                        NewParty(try TestSite.code("victim"), victim),
                        NewParty(try TestSite.code("perpetrator"), perpetrator),
                    ], entries: [entry]), on: occasion, in: connection
            ).get()
            guard case .found(let view) = try site.site.cases.read(id, on: occasion, in: connection) else {
                throw Fault("The case was not found")
            }
            return (id, view.record.reference, victim, perpetrator)
        }
    }

    /// The secret part of the address of the co-ordinator's calendar.
    func calendar() throws -> String {
        let page = try site.post("/panels/calendar", ["act": "make"], as: coordinator)
        guard let token = page.between("/calendars/", "<") else { throw Fault("No address", because: page.text) }
        return token
    }

    /// The year ends, one person computes its figures, and another publishes them.
    func publish() throws {
        // From 1 June 2026 to 7 April 2027: 310 days.
        site.advance(seconds: 310 * 86_400)
        let analyst = try site.account(roles: ["analyst"], name: "Ann Fennimore")
        let lead = try site.account(roles: ["strategy-lead"], name: "Lee Larkspur")
        let computed = try site.post("/case-reviews/figures", ["year": "2027-03-31"], as: analyst)
        guard let path = computed.location else { throw Fault("Nothing was computed", because: computed.text) }
        let published = try site.post(path, [:], as: lead)
        guard published.location == "/case-reviews/published" else {
            throw Fault("Nothing was published", because: published.text)
        }
    }

    /// A path of a route: with what there is, or with what there is not.
    func path(_ pattern: String, isKnown: Bool) -> String {
        let known: [String: String] = [
            "case": String(casePath.suffix(36)), "person": victim.text, "meeting": String(meeting.suffix(36)),
            "referral": String(referral.suffix(36)), "account": officer.id.text, "subject": victim.text,
        ]
        return pattern.split(separator: "/", omittingEmptySubsequences: false).map { part in
            guard part.hasPrefix("{") else { return String(part) }
            let name = String(part.dropFirst().dropLast())
            if name == "panel" { return "marac" }
            if name == "token" || name == "provider" { return "unknown" }
            let unknown = "01890000-0000-7000-8000-000000000099"
            return isKnown ? known[name] ?? unknown : unknown
        }.joined(separator: "/")
    }

    /// What of the case, of its people and of who works on it stands in an answer, its fields included.
    func secrets(in answer: TestAnswer) -> [String] {
        let fields = answer.response.headers.fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        return words.filter { answer.text.contains($0) || fields.contains($0) }
    }
}
