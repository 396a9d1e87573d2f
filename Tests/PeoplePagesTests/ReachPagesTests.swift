import Governance
import HTTP
import Kernel
import Storage
import TestSite
import Testing

@testable import PeoplePages

@Suite("Where people are and how they are reached", .serialized)
struct ReachPagesTests {
    static let address = [
        "kind": "refuge", "lines": "The Haven\r\nObbwade OB1 2CD", "from-day": "1", "from-month": "5",
        "from-year": "2026", "source": "the advocate", "letters": "no", "secrecy": "ordinary",
    ]
    static let contact = [
        "channel": "telephone", "value": "07700 900555", "safety": "no", "leave-name": "the library",
        "from-time": "10:00", "until-time": "14:00",
    ]

    @Test(
        "An officer adds an address and a way to reach someone; the page warns before",
        arguments: [Engine.sqlite, .postgreSQL])
    func add(engine: Engine) throws {
        let world = try PeopleSite(engine)
        let path = try world.add()
        #expect(try world.get("\(path)/addresses/new", world.officer).problems.isEmpty)
        #expect(try world.get("\(path)/contacts/new", world.officer).problems.isEmpty)
        let added = try world.post("\(path)/addresses/new", Self.address, world.officer)
        #expect(added.status == .seeOther && added.location == path)
        #expect(try world.post("\(path)/contacts/new", Self.contact, world.officer).location == path)
        let page = try world.get(path, world.officer)
        #expect(page.problems.isEmpty)
        #expect(page.says("The Haven") && page.says("Withheld") && page.says("From 1 May 2026"))
        #expect(page.says("Not safe") && page.says("The person said that it is not safe"))
        #expect(page.says("Say that you are: the library"))
        let link = try #require(page.between("href=\"\(path)/contacts/", "\""))
        let form = try world.get("\(path)/contacts/\(link)", world.officer)
        #expect(form.problems.isEmpty && form.says("value=\"10:00\""))
        let changed = Self.contact.merging(["safety": "unknown", "version": "1"]) { $1 }
        #expect(try world.post("\(path)/contacts/\(link)", changed, world.officer).location == path)
        let stale = try world.post("\(path)/contacts/\(link)", changed, world.officer)
        #expect(stale.status == .badRequest && stale.says("Someone else changed this"))
        let history = try world.get("\(path)/history", world.officer)
        #expect(history.problems.isEmpty && history.says("safe: no"))
        // Where a call is safe it says which number is.
        let safe = Self.contact.merging(
            [
                "safety": "yes", "version": "2", "confirmed-day": "30", "confirmed-month": "5",
                "confirmed-year": "2026", "from-time": "", "until-time": "",
            ]) { $1 }
        #expect(try world.post("\(path)/contacts/\(link)", safe, world.officer).location == path)
        let call = try #require(try world.get(path, world.officer).between("A call", "A letter"))
        #expect(call.contains("Safe now") && call.contains("07700 900555"))
    }

    @Test("A wrong form says what and where, and keeps what was typed")
    func wrong() throws {
        let world = try PeopleSite()
        let path = try world.add()
        let days = Self.address.merging(["from-day": "31", "from-month": "4"]) { $1 }
        let address = try world.post("\(path)/addresses/new", days, world.officer)
        #expect(address.status == .badRequest && address.says("Enter a real date") && address.says("The Haven"))
        #expect(address.problems.isEmpty)
        let none = try world.post("\(path)/addresses/new", ["lines": "1 Row"], world.officer)
        #expect(none.status == .badRequest && none.says("Choose what kind of address it is"))
        let time = Self.contact.merging(["from-time": "ten"]) { $1 }
        let contact = try world.post("\(path)/contacts/new", time, world.officer)
        #expect(contact.status == .badRequest && contact.says("Enter a time like 09:30") && contact.says("ten"))
        #expect(contact.problems.isEmpty)
    }

    @Test("Who works with those who harm neither sees nor changes it; a hidden person and none answer alike")
    func walls() throws {
        let world = try PeopleSite()
        let path = try world.add()
        _ = try world.post("\(path)/addresses/new", Self.address, world.officer)
        let link = try #require(try world.get(path, world.officer).between("href=\"\(path)/addresses/", "\""))
        let chaser = try world.site.account(roles: ["case-officer"], teams: ["asb-team"], side: .perpetrator)
        let page = try world.get(path, chaser)
        #expect(page.says("Zoë") && !page.says("The Haven") && !page.says("How to reach them"))
        #expect(!page.says("High Street") && !page.says("/history"))
        #expect(try world.get("\(path)/addresses/\(link)", chaser).status == .notFound)
        #expect(try world.get("\(path)/addresses/new", chaser).status == .forbidden)
        #expect(try world.post("\(path)/addresses/new", Self.address, chaser).status == .forbidden)
        #expect(try !world.get("\(path)/history", chaser).says("Haven"))
        let stranger = try world.site.account(roles: ["case-officer"], agency: "police")
        let hidden = try world.get("\(path)/addresses/new", stranger)
        let absent = try world.get("/people/01890000-0000-7000-8000-000000000099/addresses/new", stranger)
        #expect(hidden.status == .notFound && hidden.textWithoutTokens == absent.textWithoutTokens)
    }
}
