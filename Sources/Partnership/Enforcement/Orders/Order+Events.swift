internal import Governance
public import Kernel
internal import Rules

// What happens to an order that holds: breaches, appeals, reviews, publicity.
extension Order {
    /// Enters a breach. One that came to light late may be entered for some months after the end (`order.lateBreach`).
    /// - Throws: an `OrderRefusal`.
    public mutating func enter(_ breach: OrderBreach, _ law: OrderLaw) throws(OrderRefusal) {
        let type = try self.type(law)
        guard type.breach != .none else {
            throw OrderRefusal("\(type.name): it cannot be breached", source: basis, allowed: "Nothing")
        }
        guard breach.at <= breach.enteredAt else {
            throw OrderRefusal(
                "The breach lies in the future", source: "The register", allowed: "Up to \(breach.enteredAt.inWords)")
        }
        try checkStage(breach.stage, type)
        guard isLive(at: breach.at) else {
            throw OrderRefusal(
                "\(type.name): it did not hold then", source: "The register",
                allowed: "While it holds: \(periodInWords)")
        }
        if let end = [dates.to, dates.discharged].compactMap({ $0 }).min(), end <= breach.enteredAt {
            let today = breach.enteredAt.ukDate
            let rule = try rule("order.lateBreach", on: today, law)
            let ended = Instant(milliseconds: end.milliseconds - 1).ukDate
            let last: LocalDate? =
                switch rule.value {
                case .months(let count): ended.addingMonths(count)
                case .days(let count): ended.advanced(by: count)
                case .number, .flag, .choice, .clock, .pence: nil
                }
            guard let last, today <= last else {
                throw OrderRefusal(
                    "\(type.name): it ended too long ago to enter a breach", by: rule,
                    allowed: "Up to \(rule.value.inWords) after its end")
            }
            keep(rule)
        }
        breaches.append(breach)
    }

    /// Enters how far a breach has come and what came of it; the history keeps what stood there before.
    /// - Parameter index: its place among the breaches.
    /// - Throws: an `OrderRefusal`.
    public mutating func follow(
        breach index: Int, to stage: OrderBreach.Stage, outcome: String, toCourt: Instant?, _ law: OrderLaw
    ) throws(OrderRefusal) {
        let type = try self.type(law)
        guard breaches.indices.contains(index) else {
            throw OrderRefusal("There is no such breach", source: "The register", allowed: "One that was entered")
        }
        try checkStage(stage, type)
        breaches[index].stage = stage
        if Order.isFilled(outcome) { breaches[index].outcome = outcome }
        if let toCourt { breaches[index].toCourt = toCourt }
    }

    /// How far a breach can come: a court convicts of an offence, and finds contempt proved. An undertaking is contempt,
    /// whatever the order would have been.
    public func breachStages(_ type: OrderType) -> [OrderBreach.Stage] {
        switch isUndertaking ? .contempt : type.breach {
        case .criminal: [.charged, .admitted, .convicted, .notProved, .noAction]
        case .contempt: [.admitted, .proved, .notProved, .noAction]
        case .nextStep: [.admitted, .notProved, .noAction]
        case .none: []
        }
    }

    /// The moments of the breaches that are offences of the subject, as far as they have come.
    public func offences(_ type: OrderType) -> [Instant] {
        guard type.offence != nil, !isUndertaking else { return [] }
        return breaches.filter { $0.stage?.isOffence == true }.map(\.at)
    }

    private func checkStage(_ stage: OrderBreach.Stage?, _ type: OrderType) throws(OrderRefusal) {
        guard let stage, !breachStages(type).contains(stage) else { return }
        throw OrderRefusal(
            "\(type.name): a breach does not come to that", source: basis,
            allowed: breachStages(type).map(\.rawValue).joined(separator: ", "))
    }

    /// Enters an appeal.
    /// - Throws: an `OrderRefusal`.
    public mutating func appeal(_ appeal: OrderAppeal, _ law: OrderLaw) throws(OrderRefusal) {
        _ = try begin(.appealed, at: appeal.at, law)
        guard appeal.outcome == nil else {
            throw OrderRefusal(
                "The appeal has an outcome already", source: "The register",
                allowed: "First the appeal, then its outcome")
        }
        appeals.append(appeal)
        step = .appealed
        meet(.appeal, at: appeal.at)
        meet(.challenge, at: appeal.at)
    }

    /// Enters what came of the appeal that waits. One that is allowed ends the order; of an order that has ended already
    /// the outcome is kept, and nothing else changes.
    /// - Parameter terms: the terms as the court varied them.
    /// - Throws: an `OrderRefusal`.
    public mutating func decideAppeal(
        _ outcome: OrderAppeal.Outcome, terms: [OrderTerm]? = nil, at moment: Instant, _ law: OrderLaw
    ) throws(OrderRefusal) {
        let kept = self
        var isRefused = true
        defer { if isRefused { self = kept } }
        let type = try self.type(law)
        guard let last = appeals.indices.last, appeals[last].outcome == nil, moment >= appeals[last].at else {
            throw outOfStep(.inForce, at: moment, type)
        }
        appeals[last].outcome = outcome
        appeals[last].decidedAt = moment
        if dates.discharged != nil || state(at: moment) == .expired {
            isRefused = false
            return
        }
        switch outcome {
        case .dismissed, .withdrawn: step = dates.varied.isEmpty ? .inForce : .varied
        case .allowed:
            dates.discharged = moment
            step = .discharged
        case .varied:
            if let terms { self.terms = terms }
            dates.varied.append(moment)
            step = .varied
            try restart(at: moment, type, law)
        }
        isRefused = false
    }

    /// Records a review.
    /// - Throws: an `OrderRefusal`.
    public mutating func review(at moment: Instant, _ law: OrderLaw) throws(OrderRefusal) {
        let kept = self
        var isRefused = true
        defer { if isRefused { self = kept } }
        let type = try self.type(law)
        guard isLive(at: moment) else {
            throw OrderRefusal(
                "\(type.name): it does not hold", source: "The register", allowed: "While it holds: \(periodInWords)")
        }
        dates.reviewed.append(moment)
        try nextReview(at: moment, law)
        isRefused = false
    }

    /// Decides on publicity. Nobody under 18, and nobody whose age is not known, is named without a reason.
    /// - Throws: an `OrderRefusal`.
    public mutating func publicise(_ decision: OrderPublicity) throws(OrderRefusal) {
        guard Order.isFilled(decision.decidedBy) else {
            throw OrderRefusal("Nobody decided", source: "The register", allowed: "With the name of who decides")
        }
        let isYoung = subject.kind == .person && isUnder18(on: decision.at.ukDate) != false
        guard !decision.isNamed || !isYoung || Order.isFilled(decision.reason) else {
            throw OrderRefusal(
                "Someone who is or may be under 18 would be named", source: "The register: naming is off under 18",
                allowed: "Without the name, or with the reason for naming")
        }
        publicity = decision
    }

    /// Whether the subject may be named in public: only by decision.
    public var mayBeNamed: Bool { publicity.map { $0.isPublic && $0.isNamed } ?? false }

    private var periodInWords: String {
        guard let from = dates.from else { return "it has not begun" }
        let end = [dates.to, dates.discharged].compactMap { $0 }.min()
        return "\(from.inWords) to \(end?.inWords ?? "further order")"
    }
}
