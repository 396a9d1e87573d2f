import Governance
import Kernel
import Storage
import TestDatabases
import Testing

@testable import People

@Suite("Whether a person may be reached", .serialized)
struct ContactTests {
    typealias W = PeopleWorld
    // 1 June 2026 is a Monday, and the clock shows 10:00 in London.
    static let may = LocalDate(day: W.today.day - 31)

    private func ask(
        _ channel: ContactChannel, _ methods: [ContactContent], address: AddressContent? = nil, phone: String? = nil,
        note: String? = nil, side: SubjectSide? = .victim, since: LocalDate? = nil
    ) -> ContactAnswer {
        .decide(
            channel, methods: methods, address: address, phone: phone, email: nil, note: note, side: side,
            confirmedSince: since, now: W.now)
    }

    private func phone(_ safety: ContactSafetyWord, _ body: (inout ContactContent) -> Void = { _ in }) -> ContactContent
    {
        var content = ContactContent(.telephone, "07700 900123", safety: safety)
        body(&content)
        return content
    }

    @Test("Only the person's own yes makes a call safe; of someone who harms, only a no forbids it")
    func word() {
        #expect(ask(.telephone, [phone(.yes)]).bars == [])
        #expect(ask(.telephone, [phone(.yes)]).value == "07700 900123")
        #expect(ask(.telephone, [phone(.unknown)]).bars == [.notAsked])
        #expect(ask(.telephone, [phone(.unknown)]).value == nil)
        #expect(ask(.telephone, [phone(.no)]).bars == [.unsafe])
        #expect(ask(.telephone, [], phone: "07700 900123").bars == [.notAsked])
        #expect(ask(.telephone, [], phone: "07700 900123", side: nil).bars == [.notAsked])
        #expect(ask(.telephone, [], phone: "07700 900123", side: .perpetrator).isSafe)
        #expect(ask(.telephone, [phone(.no)], side: .perpetrator).bars == [.unsafe])
        #expect(ask(.telephone, []).bars == [.noWay])
        #expect(ask(.email, [phone(.yes)]).bars == [.noWay])
    }

    @Test("A number that is safe is preferred to one that is not, and one that ended is not used")
    func several() {
        var other = phone(.yes)
        other.value = "01632 960 001"
        #expect(ask(.telephone, [phone(.no), other]).value == "01632 960 001")
        other.endedOn = W.today.advanced(by: -1)
        #expect(ask(.telephone, [phone(.no), other]).bars == [.unsafe])
    }

    @Test(
        "Days and times of the person's are kept to",
        arguments: [
            // days, from, until, what stands against it on Monday at 10:00
            ([0], 600, 840, 0), ([0], 601, nil, 1), ([0], nil, 600, 1), ([1, 2], nil, nil, 1), ([], 0, 1439, 0),
            ([6], 720, 840, 2),
        ] as [([Int], Int?, Int?, Int)])
    func times(days: [Int], from: Int?, until: Int?, count: Int) {
        let method = phone(.yes) {
            $0.days = Set(days)
            $0.fromMinute = from
            $0.untilMinute = until
        }
        #expect(ask(.telephone, [method]).bars.count == count)
    }

    @Test("A yes that is too old, or has no day, is asked for again")
    func stale() {
        #expect(ask(.telephone, [phone(.yes)], since: Self.may).bars == [.notConfirmed(since: nil)])
        let old = phone(.yes) { $0.confirmedOn = Self.may.advanced(by: -1) }
        #expect(ask(.telephone, [old], since: Self.may).bars == [.notConfirmed(since: Self.may.advanced(by: -1))])
        #expect(ask(.telephone, [phone(.yes) { $0.confirmedOn = Self.may }], since: Self.may).isSafe)
    }

    @Test("A letter goes to the address that takes letters, never to a withheld one")
    func letters() {
        let letter = ContactContent(.letter, nil, safety: .yes)
        let home = AddressContent(.home, "1 Row", takesLetters: true)
        #expect(ask(.letter, [letter], address: home).value == "1 Row")
        #expect(ask(.letter, [letter]).bars == [.noWay])
        #expect(ask(.letter, [], address: home).bars == [.notAsked])
        #expect(ask(.letter, [], address: home, side: .perpetrator).isSafe)
        let refuge = AddressContent(.refuge, "The haven", secrecy: .safety, takesLetters: true)
        #expect(ask(.letter, [letter], address: refuge).bars == [.withheld])
        #expect(ask(.letter, [], address: refuge, side: .perpetrator).bars == [.withheld])
        // The last day is one on which letters still go there; the day after they do not, nor before the first.
        var left = home
        left.until = W.today
        #expect(ask(.letter, [letter], address: left).value == "1 Row")
        left.until = W.today.advanced(by: -1)
        #expect(ask(.letter, [letter], address: left).bars == [.noWay])
        #expect(ask(.letter, [], address: left, side: .perpetrator).bars == [.noWay])
        var coming = home
        coming.from = W.today.advanced(by: 1)
        #expect(ask(.letter, [letter], address: coming).bars == [.noWay])
        // The times at which a call is safe say nothing of letters.
        var timed = letter
        timed.days = [3]
        #expect(ask(.letter, [timed], address: home).isSafe)
    }

    @Test("What to mind comes with the answer")
    func advice() {
        let method = phone(.yes) {
            $0.leaveName = "the library"
            $0.isShared = true
            $0.days = [0, 4]
            $0.untilMinute = 14 * 60
        }
        let answer = ask(.telephone, [method], note: "Not while he is home")
        #expect(
            answer.advice == [
                "Safe times: Monday, Friday; until 14:00", "Leave no message", "Say that you are: the library",
                "Someone else uses this telephone or computer", "Not while he is home",
            ])
    }

    @Test("Who may not see how someone is reached learns only that they must ask", arguments: TestDatabase.engines)
    func walls(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(NewPerson(W.whole, side: .victim, team: W.word("asb-team")))
        func set(_ content: ContactContent, _ actor: Actor) throws -> Result<Void, PartRefusal> {
            try world.write {
                try world.store.setContact(nil, of: id, to: content, on: world.occasion(actor), in: $0)
            }
        }
        #expect(throws: PartRefusal.register(.denied(.wall))) { try set(phone(.yes), W.chaser).get() }
        #expect(
            throws: PartRefusal.problems([
                PartProblem("value", "Enter a telephone number, like 01632 960 001")
            ])
        ) { try set(ContactContent(.telephone, "none", safety: .yes), W.officer).get() }
        try set(phone(.no) { $0.leaveName = "the library" }, W.officer).get()
        func answer(_ actor: Actor) throws -> ContactAnswer? {
            try world.write {
                try world.store.contact(
                    .telephone, for: id, confirmedSince: nil, on: world.occasion(actor), in: $0)
            }
        }
        #expect(try answer(W.officer)?.bars == [.unsafe])
        #expect(try answer(W.chaser)?.bars == [.notForYou])
        #expect(try answer(W.chaser)?.advice == [])
        #expect(try answer(W.member) == nil)
        let method = try #require(try world.found(id, W.officer).contacts.first)
        #expect(method.content.leaveName == "the library" && method.content.safety == .no)
        try world.write {
            try world.store.setContact(
                (method.id, 1), of: id, to: phone(.yes), on: world.occasion(W.officer), in: $0)
        }.get()
        #expect(try answer(W.officer)?.isSafe == true)
        let history = try world.write { try world.store.history(of: id, on: world.occasion(W.officer), in: $0) }
        #expect(history.map(\.text) == ["telephone: 07700 900123; safe: no; no message; say: the library"])
    }

    @Test("Times are read as clocks show them")
    func clocks() {
        #expect(ContactContent.minute("9:05") == 545 && ContactContent.minute("09:05") == 545)
        #expect(ContactContent.minute("24:00") == nil && ContactContent.minute("9") == nil)
        #expect(ContactContent.minute("9:5") == nil && ContactContent.clock(545) == "09:05")
    }
}
