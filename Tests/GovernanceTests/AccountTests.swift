import Kernel
import Storage
import Testing

@testable import Governance

@Suite("Accounts", .serialized)
struct AccountTests {
    private let store = AccountStore(rules: testRules)

    private func create(
        _ database: Database, _ details: AccountDetails = details(), by actor: Actor = admin
    ) throws -> Result<AccountRecord, AccountRefusal> {
        try database.write { try store.create(details, by: occasion(actor), in: $0) }
    }

    private func change(
        _ database: Database, _ account: AccountRecord, by actor: Actor = admin,
        _ edit: (inout AccountDetails) -> Void
    ) throws -> Result<AccountRecord, AccountRefusal> {
        var details = account.details
        edit(&details)
        return try database.write {
            try store.change(account.id, to: details, version: account.version, by: occasion(actor), in: $0)
        }
    }

    @Test("An account is made with all that is said of it, and read back the same", arguments: TestEngine.all)
    func create(engine: TestEngine) throws {
        try engine.use { database in
            var wanted = details(roles: ["officer", "intake"])
            wanted.teams = [code("asb"), code("noise")]
            wanted.panels = [PanelMembership(panel: code("marac"), from: june1, until: june1.advanced(by: 9))]
            wanted.side = .victim
            wanted.trainedUntil = june1.advanced(by: 100)
            let made = try create(database, wanted).get()
            #expect(made.status == .invited)
            #expect(made.version == 1)
            let read = try database.write { try store.account(made.id, by: occasion(admin), in: $0) }
            #expect(try read.get() == made)
            #expect(try read.get().details == wanted)
            #expect(try auditWords(database) == ["account-created permit", "read permit"])
        }
    }

    @Test("One address, in any case, has one account", arguments: TestEngine.all)
    func emailTaken(engine: TestEngine) throws {
        try engine.use { database in
            _ = try create(database).get()
            #expect(try create(database, details("JO.Bell@Council.EXAMPLE")).refusal == .emailTaken)
            #expect(try auditWords(database).last == "account-created deny email-taken")
            let other = try create(database, details("al@council.example")).get()
            #expect(try change(database, other) { $0.email = email("jo.bell@council.example") }.refusal == .emailTaken)
            #expect(try change(database, other) { $0.email = email("AL@council.example") }.refusal == nil)
        }
    }

    @Test("Who does not administer an agency makes no accounts there and sees none", arguments: TestEngine.all)
    func scope(engine: TestEngine) throws {
        try engine.use { database in
            let police = actor(["agency-admin"], agency: "police")
            #expect(try create(database, by: police).refusal == .notPermitted)
            #expect(try create(database, by: actor(["officer"])).refusal == .notPermitted)
            let account = try create(database).get()
            _ = try create(database, details("pc@police.example", agency: "police"), by: police).get()
            let read = { (actor: Actor) in
                try database.write { try store.account(account.id, by: occasion(actor), in: $0) }
            }
            #expect(try read(police).refusal == .noSuchAccount)
            #expect(try change(database, account, by: police) { $0.name = "X" }.refusal == .noSuchAccount)
            #expect(try read(actor(["officer"], id: account.id)).refusal == nil)
            let list = { (actor: Actor) in
                try database.write { try store.list(by: occasion(actor), in: $0).map(\.details.agency.text) }
            }
            #expect(try list(police) == ["police"])
            #expect(try list(admin) == ["council", "police"])
            #expect(try list(actor(["officer"])).isEmpty)
        }
    }

    @Test("An account cannot be moved to an agency that the actor does not administer", arguments: TestEngine.all)
    func move(engine: TestEngine) throws {
        try engine.use { database in
            let local = actor(["agency-admin"])
            let account = try create(database, by: local).get()
            #expect(try change(database, account, by: local) { $0.agency = code("police") }.refusal == .notPermitted)
        }
    }

    @Test("Pages of the list follow each other in the order of the addresses", arguments: TestEngine.all)
    func pages(engine: TestEngine) throws {
        try engine.use { database in
            let names = ["c", "a", "e", "B", "d"]
            for name in names { _ = try create(database, details("\(name)@council.example")).get() }
            var seen: [String] = []
            var last: EmailAddress?
            repeat {
                let page = try database.write { try store.list(after: last, limit: 2, by: occasion(admin), in: $0) }
                seen += page.map(\.details.email.folded)
                last = page.count == 2 ? page.last?.details.email : nil
            } while last != nil
            #expect(seen == ["a", "b", "c", "d", "e"].map { "\($0)@council.example" })
        }
    }

    @Test("Nobody changes their own roles, agency, dates or status; their name they may", arguments: TestEngine.all)
    func own(engine: TestEngine) throws {
        try engine.use { database in
            let account = try create(database, details(roles: ["admin"]), by: commandLine).get()
            let own = actor(["admin"], id: account.id)
            #expect(
                try change(database, account, by: own) { $0.roles.insert(RoleGrant(code("officer"), from: june1)) }
                    .refusal == .ownAccount)
            #expect(try change(database, account, by: own) { $0.vettedUntil = june1 }.refusal == .ownAccount)
            let closing = try database.write {
                try store.setStatus(account.id, disabled: true, version: 1, reason: "", by: occasion(own), in: $0)
            }
            #expect(closing.refusal == .ownAccount)
            #expect(try change(database, account, by: own) { $0.name = "Jo Bell-Smith" }.refusal == nil)
        }
    }

    @Test(
        "Roles that one person may not hold on one day are refused; after each other they are not",
        arguments: TestEngine.all)
    func conflicts(engine: TestEngine) throws {
        try engine.use { (database) throws in
            #expect(
                try create(database, details(roles: ["idva", "perpetrator-worker"])).refusal
                    == .conflictingRoles("idva and perpetrator-worker are held by different people"))
            var later = details()
            later.roles = [
                RoleGrant(code("idva"), from: june1, until: june1.advanced(by: 9)),
                RoleGrant(code("perpetrator-worker"), from: june1.advanced(by: 9)),
            ]
            #expect(try create(database, later).refusal != nil)
            later.roles = [
                RoleGrant(code("idva"), from: june1, until: june1.advanced(by: 9)),
                RoleGrant(code("perpetrator-worker"), from: june1.advanced(by: 10)),
            ]
            #expect(try create(database, later).refusal == nil)
        }
    }

    @Test("An administrator grants no role that he could not hold; the command line does", arguments: TestEngine.all)
    func grants(engine: TestEngine) throws {
        try engine.use { database in
            let auditor = details("audit@council.example", roles: ["auditor"])
            #expect(try create(database, auditor).refusal == .roleBeyondGranter(code("auditor")))
            let made = try create(database, auditor, by: commandLine).get()
            #expect(try change(database, made) { $0.name = "A. Other" }.refusal == nil)
            let officer = try create(database).get()
            #expect(
                try change(database, officer) { $0.roles = [RoleGrant(code("auditor"), from: june1)] }.refusal
                    == .roleBeyondGranter(code("auditor")))
        }
    }

    @Test("A change based on an older version is refused with the present one", arguments: TestEngine.all)
    func versions(engine: TestEngine) throws {
        try engine.use { database in
            let account = try create(database).get()
            let changed = try change(database, account) { $0.name = "Jo Bell-Smith" }.get()
            #expect(changed.version == 2)
            #expect(try change(database, account) { $0.name = "J. Bell" }.refusal == .changedMeanwhile(2))
            #expect(try auditWords(database).last == "account-changed deny changed-meanwhile")
        }
    }

    @Test("A change names the fields and keeps digests of before and after", arguments: TestEngine.all)
    func changeEntry(engine: TestEngine) throws {
        try engine.use { database in
            let account = try create(database).get()
            _ = try change(database, account) {
                $0.name = "X"
                $0.teams = [code("asb")]
            }.get()
            let entries = try database.write {
                try AuditView.page(AuditFilter(subject: AuditSubject(account.id)), by: occasion(admin), in: $0)
            }.records.map(\.entry)
            #expect(entries.map(\.act) == [.permission, .accountCreated])
            #expect(entries[0].object?.fields == ["name", "teams"])
            #expect(entries[0].object?.version == 2)
            #expect(entries[0].before == entries[1].after)
            #expect(entries[0].after != entries[0].before)
            #expect(entries[0].before?.count == 32)
        }
    }

    @Test(
        "A name that is none is refused",
        arguments: ["", "  ", "a\nb", "a\u{0}b", "a\u{2028}b", String(repeating: "x", count: 201)])
    func names(name: String) throws {
        try TestEngine.sqlite.use { (database) throws in
            var wanted = details()
            wanted.name = name
            #expect(try create(database, wanted).refusal == .notAName)
        }
    }

    @Test(
        "The first administrator is made once, by the command line, on an empty installation", arguments: TestEngine.all
    )
    func first(engine: TestEngine) throws {
        try engine.use { database in
            let make = { (actor: Actor) in
                try database.write {
                    try store.createFirstAdministrator(details(roles: ["admin"]), by: occasion(actor), in: $0)
                }
            }
            #expect(try make(admin).refusal == .notPermitted)
            let (account, link) = try make(commandLine).get()
            #expect(account.status == .invited)
            let found = try database.read { try store.account(ofLink: link, at: morning, in: $0) }
            #expect(try found.get().id == account.id)
            #expect(try make(commandLine).refusal == .accountsExist)
        }
    }

    @Test("Disabled and enabled: the status follows, and each asks for the version", arguments: TestEngine.all)
    func status(engine: TestEngine) throws {
        try engine.use { database in
            let account = try create(database).get()
            let set = { (disabled: Bool, version: Int64) in
                try database.write {
                    try store.setStatus(
                        account.id, disabled: disabled, version: version, reason: "Left", by: occasion(admin), in: $0)
                }
            }
            #expect(try set(false, 1).refusal == .wrongStatus(.invited))
            #expect(try set(true, 7).refusal == .changedMeanwhile(1))
            #expect(try set(true, 1).get().status == .disabled)
            #expect(try set(true, 2).refusal == .wrongStatus(.disabled))
            #expect(try set(false, 2).get().status == .invited)
        }
    }
}
