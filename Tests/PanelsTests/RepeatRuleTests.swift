import Files
import Kernel
import People
import Rules
import Testing

@testable import Panels

@Suite struct RepeatRuleTests {
    typealias W = PanelWords
    static let victim: ID<Person> = W.id(1)
    static let harmer: ID<Person> = W.id(2)
    static let other: ID<Person> = W.id(3)

    private func finding(
        _ incident: String, criminal: Bool = true, by perpetrator: ID<Person>? = nil, of victim: ID<Person>? = nil,
        after referrals: [(referred: String, heard: String?)], identity: PersonIdentity = PersonIdentity()
    ) throws -> RepeatFinding {
        try RepeatRule.finding(
            AbuseIncident(
                victim: victim ?? Self.victim, perpetrator: perpetrator ?? Self.harmer, happenedOn: W.day(incident),
                isCriminal: criminal),
            among: referrals.map {
                MARACReferral(
                    victim: Self.victim, perpetrator: Self.harmer, referredOn: W.day($0.referred),
                    heardOn: $0.heard.map(W.day))
            }, identity: identity, under: MeetingRulesTests.policy.get())
    }

    @Test(
        "Today any abuse within twelve months of the last referral is a repeat, the last day too",
        arguments: [
            ("2026-03-10", "2027-03-10", true), ("2026-03-10", "2027-03-11", false),
            ("2024-02-29", "2025-02-28", true), ("2024-02-29", "2025-03-01", false),
            // From 28 February 2027 twelve months lead to 28 February 2028, and not to its 29th.
            ("2027-02-28", "2028-02-28", true), ("2027-02-28", "2028-02-29", false),
        ])
    func current(referred: String, incident: String, isRepeat: Bool) throws {
        let found = try finding(incident, criminal: false, after: [(referred, nil)])

        #expect(found.isRepeat == isRepeat)
        #expect(found.definition == .anyAbuseLastReferral)
        #expect(found.countedFrom == W.day(referred))
    }

    @Test("Before April 2017 only a crime within twelve months of the last hearing was one")
    func earlier() throws {
        // Referred in January, heard on 20 January 2016: twelve months after end on 20 January 2017.
        let past = [(referred: "2016-01-04", heard: String?.some("2016-01-20"))]

        #expect(try finding("2017-01-20", after: past).isRepeat)
        #expect(try !finding("2017-01-21", after: past).isRepeat)
        #expect(try !finding("2017-01-19", criminal: false, after: past).isRepeat)
        #expect(try finding("2017-01-20", after: past).definition == .criminalLastHeard)
        #expect(try !finding("2016-06-01", after: [("2016-01-04", nil)]).isRepeat)
    }

    @Test("The window begins anew with each referral")
    func renewed() throws {
        let past: [(referred: String, heard: String?)] = [("2024-05-01", nil), ("2025-04-01", nil)]

        #expect(try finding("2026-03-31", after: past).isRepeat)
        #expect(try finding("2026-03-31", after: past).countedFrom == W.day("2025-04-01"))
    }

    @Test("Someone else who harms makes a new case, linked to the earlier one")
    func swap() throws {
        let found = try finding("2026-04-01", by: Self.other, after: [("2026-03-10", nil)])

        #expect(!found.isRepeat)
        #expect(found.hasOtherPair)
        #expect(try !finding("2026-04-01", after: [("2026-03-10", nil)]).hasOtherPair)
    }

    @Test("Records that were put together are one person, through every step and in a ring")
    func merged() throws {
        let chain = PersonIdentity(merges: [W.id(11): W.id(10), W.id(10): Self.victim])
        let ring = PersonIdentity(merges: [W.id(11): Self.victim, Self.victim: W.id(11)])

        #expect(try finding("2026-04-01", of: W.id(11), after: [("2026-03-10", nil)], identity: chain).isRepeat)
        #expect(try !finding("2026-04-01", of: W.id(12), after: [("2026-03-10", nil)], identity: chain).isRepeat)
        #expect(ring.canonical(W.id(11)) == Self.victim)
    }

    @Test("An incident told late counts on the day on which it happened")
    func late() throws {
        // Told in May 2027, when the time was over; it happened within it.
        // An incident before the referral is no repeat.
        #expect(try finding("2027-03-01", after: [("2026-03-10", nil)]).isRepeat)
        #expect(try !finding("2026-03-09", after: [("2026-03-10", nil)]).isRepeat)
    }

    @Test("A flag lasts until the day before the corresponding date, and a new referral renews it")
    func flag() throws {
        func end(_ days: [String]) throws -> LocalDate? {
            try RepeatRule.flagEnd(
                of: Self.victim,
                among: days.map {
                    MARACReferral(victim: Self.victim, perpetrator: Self.harmer, referredOn: W.day($0))
                }, under: MeetingRulesTests.policy.get(), on: MeetingRulesTests.calendar.get())
        }

        #expect(try end([]) == nil)
        #expect(try end(["2026-03-10"]) == W.day("2027-03-09"))
        #expect(try end(["2026-03-10", "2026-09-01"]) == W.day("2027-08-31"))
        // 29 February has no corresponding date in 2025: the time ends with February's last day.
        #expect(try end(["2024-02-29"]) == W.day("2025-02-28"))
    }

    @Test(
        "Escalation is a number that each area sets: 4 as shipped, 3 as in Bristol, 5 as in Cheshire",
        arguments: [3, 4, 5])
    func escalation(needed: Int) throws {
        let own = """
            {"name": "own", "approvedBy": "Board", "approvedOn": "2026-01-01", "rules": [{"key": "marac.escalation.n",
            "name": "n", "value": \(needed), "from": "2008-01-01", "source": "area", "standing": "practice"}]}
            """
        let policy = try PolicyRules([
            DefinitionFile(path: "\(PanelTypeTests.definitions)/rules/default.json"),
            DefinitionFile(bytes: Array(own.utf8), path: "own.json"),
        ])
        let day = W.day("2026-06-01")
        // The first day of the twelve months counts; the day before and days to come do not.
        let reports = [
            "2025-05-31", "2026-07-01", "2025-06-01", "2025-12-24", "2026-01-05", "2026-02-01", "2026-05-30",
        ]
        .map(W.day)

        #expect(try RepeatRule.isEscalation(Array(reports.prefix(2 + needed)), on: day, under: policy))
        #expect(try !RepeatRule.isEscalation(Array(reports.prefix(1 + needed)), on: day, under: policy))
    }

    @Test(
        "Score bands have their edges at 10 and 14 of 24",
        arguments: [(9, "standard"), (10, "medium"), (13, "medium"), (14, "high")])
    func bands(score: Int, band: String) throws {
        #expect(try MARACBand(score, on: W.day("2026-06-01"), under: MeetingRulesTests.policy.get()).rawValue == band)
    }
}
