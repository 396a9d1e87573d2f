import Files
import Governance
import Kernel
import Rules
import Storage
import Testing

@testable import Enforcement

@Suite("Breaches that are offences", .serialized)
struct OrderOffenceTests {
    typealias W = EnforcementWorld

    /// 2014 Act s.48; Sentencing Act 2020 s.339; Domestic Abuse Act 2021 s.39; Family Law Act 1996 s.42A; the breach of an
    /// injunction, of a domestic violence protection order and of either notice is contempt or leads to the court alone.
    @Test("The types say whether a breach is an offence of the person, and by which section")
    func shipped() throws {
        let types = try Law.shipped().types
        func section(_ code: String) -> String? { types[Law.code(code)]?.offence?.text }
        #expect(section("cpn") == "Anti-social Behaviour, Crime and Policing Act 2014, s.48")
        #expect(section("cbo")?.hasPrefix("Sentencing Act 2020, s.339") == true)
        #expect(section("dapo") == "Domestic Abuse Act 2021, s.39")
        #expect(section("non-molestation") == "Family Law Act 1996, s.42A")
        #expect(section("respect-order")?.hasPrefix("Crime and Policing Act 2026") == true)
        #expect(types[Law.code("respect-order")]?.offence?.standing == .assumption)
        for code in [
            "injunction", "housing-injunction", "youth-injunction", "dvpn", "dvpo", "dapn", "gang-injunction", "s222",
            "occupation", "abc", "warning", "cpw", "nosp", "demotion",
        ] {
            #expect(types[Law.code(code)] != nil && section(code) == nil, "\(code)")
        }
        // What anyone may breach is no offence of whom or what the order is about.
        for code in ["pspo", "closure-notice", "closure-order", "dispersal"] { #expect(section(code) == nil) }
        for type in types.all where type.breach == .criminal && type.subjects.contains(.person) {
            #expect(type.offence != nil, "\(type.code)")
        }
    }

    private func breached(
        _ type: String, _ stage: OrderBreach.Stage?, at: String = "2025-03-01 10:00"
    ) throws -> Order {
        let law = try Law.shipped()
        var order = try Law.made(type, born: "1990-01-01", at: "2025-02-01 10:00", to: nil, law)
        try order.enter(
            OrderBreach(at: try uk(at), what: "W", evidence: "E", stage: stage, enteredAt: try uk("2025-03-02 10:00")),
            law)
        return order
    }

    @Test(
        "A breach is an offence from its charge, its admission or the conviction on",
        arguments: [
            (nil, 0), (.charged, 1), (.admitted, 1), (.convicted, 1), (.notProved, 0), (.noAction, 0),
        ] as [(OrderBreach.Stage?, Int)])
    func stages(stage: OrderBreach.Stage?, count: Int) throws {
        let type = try #require(try Law.shipped().types[Law.code("cbo")])
        #expect(try breached("cbo", stage).offences(type).count == count)
    }

    @Test("What came of a breach is followed, and an outcome that its type cannot have is refused")
    func followed() throws {
        let law = try Law.shipped()
        let type = try #require(law.types[Law.code("cbo")])
        var order = try breached("cbo", nil)
        try order.follow(breach: 0, to: .charged, outcome: "Charged", toCourt: nil, law)
        #expect(try order.offences(type) == [uk("2025-03-01 10:00")])
        try order.follow(breach: 0, to: .notProved, outcome: "", toCourt: try uk("2025-04-01 10:00"), law)
        #expect(order.offences(type).isEmpty && order.breaches[0].outcome == "Charged")
        #expect(throws: OrderRefusal.self) {
            try order.follow(breach: 1, to: .charged, outcome: "", toCourt: nil, law)
        }
        #expect(throws: OrderRefusal.self) {
            try order.follow(breach: 0, to: .proved, outcome: "", toCourt: nil, law)
        }
        // Contempt is admitted or proved, and no offence either way.
        let injunction = try #require(law.types[Law.code("injunction")])
        #expect(throws: OrderRefusal.self) { try breached("injunction", .convicted) }
        for stage in [OrderBreach.Stage.admitted, .proved] {
            #expect(try breached("injunction", stage).offences(injunction).isEmpty)
        }
        // An undertaking is contempt, whatever the order would have been.
        var undertaking = try breached("cbo", .charged)
        undertaking.isUndertaking = true
        #expect(undertaking.offences(type).isEmpty && undertaking.breachStages(type).contains(.proved))
    }

    @Test(
        "Who counts the partnership's orders counts offences of these people, without restricted and sealed orders",
        arguments: Engine.allCases)
    func counted(engine: Engine) throws {
        let world = try W(engine)
        func put(_ number: Int, _ person: Int, _ recordClass: RecordClass, _ stage: OrderBreach.Stage?) throws {
            var order = try breached("cbo", stage, at: "2025-03-01 0\(number % 10):00")
            order.subject = .person(Law.id(person))
            var facts = W.facts("police")
            facts.recordClass = recordClass
            try world.put(Law.id(number), order, facts)
        }
        try put(501, 1, .normal, .charged)
        try put(502, 1, .protected, .convicted)
        try put(503, 1, .restricted, .convicted)
        try put(504, 1, .sealed, .convicted)
        try put(505, 2, .normal, .charged)
        try put(506, 1, .normal, nil)
        func offences(_ actor: Actor) throws -> Result<[OrderOffence], RegisterRefusal> {
            try world.write { try world.store.offences(of: [Law.id(1)], on: world.occasion(actor), in: $0) }
        }
        let found = try offences(W.analyst).get()
        #expect(Set(found.map(\.at)) == [try uk("2025-03-01 01:00"), try uk("2025-03-01 02:00")])
        #expect(found.allSatisfy { $0.person == Law.id(1) })
        // The officer counts their own agency's orders, and not the partnership's.
        for actor in [W.officer, W.supervisor, W.police, W.member, W.lawyer] {
            #expect(throws: RegisterRefusal.self) { try offences(actor).get() }
        }
        let entries = try world.entries { _ = try offences(W.analyst) }
        #expect(entries.count == 1 && entries.first?.hasPrefix("read|permit|-|order|offences") == true)
    }
}
