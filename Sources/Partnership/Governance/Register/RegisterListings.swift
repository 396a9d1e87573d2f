public import Kernel
public import Storage

// MARK: - Listings

extension AccessRegister {
    /// Sets for which agencies of a panel, and until when, a record is listed there. Whoever may change a record lists
    /// it first, by referring it (`change`). From then on those who work on the panel's minutes ask agencies to it and
    /// end it, and so does whoever may change the record; nothing is listed by this that was not listed before. To close
    /// it, so that nobody sees it whom it was not open to, takes no right to the record: whoever took a case back takes
    /// back also those of its people whom they may not change any more.
    /// - Parameter listings: all of the record at the panel; one that is over stays, with its last day.
    /// - Returns: why not; nil when it was done.
    /// - Throws: `StorageError`.
    public func relist(
        _ id: ID<Registered>, on panel: Code<Panel>, _ listings: [RecordFacts.Listing], occasion: Occasion,
        in connection: Connection
    ) throws -> RegisterRefusal? {
        guard let entry = try RegisterRows.entry(id, now: occasion.now, in: connection),
            entry.facts.listings.contains(where: { $0.panel == panel })
        else {
            try refuse(id, "absent", on: occasion, in: connection)
            return .absent
        }
        let mayChange = decide(.update, .p0, on: entry, by: occasion.actor, now: occasion.now).isPermitted
        let before = entry.facts.listings.filter { $0.panel == panel }
        let closes = listings.filter { $0.panel == panel }.allSatisfy { new in
            new.isNever || before.contains { new.isWithin($0) }
        }
        guard try closes || mayChange || mayPrepare(panel, on: occasion) else {
            try refuse(id, AccessDecision.Reason.noPermission.rawValue, on: occasion, in: connection)
            return .denied(.noPermission)
        }
        try connection.run("DELETE FROM register_listings WHERE record = \(id) AND panel = \(panel)")
        for listing in listings where listing.panel == panel {
            try RegisterRelations.insert(listing, of: id, in: connection)
        }
        try connection.run(
            "UPDATE register_records SET version = version + 1, changed_at = \(occasion.now) WHERE id = \(id)")
        try append(
            .permission, entry, .p0, nil, reason: nil, RegisterDetail(fields: ["listings.\(panel)"]), on: occasion,
            in: connection)
        return nil
    }

    /// Ends that someone is involved in a record, because nothing is left for them to do there. It asks no policy: it opens
    /// nothing to anyone.
    /// - Throws: `StorageError`.
    public func release(
        _ id: ID<Registered>, from account: ID<Account>, on occasion: Occasion, in connection: Connection
    ) throws {
        guard let entry = try RegisterRows.entry(id, now: occasion.now, in: connection),
            entry.facts.involved.contains(account)
        else { return }
        try connection.run(
            "DELETE FROM register_people WHERE record = \(id) AND account = \(account) AND relation = 'involved'")
        try connection.run(
            "UPDATE register_records SET version = version + 1, changed_at = \(occasion.now) WHERE id = \(id)")
        var detail = RegisterDetail(fields: ["involved"])
        detail.accounts = [account]
        try append(.permission, entry, .p0, nil, reason: nil, detail, on: occasion, in: connection)
    }

    /// Whether the actor may do something to the minutes of a panel today, as its co-ordinator and its chair may.
    public func mayPrepare(
        _ panel: Code<Panel>, as action: AccessAction = .update, on occasion: Occasion
    ) throws(Fault) -> Bool {
        guard let kind = Code<RecordKind>("minutes") else { throw Fault("There is no kind of record \"minutes\"") }
        var facts = RecordFacts(kind: kind, agency: occasion.actor.agency)
        facts.listings = [.init(panel: panel, from: occasion.now.ukDate)]
        return Access.decide(AccessRequest(occasion.actor, action, facts, .p0), roles: roles, now: occasion.now)
            .isPermitted
    }
}

extension RecordFacts.Listing {
    /// Whether it holds on no day.
    fileprivate var isNever: Bool { until.map { $0 < from } ?? false }

    /// Whether it opens the record on no day and to no agency beside those of another.
    fileprivate func isWithin(_ other: RecordFacts.Listing) -> Bool {
        let endsWithin = other.until.map { last in until.map { $0 <= last } ?? false } ?? true
        let isAsked = other.agencies.isEmpty || !agencies.isEmpty && agencies.isSubset(of: other.agencies)
        return other.from <= from && endsWithin && isAsked
    }
}
