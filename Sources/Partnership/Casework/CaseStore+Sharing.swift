public import Governance
public import Kernel
public import Storage

// MARK: - Sharing

extension CaseStore {
    /// Shares a case with an agency, and the people who are parties of it as far as the actor may share them.
    /// - Parameters:
    ///   - until: the last day, or nil while it lasts.
    ///   - highest: the highest class of field that is shared.
    ///   - gateway: the legal gateway, as the disclosure register names it.
    ///   - reason: why it is necessary and in proportion.
    /// - Returns: how many of the people stayed unshared.
    /// - Throws: `StorageError`.
    public func share(
        _ id: ID<CaseRecord>, with agency: Code<Agency>, until: LocalDate?, highest: FieldClass, gateway: String,
        reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Int, CaseRefusal> {
        var problems: [AnswerProblem] = []
        if AnswerText.given(reason) == nil { problems.append(AnswerProblem("reason", "Enter why it is shared")) }
        if gateway.singleSpaced.isEmpty { problems.append(AnswerProblem("gateway", "Choose the legal gateway")) }
        if let until, until < occasion.now.ukDate {
            problems.append(AnswerProblem("until", "Enter a last day that is not past"))
        }
        if highest == .p4 { problems.append(AnswerProblem("highest", "Sealed fields cannot be shared")) }
        guard problems.isEmpty else { return .failure(.problems(problems)) }
        let share = RecordFacts.Share(
            agency: agency, from: occasion.now.ukDate, until: until, highest: highest, gateway: gateway.singleSpaced)
        func give(_ record: ID<Registered>) throws -> Result<RegisterEntry, RegisterRefusal> {
            try register.change(
                record, highest, reason: reason, detail: RegisterDetail(fields: ["shares.\(agency)"]), on: occasion,
                in: connection
            ) { entry in
                entry.facts.shares.removeAll { $0.agency == agency && $0.holds(on: occasion.now.ukDate) }
                entry.facts.shares.append(share)
            }
        }
        if case .failure(let refusal) = try give(ID(id)) { return .failure(.register(refusal)) }
        var unshared = 0
        guard let record = try CaseRows.record(id, in: connection) else { return .failure(.register(.absent)) }
        let type = try self.type(of: record)
        // A part that lies deeper than what is shared stays unknown, and so does who takes it.
        let known: [CaseParty] = try CaseRows.parties(id, in: connection).filter { party in
            party.until == nil && (type.party(party.role)?.fieldClass ?? .p3) <= highest
        }
        for person in Set(known.map(\.person)).sorted() {
            if case .failure = try give(ID(person)) { unshared += 1 }
        }
        return .success(unshared)
    }

    /// Ends the sharing with an agency at once.
    /// - Throws: `StorageError`.
    public func unshare(
        _ id: ID<CaseRecord>, with agency: Code<Agency>, reason: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        let done = try register.change(
            ID(id), reason: reason, detail: RegisterDetail(fields: ["shares.\(agency)"]), on: occasion, in: connection
        ) { entry in entry.facts.shares.removeAll { $0.agency == agency } }
        return done.map { _ in () }.mapError { .register($0) }
    }
}
