import Governance
import HTTP
import Site
import Storage
import TestSite
import Testing

@testable import PanelPages

@Suite("Cases from other areas, on the first page", .serialized)
struct WaitingTransferTests {
    @Test(
        "A case from another area waits to be acknowledged by who may, and is gone where it is hidden since",
        arguments: Engine.allCases)
    func received(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let pair = try world.pair()
        let what = "Acknowledge a case from another area"
        #expect(try !world.get("/", world.officer).says(what))
        let transfer = try world.act(
            "\(pair.path)/received/marac",
            [
                "area": "Elsewhere", "contact": "Jo Doe", "first-day": "1", "first-month": "5", "first-year": "2026",
                "lines": "She was heard in May",
            ], world.officer)
        let page = try world.get("/", world.officer)
        #expect(page.problems == [] && page.says(what) && page.says("href=\"\(transfer)\""))
        #expect(try world.get(transfer, world.officer).says("Acknowledge it"))
        for account in [world.coordinator, world.health, world.fire, world.probation] {
            #expect(try !world.get("/", account).says(what))
        }
        let id = String(pair.path.dropFirst("/cases/".count))
        func guardCase(_ recordClass: String) throws {
            try world.site.site.database.write {
                _ = try $0.run("UPDATE register_records SET class = \(recordClass) WHERE id = \(id)")
            }
        }
        let owner = try world.site.site.database.read {
            try $0.first("SELECT owner FROM register_records WHERE id = \(id)")?.get("owner", as: String.self)
        }
        try world.site.site.database.write {
            _ = try $0.run("UPDATE register_records SET class = 'restricted', owner = NULL WHERE id = \(id)")
        }
        #expect(try !world.get("/", world.officer).says(what))
        try guardCase("sealed")
        #expect(try !world.get("/", world.officer).says(what))
        try world.site.site.database.write {
            _ = try $0.run("UPDATE register_records SET class = 'normal', owner = \(owner) WHERE id = \(id)")
        }
        #expect(try world.get("/", world.officer).says(what))
        #expect(try world.act(transfer, [:], world.officer) == transfer)
        #expect(try !world.get("/", world.officer).says(what))
    }
}
