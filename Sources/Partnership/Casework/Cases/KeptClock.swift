public import Governance
public import Kernel
public import Rules

/// A clock on a case.
public struct KeptClock: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<KeptClock>
    /// Which of the case type's clocks.
    public let clock: Code<CaseClock>
    /// The clock, with the rule it was started under.
    public var running: RunningClock
    /// When it was stopped because the case ended before it was met.
    public var stoppedAt: Instant?
    /// Who gave the reason for a breach.
    public var breachBy: ID<Account>?

    /// Whether it still runs: it was neither met nor stopped.
    public var isOpen: Bool { running.metAt == nil && stoppedAt == nil }
}

/// What an event does to the clocks of a case. Pure: the same event on the same clocks always gives the same.
public struct ClockChanges: Hashable, Sendable {
    /// Those that are met by it.
    public var met: Set<ID<KeptClock>> = []
    /// Those that it starts.
    public var started: [StartedClock] = []
}

/// A clock that begins to run.
public struct StartedClock: Hashable, Sendable {
    /// Which of the case type's clocks.
    public let clock: Code<CaseClock>
    /// The clock, with its rule.
    public let running: RunningClock
}

extension CaseType {
    /// What an event does to the clocks of a case of this type. An event first meets the clocks that wait for it, and
    /// then starts those that it starts and that do not run.
    /// - Parameters:
    ///   - kept: the clocks of the case.
    ///   - band: the band of its risk, after the event.
    ///   - filled: the form that the event filled in, with its answers.
    ///   - held: what was filled in before and holds: a clock that a step starts runs from the day that it tells of.
    ///   - births: the birth of the oldest person of each part of whom it is known to the day.
    ///   - moment: when the event happened.
    /// - Throws: a `Fault` when a rule says something else than a clock. A rule that does not hold on the day starts none.
    public func changes(
        _ events: Set<CaseEvent>, to kept: [KeptClock], band: String?, filled: [NewEntry] = [], held: [NewEntry] = [],
        births: [Code<PartyRole>: LocalDate] = [:], at moment: Instant, under rules: PolicyRules
    ) throws(Fault) -> ClockChanges {
        var changes = ClockChanges()
        for clock in clocks {
            let open = kept.filter { $0.clock == clock.code && $0.isOpen }
            let isMet = !clock.metBy.isDisjoint(with: events)
            if isMet { changes.met.formUnion((clock.isForEach ? Array(open.prefix(1)) : open).map(\.id)) }
            let restarts = isMet && clock.repeats && !open.isEmpty
            let isFree = open.isEmpty || isMet || clock.isForEach
            var starts = !clock.startsOn.isDisjoint(with: events) && isFree
            let birth = clock.ageOf.flatMap { births[$0] }
            if clock.ageOf != nil { starts = birth != nil && !kept.contains { $0.clock == clock.code } }
            guard restarts || starts, let key = clock.rule(in: band) else { continue }
            let start = birth?.startInUK ?? clock.start(restarts ? filled : filled + held, at: moment)
            // An age is judged by the rule of the day on which it is asked for, and not by that of the birth.
            let day = (birth == nil ? start : moment).ukDate
            guard let rule = rules.rule(key, on: day) else { continue }
            changes.started.append(
                StartedClock(
                    clock: clock.code,
                    running: RunningClock(rule, try rules.length(key, on: day), startedAt: start)))
        }
        return changes
    }
}

extension CaseType {
    /// Lets a clock stand still in the states in which it does, and run again in the others, after a step.
    /// - Returns: whether that changed it.
    func stand(
        _ clock: inout KeptClock, in state: Code<CaseState>, after events: Set<CaseEvent>, at moment: Instant
    ) -> Bool {
        let isStep = events.contains { if case .moved = $0 { true } else { false } }
        guard isStep, let definition = clocks.first(where: { $0.code == clock.clock }) else { return false }
        let last = clock.running.pauses.indices.last { clock.running.pauses[$0].until == nil }
        if definition.pausedIn.contains(state) {
            guard last == nil else { return false }
            clock.running.pauses.append(ClockPause(from: moment, reason: pauseReason(state)))
        } else {
            // A pause that someone gave a reason for is theirs to end.
            let reasons = Set(definition.pausedIn.map(pauseReason))
            guard let last, reasons.contains(clock.running.pauses[last].reason) else { return false }
            clock.running.pauses[last].until = moment
        }
        return true
    }

    private func pauseReason(_ state: Code<CaseState>) -> String {
        "The case is: \(self.state(state)?.name ?? state.text)"
    }
}

extension CaseClock {
    /// From when it runs: the day that a form tells of, or the moment of the event; never after that.
    func start(_ filled: [NewEntry], at moment: Instant) -> Instant {
        switch startsFrom {
        case .answer(let code, let field):
            let day = filled.first { $0.form == code }?.answers[field].first.flatMap { LocalDate($0) }
            return CaseClock.start(day, nil, moment)
        case .happened(let code, let time):
            let form = filled.first { $0.form == code }
            let minute = time.flatMap { form?.answers[$0].first }.flatMap { DayTime.minute($0) }
            return CaseClock.start(form?.happenedOn, minute, moment)
        case .birth, nil: return moment
        }
    }

    private static func start(_ day: LocalDate?, _ minute: Int?, _ moment: Instant) -> Instant {
        guard let day, day <= moment.ukDate else { return moment }
        if let minute { return min(Instant(day, hour: minute / 60, minute: minute % 60), moment) }
        return day < moment.ukDate ? day.startInUK : moment
    }
}
