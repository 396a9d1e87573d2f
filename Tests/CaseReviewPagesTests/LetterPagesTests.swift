import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import CaseReviewPages

@Suite("Letters to applicants are made like every letter of a case", .serialized)
struct LetterPagesTests {
    private func letters(_ world: CaseReviewSite) throws -> [String] {
        try world.site.site.database.read {
            try $0.rows("SELECT letter, class FROM case_attachments ORDER BY ordinal").map {
                try "\($0.get("letter", as: String.self)) \($0.get("class", as: String.self))"
            }
        }
    }

    /// How often the audit has that something was kept with a case.
    private func kept(_ world: CaseReviewSite) throws -> Int {
        try world.site.site.database.read {
            try $0.rows(
                "SELECT seq FROM audit_entries WHERE act = 'update' AND object_fields LIKE '%attachments.%'"
            ).count
        }
    }

    @Test("A letter is kept with the case as PDF and Word, and the audit has it", arguments: Engine.allCases)
    func made(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.apply()
        let path = "\(review)/letter/acknowledgement"
        let page = try world.get(path)
        #expect(page.problems == [] && page.says("Make the letter") && page.says("Dear Zoë O’Brien,"))
        // No PDF falls out of an address any more.
        #expect(try world.get("\(path)?format=pdf").bytes.starts(with: Array("%PDF-".utf8)) == false)
        let made = try world.post(path, fields(page).merging(["delivery": "hand"]) { $1 })
        let attachment = try #require(made.location)
        #expect(attachment.contains("/attachments/") && attachment.hasPrefix("/cases/"))
        #expect(try letters(world) == ["case-review-acknowledgement P2"] && kept(world) == 1)
        #expect(try world.get("\(attachment)/file").bytes.starts(with: Array("%PDF-".utf8)))
        #expect(try world.get("\(attachment)/word").bytes.starts(with: Array("PK".utf8)))
        // Nobody has recorded where she lives.
        let again = try fields(world.get(path))
        let posted = try world.post(path, again.merging(["delivery": "post", "why-safe": "She asked for it"]) { $1 })
        #expect(posted.status == .badRequest && posted.problems == [] && posted.says("No address is recorded"))
    }

    @Test("Whoever reads a review without working on it makes no letter", arguments: Engine.allCases)
    func reader(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.apply()
        let auditor = try world.site.account(roles: ["auditor"], name: "Au Ditor")
        let page = try world.get("\(review)/letter/acknowledgement", auditor)
        #expect(!page.says("Make the letter"))
        let answer = try world.post("\(review)/letter/acknowledgement", ["delivery": "hand"], auditor)
        #expect([.forbidden, .notFound].contains(answer.status))
        #expect(try letters(world) == [])
    }

    @Test(
        "What must not reach the applicant is refused where it stands, and the words can be changed there",
        arguments: Engine.allCases)
    func guarded(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.reviewed()
        let id = review.dropFirst("/case-reviews/".count)
        let added = try world.post(
            "/cases/\(id)/people",
            ["role": "alleged-perpetrator", "party-someone-given": "Tom", "party-someone-family": "Field"])
        #expect(added.location == "/cases/\(id)/people")
        let meeting =
            #"{"chair":["Hana"],"found":["Nobody went to 9 Mill Lane"],"independent":["yes"],"there":["police"]}"#
        try world.site.site.database.write {
            _ = try $0.run("UPDATE people SET address = \("9 Mill Lane\nObbwade") WHERE given_name = 'Tom'")
            _ = try $0.run("UPDATE case_entries SET answers = \(meeting) WHERE form = 'review-meeting'")
        }
        let path = "\(review)/letter/outcome"
        let page = try world.get(path)
        #expect(page.problems == [] && page.says("Nobody went to 9 Mill Lane"))
        // What was never read is not made.
        #expect(try world.post(path, ["delivery": "hand"]).status == .badRequest)
        var fields = try self.fields(page)
        fields["delivery"] = "hand"
        let still = try world.post(path, fields)
        #expect(still.status == .badRequest && still.problems == [])
        #expect(still.says("This holds an address of someone else in the case that must not reach this person"))
        #expect(try letters(world) == [])
        for (name, text) in fields where name != "read" && text.contains("Mill Lane") {
            fields[name] = "Nobody went there"
        }
        let made = try world.post(path, fields)
        #expect(made.location?.contains("/attachments/") == true)
        #expect(try letters(world) == ["case-review-outcome P2"])
    }

    @Test(
        "A letter that was read before the review changed is not made, and nothing typed is lost",
        arguments: Engine.allCases)
    func changed(_ engine: Engine) throws {
        let world = try CaseReviewSite(engine)
        let review = try world.reviewed()
        let path = "\(review)/letter/outcome"
        var written = try fields(world.get(path))
        written["delivery"] = "hand"
        let place = try #require(written.first { $0.value == "Name one officer" }?.key)
        written[place] = "Name one officer\r\nfor Elm House"
        // A colleague adds what takes the number of a later place.
        try world.write(
            "recommendation", review, ["to": "police", "text": "Patrol at night"], days: ["due": "2026-07-01"])
        let refused = try world.post(path, written)
        #expect(refused.status == .badRequest && refused.problems == [])
        #expect(refused.says("The review changed while you wrote. Read the letter again"))
        #expect(refused.between("This stood in the letter", "</div>")?.contains("for Elm House") == true)
        #expect(try letters(world) == [] && kept(world) == 0)
        // The places hold what the review says now.
        var now = try fields(refused)
        #expect(try now == fields(world.get(path)))
        #expect(Set(now.values).isSuperset(of: ["Name one officer", "Patrol at night", "Orla Officer"]))
        // An answer has no words of its own here, and changes what the letter says all the same.
        now["delivery"] = "hand"
        let recommendation = try #require(world.get(review).between("/write/answer?which=", "&"))
        try world.write(
            "answer", review, ["which": recommendation, "body": "council", "answer": "accepts", "reason": "Agreed"],
            days: ["due": "2026-07-01"])
        #expect(try world.post(path, now).says("The review changed while you wrote. Read the letter again"))
        #expect(try letters(world) == [])
        now = try fields(world.get(path))
        now["delivery"] = "hand"
        #expect(try world.post(path, now).location?.contains("/attachments/") == true)
        #expect(try letters(world) == ["case-review-outcome P2"])
    }

    /// What the form of a page sends before anyone types: its words, and the letter that was read.
    private func fields(_ page: TestAnswer) throws -> [String: String] {
        let read = try #require(page.hidden("read"))
        return words(page).merging(["read": read]) { $1 }
    }

    /// The words that the page offers, by their names.
    private func words(_ page: TestAnswer) -> [String: String] {
        var words: [String: String] = [:]
        for number in 1...20 {
            let name = "letter-words-\(number)"
            guard page.says("name=\"\(name)\""), let rest = page.between("name=\"\(name)\"", "</textarea>"),
                let start = rest.firstIndex(of: ">")
            else { continue }
            words[name] = String(rest[rest.index(after: start)...])
        }
        return words
    }
}
