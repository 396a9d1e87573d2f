import Files
import Governance
import HTTP
import HomePages
import Kernel
import PeoplePages
import Secrets
import Site
import Storage
import Testing

@testable import CasePages
@testable import TestSite

/// The site of a partnership whose roles open protected cases in an emergency, as the shipped ones open people's records,
/// or open nothing so; on the database and with the browsers of another.
private struct EmergencySite {
    let world: CaseSite
    let dispatch: Dispatch

    init(_ world: CaseSite, opens: Bool = true) throws {
        self.world = world
        let site = world.site.site
        let path = "\(TestSite.root)/Definitions/roles/default.json"
        let shipped = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
        let plain = #"{ "records": ["person"], "classes": ["protected"], "actions": ["search", "break-glass"]"#
        let text =
            opens
            ? shipped.replacing(plain, with: plain.replacing("[\"person\"]", with: "[\"case\", \"person\"]"))
            : shipped.replacing("\"search\", \"break-glass\"", with: "\"search\"")
        let roles = try RoleCatalogue(DefinitionFile(bytes: Array(text.utf8), path: path))
        dispatch = Dispatch(
            try Site(
                configuration: site.configuration, partnership: site.partnership, evidence: site.evidence, roles: roles,
                definitions: site.definitions, database: site.database, clock: site.clock, assets: site.assets,
                sealing: site.sealing, breached: .init(lines: []), passwordGate: site.passwordGate,
                program: site.program), routes: world.site.dispatch.routes
        ) { _ in }
    }

    func get(_ path: String, _ account: TestAccount) throws -> TestAnswer {
        try send(.get, path, .none, account)
    }

    func post(_ path: String, _ fields: [String: String], _ account: TestAccount) throws -> TestAnswer {
        _ = try world.get("/cases", account)
        var fields = fields
        fields["csrf"] = account.browser.formToken
        let form = FormFields(fields.sorted { $0.key < $1.key }.map { FormFields.Field($0.key, $0.value) })
        return try send(.post, path, .form(form, files: []), account)
    }

    private func send(_ method: Method, _ path: String, _ body: RequestBody, _ account: TestAccount) throws
        -> TestAnswer
    {
        let cookies = account.browser.cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let headers: Headers = ["User-Agent": "Test", "Cookie": cookies.joined(separator: "; ")]
        return TestAnswer(try dispatch.answer(Request(method, path, headers: headers, body: body)))
    }
}

@Suite("Pages of who sees a case", .serialized)
struct CaseAccessPagesTests {
    private static let nowhere = "/cases/01890000-0000-7000-8000-0000000000ff"
    private static let another = ["party-victim-given": "Anne", "party-victim-family": "Reed"]
    private static let why = ["category": "risk-to-life", "reason": "Threatened tonight, needs a place"]

    /// Of the council, in no team of the case.
    private func outsider(_ world: CaseSite) throws -> TestAccount {
        try world.site.account(roles: ["case-officer"], name: "Otto Outsider", side: .victim)
    }

    /// The acts of the audit that something adds.
    private func entries(_ world: CaseSite, _ body: () throws -> Void) throws -> [String] {
        let before = try world.site.audit().count
        try body()
        return Array(try world.site.audit().dropFirst(before))
    }

    @Test("A supervisor restricts a case to people who are named, and lifts it again", arguments: Engine.allCases)
    func restricting(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let path = try world.open()
        let access = try world.get("\(path)/access", world.supervisor)
        #expect(access.problems == [] && access.says("Ordinary") && access.says("\(path)/access/class"))
        #expect(try !world.get("\(path)/access").says("\(path)/access/class"))
        let page = try world.get("\(path)/access/class", world.supervisor)
        #expect(page.status == .ok && page.problems == [] && !page.says("value=\"sealed\""))
        #expect(try world.get("\(path)/access/class").status == .forbidden)
        #expect(try world.get("\(path)/access/class", world.police).status == .notFound)
        let given = ["class": "restricted", "add": world.officer.email, "reason": "A councillor’s family"]
        #expect(try world.post("\(path)/access/class", given).status == .forbidden)
        for (change, words) in [
            (["class": ""], "Choose how the record is guarded"), (["reason": " "], "Give a reason"),
            (["add": "nobody@council.example"], "Enter the email address of someone with an account"),
            (["class": "normal"], "Only restricted and sealed records name people"),
        ] {
            let wrong = try world.post("\(path)/access/class", given.merging(change) { $1 }, world.supervisor)
            #expect(wrong.status == .badRequest && wrong.says(words) && wrong.problems == [], "\(words)")
            #expect(change["reason"] != nil || wrong.says("A councillor’s family"), "\(words)")
        }
        #expect(try world.get(path, world.colleague).status == .ok)
        let done = try entries(world) {
            let answer = try world.post("\(path)/access/class", given, world.supervisor)
            #expect(answer.location == "\(path)/access")
        }
        #expect(done.contains("permission permit"))
        let restricted = try world.get("\(path)/access", world.supervisor)
        #expect(restricted.says("Restricted") && restricted.says("Orla Officer, Sue Super"))
        let hidden = try world.get(path, world.colleague)
        let absent = try world.get(CaseAccessPagesTests.nowhere, world.colleague)
        #expect(hidden.status == .notFound && hidden.textWithoutTokens == absent.textWithoutTokens)
        for part in ["/access/class", "/access/conflict", "/access/glass"] {
            #expect(try world.get(path + part, world.colleague).status == .notFound, "\(part)")
        }
        let lifted = ["class": "normal", "reason": "It is known anyway"]
        #expect(try world.post("\(path)/access/class", lifted, world.colleague).status == .notFound)
        #expect(try world.post("\(path)/access/class", lifted, world.supervisor).status == .seeOther)
        #expect(try world.get(path, world.colleague).status == .ok)
        let seal = ["class": "sealed", "reason": "Nobody may know"]
        #expect(try world.post("\(path)/access/class", seal, world.supervisor).status == .forbidden)
        #expect(try world.get(path, world.colleague).status == .ok)
    }

    @Test("Who declares a conflict of interest no longer finds the case; nothing is told", arguments: Engine.allCases)
    func declaring(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let path = try world.open()
        let page = try world.get("\(path)/access/conflict", world.colleague)
        #expect(page.problems == [] && page.says("Your own") && !page.says("Of a colleague") && !page.says("Lift"))
        let given = ["act": "declare", "conflict": "yes", "conflict-reason": "She is my sister"]
        for (change, words) in [
            (["conflict": ""], "Say that you have a conflict of interest"),
            (["conflict-reason": "  "], "Enter the reason"),
        ] {
            let wrong = try world.post("\(path)/access/conflict", given.merging(change) { $1 }, world.colleague)
            #expect(wrong.status == .badRequest && wrong.says(words) && wrong.problems == [], "\(words)")
            #expect(change["conflict"] == nil || wrong.says("She is my sister"))
        }
        var thanks: TestAnswer?
        let there = try entries(world) { thanks = try world.post("\(path)/access/conflict", given, world.colleague) }
        var none: TestAnswer?
        let nowhere = try entries(world) {
            none = try world.post("\(CaseAccessPagesTests.nowhere)/access/conflict", given, world.colleague)
        }
        #expect(there == nowhere && there == ["update permit conflict-declared", "update permit conflict-reason"])
        #expect(thanks?.status == .ok && thanks?.problems == [])
        #expect(thanks?.textWithoutTokens == none?.textWithoutTokens)
        #expect(try world.get(path, world.colleague).status == .notFound)
        #expect(try !world.get("/cases?whose=all", world.colleague).says("ASB-2026-000001"))
        let told = try world.get("/people/notices", world.supervisor)
        #expect(told.says("Someone declared a conflict of interest") && told.says("Col League"))
        #expect(told.says("href=\"\(path)\"") && told.says("The case") && told.problems == [])
        #expect(try world.get("\(path)/access", world.supervisor).says("Col League"))
        // Who answers for the case cannot be someone for whom it does not exist.
        let handed = ["act": "hand-on", "owner": world.colleague.email, "team": "asb-team"]
        #expect(try world.post("\(path)/access", handed, world.supervisor).says("cannot take this case"))
    }

    @Test("A supervisor records a conflict for a colleague; another person lifts it", arguments: Engine.allCases)
    func recording(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let path = try world.open()
        let page = "\(path)/access/conflict"
        let given = ["act": "record", "colleague": world.officer.email, "colleague-reason": "Her neighbour"]
        #expect(try world.post(page, given, world.colleague).status == .forbidden)
        #expect(try world.post(page, given, world.police).status == .notFound)
        for (change, words) in [
            (["colleague": "nobody@council.example"], "Enter the email address of someone with an account"),
            (["colleague-reason": ""], "Give a reason"), (["colleague": world.supervisor.email], "Declare your own"),
        ] {
            let wrong = try world.post(page, given.merging(change) { $1 }, world.supervisor)
            #expect(wrong.status == .badRequest && wrong.says(words) && wrong.problems == [], "\(words)")
        }
        #expect(try world.get(path).status == .ok)
        #expect(try world.post(page, given, world.supervisor).location == page)
        #expect(try world.get(path).status == .notFound)
        #expect(try world.get("\(path)/access", world.supervisor).says("hand the case on"))
        let form = try world.get(page, world.supervisor)
        #expect(form.says("Orla Officer") && form.problems == [])
        #expect(try !world.get(page, world.colleague).says("Orla Officer"))
        let lift = ["act": "lift", "account": world.officer.id.text, "lift-reason": "She moved away"]
        #expect(try world.post(page, lift, world.officer).status == .notFound)
        #expect(try world.post(page, lift, world.colleague).status == .forbidden)
        for (change, words) in [(["account": ""], "Choose for whom"), (["lift-reason": ""], "Give a reason")] {
            let wrong = try world.post(page, lift.merging(change) { $1 }, world.supervisor)
            #expect(wrong.status == .badRequest && wrong.says(words) && wrong.problems == [], "\(words)")
        }
        let done = try entries(world) { _ = try world.post(page, lift, world.supervisor) }
        #expect(done.contains("permission permit"))
        #expect(try world.get(path).status == .ok)
        #expect(try world.post(page, ["act": "other"], world.supervisor).status == .badRequest)
    }

    @Test("Who knows a person declares it once: the person's cases are hidden too", arguments: Engine.allCases)
    func people(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let path = try world.open()
        let other = try world.open(CaseAccessPagesTests.another)
        let person = try #require(try world.get("\(path)/people").between("href=\"/people/", "\""))
        let thanks = try world.post("/people/\(person)/conflict", ["conflict": "yes"], world.colleague)
        #expect(thanks.status == .ok && thanks.problems == [])
        #expect(try world.get("/people/\(person)", world.colleague).status == .notFound)
        #expect(try world.get(path, world.colleague).status == .notFound)
        #expect(try world.get(other, world.colleague).status == .ok)
        #expect(try world.get(path).status == .ok)
        let told = try world.get("/people/notices", world.supervisor)
        #expect(told.says("href=\"\(path)\"") && told.says("href=\"/people/\(person)\""))
    }

    @Test(
        "A protected case is opened by one person for three hours, and its agency is told", arguments: Engine.allCases)
    func glass(_ engine: Engine) throws {
        let world = try CaseSite(engine)
        let emergency = try EmergencySite(world)
        let outsider = try outsider(world)
        let (path, other) = (try world.open(), try world.open(CaseAccessPagesTests.another))
        let glass = "\(path)/access/glass"
        #expect(try world.get(glass, outsider).location == path)
        let protect = ["class": "protected", "reason": "Threats against the family"]
        for case let path in [path, other] {
            #expect(try world.post("\(path)/access/class", protect, world.supervisor).status == .seeOther)
        }
        #expect(try world.get(path, world.colleague).status == .ok)
        #expect(try emergency.get(path, outsider).location == glass)
        #expect(try emergency.get("\(path)/access", outsider).location == glass)
        let page = try emergency.get(glass, outsider)
        #expect(page.says("This record is protected") && page.says("Obbwade Council") && page.problems == [])
        #expect(!page.says("O’Brien") && !page.says("Elm House") && !page.says("ASB-2026"))
        for (change, words) in [
            (["category": ""], "Choose why you need to open it"),
            (["reason": "urgent"], "Write at least 20 characters"),
        ] {
            let wrong = try emergency.post(glass, CaseAccessPagesTests.why.merging(change) { $1 }, outsider)
            #expect(wrong.status == .badRequest && wrong.says(words) && wrong.problems == [], "\(words)")
        }
        #expect(try emergency.get(path, outsider).location == glass)
        let done = try entries(world) {
            let answer = try emergency.post(glass, CaseAccessPagesTests.why, outsider)
            #expect(answer.location == path)
        }
        #expect(done.contains("break-glass permit"))
        #expect(try emergency.get(path, outsider).says("Elm House"))
        let access = try emergency.get("\(path)/access", outsider)
        #expect(access.says("You opened this protected case") && access.problems == [])
        // This one case, and reading only.
        #expect(try emergency.get(other, outsider).location == "\(other)/access/glass")
        #expect(try emergency.get("\(path)/fill/needs", outsider).status == .forbidden)
        let told = try world.get("/people/notices", world.supervisor)
        #expect(told.says("A protected record was opened in an emergency") && told.says("Otto Outsider"))
        // Who goes on working keeps the session; the three hours end all the same.
        for _ in 1...17 {
            world.site.advance(seconds: 600)
            #expect(try emergency.get(path, outsider).says("Elm House"))
        }
        world.site.advance(seconds: 601)
        #expect(try emergency.get(path, outsider).location == glass)
        // The second factor is no longer fresh.
        let late = try emergency.post(glass, CaseAccessPagesTests.why, outsider)
        #expect(late.location?.hasPrefix("/confirm?next=%2Fcases%2F") == true)
    }

    @Test("Whose roles open no case in an emergency are told whom to ask")
    func asking() throws {
        let world = try CaseSite()
        let emergency = try EmergencySite(world, opens: false)
        let outsider = try outsider(world)
        let path = try world.open()
        let protect = ["class": "protected", "reason": "Threats against the family"]
        _ = try world.post("\(path)/access/class", protect, world.supervisor)
        let page = try emergency.get("\(path)/access/glass", outsider)
        #expect(page.status == .ok && page.problems == [] && page.says("Obbwade Council. Ask them."))
        #expect(!page.says("three hours") && !page.says("Elm House"))
        let answer = try emergency.post("\(path)/access/glass", CaseAccessPagesTests.why, outsider)
        #expect(answer.status == .forbidden)
        #expect(try emergency.get(path, outsider).location == "\(path)/access/glass")
    }

    @Test("What is restricted or kept from someone has no glass, and is as what is not there")
    func hidden() throws {
        let world = try CaseSite()
        let emergency = try EmergencySite(world)
        let outsider = try outsider(world)
        let path = try world.open()
        let restrict = ["class": "restricted", "reason": "Only those named"]
        _ = try world.post("\(path)/access/class", restrict, world.supervisor)
        let own = try world.open(CaseAccessPagesTests.another)
        let protect = ["class": "protected", "reason": "Threats against the family"]
        _ = try world.post("\(own)/access/class", protect, world.supervisor)
        let known = ["act": "declare", "conflict": "yes", "conflict-reason": "She is my sister"]
        _ = try world.post("\(own)/access/conflict", known, outsider)
        for (path, account) in [
            (path, outsider), (path, world.police), (path, world.colleague), (own, outsider),
        ] {
            let absent = "\(CaseAccessPagesTests.nowhere)/access/glass"
            let page = try emergency.get("\(path)/access/glass", account)
            #expect(page.status == .notFound)
            #expect(try page.textWithoutTokens == emergency.get(absent, account).textWithoutTokens)
            let answer = try emergency.post("\(path)/access/glass", CaseAccessPagesTests.why, account)
            #expect(answer.status == .notFound)
            let none = try emergency.post(absent, CaseAccessPagesTests.why, account)
            #expect(answer.textWithoutTokens == none.textWithoutTokens)
        }
    }
}
