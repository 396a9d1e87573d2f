import Governance
import Kernel
import Testing

@testable import Enforcement

@Suite("Terms that contradict each other")
struct OrderOverlapTests {
    private static let home = OrderPlace(
        "12 Mill Lane", within: ["Mill Estate"], point: .init(latitude: 51.37, longitude: -0.1))
    private static let estate = OrderPlace("Mill Estate")
    /// A square around the home, and one beside it.
    private static let square = OrderPlace(
        "The square",
        outline: [
            .init(latitude: 51.36, longitude: -0.11), .init(latitude: 51.36, longitude: -0.09),
            .init(latitude: 51.38, longitude: -0.09), .init(latitude: 51.38, longitude: -0.11),
        ])
    private static let beside = OrderPlace(
        "The other square",
        outline: square.outline.map { .init(latitude: $0.latitude, longitude: $0.longitude + 0.05) })
    private static let centre = OrderPlace("Youth centre")

    private func hours(_ days: Set<Int>, _ from: Int, _ until: Int) throws -> [WeeklyHours] {
        [try #require(WeeklyHours(days: days, from: from * 60, until: until * 60))]
    }

    private func term(_ part: OrderTermPart) -> OrderTerm { OrderTerm(.requirement, "Words", part: part) }

    private func clashes(_ a: OrderTermPart, _ b: OrderTermPart) -> Bool {
        let one = OrderOverlap([term(a)], beside: [(Law.id(5), [term(b)])])
        let other = OrderOverlap([term(b)], beside: [(Law.id(5), [term(a)])])
        #expect(one.contradictions.count == other.contradictions.count)
        #expect(one.contradictions.allSatisfy { $0.order == Law.id(5) })
        return !one.contradictions.isEmpty
    }

    @Test("To live at a place inside an area not to be entered: by name, by what was said, by the map")
    func reside() {
        let live = OrderTermPart(.reside, place: Self.home)
        #expect(clashes(live, OrderTermPart(.keepOut, place: Self.estate)))
        #expect(clashes(live, OrderTermPart(.keepOut, place: OrderPlace(" 12  mill lane"))))
        #expect(clashes(live, OrderTermPart(.keepOut, place: Self.square)))
        #expect(!clashes(live, OrderTermPart(.keepOut, place: Self.beside)))
        #expect(!clashes(live, OrderTermPart(.keepOut, place: OrderPlace("Station"))))
        #expect(clashes(live, OrderTermPart(.reside, place: Self.centre)))
        #expect(!clashes(live, OrderTermPart(.reside, place: Self.estate)))
    }

    @Test("To attend on Mondays at ten during a curfew elsewhere; a curfew over midnight reaches the next day")
    func curfew() throws {
        let monday = OrderTermPart(.attend, place: Self.centre, hours: try hours([0], 10, 11))
        #expect(clashes(monday, OrderTermPart(.curfew, place: Self.home, hours: try hours([0], 9, 12))))
        #expect(!clashes(monday, OrderTermPart(.curfew, place: Self.home, hours: try hours([1], 9, 12))))
        #expect(!clashes(monday, OrderTermPart(.curfew, place: Self.home, hours: try hours([0], 11, 12))))
        // From Sunday 19:00 to Monday 10:30: over the end of the week.
        let night = [try #require(WeeklyHours(days: [6], from: 19 * 60, until: 10 * 60 + 30))]
        #expect(clashes(monday, OrderTermPart(.curfew, place: Self.home, hours: night)))
        #expect(!clashes(monday, OrderTermPart(.curfew, place: Self.centre, hours: night)))
        // Nobody said when: nothing is claimed.
        #expect(
            !clashes(OrderTermPart(.attend, place: Self.centre), OrderTermPart(.curfew, place: Self.home, hours: night))
        )
        #expect(clashes(OrderTermPart(.curfew, place: Self.home), OrderTermPart(.keepOut, place: Self.estate)))
    }

    @Test("To attend inside an exclusion, at its hours; two attendances at once")
    func attend() throws {
        let monday = OrderTermPart(.attend, place: Self.home, hours: try hours([0], 10, 11))
        #expect(clashes(monday, OrderTermPart(.keepOut, place: Self.estate)))
        #expect(clashes(monday, OrderTermPart(.keepOut, place: Self.estate, hours: try hours([0], 8, 18))))
        #expect(!clashes(monday, OrderTermPart(.keepOut, place: Self.estate, hours: try hours([5, 6], 8, 18))))
        #expect(clashes(monday, OrderTermPart(.attend, place: Self.centre, hours: try hours([0], 10, 12))))
        #expect(!clashes(monday, OrderTermPart(.attend, place: Self.centre, hours: try hours([2], 10, 12))))
    }

    @Test("Not to contact someone with whom another order sends the person to a meeting")
    func contact() {
        let apart = OrderTermPart(.nonContact, person: Law.id(7))
        #expect(clashes(apart, OrderTermPart(.attend, place: Self.centre, person: Law.id(7))))
        #expect(!clashes(apart, OrderTermPart(.attend, place: Self.centre, person: Law.id(8))))
    }

    @Test("Free text is never judged, only shown; a draft is compared with itself too")
    func freeText() {
        let free = OrderTerm(.prohibition, "Must not enter Mill Estate")
        let live = term(OrderTermPart(.reside, place: Self.home))
        let overlap = OrderOverlap(
            [free, live], beside: [(Law.id(5), [OrderTerm(.requirement, "Live on Mill Estate")])])
        #expect(overlap.contradictions.isEmpty)
        #expect(overlap.unjudged.map(\.text) == ["Must not enter Mill Estate", "Live on Mill Estate"])
        let own = OrderOverlap([live, term(OrderTermPart(.keepOut, place: Self.estate))], beside: [])
        #expect(own.contradictions.map(\.order) == [nil])
    }
}
