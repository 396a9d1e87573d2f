internal import Governance
public import Kernel
internal import Rules

// The steps of an order (casework.md §2.23). Each says at which moment it happened; clocks begin at service, not at
// print. A step that is refused changes nothing.
extension Order {
    /// The steps that may come next, for the buttons of a page. What a step asks is checked when it is made.
    public func nextSteps(at now: Instant, _ type: OrderType) -> Set<State> {
        switch state(at: now) {
        case .draft: return [.authorised, .withdrawn]
        case .authorised:
            switch type.course {
            case .notice, .agreement: return [.served, .withdrawn]
            case .court: return [.served, .hearingSet, .withdrawn]
            case .decision: return [.made, .withdrawn]
            }
        case .served: return type.course == .court ? [.hearingSet, .withdrawn] : [.discharged]
        case .hearingSet: return [.hearingSet, .made, .refused, .withdrawn]
        case .made: return [.discharged, .appealed]
        case .inForce, .varied, .extended:
            return type.extensions == nil
                ? [.varied, .discharged, .appealed] : [.varied, .extended, .discharged, .appealed]
        case .appealed: return [.inForce, .varied, .discharged]
        case .refused, .withdrawn, .discharged, .expired: return []
        }
    }

    /// Authorises a draft.
    /// - Parameters:
    ///   - by: who, with rank or office.
    ///   - isSenior: whether that is the type's senior authority.
    ///   - issued: the date on the paper.
    ///   - now: when this is entered; nil where it is as good as the step itself.
    /// - Throws: an `OrderRefusal`.
    public mutating func authorise(
        by authority: String, isSenior: Bool = false, issued: Instant? = nil, enteredAt now: Instant? = nil,
        at moment: Instant, _ law: OrderLaw
    ) throws(OrderRefusal) {
        let kept = self
        var isRefused = true
        defer { if isRefused { self = kept } }
        let type = try begin(.authorised, at: moment, law)
        if let issued, let now, issued > now {
            throw OrderRefusal(
                "The date on the paper lies in the future", source: "The register", allowed: "Up to \(now.inWords)")
        }
        let day = (issued ?? moment).ukDate
        try checkAvailable(type, on: day)
        try checkParties(type, on: day, law)
        try checkBefore(type, at: moment, law)
        try checkPenalty(type, on: day, law)
        guard Order.isFilled(authority) else {
            throw OrderRefusal("Nobody authorised it", source: basis, allowed: type.authority)
        }
        if type.needsRiskAssessment, !Order.isFilled(riskAssessment) {
            throw OrderRefusal(
                "\(type.name): no risk assessment", source: basis, allowed: "After a risk assessment was recorded")
        }
        try checkSupervisors(type)
        authorisedBy = authority
        self.isSenior = isSenior
        dates.authorised = moment
        dates.issued = issued ?? moment
        step = .authorised
        try start(.issued, at: dates.issued ?? moment, type, law)
        isRefused = false
    }

    /// Writes its terms, before it holds; afterwards they are varied.
    /// - Throws: an `OrderRefusal`.
    public mutating func write(terms: [OrderTerm], _ law: OrderLaw) throws(OrderRefusal) {
        let type = try self.type(law)
        guard hasOpenTerms(type) else {
            throw OrderRefusal(
                "\(type.name): its terms are settled", source: "The register",
                allowed: "A variation, while it holds")
        }
        self.terms = terms
    }

    /// Records that it was served, or signed. A notice holds from that moment.
    /// - Parameter to: when a notice or an agreement ends; nil when it has no end of its own.
    /// - Throws: an `OrderRefusal`.
    public mutating func serve(
        _ service: OrderService, to: Instant? = nil, _ law: OrderLaw
    ) throws(OrderRefusal) {
        let kept = self
        var isRefused = true
        defer { if isRefused { self = kept } }
        let type = try self.type(law)
        let parts = [service.method, service.who, service.place, service.proof]
        guard parts.allSatisfy(Order.isFilled) else {
            throw OrderRefusal(
                "The service is not complete", source: "The register", allowed: "With method, who, where and proof")
        }
        if type.course == .court, [.made, .inForce, .varied, .extended].contains(state(at: service.at)) {
            // The order itself is served after the court made it; that is no new step.
            self.service = service
            isRefused = false
            return
        }
        _ = try begin(.served, at: service.at, law)
        if type.lastsUntilHeard, to != nil {
            throw OrderRefusal(
                "\(type.name): it has no end of its own", source: basis,
                allowed: "Without an end: it holds until the court has decided")
        }
        if type.course == .notice || type.course == .agreement {
            try checkAvailable(type, on: service.at.ukDate)
            try checkLength(type, from: service.at, to: to, made: service.at, law)
            dates.from = service.at
            dates.to = to
        }
        self.service = service
        dates.served = service.at
        step = .served
        try start(.served, at: service.at, type, law)
        if dates.from != nil { try start(.effect, at: service.at, type, law) }
        isRefused = false
    }

    /// Fixes the hearing of an application, or of what a notice leads to, or corrects it. A correction meets no clock, and
    /// a hearing that was put off stays within the time of that.
    /// - Throws: an `OrderRefusal`.
    public mutating func setHearing(
        at hearing: Instant, court: String, enteredAt moment: Instant, _ law: OrderLaw
    ) throws(OrderRefusal) {
        let type = try self.type(law)
        guard Order.isFilled(court) else {
            throw OrderRefusal("No court is named", source: "The register", allowed: "With the name of the court")
        }
        if let begun = dates.served ?? dates.authorised, hearing < begun {
            throw OrderRefusal(
                "The hearing lies before the service", source: "The register", allowed: "After \(begun.inWords)")
        }
        if type.isHeardLater {
            guard isToBeHeard(at: moment, type) else { throw outOfStep(.hearingSet, at: moment, type) }
        } else {
            _ = try begin(.hearingSet, at: moment, law)
            step = .hearingSet
        }
        if let adjourned = dates.adjourned {
            try checkAdjournment(to: hearing, from: adjourned, law)
            // The court let the notice go on until the hearing.
            if type.isContinuedByAdjournment, dates.to == dates.hearing { dates.to = hearing }
        }
        dates.hearing = hearing
        self.court = court
    }

    /// Refuses to put a hearing off for longer than the clocks of that say which began with it.
    private func checkAdjournment(to hearing: Instant, from moment: Instant, _ law: OrderLaw) throws(OrderRefusal) {
        for clock in clocks where clock.purpose == .adjournment && clock.clock.startedAt == moment {
            if let last = law.calendar.deadline(clock.clock.length, from: moment), hearing >= last.at {
                let rule = try rule(clock.clock.rule, on: moment.ukDate, law)
                throw OrderRefusal(
                    "The hearing is put off for longer than allowed", by: rule, allowed: "Until \(last.inWords)")
            }
        }
    }

    /// Puts the hearing off. A notice stays alive meanwhile where its type says so, or where the court does.
    /// - Parameter isContinued: whether the court ordered that the notice goes on until the hearing.
    /// - Throws: an `OrderRefusal` when it is put off for longer than allowed, or goes on where no court may order that.
    public mutating func adjourn(
        to hearing: Instant, isContinued: Bool = false, at moment: Instant, _ law: OrderLaw
    ) throws(OrderRefusal) {
        let kept = self
        var isRefused = true
        defer { if isRefused { self = kept } }
        let type = try self.type(law)
        guard step == .hearingSet || isToBeHeard(at: moment, type), dates.hearing != nil, hearing > moment else {
            throw outOfStep(.hearingSet, at: moment, type)
        }
        meet(.hearing, at: moment)
        try start(.adjourned, at: moment, type, law)
        try checkAdjournment(to: hearing, from: moment, law)
        if isContinued {
            guard type.isContinuedByAdjournment else {
                throw OrderRefusal(
                    "\(type.name): a court that puts the hearing off cannot let it go on", source: basis,
                    allowed: "Without that")
            }
            guard isLive(at: moment) else {
                throw OrderRefusal(
                    "\(type.name): it has ended, and nothing goes on", source: basis, allowed: "Without that")
            }
            dates.to = dates.to.map { max($0, hearing) }
        }
        dates.adjourned = moment
        dates.hearing = hearing
        isRefused = false
    }

    /// Whether a court has still to decide on what this notice leads to, also after the notice itself has ended.
    public func isToBeHeard(at moment: Instant, _ type: OrderType) -> Bool {
        guard type.isHeardLater, let from = dates.from, from <= moment else { return false }
        return dates.decided == nil && dates.discharged == nil
    }

    /// Records that the court decided on what a notice leads to: the notice ends, or runs on where the court says so.
    /// - Parameter end: when it ends instead, where the court made no order and let it run on.
    /// - Throws: an `OrderRefusal`.
    public mutating func hear(
        at moment: Instant, runningOnTo end: Instant? = nil, _ law: OrderLaw
    ) throws(OrderRefusal) {
        let type = try self.type(law)
        guard isToBeHeard(at: moment, type) else { throw outOfStep(.expired, at: moment, type) }
        if let end {
            guard isLive(at: moment) else { throw outOfStep(.inForce, at: moment, type) }
            try checkContinuation(type, to: end, heard: moment, law)
        }
        meet(.hearing, at: moment)
        meet(.adjournment, at: moment)
        dates.decided = moment
        dates.to = end ?? min(dates.to ?? moment, moment)
    }

    /// Records that it was made.
    /// - Parameters:
    ///   - from: when it takes effect; nil for at once.
    ///   - to: the first moment at which it no longer holds; nil for until further order.
    /// - Throws: an `OrderRefusal`.
    public mutating func make(
        at moment: Instant, from: Instant? = nil, to: Instant?, _ law: OrderLaw
    ) throws(OrderRefusal) {
        let kept = self
        var isRefused = true
        defer { if isRefused { self = kept } }
        let type = try begin(.made, at: moment, law)
        let day = moment.ukDate
        if let from, from < moment {
            throw OrderRefusal(
                "It would hold before it was made", source: "The register", allowed: "From \(moment.inWords)")
        }
        try checkAvailable(type, on: day)
        try checkSupervisors(type)
        try checkLength(type, from: from ?? moment, to: to, made: moment, law)
        dates.decided = moment
        dates.from = from ?? moment
        dates.to = to
        step = .made
        meet(.hearing, at: moment)
        meet(.adjournment, at: moment)
        try start(.made, at: moment, type, law)
        try start(.effect, at: from ?? moment, type, law)
        isRefused = false
    }

    /// Records that the court refused it.
    /// - Throws: an `OrderRefusal`.
    public mutating func refuse(at moment: Instant, _ law: OrderLaw) throws(OrderRefusal) {
        _ = try begin(.refused, at: moment, law)
        meet(.hearing, at: moment)
        meet(.adjournment, at: moment)
        dates.decided = moment
        step = .refused
    }

    /// Takes it back before it holds.
    /// - Throws: an `OrderRefusal`.
    public mutating func withdraw(at moment: Instant, _ law: OrderLaw) throws(OrderRefusal) {
        _ = try begin(.withdrawn, at: moment, law)
        dates.decided = moment
        step = .withdrawn
    }

    /// Changes its terms.
    /// - Throws: an `OrderRefusal`.
    public mutating func vary(terms: [OrderTerm], at moment: Instant, _ law: OrderLaw) throws(OrderRefusal) {
        let kept = self
        var isRefused = true
        defer { if isRefused { self = kept } }
        let type = try begin(.varied, at: moment, law)
        self.terms = terms
        try checkSupervisors(type)
        dates.varied.append(moment)
        if step != .appealed { step = .varied }
        try restart(at: moment, type, law)
        isRefused = false
    }

    /// Lengthens it.
    /// - Throws: an `OrderRefusal` when it would be longer than allowed.
    public mutating func extend(to end: Instant, at moment: Instant, _ law: OrderLaw) throws(OrderRefusal) {
        let kept = self
        var isRefused = true
        defer { if isRefused { self = kept } }
        let type = try begin(.extended, at: moment, law)
        try checkExtension(type, to: end, made: moment, law)
        dates.to = end
        dates.extended.append(moment)
        step = .extended
        isRefused = false
    }

    /// Ends it before its time.
    /// - Throws: an `OrderRefusal`.
    public mutating func discharge(at moment: Instant, _ law: OrderLaw) throws(OrderRefusal) {
        _ = try begin(.discharged, at: moment, law)
        dates.discharged = moment
        step = .discharged
    }

    // MARK: - Helpers

    /// The type, and that the step may come now.
    func begin(_ next: State, at moment: Instant, _ law: OrderLaw) throws(OrderRefusal) -> OrderType {
        let type = try self.type(law)
        guard nextSteps(at: moment, type).contains(next) else { throw outOfStep(next, at: moment, type) }
        if let last = lastMoment, moment < last {
            throw OrderRefusal(
                "This step lies before the one before it", source: "The register", allowed: "From \(last.inWords)")
        }
        try checkAssessment(before: next, type)
        return type
    }

    private var lastMoment: Instant? {
        let once = [dates.authorised, dates.served, dates.adjourned, dates.decided].compactMap { $0 }
        return (once + dates.varied + dates.extended).max()
    }

    func type(_ law: OrderLaw) throws(OrderRefusal) -> OrderType {
        guard let type = law.types[type] else {
            throw OrderRefusal(
                "There is no order type \(type)", source: "The order types",
                allowed: law.types.all.map(\.code.text).joined(separator: ", "))
        }
        return type
    }

    func outOfStep(_ next: State, at moment: Instant, _ type: OrderType) -> OrderRefusal {
        let allowed = nextSteps(at: moment, type).map(\.inWords).sorted()
        return OrderRefusal(
            "\(type.name): it is \(state(at: moment).inWords), and cannot become \(next.inWords)",
            source: "The register",
            allowed: allowed.isEmpty ? "Nothing: it has ended" : allowed.joined(separator: ", "))
    }

    private func checkSupervisors(_ type: OrderType) throws(OrderRefusal) {
        guard type.needsSupervisors,
            terms.contains(where: { $0.sort == .requirement && !Order.isFilled($0.supervisor) })
        else { return }
        throw OrderRefusal(
            "A requirement names nobody who supervises it", source: basis,
            allowed: "With the person or body responsible for each requirement")
    }

    static func isFilled(_ text: String?) -> Bool { text?.contains { !$0.isWhitespace } ?? false }
}

extension OrderType {
    /// Whether a court hears later what this notice leads to.
    public var isHeardLater: Bool { course == .notice && clocks.contains { $0.purpose == .hearing } }
}

extension Order.State {
    /// "in force".
    public var inWords: String {
        switch self {
        case .draft: "a draft"
        case .authorised: "authorised"
        case .served: "served"
        case .hearingSet: "waiting for its hearing"
        case .made: "made"
        case .refused: "refused"
        case .withdrawn: "withdrawn"
        case .inForce: "in force"
        case .varied: "varied"
        case .extended: "extended"
        case .appealed: "under appeal"
        case .discharged: "discharged"
        case .expired: "expired"
        }
    }
}
