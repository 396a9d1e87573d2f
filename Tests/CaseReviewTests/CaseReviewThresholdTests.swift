import Casework
import Files
import Governance
import Kernel
import Rules
import Testing

@testable import CaseReview

@Suite("The threshold of a case review")
struct CaseReviewThresholdTests {
    private func complaints(_ number: Int, by people: Int = 1) throws -> [Complaint] {
        try (1...number).map {
            try complaint(
                $0, of: "2026-05-0\($0)", made: "2026-05-0\($0)", by: 1 + $0 % people)
        }
    }

    private func threshold(_ complaints: [Complaint], _ rules: PolicyRules? = nil) throws -> CaseReviewThreshold {
        CaseReviewThreshold(try count(complaints, appliedOn: "2026-06-01", rules))
    }

    @Test("Three qualifying complaints meet it and two do not; procedures may ask for two")
    func number() throws {
        #expect(try threshold(complaints(2)).isMet == false)
        #expect(try threshold(complaints(3)).tests == [.complaints])
        #expect(try threshold(complaints(2), Shipped.rules(("caseReview.complaints.n", "2"))).tests == [.complaints])
    }

    @Test("Procedures may not ask for more complaints than the Act, and not for none")
    func raised() throws {
        for number in ["4", "0"] {
            #expect(throws: Fault.self) {
                try CaseReviewPolicy(Shipped.rules(("caseReview.complaints.n", number)), on: day("2026-06-01"))
            }
        }
    }

    @Test("An application is judged by the rules of its own day, and keeps them")
    func versions() throws {
        let rules = try Shipped.rules(("caseReview.complaints.n", "2"), from: "2026-06-02")
        let two = try complaints(2)
        let before = CaseReviewThreshold(try count(two, appliedOn: "2026-06-01", rules))
        let after = CaseReviewThreshold(try count(two, appliedOn: "2026-06-02", rules))
        #expect(!before.isMet && after.isMet)
        let used = after.count.policy.rules.first { $0.key == "caseReview.complaints.n" }
        #expect(try used?.from == day("2026-06-02"))
        #expect(after.count.policy.rules.count == 7)
    }

    @Test("Five different people meet it where the procedures say so, whosever household they are of")
    func reporters() throws {
        let rules = try Shipped.rules(("caseReview.communityReporters.n", "5"))
        let five = try complaints(5, by: 5)
        #expect(try threshold(five, rules).tests == [.reporters])
        #expect(try threshold(five).isMet == false)
        #expect(try threshold(complaints(4, by: 4), rules).isMet == false)
        // Five people who tell of one night are five people, and one incident.
        let night = five.map { complaint in
            var complaint = complaint
            complaint.sameIncident = Code("night")
            return complaint
        }
        #expect(try threshold(night, rules).tests == [.reporters])
    }

    @Test("One hate incident meets it where the procedures say so, and only when its complaint qualifies")
    func hate() throws {
        let rules = try Shipped.rules(("caseReview.hateSingle", "true"))
        var one = try complaint(1, of: "2026-05-01", made: "2026-05-01")
        one.isHate = true
        #expect(try threshold([one], rules).tests == [.hate])
        #expect(try threshold([one]).isMet == false)
        one.isDiaryOnly = true
        #expect(try threshold([one], rules).isMet == false)
    }

    @Test("The panel's finding of harm can meet it, with a reason, and cannot undo what the count has met")
    func harm() throws {
        let count = try count(complaints(1), appliedOn: "2026-06-01")
        let today = try day("2026-06-10")
        #expect(CaseReviewThreshold.HarmFinding(by: try id(9), on: today, reason: "  ") == nil)
        let finding = CaseReviewThreshold.HarmFinding(by: try id(9), on: today, reason: "She has not slept for weeks.")
        let threshold = CaseReviewThreshold(count, harm: finding)
        #expect(threshold.tests == [.harm])
        #expect(threshold.refusal(of: .metAwaiting) == nil)
        #expect(threshold.refusal(of: .notMet) != nil)
    }

    @Test("A met count cannot be recorded as not met, and an unmet one not as met")
    func outcomes() throws {
        let met = try threshold(complaints(3))
        #expect(met.refusal(of: .notMet) == "The threshold is met: enough qualifying complaints were made.")
        #expect(met.refusal(of: .notMetDiscretionaryReview(hasRecommendations: false)) != nil)
        #expect(met.refusal(of: .metReviewed(hasRecommendations: true)) == nil)
        let unmet = try threshold(complaints(2))
        #expect(unmet.refusal(of: .metReviewed(hasRecommendations: true)) != nil)
        #expect(unmet.refusal(of: .metAwaiting) != nil)
        #expect(unmet.refusal(of: .notMetDiscretionaryReview(hasRecommendations: true)) == nil)
        for outcome in [CaseReviewOutcome.withdrawn, .pending, .invalid(.vexatious(reason: "See the letter"))] {
            #expect(met.refusal(of: outcome) == nil && unmet.refusal(of: outcome) == nil)
        }
    }
}

@Suite("Where an application stands")
struct CaseReviewStateTests {
    // By the calendar: 25 and 26 December 2025 and 1 January 2026 are bank holidays, so that the working days after
    // Wednesday 24 December are 29, 30, 31 December, 2, 5-9 and 12-16 January: the third is the 31st, the fourteenth 16
    // January.
    @Test("The clocks of an application run over the bank holidays of Christmas")
    func clocks() throws {
        let calendar = try Shipped.calendar()
        let opened = try day("2025-12-24").startInUK.advanced(bySeconds: 36_000)
        let rules = try Shipped.rules()
        let clocks = try [rules.start("caseReview.ack", at: opened), rules.start("caseReview.threshold", at: opened)]
        let days = clocks.map { calendar.deadline($0.length, from: $0.startedAt)?.lastDay }
        #expect(try days == [day("2025-12-31"), day("2026-01-16")])
    }

    @Test("Every state can be reached, and all but the ends lead further")
    func paths() {
        var reached: Set<CaseReviewState> = [.received]
        var open: [CaseReviewState] = [.received]
        while let state = open.popLast() {
            for next in state.next(hasPolicingBodyReview: true) where reached.insert(next).inserted {
                open.append(next)
            }
        }
        #expect(reached == Set(CaseReviewState.allCases))
        // What was taken back can only be opened again; what was closed can be appealed against too.
        #expect(CaseReviewState.withdrawn.next(hasPolicingBodyReview: true) == [.received])
        #expect(CaseReviewState.closed.next(hasPolicingBodyReview: true) == [.appealed, .received])
    }

    @Test("The states and steps of the case type are those that the module knows")
    func file() throws {
        let file = try DefinitionFile(path: "\(Shipped.root)/Definitions/case-types/case-review.json")
        let type = try CaseType(file)
        #expect(Set(type.states.map(\.code.text)) == Set(CaseReviewState.allCases.map(\.rawValue)))
        #expect(Set(type.moves.map(\.code.text)) == Set(CaseReviewMove.allCases.map(\.rawValue)))
        var ways: [CaseReviewState: Set<CaseReviewState>] = [:]
        for move in type.moves {
            let to = try #require(move.to.flatMap(CaseReviewState.init(_:)))
            for state in type.states where move.leaves(state) {
                ways[try #require(CaseReviewState(state.code)), default: []].insert(to)
            }
        }
        // What was opened again has clocks of its own.
        let clocks = Set(type.clocks.map(\.code.text).filter { !$0.hasSuffix("-again") })
        #expect(clocks == Set(CaseReviewState.allCases.compactMap(\.clock)))
        for state in CaseReviewState.allCases {
            #expect(ways[state, default: []] == state.next(hasPolicingBodyReview: true), "\(state)")
        }
    }

    @Test("A review below the threshold is arranged like any other, and nobody is told nothing")
    func discretion() {
        #expect(CaseReviewState.notMet.next(hasPolicingBodyReview: false) == [.appealed, .panel, .closed])
        #expect(CaseReviewState.records.next(hasPolicingBodyReview: false) == [.met, .notMet, .withdrawn])
        for state in [CaseReviewState.met, .notMet, .outcomeSent, .invalid] { #expect(state.mustBeTold, "\(state)") }
        #expect(!CaseReviewState.records.mustBeTold)
    }

    @Test("The local policing body comes in only while its rule holds")
    func policingBody() throws {
        let today = try day("2026-11-21")
        #expect(try !CaseReviewState.outcomeSent.next(Shipped.rules(), on: today).contains(.policingBody))
        let rules = try Shipped.rules(("caseReview.lpbReview", "true"))
        #expect(try CaseReviewState.outcomeSent.next(rules, on: today).contains(.policingBody))
    }
}
