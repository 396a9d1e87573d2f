internal import Governance
internal import Kernel
internal import Rules

// Equality and proportionality, weighed up before an order against a person. Its type says before which steps it is
// asked for, and after which it may follow where nothing may wait for it.
extension Order {
    /// The assessment that holds; the earlier ones stay beneath it.
    public var assessment: OrderAssessment? { assessments.last }

    /// Whether an assessment is asked for: of an order against a person or their home, by someone other than those whom
    /// it protects.
    public func asksAssessment(_ type: OrderType) -> Bool {
        guard let asked = type.proportionality, OrderType.Proportionality.kinds.contains(subject.kind) else {
            return false
        }
        return !asked.exempt.contains(maker)
    }

    /// Whether a step may come only after an assessment, and there is neither one nor a reason to go on without.
    public func lacksAssessment(before next: State, _ type: OrderType) -> Bool {
        asksAssessment(type) && type.proportionality?.before.contains(next) == true && assessments.isEmpty
            && !unassessed.contains { $0.step == next }
    }

    /// Whether a first assessment comes after the step with which it is asked for, and nobody said yet why.
    public func isLateForAssessment(_ type: OrderType) -> Bool {
        guard asksAssessment(type), let asked = type.proportionality, assessments.isEmpty, unassessed.isEmpty else {
            return false
        }
        return asked.before.union(asked.after).contains(where: hasTaken)
    }

    private func hasTaken(_ step: State) -> Bool {
        switch step {
        case .authorised: dates.authorised != nil
        case .served: dates.served != nil
        case .draft, .hearingSet, .made, .refused, .withdrawn, .inForce, .varied, .extended, .appealed, .discharged,
            .expired:
            false
        }
    }

    /// Enters an assessment. It takes the place of the one before it, which stays as it was.
    /// - Throws: an `OrderRefusal`.
    public mutating func assess(_ assessment: OrderAssessment, _ law: OrderLaw) throws(OrderRefusal) {
        let type = try self.type(law)
        guard asksAssessment(type) || !assessments.isEmpty else {
            throw OrderRefusal(
                "\(type.name): no assessment is asked for here", source: "The order types",
                allowed: "For orders against a person or their home whose type asks for one")
        }
        let parts = [
            assessment.known, assessment.tried, assessment.whyNotLess, assessment.adjustments, assessment.assessedBy,
        ]
        guard parts.allSatisfy(Order.isFilled) else {
            throw OrderRefusal(
                "The assessment is not complete", source: "The register",
                allowed: "With what is known, what was tried, why less would not do, what is adjusted, and who assessed"
            )
        }
        let today = assessment.enteredAt.ukDate
        guard assessment.day <= today else {
            throw OrderRefusal(
                "The assessment lies in the future", source: "The register", allowed: "Up to \(today.inWords)")
        }
        guard assessments.isEmpty || Order.isFilled(assessment.whyAgain) else {
            throw OrderRefusal(
                "There is an assessment already", source: "The register",
                allowed: "Another one in its place, with what it corrects and why")
        }
        guard !isLateForAssessment(type) || Order.isFilled(assessment.whyLate) else {
            throw OrderRefusal(
                "The assessment comes after the step with which it is asked for", source: Order.duty,
                allowed: "With the reason why it was not made before")
        }
        assessments.append(assessment)
    }

    /// Keeps why a step is taken without the assessment that is asked for before it.
    /// - Throws: an `OrderRefusal`.
    public mutating func goOn(without missing: UnassessedStep, _ law: OrderLaw) throws(OrderRefusal) {
        let type = try self.type(law)
        guard lacksAssessment(before: missing.step, type), Order.isFilled(missing.reason) else {
            throw unassessedRefusal(type)
        }
        unassessed.append(missing)
    }

    func checkAssessment(before next: State, _ type: OrderType) throws(OrderRefusal) {
        if lacksAssessment(before: next, type) { throw unassessedRefusal(type) }
    }

    private func unassessedRefusal(_ type: OrderType) -> OrderRefusal {
        OrderRefusal(
            "\(type.name): equality and proportionality were not assessed", source: Order.duty,
            allowed: "After the assessment, or with the reason why it goes on without one")
    }

    private static let duty = "Equality Act 2010, s.149; Human Rights Act 1998, s.6"
}
