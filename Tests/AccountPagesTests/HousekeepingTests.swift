import Configuration
import Foundation
import Governance
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import AccountPages

@Suite("Housekeeping", .serialized)
struct HousekeepingTests {
    private func count(_ table: StaticString, _ site: TestSite) throws -> Int64 {
        try site.site.database.read { connection in
            try connection.first(SQL(unsafe: "SELECT COUNT(*) AS n FROM \(table)", []))?.get("n") ?? -1
        }
    }

    @Test("What is over is removed, and what holds stays", arguments: Engine.allCases)
    func tidies(_ engine: Engine) throws {
        let folder = NSTemporaryDirectory() + "concord-house-\(UUID().uuidString)"
        let site = try TestSite(engine, routes: AccountRoutes.routes) { $0.auditAnchors = folder + "/audit.txt" }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let officer = try site.account(roles: ["member"])
        let visitor = site.visitor()
        _ = try visitor.get("/sign-in")
        _ = try visitor.post("/sign-in", ["email": officer.email, "password": "wrong wrong wrong"])
        let house = Housekeeping(site.site) { _ in }
        let throttles = try count("throttles", site)
        #expect(house.round() == 0)
        #expect(try count("sessions", site) == 1 && count("known_devices", site) == 1 && throttles > 0)
        #expect(try count("throttles", site) == throttles)

        site.advance(seconds: 31 * 86_400)
        #expect(house.round() == 0)
        #expect(try count("sessions", site) == 0 && count("throttles", site) == 0)
        #expect(try count("known_devices", site) == 1)
        site.advance(seconds: 150 * 86_400)
        #expect(house.round() == 0)
        #expect(try count("known_devices", site) == 0)
    }

    @Test("The audit is anchored once a day, and a failure is told and tried again")
    func anchors() throws {
        let folder = NSTemporaryDirectory() + "concord-house-\(UUID().uuidString)"
        let site = try TestSite(routes: AccountRoutes.routes) { $0.auditAnchors = folder + "/audit.txt" }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try site.account(roles: ["member"])
        let file = site.site.anchors
        let house = Housekeeping(site.site) { _ in }
        // A file stands where the folder belongs.
        try Data().write(to: URL(fileURLWithPath: folder))
        #expect(house.round() == 1)
        try FileManager.default.removeItem(atPath: folder)
        for _ in 0..<3 { #expect(house.round() == 0) }
        #expect(try file.anchors().map(\.day) == [site.now.ukDate])
        let first = site.now.ukDate
        site.advance(seconds: 86_400)
        #expect(house.round() == 0)
        #expect(try file.anchors().map(\.day) == [first, site.now.ukDate])
    }

    @Test("Its thread begins by sweeping what a killed process left, and ends when it is told to")
    func thread() throws {
        let folder = NSTemporaryDirectory() + "concord-house-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let site = try TestSite(routes: AccountRoutes.routes) { $0.auditAnchors = folder + "/audit.txt" }
        _ = try site.account(roles: ["member"])
        for name in ["upload-1-1", "kept"] { try Data().write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
        let file = site.site.anchors
        let house = Housekeeping(site.site) { _ in }
        house.start(uploads: folder)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["audit.txt", "kept"])
        house.stop()
        house.stop()
    }
}
