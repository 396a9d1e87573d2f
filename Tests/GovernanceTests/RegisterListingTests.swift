import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance

@Suite("Listing records on panels", .serialized)
struct RegisterListingTests {
    typealias W = AccessWorld

    private let marac: Code<Panel> = W.word("marac")
    private let health: Code<Agency> = W.word("health")

    /// A record of the fire service, with a listing on the MARAC for the police alone or without any.
    private func world(_ engine: Engine, listed: Bool) throws -> RegisterWorld {
        let world = try RegisterWorld(engine)
        var facts = W.record(agency: "fire")
        if listed { facts.listings = [.init(panel: marac, from: W.today, agencies: [W.word("police")])] }
        try world.put([RegisterWorld.entry(7, facts)])
        return world
    }

    private func ask(_ actor: Actor, in world: RegisterWorld) throws -> RegisterRefusal? {
        try world.write {
            try world.register.relist(
                RegisterWorld.id(7), on: marac,
                [.init(panel: marac, from: W.today, until: W.today.advanced(by: 3), agencies: [health])],
                occasion: world.occasion(actor), in: $0)
        }
    }

    private func listings(_ world: RegisterWorld) throws -> [RecordFacts.Listing] {
        try world.database.read {
            try RegisterRows.entry(RegisterWorld.id(7), now: W.now, in: $0)?.facts.listings ?? []
        }
    }

    @Test(
        "Who works on the panel's minutes asks other agencies to what was listed there, and it is in the audit",
        arguments: TestDatabase.engines, ["panel-coordinator", "panel-chair"])
    func coordinator(_ engine: Engine, _ role: String) throws {
        let world = try world(engine, listed: true)
        #expect(try ask(W.worker(role, number: 2, agency: "police"), in: world) == nil)
        #expect(
            try listings(world) == [
                .init(panel: marac, from: W.today, until: W.today.advanced(by: 3), agencies: [health])
            ])
        #expect(try world.words() == ["permission permit -"])
    }

    @Test("Who may change the record may end its listing without working on the panel")
    func owner() throws {
        let world = try world(.sqlite, listed: true)
        var officer = W.worker("case-officer", number: 2, agency: "fire")
        officer.panels = []
        #expect(try ask(officer, in: world) == nil)
    }

    @Test(
        "To close a listing takes no right to the record, to open it does; the audit keeps both",
        arguments: TestDatabase.engines)
    func closing(_ engine: Engine) throws {
        let police: Code<Agency> = W.word("police")
        func ask(_ listing: RecordFacts.Listing) throws -> (RegisterRefusal?, [RecordFacts.Listing]) {
            let world = try RegisterWorld(engine)
            var facts = W.record(agency: "fire")
            facts.listings = [
                .init(panel: marac, from: W.today, until: W.today.advanced(by: 5), agencies: [police, health])
            ]
            try world.put([RegisterWorld.entry(7, facts)])
            let refusal = try world.write {
                try world.register.relist(
                    RegisterWorld.id(7), on: marac, [listing],
                    occasion: world.occasion(W.worker("case-officer")), in: $0)
            }
            return (refusal, try listings(world))
        }
        let closed: [RecordFacts.Listing] = [
            .init(panel: marac, from: W.today, until: LocalDate(day: 0)),
            .init(panel: marac, from: W.today, until: W.today.advanced(by: 5), agencies: [police]),
            .init(panel: marac, from: W.today, until: W.today, agencies: [police, health]),
        ]
        for listing in closed { #expect(try ask(listing) == (nil, [listing])) }
        let opened: [RecordFacts.Listing] = [
            .init(panel: marac, from: W.today, agencies: [police]),
            .init(panel: marac, from: W.today, until: W.today.advanced(by: 6), agencies: [police]),
            .init(panel: marac, from: W.today.advanced(by: -1), until: W.today, agencies: [police]),
            .init(panel: marac, from: W.today, until: W.today),
            .init(panel: marac, from: W.today, until: W.today, agencies: [police, W.word("council")]),
        ]
        for listing in opened {
            #expect(try ask(listing).0 == .denied(.noPermission), "\(listing)")
        }
    }

    @Test(
        "Nobody lists what was never listed there, and who only sits on the panel or works for another changes nothing",
        arguments: TestDatabase.engines)
    func refused(_ engine: Engine) throws {
        let never = try world(engine, listed: false)
        #expect(try ask(W.worker("panel-coordinator", number: 2, agency: "police"), in: never) == .absent)
        #expect(try listings(never).isEmpty)
        let listed = try world(engine, listed: true)
        var elsewhere = W.worker("panel-coordinator", number: 2, agency: "police")
        elsewhere.panels = [PanelMembership(panel: W.word("iom"), from: W.today, until: nil)]
        for actor in [W.worker("panel-member", number: 3, agency: "police"), elsewhere, W.worker("case-officer")] {
            #expect(try ask(actor, in: listed) == .denied(.noPermission))
        }
        #expect(try listings(listed).map(\.agencies) == [[W.word("police")]])
        #expect(try listed.words().allSatisfy { $0.hasPrefix("denied deny") })
    }
}
