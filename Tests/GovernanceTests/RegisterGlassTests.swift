import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance

@Suite("Register: broken glasses", .serialized)
struct RegisterGlassTests {
    typealias W = AccessWorld
    typealias R = RegisterWorld
    static let administrators: Code<Role> = W.word("administrator")
    static let reason = "Husband released early, children at home"
    let officer = W.worker("case-officer")

    private func world(_ engine: Engine) throws -> R {
        let world = try R(engine)
        try world.put((1...4).map { R.entry($0, W.record("person", agency: "police", .protected)) })
        return world
    }

    private func breakGlass(
        _ world: R, _ number: Int, _ actor: Actor, reason: String = reason, at now: Instant = W.now
    ) throws -> Result<BrokenGlass, RegisterRefusal> {
        try world.write {
            try world.register.breakGlass(
                of: R.id(number), .riskToLife, reason: reason, administrators: Self.administrators,
                on: world.occasion(actor, at: now), in: $0)
        }
    }

    private func finds(_ world: R, _ number: Int, _ actor: Actor, at now: Instant = W.now) throws -> RegisterFinding {
        var actor = actor
        actor.secondFactorAt = now
        return try world.write {
            try world.register.find(R.id(number), .p2, on: world.occasion(actor, at: now), in: $0)
        }
    }

    private func isFound(_ finding: RegisterFinding) -> Bool { if case .found = finding { true } else { false } }

    @Test("A broken glass opens one record to one person for three hours", arguments: TestDatabase.engines)
    func opens(_ engine: Engine) throws {
        let world = try world(engine)
        guard case .refused(let item, .glass) = try finds(world, 1, officer) else {
            return #expect(Bool(false), "it must be refused, and known")
        }
        #expect(item.title == nil && item.agency == W.word("police"))

        let glass = try breakGlass(world, 1, officer).get()

        #expect(glass.until == W.now.advanced(bySeconds: 10_800))
        // 1 June 2026 is a Monday.
        #expect(glass.reviewBy.description == "2026-06-03")
        #expect(isFound(try finds(world, 1, officer)))
        #expect(isFound(try finds(world, 1, officer, at: W.now.advanced(bySeconds: 10_799))))
        #expect(!isFound(try finds(world, 1, officer, at: W.now.advanced(bySeconds: 10_800))))
        #expect(!isFound(try finds(world, 2, officer)))
        #expect(!isFound(try finds(world, 1, W.worker("case-officer", number: 2))))
    }

    @Test("The agency that holds the record and the administrators are told at once", arguments: TestDatabase.engines)
    func told(_ engine: Engine) throws {
        let world = try world(engine)
        let glass = try breakGlass(world, 1, officer).get()
        try world.database.read { connection in
            let police = try RegisterNotice.sent(to: W.word("police"), roles: [], since: W.now, in: connection)
            #expect(police.map(\.kind) == [.glassBroken])
            #expect(police.map(\.glass) == [glass.id] && police.map(\.record) == [R.id(1)])
            let spoc = try RegisterNotice.sent(
                to: W.word("fire"), roles: [Self.administrators], since: W.now, in: connection)
            #expect(spoc.map(\.kind) == [.glassBroken])
            #expect(try RegisterNotice.sent(to: W.word("fire"), roles: [], since: W.now, in: connection).isEmpty)
        }
        #expect(try world.words() == ["break-glass permit -"])
        let kept: String = try world.database.read {
            try $0.first("SELECT reason FROM audit_entries")?.get("reason") ?? ""
        }
        #expect(kept == Self.reason)
    }

    @Test("A reason of 19 characters is too short, however many spaces it has", arguments: TestDatabase.engines)
    func reasons(_ engine: Engine) throws {
        let world = try world(engine)
        for short in ["", "   ", "Risk to life today.", "Risk      to      life\n\n  today."] {
            #expect(try breakGlass(world, 1, officer, reason: short) == .failure(.reasonTooShort))
        }
        #expect(try breakGlass(world, 1, officer, reason: "Risk to life to-day.").isSuccess)
        #expect(!isFound(try finds(world, 2, officer)))
    }

    @Test("A glass that is open is not prolonged, and tells nobody twice", arguments: TestDatabase.engines)
    func again(_ engine: Engine) throws {
        let world = try world(engine)
        let first = try breakGlass(world, 1, officer).get()
        var later = officer
        later.secondFactorAt = W.now.advanced(bySeconds: 3600)
        let second = try breakGlass(world, 1, later, at: W.now.advanced(bySeconds: 3600)).get()
        #expect(second == first)
        let told = try world.database.read {
            try RegisterNotice.sent(to: W.word("police"), roles: [], since: W.now, in: $0)
        }
        #expect(told.count == 1)
    }

    @Test("The third glass within 30 days raises an alarm", arguments: TestDatabase.engines)
    func alarm(_ engine: Engine) throws {
        let world = try world(engine)
        func alarms() throws -> Int {
            try world.database.read {
                try RegisterNotice.sent(to: W.word("none"), roles: [Self.administrators], since: W.now, in: $0)
            }.count { $0.kind == .glassesRepeated }
        }
        _ = try breakGlass(world, 1, officer)
        _ = try breakGlass(world, 2, officer)
        _ = try breakGlass(world, 3, W.worker("case-officer", number: 2))
        #expect(try alarms() == 0)
        var later = officer
        let month = W.now.advanced(bySeconds: 30 * 86_400)
        later.secondFactorAt = month
        _ = try breakGlass(world, 3, later, at: month)
        #expect(try alarms() == 0)
        _ = try breakGlass(world, 4, officer)
        #expect(try alarms() == 1)
    }

    @Test("Someone else reviews, once, with a note; misuse is told to the agency", arguments: TestDatabase.engines)
    func reviews(_ engine: Engine) throws {
        let world = try world(engine)
        var both = officer
        both.roles.insert(W.word("administrator"))
        let administrator = W.worker("administrator", number: 7, agency: "police")
        let glass = try breakGlass(world, 1, both).get()
        func review(_ actor: Actor, note: String = "No risk recorded") throws -> RegisterRefusal? {
            try world.write {
                try world.register.review(glass.id, .misuse, note: note, on: world.occasion(actor), in: $0).failure
            }
        }
        func open() throws -> [BrokenGlass] {
            try world.write {
                try world.register.brokenGlasses(
                    since: W.now.advanced(bySeconds: 1), on: world.occasion(administrator), in: $0)
            }
        }
        #expect(try review(both) == .denied(.ownWork))
        #expect(try review(officer) == .absent)
        #expect(try review(administrator, note: " ") == .reasonNeeded)
        #expect(try open() == [glass])
        #expect(try review(administrator) == nil)
        #expect(try review(administrator) == .reviewed)
        #expect(try open().isEmpty)
        let told = try world.database.read {
            try RegisterNotice.sent(to: W.word("council"), roles: [], since: W.now, in: $0)
        }
        #expect(told.map(\.kind) == [.misuse])
        let list = try world.write {
            try world.register.brokenGlasses(since: W.now, on: world.occasion(administrator), in: $0)
        }
        #expect(list.map(\.review?.outcome) == [.misuse])
        #expect(list.map(\.review?.reviewer) == [administrator.account])
        let unseen = try world.write {
            try world.register.brokenGlasses(since: W.now, on: world.occasion(officer), in: $0)
        }
        #expect(unseen.isEmpty)
    }

    @Test("What was broken stays known when the record is gone", arguments: TestDatabase.engines)
    func outlives(_ engine: Engine) throws {
        let world = try world(engine)
        let glass = try breakGlass(world, 1, officer).get()
        try world.write { try RegisterRows.delete(R.id(1), in: $0) }
        let kept = try world.database.read { try GlassRows.glass(glass.id, in: $0) }
        #expect(kept == glass)
    }
}
