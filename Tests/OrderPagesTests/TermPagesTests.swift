import HTTP
import Storage
import TestSite
import Testing

@testable import OrderPages

@Suite("Terms that two people write", .serialized)
struct TermPagesTests {
    /// A draft with three terms.
    private func draft(in world: OrderSite) throws -> String {
        let path = try world.record("cpw", OrderSite.person("Dean", "Hollis").merging(["kind": "person"]) { $1 })
        for text in ["One", "Two", "Three"] {
            let version = try #require(try world.get("\(path)/terms").hidden("version"))
            let term = ["version": version, "term-text": text, "term-sort": "requirement", "term-kind": "other"]
            #expect(try world.post("\(path)/terms", term).location != nil)
        }
        return path
    }

    /// What the colleague's form of a term sends.
    private func typed(_ path: String, _ number: Int, _ text: String, in world: OrderSite) throws -> [String: String] {
        let version = try #require(try world.get("\(path)/terms/\(number)", world.colleague).hidden("version"))
        return ["version": version, "term-text": text, "term-sort": "requirement", "term-kind": "other"]
    }

    private func terms(_ path: String, in world: OrderSite) throws -> [String] {
        let text = try world.get("\(path)/terms").text
        return text.matches(of: #/Must\s*<\/strong>\s*([A-Za-z]+)/#).map { String($0.output.1) }
    }

    private func removes(_ path: String, _ number: Int, in world: OrderSite) throws {
        let version = try #require(try world.get("\(path)/terms/\(number)").hidden("version"))
        #expect(try world.post("\(path)/terms/\(number)", ["version": version, "act": "remove"]).location != nil)
    }

    @Test("An address of a term that there cannot be is not found, and the site goes on", arguments: Engine.allCases)
    func noTerm(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try draft(in: world)
        let version = try #require(try world.get("\(path)/terms").hidden("version"))
        for number in ["-9223372036854775808", "-1", "0", "4", "9223372036854775807", "9223372036854775808", "one"] {
            #expect(try world.get("\(path)/terms/\(number)").status == .notFound, "\(number)")
            let answer = try world.post(
                "\(path)/terms/\(number)", ["version": version, "term-text": "X", "term-sort": "requirement"])
            #expect(answer.status == .notFound, "\(number)")
        }
        #expect(try terms(path, in: world) == ["One", "Two", "Three"])
    }

    @Test(
        "Who saves a term after another was taken away finds it at its new place, and overwrites no other",
        arguments: Engine.allCases, [2, 3])
    func moved(_ engine: Engine, number: Int) throws {
        let world = try OrderSite(engine)
        let path = try draft(in: world)
        let fields = try typed(path, number, "Changed", in: world)
        try removes(path, 1, in: world)
        let both = try world.post("\(path)/terms/\(number)", fields, world.colleague)
        #expect(both.status == .badRequest && both.problems == [])
        #expect(both.says("Someone else changed this order first") && both.says("As it is now"))
        #expect(both.says("action=\"\(path)/terms/\(number - 1)\"") && both.says(">Changed</textarea>"))
        let version = try #require(both.hidden("version"))
        let again = try world.post(
            "\(path)/terms/\(number - 1)", fields.merging(["version": version]) { $1 }, world.colleague)
        #expect(again.location == "\(path)/terms")
        #expect(try terms(path, in: world) == (number == 2 ? ["Changed", "Three"] : ["Two", "Changed"]))
    }

    @Test("A term that is gone is kept in the form, to be added anew", arguments: Engine.allCases)
    func gone(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try draft(in: world)
        let fields = try typed(path, 1, "Changed", in: world)
        try removes(path, 1, in: world)
        let both = try world.post("\(path)/terms/1", fields, world.colleague)
        #expect(both.status == .badRequest && both.problems == [] && both.says("no longer there"))
        #expect(both.says("action=\"\(path)/terms\"") && both.says(">Changed</textarea>"))
        let version = try #require(both.hidden("version"))
        _ = try world.post("\(path)/terms", fields.merging(["version": version]) { $1 }, world.colleague)
        #expect(try terms(path, in: world) == ["Two", "Three", "Changed"])
    }

    @Test("Who takes a term away after it was changed takes away nothing yet", arguments: Engine.allCases)
    func removal(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try draft(in: world)
        let version = try #require(try world.get("\(path)/terms/2", world.colleague).hidden("version"))
        #expect(
            try world.post("\(path)/terms/2", typed(path, 2, "Changed", in: world)).location == "\(path)/terms")
        let both = try world.post("\(path)/terms/2", ["version": version, "act": "remove"], world.colleague)
        #expect(both.status == .badRequest && both.says(">Changed</textarea>") && both.problems == [])
        #expect(try terms(path, in: world) == ["One", "Changed", "Three"])
    }

    @Test("What was written for an order that ended meanwhile is shown and not lost", arguments: Engine.allCases)
    func ended(_ engine: Engine) throws {
        let world = try OrderSite(engine)
        let path = try world.contract("Dean", "Hollis", until: "2026-08-31")
        let version = try #require(try world.get("\(path)/terms", world.colleague).hidden("version"))
        let term = [
            "version": version, "term-text": "Not to shout", "term-sort": "prohibition", "term-kind": "other",
        ].merging(OrderSite.moment("at", "2026-06-01", "10:00")) { $1 }
        #expect(try world.act(path, "discharge", OrderSite.moment("at", "2026-06-01", "10:00")).location == path)
        for place in ["/terms", "/terms/1"] {
            let both = try world.post(path + place, term, world.colleague)
            #expect(
                both.status == .conflict && both.says("What you wrote, and what is not saved: Not to shout")
                    && both.problems == [], "\(place)")
            #expect(both.says("cannot be changed now"), "\(place)")
        }
    }
}
