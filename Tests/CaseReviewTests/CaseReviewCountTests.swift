import Governance
import Kernel
import Rules
import Testing

@testable import CaseReview

@Suite("Counting the complaints of a case review")
struct CaseReviewCountTests {
    // Section 104(11)(a): one month beginning with the day of the behaviour ends the day before the same day of the next
    // month; where there is no such day, with the month's last day.
    @Test(
        "A complaint counts to the last day of the month that begins with the behaviour",
        arguments: [
            ("2026-03-14", "2026-04-13", "2026-04-14"), ("2026-01-31", "2026-02-28", "2026-03-01"),
            ("2028-01-30", "2028-02-29", "2028-03-01"), ("2028-02-29", "2028-03-28", "2028-03-29"),
            ("2026-02-28", "2026-03-27", "2026-03-28"), ("2025-12-01", "2025-12-31", "2026-01-01"),
        ])
    func complaintWindow(behaviour: String, last: String, late: String) throws {
        let inTime = try count([complaint(1, of: behaviour, made: last)], appliedOn: late)
        #expect(inTime.count == 1)
        let tooLate = try count([complaint(1, of: behaviour, made: late)], appliedOn: late)
        #expect(tooLate.count == 0)
        #expect(tooLate.items.map(\.reason) == [.late(lastDay: try day(last))])
    }

    // Section 104(11)(b): six months beginning with the day of the complaint.
    @Test(
        "A complaint counts for applications to the last day of the six months that begin with it",
        arguments: [
            ("2026-04-13", "2026-10-12", "2026-10-13"), ("2026-08-31", "2027-02-28", "2027-03-01"),
            ("2027-08-31", "2028-02-29", "2028-03-01"), ("2025-10-01", "2026-03-31", "2026-04-01"),
        ])
    func applicationWindow(made: String, last: String, late: String) throws {
        let complaint = try complaint(1, of: made, made: made)
        #expect(try count([complaint], appliedOn: last).count == 1)
        #expect(try count([complaint], appliedOn: late).items.map(\.reason) == [.old(lastDay: try day(last))])
    }

    // Two months beginning with 14 March end on 13 May; three beginning with that day end on 12 August.
    @Test("Published periods that are longer than the Act's are counted as they are published")
    func ownWindows() throws {
        let rules = try Shipped.rules(
            ("caseReview.complaintWindow", #"{ "count": 2, "counting": "months-beginning-with" }"#),
            ("caseReview.applicationWindow", #"{ "count": 3, "counting": "months-beginning-with" }"#))
        let complaint = try complaint(1, of: "2026-03-14", made: "2026-05-13")
        #expect(try count([complaint], appliedOn: "2026-08-12", rules).count == 1)
        #expect(try count([complaint], appliedOn: "2026-08-12").count == 0)
        #expect(try count([complaint], appliedOn: "2026-08-13", rules).count == 0)
    }

    @Test("A complaint made before the behaviour is refused as input, and so is behaviour that ends before it begins")
    func input() throws {
        #expect(throws: Complaint.Problem.madeBeforeBehaviour) {
            try complaint(1, of: "2026-03-14", made: "2026-03-13")
        }
        #expect(throws: Complaint.Problem.madeBeforeBehaviour) {
            try complaint(1, of: "2026-03-01 2026-03-14", made: "2026-03-10")
        }
        #expect(throws: Complaint.Problem.endsBeforeBeginning) {
            try complaint(1, of: "2026-03-14 2026-03-01", made: "2026-03-20")
        }
        #expect(try complaint(1, of: "2026-03-14", made: "2026-03-14").madeOn == day("2026-03-14"))
    }

    @Test("Of behaviour that lasted, the latest day counts; while it goes on, the day of the complaint")
    func ongoing() throws {
        // From January, complained of in May: by the first day late, by the last in time.
        let lasted = try complaint(1, of: "2026-01-05 2026-05-02", made: "2026-05-20")
        #expect(try count([lasted], appliedOn: "2026-06-01").count == 1)
        let ongoing = try Complaint(
            id: id(2), behaviourFirst: day("2026-01-05"), behaviourLast: nil, madeOn: day("2026-05-20"),
            madeTo: word("police"), reporter: .person(id(1)))
        #expect(try ongoing.behaviourLast == day("2026-05-20"))
        #expect(try count([ongoing], appliedOn: "2026-06-01").count == 1)
    }

    @Test("The same night told to housing, council and police is one complaint")
    func sameIncident() throws {
        let night = try [
            complaint(1, of: "2026-05-01", made: "2026-05-02", to: "housing", incident: "night"),
            complaint(2, of: "2026-05-01", made: "2026-05-01", to: "police", incident: "night"),
            complaint(3, of: "2026-05-01", made: "2026-05-02", to: "council", incident: "night"),
            complaint(4, of: "2026-05-09", made: "2026-05-09"),
        ]
        let result = try count(night, appliedOn: "2026-06-01")
        #expect(result.count == 2)
        #expect(try result.counted.map(\.id) == [id(2), id(4)])
        #expect(result.items[1].reason == .sameIncident(as: night[1]))
        #expect(
            result.inWords[1] == """
                The complaint of 2 May 2026 does not count: it is about the same incident as the complaint of 1 May 2026, \
                which is counted once.
                """)
        // One that is too late takes nothing from one of the same incident that is in time.
        let late = try complaint(5, of: "2026-05-01", made: "2026-07-02", incident: "night")
        #expect(try count(night + [late], appliedOn: "2026-08-01").count == 2)
        #expect(try count([late], appliedOn: "2026-08-01").count == 0)
    }

    @Test("Anonymous reports count once it is proved who made them; diaries, other areas and earlier reviews do not")
    func unfit() throws {
        let anonymous = try complaint(1, of: "2026-05-01", made: "2026-05-01", by: nil)
        let proved = try Complaint(
            id: id(2), behaviourFirst: day("2026-05-02"), behaviourLast: day("2026-05-02"), madeOn: day("2026-05-02"),
            madeTo: word("council"), reporter: .proved(id(1)))
        var diary = try complaint(3, of: "2026-05-03", made: "2026-05-03")
        diary.isDiaryOnly = true
        var elsewhere = try complaint(4, of: "2026-05-04", made: "2026-05-04")
        elsewhere.isInArea = false
        var before = try complaint(5, of: "2026-05-05", made: "2026-05-05")
        before.wasReviewedBefore = true
        let after = try complaint(6, of: "2026-06-02", made: "2026-06-02")
        let result = try count([anonymous, proved, diary, elsewhere, before, after], appliedOn: "2026-06-01")
        #expect(
            result.items.map(\.reason) == [.anonymous, nil, .diaryOnly, .outOfArea, .reviewedBefore, .afterApplication])
        #expect(result.count == 1 && result.reporters == 1)
    }

    @Test("Complaints are counted for a person, a household or the community, as the procedures say")
    func units() throws {
        let complaints = try [
            complaint(1, of: "2026-05-01", made: "2026-05-01", by: 1, household: "seven"),
            complaint(2, of: "2026-05-02", made: "2026-05-02", by: 2, household: "seven"),
            complaint(3, of: "2026-05-03", made: "2026-05-03", by: 3, household: "nine"),
        ]
        func result(_ unit: String, household: String? = "seven") throws -> CaseReviewCount {
            try count(
                complaints, appliedOn: "2026-06-01", household: household,
                Shipped.rules(("caseReview.unit", "\"\(unit)\"")))
        }
        #expect(try result("person").count == 1)
        #expect(try result("person").items[1].reason == .otherPerson)
        #expect(try result("household").count == 2)
        #expect(try result("household").items[2].reason == .otherHousehold)
        #expect(try result("household", household: nil).count == 1)
        #expect(try result("community").count == 3)
        #expect(throws: Fault.self) { try result("street") }
    }

    @Test("A letter can say of each complaint why it counts or not, with the days")
    func letter() throws {
        let result = try count(
            [
                complaint(1, of: "2026-03-14", made: "2026-04-20"), complaint(2, of: "2025-11-02", made: "2025-11-03"),
                complaint(3, of: "2026-05-01 2026-05-04", made: "2026-05-05"),
            ], appliedOn: "2026-06-01")
        // Six months beginning with 3 November 2025 end on 2 May 2026.
        #expect(
            result.inWords == [
                """
                The complaint of 3 November 2025 does not count: it counts for an application made by 2 May 2026 (6 months \
                beginning with the day), and this one was made on 1 June 2026.
                """,
                """
                The complaint of 20 April 2026 does not count: what it is about last happened on 14 March 2026, so that it \
                had to be made by 13 April 2026 (1 month beginning with the day).
                """,
                "The complaint of 5 May 2026 about what happened from 1 May 2026 to 4 May 2026 counts.",
            ])
        #expect(result.summary == "1 complaint counts. The review procedures ask for 3.")
    }

    @Test("One complaint fewer never counts more, the order does not matter, and what counts counts again")
    func properties() throws {
        var random = SeededRandom(seed: 104)
        let calendar = try Shipped.calendar()
        let applied = try day("2026-06-01")
        for unit in CaseReviewPolicy.Unit.allCases {
            let policy = try CaseReviewPolicy(
                Shipped.rules(("caseReview.unit", "\"\(unit.rawValue)\"")), on: applied)
            let request = CaseReviewRequest(madeOn: applied, victim: try id(1), household: try word("seven"))
            func count(_ complaints: [Complaint]) -> CaseReviewCount {
                CaseReviewCount(complaints, for: request, by: policy, on: calendar)
            }
            for _ in 0..<100 {
                let complaints = try (0..<random.below(9)).map { number in
                    let first = applied.advanced(by: -random.below(260))
                    let made = first.advanced(by: random.below(45))
                    var complaint = try Complaint(
                        id: id(number), behaviourFirst: first, behaviourLast: first, madeOn: made,
                        madeTo: word("council"),
                        reporter: random.chance(0.1) ? .anonymous : .person(id(1 + random.below(3))))
                    if random.chance(0.6) { complaint.sameIncident = try word("incident-\(random.below(3))") }
                    if random.chance(0.5) { complaint.household = try word("seven") }
                    complaint.isHate = random.chance(0.1)
                    return complaint
                }
                let whole = count(complaints)
                let shuffled = complaints.shuffled(using: &random)
                #expect(count(shuffled) == whole)
                let again = count(whole.counted)
                #expect(again.count == whole.count && again.counted == whole.counted)
                for index in complaints.indices {
                    var fewer = complaints
                    fewer.remove(at: index)
                    let less = count(fewer)
                    #expect(less.count <= whole.count && whole.count - less.count <= 1)
                    #expect(less.reporters <= whole.reporters)
                    #expect(!CaseReviewThreshold(less).isMet || CaseReviewThreshold(whole).isMet)
                }
            }
        }
    }
}
