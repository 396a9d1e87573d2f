import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import PeoplePages

@Suite("Searching the site and its people", .serialized)
struct SearchTests {
    @Test("The search of the site does not find people, and leads to where they are searched for")
    func siteSearch() throws {
        let world = try PeopleSite()
        _ = try world.add()
        let found = try world.get("/search?q=zoe", world.officer)
        #expect(found.status == .ok && found.problems.isEmpty)
        #expect(found.says("Nothing was found") && !found.says("O’Brien"))
        #expect(found.says("href=\"/people\"") && !found.says("/people?"))
        let none = try world.get("/search?q=zzzznothing", world.officer)
        #expect(none.says("Nothing was found") && !none.says("1 result"))
        let council = try world.get("/search?q=obbwade+council", world.officer)
        #expect(council.says("1 result<") && council.says("Obbwade Council"))
    }

    @Test("Every search of the site is one entry of the audit, whoever searches", arguments: ["member", "supervisor"])
    func audited(role: String) throws {
        let world = try PeopleSite()
        let account = try world.site.account(roles: [role])
        let entries = try world.entries { _ = try world.get("/search?q=obbwade+council", account) }
        #expect(entries == ["search permit"])
        let row = try world.site.site.database.read {
            try $0.first("SELECT query, results FROM audit_entries ORDER BY seq DESC LIMIT 1")
        }
        let found = try #require(row)
        let query: String = try found.get("query")
        let results: Int64 = try found.get("results")
        #expect(query == "obbwade council" && results == 1)
        #expect(try world.entries { _ = try world.get("/search", account) } == [])
    }

    @Test("A name in an address of people is not searched for, and no page makes such an address")
    func namesStayOut() throws {
        let world = try PeopleSite()
        for number in 1...26 {
            _ = try world.add(["given-name": "Zoë \(number)"])
        }
        let entries = try world.entries {
            let page = try world.get("/people?q=zoe&reason=x", world.officer)
            #expect(!page.says("value=\"zoe\""))
        }
        #expect(entries == ["list permit"])
        let found = try world.search("zoe", world.officer)
        #expect(!found.says("?q=") && !found.says("name=zoe") && found.problems.isEmpty)
        let cursor = try #require(found.hidden("after"))
        let rest = try world.post("/people", ["q": "zoe", "after": cursor], world.officer)
        #expect(rest.text.components(of: "href=\"/people/0") == 1 && rest.hidden("after") == nil)
        let forged = try world.officer.browser.post("/people", exactly: ["q": "zoe"])
        #expect(forged.status == .badRequest && !forged.says("O’Brien"))
    }

    @Test("After a time-out nobody is led back to an address with a name in it")
    func timeOut() throws {
        let world = try PeopleSite()
        let visitor = world.site.visitor()
        #expect(try visitor.get("/search?q=zoe").location == "/sign-in?next=%2Fsearch")
        #expect(try visitor.get("/people?q=zoe&reason=x").location == "/sign-in?next=%2Fpeople")
        #expect(try visitor.get("/people/new?name=zoe").location == "/sign-in?next=%2Fpeople%2Fnew")
        #expect(try visitor.get("/trust/audit?page=2").location == "/sign-in?next=%2Ftrust%2Faudit%3Fpage%3D2")
    }
}

extension String {
    /// How often a text stands in it.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
