import Files
import Governance
import Kernel
import Rules
import Storage
import Testing

@testable import Enforcement

@Suite("Equality and proportionality before enforcement", .serialized)
struct ProportionalityTests {
    typealias W = EnforcementWorld

    private static let at = "2025-02-01 10:00"

    private func draft(_ type: String, maker: String = "police") throws -> Order {
        try Law.draft(type, born: "1990-01-01", maker: maker, isAssessed: false)
    }

    /// Every order of the courts and of councils and landlords against a person or their home asks before it is
    /// authorised. Notices with which the police act at once wait for nothing; areas, premises, warnings that bind
    /// nobody, agreements, penalties on the spot and what the family court orders ask for none.
    @Test("The shipped types ask before they are authorised, after they are served, or not at all")
    func shipped() throws {
        let types = try Law.shipped().types
        let after: Set<String> = ["dvpn", "dapn"]
        let none: Set<String> = [
            "warning", "abc", "pspo-fpn", "pspo", "closure-notice", "closure-order", "dispersal", "licensing-review",
            "non-molestation", "occupation",
        ]
        for type in types.all {
            let asked = type.proportionality
            if none.contains(type.code.text) {
                #expect(asked == nil, "\(type.code)")
            } else if after.contains(type.code.text) {
                #expect(asked?.before == [] && asked?.after == [.served], "\(type.code)")
            } else {
                #expect(asked?.before == [.authorised] && asked?.after == [], "\(type.code)")
            }
        }
        #expect(types[Law.code("dapo")]?.proportionality?.exempt == ["person protected"])
    }

    @Test("Without an assessment or a reason an order against a person is not authorised, and stays as it was")
    func missing() throws {
        let law = try Law.shipped()
        var order = try draft("injunction")
        let before = order
        let refused = try refusal { try order.authorise(by: "Head", at: try uk(Self.at), law) }
        #expect(refused.what == "Civil injunction: equality and proportionality were not assessed")
        #expect(refused.source.hasPrefix("Equality Act 2010, s.149") && refused.allowed.contains("reason"))
        #expect(order == before)
        try order.assess(try Law.assessment(), law)
        try order.authorise(by: "Head", at: try uk(Self.at), law)
        #expect(order.step == .authorised && order.unassessed.isEmpty)
    }

    @Test("A step goes on without an assessment only with a reason, which is kept")
    func reason() throws {
        let law = try Law.shipped()
        var order = try draft("cbo")
        func goOn(_ reason: String) throws {
            try order.goOn(
                without: UnassessedStep(.authorised, reason: reason, at: try uk(Self.at), by: Law.id(2)), law)
        }
        #expect(throws: OrderRefusal.self) { try goOn(" ") }
        #expect(order.unassessed.isEmpty)
        try goOn("The prosecutor asked this morning")
        // The reason is given once for the step.
        #expect(throws: OrderRefusal.self) { try goOn("Again") }
        try order.authorise(by: "Prosecutor", at: try uk(Self.at), law)
        #expect(order.unassessed.map(\.reason) == ["The prosecutor asked this morning"])
        // What was said already is not asked again.
        try order.assess(try Law.assessment(on: "2025-02-03 10:00"), law)
        #expect(order.assessments.count == 1 && order.unassessed.count == 1)
    }

    @Test("A notice of the police waits for nothing; the assessment after it says why it was not made before")
    func emergency() throws {
        let law = try Law.shipped()
        var order = try draft("dvpn")
        try order.authorise(by: "Superintendent", at: try uk(Self.at), law)
        try order.serve(try Law.service(Self.at), law)
        #expect(order.isLive(at: try uk(Self.at)))
        let late = try refusal { try order.assess(try Law.assessment(on: "2025-02-01 14:00"), law) }
        #expect(late.allowed.contains("why it was not made before"))
        try order.assess(try Law.assessment(on: "2025-02-01 14:00", late: "She was in danger that night"), law)
        #expect(order.assessment?.whyLate == "She was in danger that night")
        // Before the service there is nothing to explain.
        var early = try draft("dvpn")
        try early.assess(try Law.assessment(), law)
        #expect(early.assessment?.whyLate == "")
    }

    @Test("The home of a person counts as the person; a business, an area and the person protected do not")
    func whose() throws {
        let law = try Law.shipped()
        func isRefused(_ order: Order) throws -> Bool {
            var order = order
            do { try order.authorise(by: "Head", at: try uk("2025-02-01 10:00"), law) } catch {
                return (error as? OrderRefusal)?.what.hasSuffix("were not assessed") == true
            }
            return false
        }
        #expect(try isRefused(Law.draft("nosp", maker: "registered provider", isAssessed: false)))
        #expect(try !isRefused(Law.draft("cpw", about: .body("Noise Ltd"), isAssessed: false)))
        #expect(try !isRefused(Law.draft("dispersal", isAssessed: false)))
        #expect(try !isRefused(draft("non-molestation", maker: "person protected")))
        func dapo(_ maker: String) throws -> Order {
            try Law.draft("dapo", born: "1990-01-01", maker: maker, area: "sutton", isAssessed: false)
        }
        #expect(try isRefused(dapo("police")) && !isRefused(dapo("person protected")))
    }

    @Test("A later assessment takes the place of the one before, which stays, and says what it corrects")
    func superseding() throws {
        let law = try Law.shipped()
        var order = try draft("injunction")
        let first = try Law.assessment()
        try order.assess(first, law)
        let refused = try refusal { try order.assess(try Law.assessment("Autism, says his mother"), law) }
        #expect(refused.what == "There is an assessment already")
        let second = try Law.assessment("Autism, says his mother", again: "His mother rang; nobody had known")
        try order.assess(second, law)
        #expect(order.assessments == [first, second] && order.assessment == second)
    }

    @Test("An assessment has all its parts and lies in no future day")
    func parts() throws {
        let law = try Law.shipped()
        var order = try draft("injunction")
        let parts: [WritableKeyPath<OrderAssessment, String>] = [
            \.known, \.tried, \.whyNotLess, \.adjustments, \.assessedBy,
        ]
        for part in parts {
            var assessment = try Law.assessment()
            assessment[keyPath: part] = " \n"
            #expect(try refusal { try order.assess(assessment, law) }.what == "The assessment is not complete")
        }
        var future = try Law.assessment()
        future.day = future.enteredAt.ukDate.advanced(by: 1)
        #expect(try refusal { try order.assess(future, law) }.what == "The assessment lies in the future")
        #expect(order.assessments.isEmpty)
        var warning = try draft("warning")
        #expect(throws: OrderRefusal.self) { try warning.assess(try Law.assessment(), law) }
    }

    @Test(
        "It is for those whose rights reach P2, stands in the history, and no draft brings one along",
        arguments: Engine.allCases)
    func register(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(try Law.draft("cbo", born: "1990-01-01", maker: "local authority"))
        #expect(try world.found(id, W.officer).order.assessments.isEmpty)
        let (first, second) = (try Law.assessment(), try Law.assessment("Dementia", again: "The doctor answered"))
        let entries = try world.entries {
            try world.change(id, version: 1) { order throws(OrderRefusal) in try order.assess(first, world.law) }.get()
            try world.change(id, version: 2) { order throws(OrderRefusal) in try order.assess(second, world.law) }.get()
        }
        #expect(entries == ["update|permit|-|order|proportionality|P2", "update|permit|-|order|proportionality|P2"])
        #expect(try world.found(id, W.officer).order.assessments == [first, second])
        #expect(try world.found(id, W.officer, version: 2).order.assessments == [first])
        let history = try world.write { try world.store.history(of: id, on: world.occasion(W.officer), in: $0) }
        #expect(history?.first?.changed == [.proportionality])
        // Shared by name and terms alone, it is not there.
        try world.write { connection in
            try world.store.guardRecord(id, reason: "Joint work", on: world.occasion(W.officer), in: connection) {
                $0.shares = [.init(agency: Law.code("police"), from: W.today, highest: .p1)]
            }.get()
        }
        let seen = try world.found(id, W.police)
        #expect(seen.order.assessments.isEmpty && !seen.shown.contains(.proportionality))
        #expect(try world.found(id, W.police, version: 3).order.assessments.isEmpty)
        let theirs = try world.write { try world.store.history(of: id, on: world.occasion(W.police), in: $0) }
        #expect(theirs?.contains { $0.changed.contains(.proportionality) } == false)
        let changed = try world.change(id, version: 3, by: W.police) { order throws(OrderRefusal) in
            try order.assess(second, world.law)
        }
        guard case .failure(.register(.denied)) = changed else { throw Fault("The police assessed it") }
    }

    @Test(
        "A type that asks for an assessment of nobody, at no step or at one that is none, is refused with its place",
        arguments: [
            ("\"person\"", "{ \"before\": [] }", "types[0].proportionality"),
            ("\"person\"", "{ \"before\": [\"made\"] }", "types[0].proportionality.before[0]"),
            ("\"person\"", "{ \"before\": [\"served\"], \"after\": [\"served\"] }", "types[0].proportionality"),
            ("\"person\"", "{ \"before\": [\"served\"], \"unless\": [] }", "types[0].proportionality.unless"),
            ("\"premises\"", "{ \"before\": [\"served\"] }", "types[0].proportionality"),
        ])
    func wrong(subject: String, asked: String, place: String) throws {
        let text = """
            { "name": "Test", "types": [{ "code": "x", "name": "X", "course": "notice",
              "bases": [{ "text": "An Act", "from": "2014-10-20" }], "subjects": [\(subject)], "makers": ["police"],
              "authority": "Inspector", "breach": "criminal", "proportionality": \(asked) }] }
            """
        let rules = try PolicyRules(folder: "\(Law.root)/Definitions/rules", own: nil)
        let fault = #expect(throws: Fault.self) {
            _ = try OrderTypes([DefinitionFile(bytes: Array(text.utf8), path: "types.json")], rules: rules)
        }
        #expect(fault?.place == "types.json, at \(place)")
    }
}
