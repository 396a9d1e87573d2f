import Kernel
import Testing

@testable import Panels

@Suite struct MeetingStateTests {
    /// A meeting that every guard lets pass.
    private static func ready() -> MeetingStanding {
        var standing = MeetingStanding()
        standing.items = 2
        standing.hasReason = true
        return standing
    }

    @Test("A meeting goes from its call to its close in the order of the guidance")
    func path() throws {
        let steps: [MeetingStep] = [.publishAgenda, .openResearch, .closeResearch, .begin, .draft, .approve, .close]
        var state = MeetingState.scheduled
        var seen: [String] = []
        for step in steps {
            state = try state.after(step, Self.ready()).get()
            seen.append(state.rawValue)
        }

        #expect(
            seen == [
                "agenda-published", "research-open", "research-closed", "in-session", "minutes-draft",
                "minutes-approved", "closed",
            ])
    }

    @Test("No other step leads on from a state")
    func others() {
        // From casework.md §2.23 and §2.4, by hand: which steps each state has.
        let allowed: [MeetingState: Set<MeetingStep>] = [
            .scheduled: [.publishAgenda, .cancel, .reschedule],
            .agendaPublished: [.openResearch, .cancel, .reschedule],
            .researchOpen: [.closeResearch, .cancel, .reschedule],
            .researchClosed: [.begin, .cancel, .reschedule],
            .inSession: [.draft], .minutesDraft: [.approve], .minutesApproved: [.close], .closed: [], .cancelled: [],
        ]
        for state in MeetingState.allCases {
            for step in MeetingStep.allCases {
                let refused = state.after(step, Self.ready()) == .failure(.wrongState)
                #expect(refused == (allowed[state]?.contains(step) != true), "\(state) \(step)")
            }
        }
    }

    @Test("Guards stop an empty agenda, a meeting without quorum, and minutes that are not complete")
    func guards() {
        var standing = MeetingStanding()
        #expect(MeetingState.scheduled.after(.publishAgenda, standing) == .failure(.nothingToHear))
        standing.incompleteActions = 1
        #expect(MeetingState.scheduled.after(.publishAgenda, standing) == .success(.agendaPublished))

        standing.hasQuorum = false
        #expect(MeetingState.researchClosed.after(.begin, standing) == .failure(.noQuorum))
        standing.hasReason = true
        #expect(MeetingState.researchClosed.after(.begin, standing) == .success(.inSession))

        standing.undecided = 1
        #expect(MeetingState.inSession.after(.draft, standing) == .failure(.undecided))
        standing.undecided = 0
        standing.unrecorded = 1
        #expect(MeetingState.inSession.after(.draft, standing) == .failure(.attendanceOpen))
        standing.unrecorded = 0
        standing.unaccepted = 1
        #expect(MeetingState.inSession.after(.draft, standing) == .failure(.confidentiality))
    }

    @Test("To cancel or move a meeting takes a reason, and a moved one opens its research again")
    func moved() {
        #expect(MeetingState.scheduled.after(.cancel, MeetingStanding()) == .failure(.reason))
        #expect(MeetingState.researchClosed.after(.reschedule, MeetingStanding()) == .failure(.reason))
        #expect(MeetingState.researchClosed.after(.reschedule, Self.ready()) == .success(.researchOpen))
        #expect(MeetingState.agendaPublished.after(.reschedule, Self.ready()) == .success(.agendaPublished))
    }
}
