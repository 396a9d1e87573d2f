public import Governance
public import Kernel
public import Storage

// MARK: - Reaching people

extension PersonStore {
    /// Adds a way to reach a person, or changes one; what it said before stays in the history.
    /// - Parameters:
    ///   - method: which one, with the version that the actor saw; nil to add one.
    /// - Throws: `StorageError`.
    public func setContact(
        _ method: (id: ID<ContactMethod>, version: Int64)?, of id: ID<Person>, to new: ContactContent,
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PartRefusal> {
        let account = occasion.actor.account
        var old: ContactMethod?
        if let method {
            old = try ContactRows.methods(of: id, in: connection).first { $0.id == method.id }
            if old == nil { return .failure(.register(.absent)) }
        }
        let asked = try forChange(id, "contact", on: occasion, in: connection) { $0.reachClass(.ordinary) }
        if case .failure(let refusal) = asked { return .failure(refusal) }
        let problems = new.problems(on: occasion.now.ukDate)
        guard problems.isEmpty else { return .failure(.problems(problems)) }
        let content = new.kept()
        guard let old else {
            try ContactRows.insert(
                ContactMethod(
                    id: ID(at: occasion.now), person: id, content: content, version: 1, changedAt: occasion.now,
                    changedBy: account), in: connection)
            return .success(())
        }
        guard old.version == method?.version else { return .failure(.changedMeanwhile) }
        guard old.content != content else { return .success(()) }
        try ContactRows.update(old, to: content, at: occasion.now, by: account, in: connection)
        return .success(())
    }

    /// Whether a letter, a call or another contact is safe now, and why not. To who may not see how the person is reached
    /// the answer says only that they must ask; and of a person who is hidden there is none. What any record of the same
    /// person says against it counts.
    /// - Parameter confirmedSince: the first day that counts as recent for the person's word; nil for any.
    /// - Throws: `StorageError`.
    public func contact(
        _ channel: ContactChannel, for id: ID<Person>, confirmedSince: LocalDate?, on occasion: Occasion,
        in connection: Connection
    ) throws -> ContactAnswer? {
        guard case .found(let person) = try read(id, on: occasion, in: connection) else { return nil }
        return try whole(person, on: occasion, in: connection)
            .contact(channel, of: person, confirmedSince: confirmedSince, now: occasion.now)
    }
}

extension Person {
    /// Whether a letter, a call or another contact is safe now, from what the actor may see of the record. What other
    /// records of the same person say only `WholePerson` knows.
    public func contact(_ channel: ContactChannel, confirmedSince: LocalDate?, now: Instant) -> ContactAnswer {
        contact(channel, besides: ContactDoubts(), confirmedSince: confirmedSince, now: now)
    }

    func contact(
        _ channel: ContactChannel, besides doubts: ContactDoubts, confirmedSince: LocalDate?, now: Instant
    ) -> ContactAnswer {
        guard seesContact else { return .notForYou(channel) }
        let address = addresses.first { $0.content.takesLetters }
        if channel == .letter, hidesLetterAddress { return .notForYou(channel) }
        return ContactAnswer.decide(
            channel, methods: contacts.map(\.content), address: address?.content, phone: details.phone,
            email: details.email, note: details.safeContact, side: side, besides: doubts,
            confirmedSince: confirmedSince, now: now)
    }
}
