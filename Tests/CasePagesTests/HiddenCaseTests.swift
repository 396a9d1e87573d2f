import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import CasePages

/// One case that does not exist for someone, asked about at every address there is (casework.md §5.6).
@Suite("A hidden case at every address", .serialized)
struct HiddenCaseTests {
    /// Why a case does not exist for someone.
    enum Way: CaseIterable, CustomTestStringConvertible {
        case otherAgency, conflict, restricted, sealed, shareEnded

        var testDescription: String { "\(self)" }
    }

    /// Every way, and on the other engine those that its relations decide.
    private static let ways: [(Engine, Way)] =
        Way.allCases.map { (.sqlite, $0) } + [(.postgreSQL, .conflict), (.postgreSQL, .shareEnded)]

    /// A case with something at each of its addresses, and someone from whom it is to be hidden.
    private struct Hidden {
        let world: PaperSite
        let stranger: TestAccount
        let person: String
        /// What stands for the parameters of its addresses.
        let values: [String: String]
        let letter: String

        static let nobody = "01890000-0000-7000-8000-0000000000ff"

        init(_ way: Way, _ engine: Engine) throws {
            let site = try PaperSite(engine)
            world = site
            try site.addHarmer()
            let file = try #require(try site.upload("window.gif", AttachmentPagesTests.picture).location)
            let party = try site.party("alleged-perpetrator")
            let made = try site.site.post(
                site.path + "/letters/asb-warning",
                PaperPagesTests.warning(party).merging(["do": "make"]) { $1 }, as: site.officer)
            letter = String(try #require(made.location, "\(made.text)").split(separator: "/").last ?? "")
            _ = try site.site.post(
                site.path + "/actions",
                ["text": "Visit", "agency": "council", "due-day": "9", "due-month": "6", "due-year": "2026"],
                as: site.officer)
            func first(_ query: SQL) throws -> String {
                let row = try site.site.site.database.read { try $0.first(query) }
                return try #require(row).get("id")
            }
            person = try first("SELECT id FROM people WHERE family_name = 'O’Brien'")
            values = [
                "case": String(site.path.split(separator: "/").last ?? ""), "form": "needs", "step": "assess",
                "party": party, "action": try first("SELECT id FROM case_actions"),
                "clock": try first("SELECT id FROM case_clocks WHERE due_at IS NOT NULL"), "instrument": "asb-risk",
                "attachment": String(file.split(separator: "/").last ?? ""), "letter": "victim-acknowledgement",
            ]
            stranger =
                way == .otherAgency || way == .shareEnded
                ? site.police
                : try site.site.account(
                    roles: ["case-officer"], teams: ["asb-team"], name: "Col League", side: .victim)
        }

        /// Hides the case from the stranger.
        func hide(_ way: Way) throws {
            switch way {
            case .otherAgency: break
            case .conflict:
                let given = ["act": "declare", "conflict": "yes", "conflict-reason": "She is my sister"]
                _ = try world.site.post("\(world.path)/access/conflict", given, as: stranger)
            case .restricted:
                let given = ["class": "restricted", "add": world.officer.email, "reason": "A councillor’s family"]
                _ = try world.site.post("\(world.path)/access/class", given, as: world.supervisor)
            case .sealed:
                try world.site.site.database.write {
                    _ = try $0.run("UPDATE register_records SET class = 'sealed' WHERE kind = 'case'")
                }
            case .shareEnded:
                let id = try #require(values["case"])
                try world.site.site.database.write {
                    _ = try $0.run(
                        """
                        INSERT INTO register_shares (record, agency, from_day, until_day, highest, gateway)
                        VALUES (\(id), 'police', '2026-05-01', '2026-05-31', 2, 'cda-115')
                        """)
                }
            }
        }

        /// The address that a route has for a case.
        func address(_ pattern: String, _ id: String? = nil) -> String {
            var address = pattern
            // Only letters have a Word document.
            var values = values
            if pattern.hasSuffix("/word") { values["attachment"] = letter }
            if let id { values["case"] = id }
            for (name, value) in values { address = address.replacing("{\(name)}", with: value) }
            return address
        }

        func get(_ path: String, as account: TestAccount? = nil) throws -> TestAnswer {
            try world.site.get(path, as: account ?? stranger)
        }
    }

    private static func patterns(_ method: Method) -> [String] {
        CaseRoutes.routes.filter { $0.method == method && $0.pattern.contains("{case}") }.map(\.pattern)
    }

    private static func fields(_ answer: TestAnswer) -> [String] {
        answer.response.headers.fields.map { "\($0.name): \($0.value)" }.filter { !$0.contains("nonce-") }.sorted()
    }

    @Test(
        "Every page and form of it answers as for a case that is not there", arguments: ways)
    func addresses(_ engine: Engine, _ way: Way) throws {
        let hidden = try Hidden(way, engine)
        let pages = Self.patterns(.get)
        #expect(pages.count > 20)
        // They are addresses at which there is something, for whoever works on the case.
        for pattern in pages {
            let address = hidden.address(pattern)
            #expect(!address.contains("{"), "\(pattern)")
            #expect(try hidden.get(address, as: hidden.world.officer).status != .notFound, "\(pattern)")
        }
        try hidden.hide(way)
        for pattern in pages {
            let answer = try hidden.get(hidden.address(pattern))
            let none = try hidden.get(hidden.address(pattern, Hidden.nobody))
            #expect(answer.status == .notFound && none.status == .notFound, "\(pattern)")
            #expect(answer.textWithoutTokens == none.textWithoutTokens, "\(pattern)")
            #expect(Self.fields(answer) == Self.fields(none), "\(pattern)")
        }
        // To declare a conflict of interest is thanked for whatever the case; all else that is sent is refused alike.
        for pattern in Self.patterns(.post) where !pattern.hasSuffix("/access/conflict") {
            let sent = ["reason": "x", "text": "x", "class": "normal", "act": "x"]
            let answer = try hidden.world.site.post(hidden.address(pattern), sent, as: hidden.stranger)
            let none = try hidden.world.site.post(hidden.address(pattern, Hidden.nobody), sent, as: hidden.stranger)
            #expect(answer.status == .notFound && none.status == .notFound, "\(pattern)")
            #expect(answer.textWithoutTokens == none.textWithoutTokens, "\(pattern)")
        }
    }

    @Test(
        "No list, search, person's page or work on several cases names it", arguments: ways)
    func lists(_ engine: Engine, _ way: Way) throws {
        let hidden = try Hidden(way, engine)
        let (heading, id) = ("Shouting at Elm House", try #require(hidden.values["case"]))
        let queries = [
            "", "?over=yes", "?person=\(hidden.person)", "?q=elm+house", "?q=ASB-2026-000001", "?type=asb",
            "?whose=asb-team", "?person=\(hidden.person)&over=yes&q=shouting",
        ]
        let addresses = queries.flatMap { ["/cases\($0)", "/cases/several\($0)"] }
        // The officer finds it at each of them.
        for address in addresses {
            let page = try hidden.get(address, as: hidden.world.officer)
            #expect(page.says(heading) && page.says(id), "\(address)")
        }
        try hidden.hide(way)
        let others = [
            "/", "/people", "/people/\(hidden.person)", "/cases/new?person=\(hidden.person)",
        ]
        for address in addresses + others {
            let page = try hidden.get(address)
            #expect(!page.says(heading) && !page.says(id), "\(address)")
            // What was typed into the search stands there again.
            if !address.contains("q=ASB") { #expect(!page.says("ASB-2026-000001"), "\(address)") }
        }
        // People are searched by what is sent, so that names stand in no address.
        let search = ["q": "zoe", "reason": "To see whether she is known here"]
        let found = try hidden.world.site.post("/people", search, as: hidden.stranger)
        #expect(found.status == .ok && !found.says(heading) && !found.says(id))
        // Chosen among several, it is refused as one that is not there, and nothing is done to it.
        let deed = ["act": "assign", "owner": hidden.stranger.email, "team": ""]
        func answer(_ id: String) throws -> TestAnswer {
            try hidden.world.site.post("/cases/several", deed.merging(["case": id]) { $1 }, as: hidden.stranger)
        }
        let (refused, none) = (try answer(id), try answer(Hidden.nobody))
        #expect(refused.status == .badRequest && none.status == .badRequest)
        #expect(refused.textWithoutTokens == none.textWithoutTokens)
        let owners = try hidden.world.site.site.database.read {
            try $0.rows("SELECT owner FROM register_records WHERE kind = 'case'").map {
                try $0.get("owner", as: String.self)
            }
        }
        #expect(owners == [hidden.world.officer.id.text])
    }

    // MARK: - Flags on someone else's record

    /// How many rows there are of what an incident sets off.
    private static func rows(_ world: PaperSite) throws -> [Int] {
        try world.site.site.database.read { connection in
            let tables: [SQL] = [
                "SELECT id FROM case_flags", "SELECT id FROM case_actions", "SELECT id FROM case_entries",
                "SELECT id FROM case_clocks", "SELECT id FROM case_moves",
            ]
            return try tables.map { try connection.rows($0).count }
        }
    }

    private static let incident = [
        "incident-happened-on-day": "1", "incident-happened-on-month": "6", "incident-happened-on-year": "2026",
        "incident-category": "personal", "incident-description": "Again", "incident-evidence": "allegation",
        "incident-source": "The victim, by telephone",
    ]

    @Test(
        "An incident sent to a case that is not one's own raises no flag, no action and nothing else",
        arguments: ways)
    func incidents(_ engine: Engine, _ way: Way) throws {
        let hidden = try Hidden(way, engine)
        let (world, place) = (hidden.world, hidden.world.path + "/fill/incident")
        try hidden.hide(way)
        let before = try Self.rows(world)
        #expect(try world.site.post(place, Self.incident, as: hidden.stranger).status == .notFound)
        #expect(try Self.rows(world) == before)
        // The same form from whoever works on it is the second incident in six months, and raises them.
        try world.site.site.database.write {
            _ = try $0.run("UPDATE register_records SET class = 'normal' WHERE kind = 'case'")
        }
        #expect(try world.site.post(place, Self.incident, as: world.officer).status == .seeOther)
        let after = try Self.rows(world)
        #expect(after[0] > before[0] && after[1] > before[1] && after[2] == before[2] + 1)
    }

    @Test("Who may read a case and not work on it raises none either", arguments: Engine.allCases)
    func readers(_ engine: Engine) throws {
        let world = try PaperSite(engine)
        let id = String(world.path.split(separator: "/").last ?? "")
        try world.site.site.database.write {
            _ = try $0.run(
                """
                INSERT INTO register_shares (record, agency, from_day, until_day, highest, gateway)
                VALUES (\(id), 'police', '2026-05-01', NULL, 2, 'cda-115')
                """)
        }
        #expect(try world.site.get(world.path, as: world.police).status == .ok)
        let before = try Self.rows(world)
        let answer = try world.site.post(world.path + "/fill/incident", Self.incident, as: world.police)
        #expect(answer.status == .forbidden && !answer.says("Again"))
        #expect(try Self.rows(world) == before)
    }
}
