import Governance
import HTTP
import Kernel
import Storage
import TestSite
import Testing

@testable import PeoplePages

@Suite("The pages of the people register", .serialized)
struct PeoplePagesTests {
    @Test("Someone is searched for, added, found, read and changed", arguments: [Engine.sqlite, .postgreSQL])
    func journey(engine: Engine) throws {
        let world = try PeopleSite(engine)
        let empty = try world.search("Zoe O'Brien", world.intake)
        #expect(empty.says("Nobody was found") && empty.problems.isEmpty)
        #expect(empty.says("action=\"/people/new\"") && empty.hidden("name") == "Zoe O&#39;Brien")
        let form = try world.post("/people/new", ["name": "Zoe Brien"], world.intake)
        #expect(form.status == .ok)
        #expect(form.problems.isEmpty && form.says("value=\"Brien\""))
        let path = try world.add()
        for query in ["zoe obrien", "O'Brian", "zee", ""] {
            let found = try world.search(query, world.officer)
            #expect(found.says("href=\"\(path)\""), "\(query)")
            #expect(found.problems.isEmpty, "\(query): \(found.problems)")
        }
        let page = try world.get(path, world.officer)
        for words in ["Zoë O’Brien", "2 March 1984", "07700 900123", "1 High Street<br>Obbwade", "Signs BSL"] {
            #expect(page.says(words), "\(words)")
        }
        #expect(page.problems.isEmpty, "\(page.problems)")
        #expect(page.says("<title>Person") && !page.says("<title>Zo"))
        #expect(page.says("govuk-exit-this-page"))
        let edit = try world.get("\(path)/edit", world.officer)
        #expect(edit.problems.isEmpty, "\(edit.problems)")
        let fields = [
            "version": "1", "was-phone": "07700 900123", "phone": "07700 900999", "was-family-name": "O’Brien",
            "family-name": "O’Brien", "was-given-name": "Zoë", "given-name": "Zoë", "was-birth": "1984-03-02",
            "birth-day": "2", "birth-month": "3", "birth-year": "1984", "was-other-names": "Zee", "other-names": "Zee",
            "was-needs": "Signs BSL", "needs": "Signs BSL", "was-address": "1 High Street\nObbwade",
            "address": "1 High Street\r\nObbwade",
        ]
        let saved = try world.post("\(path)/edit", fields, world.officer)
        #expect(saved.location == path)
        #expect(try world.get(path, world.officer).says("07700 900999"))
        // The other editor still has the form of version 1.
        var other = fields
        other["phone"] = "07700 900123"
        other["needs"] = "Signs BSL, lip-reads"
        let conflict = try world.post("\(path)/edit", other, world.supervisor)
        #expect(conflict.status == .badRequest || conflict.status == .conflict)
        #expect(conflict.says("Someone else changed this person") && conflict.problems.isEmpty)
        #expect(conflict.says("07700 900999") && conflict.says("Signs BSL, lip-reads"))
        #expect(conflict.hidden("version") == "2")
        #expect(try !world.get(path, world.officer).says("lip-reads"))
        other["version"] = "2"
        other["was-phone"] = "07700 900999"
        other["phone"] = "07700 900999"
        #expect(try world.post("\(path)/edit", other, world.supervisor).location == path)
        let last = try world.get(path, world.officer)
        #expect(last.says("07700 900999") && last.says("lip-reads"))
    }

    @Test("Each reading, search, refusal and change is in the audit once")
    func audited() throws {
        let world = try PeopleSite()
        let stranger = try world.site.account(roles: ["case-officer"], agency: "police")
        let path = try world.add()
        // The person, and the list of the orders about them.
        #expect(try world.entries { _ = try world.get(path, world.officer) } == ["read permit", "list permit"])
        #expect(try world.entries { _ = try world.search("zoe", world.officer) } == ["search permit"])
        #expect(try world.entries { _ = try world.get("/people", world.officer) } == ["list permit"])
        #expect(try world.entries { _ = try world.get(path, stranger) } == ["denied deny no-permission"])
        let auditor = try world.site.account(roles: ["auditor"], agency: "health")
        let id = String(path.split(separator: "/").last ?? "")
        let views = try world.get("/trust/audit/person/\(id)", auditor)
        #expect(views.status == .ok && views.says("Orla Officer") && views.says("Read a record"))
        #expect(!views.says("O’Brien"))
    }

    @Test("What is withheld looks like what is not there", arguments: [Engine.sqlite, .postgreSQL])
    func withheld(engine: Engine) throws {
        let world = try PeopleSite(engine)
        let full = try world.add()
        let bare = try world.add(["phone": "", "address": "", "checked": "yes"])
        func text(_ path: String) throws -> String {
            let id = String(path.split(separator: "/")[1])
            let answer = try world.get(path, world.intake)
            return answer.textWithoutTokens.replacing(id, with: "ID")
        }
        #expect(try text(full) == text(bare))
        #expect(try text("\(full)/edit") == text("\(bare)/edit"))
        #expect(try text("\(full)/access") == text("\(bare)/access"))
        #expect(try !text(full).contains("07700"))
        #expect(try world.get(full, world.officer).says("07700 900123"))
    }

    @Test(
        "A hidden person and one who is not there give the same bytes everywhere",
        arguments: [Engine.sqlite, .postgreSQL])
    func hiddenIsAbsent(engine: Engine) throws {
        let world = try PeopleSite(engine)
        let stranger = try world.site.account(roles: ["case-officer"], agency: "police", teams: ["neighbourhoods"])
        let path = try world.add()
        let restricted = try world.add(["class": "restricted", "given-name": "Rhona"])
        let nobody = "/people/01890000-0000-7000-8000-000000000001"
        let pages = ["", "/edit", "/access"]
        let posts = [
            ("/open", ["category": "court", "reason": "A judge asks for it this very hour"]),
            ("/edit", ["version": "1"]), ("/access", ["class": "normal", "reason": "x"]),
            ("/address-access", ["secrecy": "ordinary"]), ("/conflict", ["conflict": "yes"]), ("", ["reason": "x"]),
        ]
        for (person, account) in [(path, stranger), (restricted, world.supervisor)] {
            for page in pages {
                let (hidden, absent) = (try world.get(person + page, account), try world.get(nobody + page, account))
                #expect(hidden.status == .notFound, "\(page)")
                #expect(
                    hidden.status == absent.status && hidden.textWithoutTokens == absent.textWithoutTokens, "\(page)")
            }
            for (page, fields) in posts {
                let hidden = try world.post(person + page, fields, account)
                let absent = try world.post(nobody + page, fields, account)
                #expect(
                    hidden.status == absent.status && hidden.textWithoutTokens == absent.textWithoutTokens, "\(page)")
                #expect(page == "/conflict" || hidden.status == .notFound, "\(page)")
            }
        }
        let found = try world.search("rhona", reason: "because", world.supervisor)
        let never = try world.search("nobody", reason: "because", world.supervisor)
        func plain(_ answer: TestAnswer) -> String {
            answer.textWithoutTokens.replacing("rhona", with: "nobody")
        }
        #expect(plain(found) == plain(never))
    }

    @Test("A possible match is shown before someone is recorded twice")
    func matches() throws {
        let world = try PeopleSite()
        let path = try world.add()
        let again = try world.post("/people/new", PeopleSite.fields.merging(["given-name": "Zoe"]) { $1 }, world.intake)
        #expect(again.status == .badRequest && again.says("href=\"\(path)\"") && again.problems.isEmpty)
        #expect(again.says("07700 900123"))
    }

    @Test("What is wrong in the form is named beside its field, and nothing typed is lost")
    func wrong() throws {
        let world = try PeopleSite()
        let changes = [
            "given-name": "", "family-name": "", "phone": "ask her", "birth-month": "13", "needs": "Large print",
        ]
        let answer = try world.post("/people/new", PeopleSite.fields.merging(changes) { $1 }, world.intake)
        #expect(answer.status == .badRequest && answer.problems.isEmpty)
        #expect(answer.says("Date of birth must be a real date") && answer.says("Large print"))
        let second = try world.post(
            "/people/new", PeopleSite.fields.merging(changes) { $1 }.merging(["birth-month": "3"]) { $1 }, world.intake)
        #expect(second.says("Enter a given name or a family name") && second.says("Enter a telephone number, like"))
    }

    @Test(
        "Members of the partnership without a role for people are told so",
        arguments: ["member", "analyst", "auditor", "administrator"])
    func noRole(role: String) throws {
        let world = try PeopleSite()
        let account = try world.site.account(roles: [role])
        #expect(try world.get("/people", account).status != .ok)
        #expect(try world.get("/people/new", account).status != .ok)
        #expect(try !world.get("/search?q=zoe", account).says("/people"))
    }
}
