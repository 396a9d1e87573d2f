import Casework
import Governance
import Kernel
import Rules
import Testing

@testable import Panels

@Suite struct MeetingRulesTests {
    typealias W = PanelWords
    static let policy = Result { try PolicyRules(folder: "\(PanelTypeTests.definitions)/rules", own: nil) }
    static let calendar = Result { try ClockCalendar(folder: "\(PanelTypeTests.definitions)/rules") }

    // MARK: - Deadlines

    @Test("Days are counted back and forward over weekends and bank holidays")
    func deadlines() throws {
        let marac = try PanelTypeTests.type("marac")

        // Tuesday 14 April 2026; Easter Monday is 6 April, Good Friday 3 April (gov.uk/bank-holidays).
        // Eight working days back: 13, 10, 9, 8, 7, 2, 1 April, 31 March. Three days back: 11 April. Five working days
        // on: 15, 16, 17, 20, 21 April.
        let days = try MeetingDeadlines(
            of: W.day("2026-04-14"), under: marac.deadlines, Self.policy.get(), on: Self.calendar.get())

        #expect(days.referral == W.day("2026-03-31"))
        #expect(days.research == W.day("2026-04-11"))
        #expect(days.minutes == W.day("2026-04-21"))
    }

    @Test("The Community MARAC takes referrals until ten days before, as Haringey does")
    func haringey() throws {
        let type = try PanelTypeTests.type("community-marac")

        let days = try MeetingDeadlines(
            of: W.day("2026-06-11"), under: type.deadlines, Self.policy.get(), on: Self.calendar.get())

        #expect(days.referral == W.day("2026-06-01"))
    }

    @Test("A rule that counts in months has no day before a meeting")
    func wrongRule() throws {
        let policy = try Self.policy.get()
        let calendar = try Self.calendar.get()
        let day = W.day("2026-06-11")
        let rules = PanelDeadlineRules(
            referral: "marac.flag", research: "panel.research", minutes: "panel.minutes", screening: "panel.screen",
            completion: "panel.completion", appeal: "panel.appeal")

        #expect(throws: Fault.self) { _ = try MeetingDeadlines(of: day, under: rules, policy, on: calendar) }
    }

    // MARK: - Agenda

    private func plan(
        _ items: [AgendaCandidate], incomplete: Int = 0, minutes: Int = 120
    ) throws -> AgendaPlan {
        let start = Instant(milliseconds: 1_780_304_400_000)
        return AgendaPlan(
            items, incomplete: incomplete, order: try PanelTypeTests.type("marac").agendaOrder,
            minutes: AgendaMinutes(
                items: [.new: 15, .repeat: 15, .review: 8, .update: 3, .transferIn: 15], action: 1),
            from: start, to: start.advanced(bySeconds: Int64(minutes) * 60))
    }

    private func item(_ number: Int, _ kind: AgendaKind, urgent: Bool = false, allotted: Int? = nil) -> AgendaCandidate
    {
        AgendaCandidate(
            W.id(number), kind, isUrgent: urgent, listedAt: Instant(milliseconds: Int64(number)), allotted: allotted)
    }

    @Test("Actions that are not complete come first, then what is urgent, repeats, new, reviews, updates, transfers")
    func order() throws {
        let items = [
            item(1, .transferIn), item(2, .update), item(3, .review), item(4, .new), item(5, .repeat), item(6, .new),
            item(7, .update, urgent: true),
        ]

        let plan = try plan(items.reversed(), incomplete: 4)

        let expected: [ID<AgendaItem>?] = [nil] + [7, 5, 4, 6, 3, 2, 1].map { W.id($0) }
        #expect(plan.lines.map(\.item) == expected)
        // 4 actions, 3, 15, 15, 15, 8, 3, 15 minutes: each begins when those before it end.
        let starts = plan.lines.map { Int($0.startsAt.seconds(since: plan.lines[0].startsAt)) / 60 }
        #expect(starts == [0, 4, 7, 22, 37, 52, 60, 63])
        #expect(plan.needed == 78)
        #expect(plan.missing == nil)
    }

    @Test("Too many items are a warning that says how many minutes are missing")
    func capacity() throws {
        // Nine cases of 15 minutes are 135; the co-ordinator gives one of them 20.
        let items = (1...8).map { item($0, .new) } + [item(9, .new, allotted: 20)]

        #expect(try plan(items).missing == 20)
        #expect(try plan(Array(items.prefix(8))).missing == nil)
    }

    @Test("Without actions and items the agenda is empty")
    func empty() throws { #expect(try plan([]).lines.isEmpty) }

    // MARK: - Quorum

    @Test("A quorum needs enough agencies and one of each kind that must be there")
    func quorum() throws {
        let quorum = try PanelTypeTests.type("marac").quorum
        let haven = "voluntary: domestic abuse service"
        let all: [Code<Agency>: String] = [
            W.word("police"): "police", W.word("council"): "local authority", W.word("health"): "health",
            W.word("haven"): haven,
        ]

        #expect(QuorumFinding(quorum, all).isMet)
        let without = QuorumFinding(quorum, all.filter { $0.value != haven })
        #expect(!without.isMet)
        #expect(without.missingKinds == [haven])
        #expect(without.present == 3)
        #expect(PanelQuorum.isOf(haven, "voluntary"))
        #expect(!PanelQuorum.isOf("police", "pol"))
    }

    // MARK: - Sight

    @Test(
        "An item is shown after confidentiality was accepted, and never to who declared a conflict",
        arguments: [
            (true, false, false, false), (true, true, false, true), (true, true, true, false),
            (false, false, false, true), (false, false, true, false),
        ])
    func sight(asks: Bool, accepted: Bool, conflict: Bool, isOpen: Bool) {
        let sight = ItemSight(asksConfidentiality: asks, hasAccepted: accepted, hasConflict: conflict)
        #expect(sight.isOpen == isOpen)
    }

    // MARK: - Actions

    @Test(
        "An action begins with a verb and says more than it",
        arguments: [
            ("Visit the victim at the safe address", true), ("Re-house the family by Friday", true),
            ("Police to visit", false), ("The flat", false), ("Visit", false), ("", false), ("Ongoing support", false),
        ])
    func verbs(text: String, isFine: Bool) {
        let today = W.day("2026-06-01")
        let problems = ActionCheck.problems(
            text, agency: W.word("police"), owner: W.id(1), due: today, on: today)
        #expect(problems.isEmpty == isFine)
    }

    @Test("An action has an agency, a person and a day that is not past")
    func who() {
        let today = W.day("2026-06-01")
        let none = ActionCheck.problems("Visit her", agency: nil, owner: nil, due: nil, on: today)
        let past = ActionCheck.problems(
            "Visit her", agency: W.word("police"), owner: W.id(1), due: W.day("2026-05-31"), on: today)

        #expect(none.map(\.field) == ["agency", "owner", "due"])
        #expect(past.map(\.field) == ["due"])
    }

    @Test("What is done after its last day is done late, and what was not done stays what it is")
    func outcomes() {
        let due = W.day("2026-06-10")
        #expect(ActionCheck.outcome(.done, due: due, on: due) == .done)
        #expect(ActionCheck.outcome(.done, due: due, on: W.day("2026-06-11")) == .doneLate)
        #expect(ActionCheck.outcome(.notUndertaken, due: due, on: W.day("2026-06-11")) == .notUndertaken)
        #expect(ActionCheck.outcome(.notPossibleChanged, due: due, on: W.day("2026-06-11")) == .notPossibleChanged)
    }
}
