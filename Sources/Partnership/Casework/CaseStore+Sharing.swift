public import Governance
public import Kernel
internal import People
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
        func give(
            _ record: ID<Registered>, replacing old: (RecordFacts.Share) -> Bool
        ) throws -> Result<RegisterEntry, RegisterRefusal> {
            try register.change(
                record, highest, reason: reason, detail: RegisterDetail(fields: ["shares.\(agency)"]), on: occasion,
                in: connection
            ) { entry in
                entry.facts.shares.removeAll { old($0) || $0 == share }
                entry.facts.shares.append(share)
            }
        }
        // What the case itself shared until now.
        var held: [RecordFacts.Share] = []
        let done = try give(ID(id)) { share in
            guard share.agency == agency, share.holds(on: occasion.now.ukDate) else { return false }
            held.append(share)
            return true
        }
        if case .failure(let refusal) = done { return .failure(.register(refusal)) }
        var unshared = 0
        guard let record = try CaseRows.record(id, in: connection) else { return .failure(.register(.absent)) }
        let type = try self.type(of: record)
        let parties = try CaseRows.parties(id, in: connection)
        // A part that lies deeper than what is shared stays unknown, and so does who takes it.
        let known = parties.filter { party in
            party.until == nil && (type.party(party.role)?.fieldClass ?? .p3) <= highest
        }
        let given = Set(known.map(\.person))
        for person in Set(parties.map(\.person)).sorted() {
            let old = try ended(held, for: person, but: id, with: agency, on: occasion, in: connection)
            if given.contains(person), case .success = try give(ID(person), replacing: old.contains) { continue }
            if given.contains(person) { unshared += 1 }
            try register.withdraw(old, from: ID(person), reason: reason, on: occasion, in: connection)
        }
        return .success(unshared)
    }

    /// Ends the sharing with an agency at once, of the case and of the people who have or had a part in it. What another
    /// case still shares of them stays.
    /// - Throws: `StorageError`.
    public func unshare(
        _ id: ID<CaseRecord>, with agency: Code<Agency>, reason: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        var held: [RecordFacts.Share] = []
        let done = try register.change(
            ID(id), reason: reason, detail: RegisterDetail(fields: ["shares.\(agency)"]), on: occasion, in: connection
        ) { entry in
            held = entry.facts.shares.filter { $0.agency == agency }
            entry.facts.shares.removeAll { $0.agency == agency }
        }
        if case .failure(let refusal) = done { return .failure(.register(refusal)) }
        for person in Set(try CaseRows.parties(id, in: connection).map(\.person)).sorted() {
            let old = try ended(held, for: person, but: id, with: agency, on: occasion, in: connection)
            try register.withdraw(old, from: ID(person), reason: reason, on: occasion, in: connection)
        }
        return .success(())
    }

    /// Those of a case's sharings that no other case in which a person takes part gives in the same words. A person's record
    /// holds the sharing of each case beside the others, so that none narrows what another one gives.
    private func ended(
        _ shares: [RecordFacts.Share], for person: ID<Person>, but id: ID<CaseRecord>, with agency: Code<Agency>,
        on occasion: Occasion, in connection: Connection
    ) throws -> [RecordFacts.Share] {
        guard !shares.isEmpty else { return [] }
        let others: [ID<Registered>] = try connection.rows(
            """
            SELECT DISTINCT case_id FROM case_parties
            WHERE person = \(person) AND case_id <> \(id) AND until_at IS NULL ORDER BY case_id
            """
        ).map { try $0.get("case_id") }
        let kept = try register.entries(others, now: occasion.now, in: connection).values.flatMap(\.facts.shares)
        return shares.filter { !kept.contains($0) }
    }
}
