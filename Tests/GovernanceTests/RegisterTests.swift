import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance

@Suite("Register", .serialized)
struct RegisterTests {
    typealias W = AccessWorld
    typealias R = RegisterWorld
    let officer = W.worker("case-officer")

    @Test("A record comes back as it was put in", arguments: TestDatabase.engines)
    func roundTrip(_ engine: Engine) throws {
        let world = try R(engine)
        var facts = W.record("case", agency: "police", .sealed)
        facts.team = W.word("housing")
        facts.owner = W.account(3)
        facts.author = W.account(4)
        facts.side = .child
        facts.involved = [W.account(5), W.account(6)]
        facts.named = [W.account(5)]
        facts.conflicts = [W.account(7)]
        facts.shares = [
            .init(agency: W.word("fire"), from: W.today, until: W.today.advanced(by: 3), highest: .p2, gateway: "s115")
        ]
        facts.listings = [.init(panel: W.word("marac"), from: W.today, agencies: [W.word("fire"), W.word("police")])]
        facts.grants = [W.grant(W.account(8))]
        facts.glasses = [W.grant(W.account(9))]
        let entry = R.entry(1, facts, "O’Brien \u{1F600}")

        try world.put([entry])

        let back = try world.database.read { try RegisterRows.entry(entry.id, now: W.now, in: $0) }
        #expect(back == entry)
        let later = W.now.advanced(bySeconds: 3600)
        #expect(try world.database.read { try RegisterRows.entry(entry.id, now: later, in: $0) }?.facts.glasses == [])
    }

    @Test("Hidden and absent records give the same answer and the same traces", arguments: TestDatabase.engines)
    func hiddenIsAbsent(_ engine: Engine) throws {
        let world = try R(engine)
        var sealed = W.record("case", .sealed)
        sealed.owner = officer.account
        var conflict = W.record("case")
        conflict.conflicts = [officer.account]
        try world.put([
            R.entry(1, sealed), R.entry(2, conflict), R.entry(3, W.record("case", .restricted)),
            R.entry(4, W.record("case", agency: "police")),
        ])
        var sizes: [Int] = []
        for number in 1...5 {
            try world.write { connection in
                let register = world.register
                let id = R.id(number)
                let occasion = world.occasion(officer)
                #expect(try register.find(id, on: occasion, in: connection) == .absent)
                #expect(try register.find(id, for: .update, .p0, on: occasion, in: connection) == .absent)
                let change = try register.change(id, on: occasion, in: connection) { $0.title = "mine" }
                #expect(change == .failure(.absent))
                let glass = try register.breakGlass(
                    of: id, .other, reason: "short", administrators: W.word("administrator"), on: occasion,
                    in: connection)
                #expect(glass == .failure(.absent))
                let removal = try register.remove(
                    id, agreedBy: W.worker("supervisor", number: 2), reason: "", on: occasion, in: connection)
                #expect(throws: RegisterRefusal.absent) { try removal.get() }
                #expect(
                    try register.recipients(of: id, among: [officer], now: W.now, in: connection).isEmpty)
            }
            sizes.append(try world.words().count)
        }
        #expect(sizes == [5, 10, 15, 20, 25])
        let page = try world.write { try world.register.list(W.word("case"), on: world.occasion(officer), in: $0) }
        #expect(page == RegisterPage(items: [], masked: [], next: nil))
    }

    @Test("Pages show what may be seen, and the next one does not tell of the rest", arguments: TestDatabase.engines)
    func pages(_ engine: Engine) throws {
        let world = try R(engine)
        try world.put((1...450).map { R.entry($0, W.record("case", $0 % 3 == 0 ? .restricted : .normal)) })
        var seen: [ID<Registered>] = []
        var cursor: ID<Registered>?
        repeat {
            let page = try world.write {
                try world.register.list(
                    W.word("case"), after: cursor, limit: 100, on: world.occasion(officer), in: $0)
            }
            seen += page.items.map(\.id)
            cursor = page.next
        } while cursor != nil
        #expect(seen == (1...450).reversed().filter { $0 % 3 != 0 }.map(R.id))
        let count = try world.write { try world.register.count(W.word("case"), on: world.occasion(officer), in: $0) }
        #expect(count == 300)
    }

    @Test("The last page is the last even when hidden records follow", arguments: TestDatabase.engines)
    func lastPage(_ engine: Engine) throws {
        let world = try R(engine)
        try world.put((1...9).map { R.entry($0, W.record("case", $0 <= 5 ? .restricted : .normal)) })
        let page = try world.write {
            try world.register.list(W.word("case"), limit: 4, on: world.occasion(officer), in: $0)
        }
        #expect(page.items.count == 4)
        #expect(page.next == nil)
    }

    @Test("A search compares titles only for those who may see them", arguments: TestDatabase.engines)
    func search(_ engine: Engine) throws {
        let world = try R(engine)
        var protected = W.record("person", agency: "police", .protected)
        protected.side = .victim
        var shared = W.record("person", agency: "police")
        shared.shares = [.init(agency: W.word("council"), from: W.today, highest: .p0)]
        var deep = shared
        deep.shares = [.init(agency: W.word("council"), from: W.today, highest: .p1)]
        try world.put([
            R.entry(1, W.record("person"), "Ann  EXAMPLE"), R.entry(2, protected, "Ann Example"),
            R.entry(3, shared, "Ann Example"), R.entry(4, deep, "Ann Example"),
            R.entry(5, W.record("person"), "Bo 100%"),
            R.entry(6, W.record("person", .restricted), "Ann Example"),
        ])
        func search(_ text: String, reason: String? = nil) throws -> RegisterPage {
            try world.write {
                try world.register.search(
                    text, W.word("person"), reason: reason, on: world.occasion(officer), in: $0)
            }
        }
        #expect(try search("nn exam").items.map(\.id) == [R.id(1)])
        #expect(try search("nn exam").masked.isEmpty)
        let across = try search("ANN EXAMPLE", reason: "a call from her sister")
        #expect(across.items.map(\.id) == [R.id(4), R.id(1)])
        #expect(across.masked == [.init(id: R.id(2), kind: W.word("person"), agency: W.word("police"), title: nil)])
        #expect(try search("ANN EXAMPLE", reason: "  ").masked.isEmpty)
        #expect(try search("0%").items.map(\.id) == [R.id(5)])
        #expect(try search("_nn").items.isEmpty)
        #expect(try search("a").items.isEmpty)
        #expect(try search("' OR 1=1 --").items.isEmpty)
    }

    @Test("A title above what is asked for or shared does not come along", arguments: TestDatabase.engines)
    func titles(_ engine: Engine) throws {
        let world = try R(engine)
        var shared = W.record("case", agency: "police")
        shared.shares = [.init(agency: W.word("council"), from: W.today, highest: .p0)]
        try world.put([R.entry(1, shared), R.entry(2, W.record("case"))])
        try world.write { connection in
            let occasion = world.occasion(officer)
            let page = try world.register.list(W.word("case"), on: occasion, in: connection)
            #expect(page.items.map(\.title) == ["Ann Example", nil])
            guard case .found(let entry, _) = try world.register.find(R.id(1), .p0, on: occasion, in: connection)
            else { return #expect(Bool(false), "it is shared") }
            #expect(entry.title.isEmpty)
            #expect(try world.register.find(R.id(1), on: occasion, in: connection) != .absent)
            var titles: [String] = []
            let supervisor = world.occasion(W.worker("supervisor"))
            let count = try world.register.export(W.word("case"), .p0, reason: nil, on: supervisor, in: connection) {
                titles.append($0.title)
            }
            #expect(count == .success(1))
            #expect(titles == [""])
            let refused = try world.register.export(
                W.word("case"), .p1, reason: nil, on: supervisor, in: connection
            ) { _ in }
            #expect(refused == .failure(.reasonNeeded))
        }
    }

    @Test("What is changed decides which right it takes", arguments: TestDatabase.engines)
    func rights(_ engine: Engine) throws {
        let world = try R(engine)
        try world.put([R.entry(1, W.record("report")), R.entry(2, W.record("case"))])
        func change(
            _ number: Int, _ actor: Actor, reason: String? = nil, _ body: (inout RegisterEntry) -> Void
        ) throws -> Result<RegisterEntry, RegisterRefusal> {
            try world.write {
                try world.register.change(
                    R.id(number), reason: reason, on: world.occasion(actor), in: $0, body)
            }
        }
        let denied = Result<RegisterEntry, RegisterRefusal>.failure(.denied(.noPermission))
        let share = RecordFacts.Share(agency: W.word("fire"), from: W.today, highest: .p2)
        let supervisor = W.worker("supervisor", number: 2)
        #expect(try change(1, officer) { $0.facts.shares = [share] } == denied)
        #expect(try change(2, officer) { $0.facts.recordClass = .restricted } == denied)
        #expect(try change(2, officer) { $0.facts.side = .perpetrator } == denied)
        #expect(try change(2, officer) { $0.facts.agency = W.word("fire") }.isSuccess)
        try world.put([R.entry(3, W.record("case"))])
        #expect(try change(3, officer) { $0.facts.shares = [share] }.isSuccess)
        #expect(try change(3, officer) { $0.facts.conflicts = [W.account(5)] }.isSuccess)
        #expect(try change(3, officer) { $0.facts.conflicts = [] } == denied)
        #expect(try change(3, supervisor) { $0.facts.conflicts = [] } == .failure(.reasonNeeded))
        #expect(try change(3, supervisor, reason: "declared in error") { $0.facts.conflicts = [] }.isSuccess)
        let forged = try change(3, officer) {
            $0.facts.glasses = [W.grant(W.account(1))]
            $0.facts.author = W.account(9)
            $0.facts.kind = W.word("plan")
        }.get()
        #expect(forged.facts.glasses.isEmpty && forged.facts.author == nil && forged.facts.kind == W.word("case"))
    }

    @Test("A change of a version that is no longer there is refused", arguments: TestDatabase.engines)
    func versions(_ engine: Engine) throws {
        let world = try R(engine)
        try world.put([R.entry(1, W.record("case"))])
        func change(_ version: Int64) throws -> Result<RegisterEntry, RegisterRefusal> {
            try world.write {
                try world.register.change(R.id(1), version: version, on: world.occasion(officer), in: $0) {
                    $0.title = "Other"
                }
            }
        }
        #expect(try change(1).isSuccess)
        #expect(try change(1) == .failure(.changedMeanwhile(2)))
        #expect(try change(2).isSuccess)
    }

    @Test("A change of many records changes none when one may not be changed", arguments: TestDatabase.engines)
    func bulk(_ engine: Engine) throws {
        let world = try R(engine)
        try world.put([
            R.entry(1, W.record("case")), R.entry(2, W.record("case", .restricted)), R.entry(3, W.record("case")),
        ])
        let result = try world.write {
            try world.register.changeAll([R.id(1), R.id(2), R.id(3)], on: world.occasion(officer), in: $0) {
                $0.facts.owner = W.account(9)
            }
        }
        #expect(result == .failure(.absent))
        let owners = try world.database.read { connection in
            try (1...3).map { try RegisterRows.entry(R.id($0), now: W.now, in: connection)?.facts.owner }
        }
        #expect(owners == [nil, nil, nil])
        #expect(try world.words() == ["denied deny bulk-refused"])
    }

    @Test("A new record is refused to those who may not make one, or give it away", arguments: TestDatabase.engines)
    func adding(_ engine: Engine) throws {
        let world = try R(engine)
        func add(_ number: Int, _ facts: RecordFacts, _ actor: Actor) throws -> Bool {
            try world.write {
                try world.register.add(R.entry(number, facts), .p2, on: world.occasion(actor), in: $0).isSuccess
            }
        }
        var shared = W.record("case")
        shared.shares = [.init(agency: W.word("fire"), from: W.today, highest: .p2)]
        var listed = W.record("case")
        listed.listings = [.init(panel: W.word("marac"), from: W.today)]
        let intake = W.worker("intake")
        #expect(try add(1, W.record("case"), officer))
        #expect(try add(2, W.record("case", .sealed), intake))
        #expect(try add(3, shared, officer))
        #expect(try !add(4, shared, intake))
        #expect(try !add(5, listed, intake))
        #expect(try !add(6, W.record("case", agency: "police"), officer))
        #expect(try !add(7, W.record("report"), officer))
        let author = try world.database.read { try RegisterRows.entry(R.id(1), now: W.now, in: $0) }?.facts.author
        #expect(author == officer.account)
        #expect(
            try world.words() == [
                "create permit -", "create permit -", "create permit -", "denied deny no-permission",
                "denied deny no-permission", "denied deny no-permission", "denied deny no-permission",
            ])
    }

    @Test("Deleting takes a reason and a second person who may", arguments: TestDatabase.engines)
    func deleting(_ engine: Engine) throws {
        let world = try R(engine)
        var facts = W.record("assessment")
        facts.agency = W.word("council")
        try world.put([RegisterEntry(R.id(1), facts, title: "2026", titleClass: .p0)])
        func remove(_ second: Actor, _ reason: String) throws -> RegisterRefusal? {
            try world.write {
                try world.register.remove(
                    R.id(1), agreedBy: second, reason: reason, on: world.occasion(W.worker("analyst")), in: $0
                ).failure
            }
        }
        #expect(try remove(W.worker("analyst", number: 2), " ") == .reasonNeeded)
        #expect(try remove(W.worker("analyst"), "made twice") == .secondPersonNeeded)
        #expect(try remove(W.worker("intake", number: 2), "made twice") == .secondPersonNeeded)
        #expect(try remove(W.worker("analyst", number: 2), "made twice") == nil)
        #expect(try world.database.read { try RegisterRows.entry(R.id(1), now: W.now, in: $0) } == nil)
    }

    @Test("Who declares a conflict loses the record, and its agency is told", arguments: TestDatabase.engines)
    func conflict(_ engine: Engine) throws {
        let world = try R(engine)
        try world.put([R.entry(1, W.record("case"))])
        try world.write { connection in
            let occasion = world.occasion(officer)
            for number in [1, 1, 2] {
                try world.register.declareConflict(with: R.id(number), on: occasion, in: connection)
            }
            #expect(try world.register.find(R.id(1), on: occasion, in: connection) == .absent)
            let told = try RegisterNotice.sent(to: W.word("council"), roles: [], since: W.now, in: connection)
            #expect(told.map(\.kind) == [.conflictDeclared, .conflictDeclared])
        }
    }

    @Test("What is read, listed and refused is in the audit with its records", arguments: TestDatabase.engines)
    func audited(_ engine: Engine) throws {
        let world = try R(engine)
        try world.put([R.entry(1, W.record("case")), R.entry(2, W.record("case", .restricted))])
        try world.write { connection in
            let occasion = world.occasion(officer)
            _ = try world.register.find(R.id(1), .p2, on: occasion, in: connection)
            _ = try world.register.find(R.id(2), on: occasion, in: connection)
            _ = try world.register.find(R.id(3), on: occasion, in: connection)
            _ = try world.register.list(W.word("case"), on: occasion, in: connection)
            _ = try world.register.search("ann", W.word("case"), on: occasion, in: connection)
        }
        #expect(
            try world.words() == [
                "read permit -", "denied deny restricted", "denied deny absent", "list permit -", "search permit -",
            ])
        let query: String? = try world.database.read {
            try $0.first("SELECT query FROM audit_entries WHERE seq = 5")?.optional("query")
        }
        #expect(query == "ann")
        let subjects = try world.database.read {
            try $0.rows("SELECT seq, subject FROM audit_subjects ORDER BY seq").map {
                "\(try $0.get("seq", as: Int.self)) \(try $0.get("subject", as: String.self))"
            }
        }
        #expect(subjects == ["1 \(R.id(1))", "4 \(R.id(1))", "5 \(R.id(1))"])
    }

    @Test("Only those are told of a record who may read it", arguments: TestDatabase.engines)
    func recipients(_ engine: Engine) throws {
        let world = try R(engine)
        var facts = W.record("case")
        facts.conflicts = [W.account(2)]
        try world.put([R.entry(1, facts)])
        let all = [
            officer, W.worker("case-officer", number: 2), W.worker("case-officer", number: 3, agency: "police"),
            W.worker("intake", number: 4),
        ]
        let told = try world.database.read {
            try world.register.recipients(of: R.id(1), among: all, now: W.now, in: $0)
        }
        #expect(told == [officer])
    }
}

extension Result {
    var isSuccess: Bool { if case .success = self { true } else { false } }
    var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
