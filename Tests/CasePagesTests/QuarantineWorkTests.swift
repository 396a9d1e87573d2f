import Governance
import HTTP
import Site
import Storage
import TestSite
import Testing

@testable import CasePages

@Suite("Files in quarantine, on the first page", .serialized)
struct QuarantineWorkTests {
    @Test(
        "A file in quarantine waits for who answers for its case, and nobody hears of one that is hidden or out of use",
        arguments: Engine.allCases)
    func waiting(_ engine: Engine) throws {
        // A scanner that cannot tell: exit code 2.
        let world = try PaperSite(engine, scanner: ["/bin/sh", "-c", "cat > /dev/null; exit 2"])
        let what = "Have a file in quarantine scanned"
        #expect(try !world.site.get("/", as: world.officer).says(what))
        let place = try #require(try world.upload("noise.txt", Array("Noise at ten".utf8)).location)
        try world.site.site.database.write {
            _ = try $0.run("UPDATE case_attachments SET made_at = made_at - 172800000")
        }
        let page = try world.site.get("/", as: world.officer)
        #expect(page.problems == [] && page.says(what) && page.says("href=\"\(place)\""))
        #expect(page.says("(2 days)"))
        for account in [world.supervisor, world.police] {
            #expect(try !world.site.get("/", as: account).says(what))
        }
        let id = String(world.path.dropFirst("/cases/".count))
        func set(_ recordClass: String) throws {
            try world.site.site.database.write {
                _ = try $0.run("UPDATE register_records SET class = \(recordClass) WHERE id = \(id)")
            }
        }
        try set("sealed")
        #expect(try !world.site.get("/", as: world.officer).says(what))
        try set("normal")
        #expect(try world.site.get("/", as: world.officer).says(what))
        _ = try world.site.post(place + "/withdraw", ["why": "Sent twice"], as: world.officer)
        #expect(try !world.site.get("/", as: world.officer).says(what))
    }
}
