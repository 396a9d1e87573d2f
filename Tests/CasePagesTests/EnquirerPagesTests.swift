import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import CasePages

/// Pages and papers of the disclosure scheme: who asked stays with those who keep them safe (casework.md §5.6).
@Suite("Disclosure scheme: who asks, by the pages", .serialized)
struct EnquirerPagesTests {
    /// Mia Osei asked for Ada Nwosu.
    private struct Asked {
        let world: CaseSite
        let path: String
        /// Of the council, working with people who harm: sees no victim's safety.
        let chaser: TestAccount

        init(_ engine: Engine) throws {
            world = try CaseSite(engine)
            chaser = try world.site.account(roles: ["case-officer"], name: "Chas Er", side: .perpetrator)
            let fields = [
                "heading": "A worry about a partner", "party-at-risk-given": "Ada", "party-at-risk-family": "Nwosu",
                "application-happened-on-day": "1", "application-happened-on-month": "6",
                "application-happened-on-year": "2026", "application-route": "ask",
                "application-why": "There was a trial", "application-danger-now": "no", "team": "asb-team",
            ]
            let answer = try world.post("/cases/new/dvds", fields)
            path = try #require(answer.location, "\(answer.text)")
            let added = try world.post(
                "\(path)/people",
                ["role": "applicant", "party-someone-given": "Mia", "party-someone-family": "Osei"])
            _ = try #require(added.location, "\(added.text)")
        }

        func pack(_ account: TestAccount, _ more: [String: String] = [:]) throws -> String {
            let answer = try world.post("\(path)/pack", ["reason": "Panel"].merging(more) { $1 }, account)
            return try PaperPagesTests.text(answer.bytes)
        }
    }

    private static let safety = ["safety": "yes", "why-safety": "She comes to the meeting"]

    @Test("No page of the case names who asked to those who read no deeper than P2", arguments: Engine.allCases)
    func pages(_ engine: Engine) throws {
        let asked = try Asked(engine)
        #expect(try asked.world.get("\(asked.path)/people").says("Mia Osei"))
        #expect(try asked.world.get(asked.path).says("Mia Osei"))
        let parts = [
            "", "/record", "/people", "/actions", "/risk", "/timeline", "/attachments", "/letters",
            "/letters/victim-acknowledgement", "/pack", "/access", "/fill/contact", "/fill/decision", "/step/meet",
        ]
        for part in parts {
            let page = try asked.world.get(asked.path + part, asked.chaser)
            #expect(page.status == .ok && page.problems == [], "\(part)")
            #expect(!page.says("Osei") && !page.says("Mia"), "\(part)")
        }
        #expect(try asked.world.get("\(asked.path)/people", asked.chaser).says("Ada Nwosu"))
        #expect(try !asked.world.get(asked.path, asked.chaser).says("Person who asks for them"))
    }

    @Test("The pack names who asked only with the victim’s safety", arguments: Engine.allCases)
    func packs(_ engine: Engine) throws {
        let asked = try Asked(engine)
        let full = try asked.pack(asked.world.officer, Self.safety)
        #expect(full.contains("Mia Osei") && full.contains("Person who asks for them"))
        for account in [asked.world.officer, asked.chaser] {
            let plain = try asked.pack(account)
            #expect(plain.contains("Ada Nwosu") && plain.contains("There was a trial"))
            #expect(!plain.contains("Osei") && !plain.contains("Mia") && !plain.contains("who asks"))
        }
    }

    @Test("An answer that names who asked does not take the name into the pack", arguments: Engine.allCases)
    func answers(_ engine: Engine) throws {
        let asked = try Asked(engine)
        let mia: String = try #require(
            try asked.world.site.site.database.read {
                try $0.first("SELECT id FROM people WHERE family_name = 'Osei'")
            }
        ).get("id")
        let contact = [
            "contact-happened-on-day": "1", "contact-happened-on-month": "6", "contact-happened-on-year": "2026",
            "contact-with": mia, "contact-how": "phone", "contact-reached": "yes",
        ]
        #expect(try asked.world.post("\(asked.path)/fill/contact", contact).status == .seeOther)
        let plain = try asked.pack(asked.world.officer)
        #expect(!plain.contains("Osei"))
        for part in ["/record", "/timeline"] {
            let page = try asked.world.get(asked.path + part, asked.chaser)
            #expect(!page.says("Osei") && !page.says(mia), "\(part)")
        }
        let list = try asked.world.get("/cases?person=\(mia)", asked.chaser)
        #expect(!list.says("DIS-2026"))
    }
}
