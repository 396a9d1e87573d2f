import Casework
import Files
import Governance
import Instruments
import Kernel
import People
import Rules
import Storage
import TestDatabases

@testable import CaseReview

/// Reviews on cases of a test's own, with the shipped roles, rules and case types.
struct ReviewWorld {
    /// 1 June 2026, 10:00 in London: a Monday.
    static let now = Instant(milliseconds: 1_780_304_400_000)

    let database: Database
    let reviews: CaseReviewCases
    let figures: CaseReviewStore
    let people: PersonStore
    private let test: TestDatabase

    /// - Parameter own: the partnership's own rules, as `(key, value in JSON, first day)`.
    init(_ engine: Engine, rules own: [(key: String, value: String, from: String)] = []) throws {
        test = try TestDatabase(
            engine,
            migrations: AuditTables.migrations + AccountTables.migrations + RegisterTables.migrations
                + PeopleTables.migrations
                + CaseTables.migrations + CaseReviewTables.migrations)
        database = test.database
        let definitions = "\(Shipped.root)/Definitions"
        let roles = try RoleCatalogue(DefinitionFile(path: "\(definitions)/roles/default.json"))
        people = PersonStore(roles: roles)
        figures = CaseReviewStore(roles: roles)
        reviews = CaseReviewCases(
            try CaseStore(
                roles: roles, catalogue: CaseCatalogue(folder: "\(definitions)/case-types"),
                instruments: InstrumentCatalogue(folder: "\(definitions)/instruments"), policy: Shipped.rules(own),
                calendar: Shipped.calendar()))
    }

    /// The same cases under other rules, as after a partnership changed its file.
    func under(_ rules: PolicyRules) throws -> CaseReviewCases {
        let old = reviews.cases
        return CaseReviewCases(
            try CaseStore(
                roles: old.register.roles, catalogue: old.catalogue, instruments: old.instruments, policy: rules,
                calendar: old.calendar))
    }

    static func actor(_ number: Int, _ role: String, agency: String = "council") throws -> Actor {
        Actor(
            kind: .person, account: try id(number), name: "Worker \(number)", agency: try word(agency),
            roles: [try word(role)], side: .victim, secondFactorAt: now)
    }

    func occasion(_ role: String = "supervisor", agency: String = "council", at now: Instant = now) throws -> Occasion {
        let number = ["supervisor": 1, "case-officer": 2, "analyst": 3, "strategy-lead": 4][role] ?? 9
        return Occasion(try ReviewWorld.actor(number, role, agency: agency), at: now, request: "test")
    }

    /// An application, written down at a time; received on that day or on an earlier one.
    func apply(
        _ given: [String: String] = [:], on day: String? = nil, at now: Instant = now
    ) throws -> ID<CaseRecord> {
        let received = try day.map { try CaseReviewTests.day($0) } ?? now.ukDate
        let answers = ["by": "victim", "consent": "yes", "what": "Noise", "came-by": "phone"].merging(given) { $1 }
        return try database.write { connection in
            let occasion = try occasion(at: now)
            var details = PersonDetails()
            details[.givenName] = "Ada"
            details[.familyName] = "Achebe"
            let person = try people.create(
                NewPerson(details, side: .victim), isChecked: true, on: occasion, in: connection
            ).get()
            return try reviews.cases.open(
                NewCase(
                    word("case-review"), heading: "A review", parties: [NewParty(word("victim"), person)],
                    entries: [entry("application", answers, on: received)]), on: occasion, in: connection
            ).get()
        }
    }

    func entry(_ form: String, _ given: [String: String], on day: LocalDate) throws -> NewEntry {
        var answers = FormAnswers()
        for (code, text) in given {
            answers[code] = code == "there" ? text.split(separator: " ").map(String.init) : [text]
        }
        var entry = NewEntry(try word(form), answers)
        entry.happenedOn = day
        return entry
    }

    @discardableResult
    func fill(
        _ form: String, _ given: [String: String], in id: ID<CaseRecord>, on day: String? = nil, at now: Instant = now
    ) throws -> Result<ID<CaseEntry>, CaseRefusal> {
        try database.write {
            try reviews.fill(
                entry(form, given, on: day.map { try CaseReviewTests.day($0) } ?? now.ukDate), in: id,
                on: occasion(at: now), in: $0)
        }
    }

    /// Corrects what was filled in.
    @discardableResult
    func correct(
        _ old: ID<CaseEntry>, _ form: String, _ given: [String: String], in id: ID<CaseRecord>, on day: String? = nil
    ) throws -> ID<CaseEntry> {
        var entry = try entry(form, given, on: day.map { try CaseReviewTests.day($0) } ?? ReviewWorld.now.ukDate)
        entry.supersedes = old
        let corrected = entry
        return try database.write { try reviews.fill(corrected, in: id, on: occasion(), in: $0).get() }
    }

    /// A complaint of the victim to the council, on the day on which it happened.
    @discardableResult
    func complain(
        _ day: String, in id: ID<CaseRecord>, _ more: [String: String] = [:], at now: Instant = now
    ) throws -> ID<CaseEntry> {
        let given = ["made": day, "to": "council", "what": "Music"].merging(more) { $1 }
        return try fill("complaint", given, in: id, on: day, at: now).get()
    }

    func keepCount(of id: ID<CaseRecord>, at now: Instant = now) throws -> KeptCaseReviewCount {
        try database.write { try reviews.keepCount(of: id, on: occasion(at: now), in: $0).get() }
    }

    func record(
        _ id: ID<CaseRecord>, _ role: String = "supervisor", agency: String = "council", at now: Instant = now
    ) throws -> CaseReviewRecord? {
        let found = try database.write { try reviews.read(id, on: occasion(role, agency: agency, at: now), in: $0) }
        if case .found(let record) = found { return record }
        return nil
    }

    /// Tries a step; what stands in its way, nothing when it was made.
    func attempt(
        _ move: CaseReviewMove, _ id: ID<CaseRecord>, reason: String? = nil, _ form: String? = nil,
        _ given: [String: String] = [:], at now: Instant = now
    ) throws -> [String] {
        guard let from = try record(id)?.state else { throw Fault("no review") }
        let result = try database.write {
            try reviews.move(
                id, by: move, from: from, reason: reason, entry: form.map { try entry($0, given, on: now.ukDate) },
                on: occasion(at: now), in: $0)
        }
        switch result {
        case .success: return []
        case .failure(.problems(let problems)): return problems.map(\.says)
        case .failure(.gates(let gates)): return gates.map(\.says)
        case .failure(let refusal): return ["\(refusal)"]
        }
    }

    /// Makes a step.
    func go(
        _ move: CaseReviewMove, _ id: ID<CaseRecord>, reason: String? = nil, _ form: String? = nil,
        _ given: [String: String] = [:], at now: Instant = now
    ) throws {
        let says = try attempt(move, id, reason: reason, form, given, at: now)
        guard says.isEmpty else { throw Fault("\(move) was refused", because: says.joined(separator: "; ")) }
    }

    /// Brings an application to where its complaints are counted.
    func bringToRecords(_ id: ID<CaseRecord>, complaints: [String], at now: Instant = now) throws {
        try go(.acknowledge, id, "acknowledgement", ["contact-person": "Sam", "explained": "yes"], at: now)
        _ = try fill(
            "validity", ["area": "yes", "asb": "yes", "reviewed-before": "no", "reason": "All here"], in: id, at: now
        ).get()
        try go(.validate, id, at: now)
        for day in complaints { try complain(day, in: id, at: now) }
        try go(.askRecords, id, at: now)
    }

    /// Every relevant body's view.
    func views(_ view: String, in id: ID<CaseRecord>) throws {
        for body in ["council", "police", "health"] {
            _ = try fill("body-view", ["body": body, "counted": "1", "view": view, "response": "A visit"], in: id).get()
        }
    }

    /// Holds the review of an application whose threshold is decided.
    func holdReview(_ id: ID<CaseRecord>, recommends: Bool, at now: Instant = now) throws {
        _ = try fill("participation", ["how": "in-person"], in: id, at: now).get()
        try go(.arrange, id, at: now)
        try go(
            .review, id, "review-meeting", ["chair": "Jo", "there": "council police", "found": "Nobody led"], at: now)
        if recommends {
            _ = try fill(
                "recommendation", ["to": "council", "text": "Name one officer", "due": "2027-01-31"], in: id, at: now
            ).get()
        }
    }
}
