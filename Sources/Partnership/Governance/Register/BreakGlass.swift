public import Kernel
public import Rules
public import Storage

// MARK: - Breaking a glass

extension AccessRegister {
    /// Opens a protected record to the actor for three hours. The agency that holds it and the administrators are told in
    /// the same transaction; who does it again and again is told of too. While a glass of theirs is open, it is given
    /// back and not prolonged.
    /// - Parameters:
    ///   - administrators: the role whose holders are the single points of contact.
    ///   - holidays: by which the review's working days are counted.
    /// - Throws: `StorageError`.
    public func breakGlass(
        of id: ID<Registered>, _ category: BrokenGlass.Category, reason: String, administrators: Code<Role>,
        holidays: BankHolidays = .statutory, on occasion: Occasion, in connection: Connection
    ) throws -> Result<BrokenGlass, RegisterRefusal> {
        guard let entry = try RegisterRows.entry(id, now: occasion.now, in: connection) else {
            try refuse(id, "absent", on: occasion, in: connection)
            return .failure(.absent)
        }
        let decision = decide(.breakGlass, .p0, on: entry, by: occasion.actor, now: occasion.now)
        if let why = decision.reason {
            try refuse(id, why.rawValue, on: occasion, in: connection)
            return .failure(decision.isHidden ? .absent : .denied(why))
        }
        guard let reason = BrokenGlass.reason(reason) else { return .failure(.reasonTooShort) }
        let account = occasion.actor.account
        if let open = try GlassRows.open(of: id, by: account, now: occasion.now, in: connection) {
            return .success(open)
        }
        let glass = BrokenGlass(
            id: ID(at: occasion.now), record: id, account: account, agency: occasion.actor.agency,
            owningAgency: entry.facts.agency, category: category, reason: reason, at: occasion.now,
            until: occasion.now.advanced(bySeconds: BrokenGlass.seconds),
            reviewBy: holidays.workingDay(BrokenGlass.reviewDays, after: occasion.now.ukDate))
        try GlassRows.insert(glass, in: connection)
        try append(.breakGlass, entry, entry.titleClass, decision.role, reason: reason, on: occasion, in: connection)
        try tell(of: glass, administrators, in: connection)
        return .success(glass)
    }

    /// Broken glasses that the actor may read of: those not yet reviewed first, the most urgent first.
    /// - Throws: `StorageError`.
    public func brokenGlasses(
        since: Instant, on occasion: Occasion, in connection: Connection
    ) throws -> [BrokenGlass] {
        try GlassRows.all(since: since, in: connection).filter { glass in
            guard let facts = glass.facts else { return false }
            let request = AccessRequest(occasion.actor, .list, facts, .p1)
            return Access.decide(request, roles: roles, now: occasion.now).isPermitted
        }
    }

    /// Broken glasses that wait for the actor's review, the most urgent first; none that they broke themselves.
    /// - Throws: `StorageError`.
    public func glassesToReview(
        limit: Int, on occasion: Occasion, in connection: Connection
    ) throws -> [BrokenGlass] {
        try GlassRows.unreviewed(butBy: occasion.actor.account, limit: limit, in: connection).filter { glass in
            guard let facts = glass.facts else { return false }
            let request = AccessRequest(occasion.actor, .reviewBreakGlass, facts, .p1)
            return Access.decide(request, roles: roles, now: occasion.now).isPermitted
        }
    }

    /// Keeps what a reviewer found. Nobody reviews a glass that they broke themselves, and a review is made once. Misuse
    /// is told to the agency of who broke the glass.
    /// - Throws: `StorageError`.
    public func review(
        _ id: ID<BrokenGlass>, _ outcome: BrokenGlass.Outcome, note: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<BrokenGlass, RegisterRefusal> {
        guard var glass = try GlassRows.glass(id, in: connection), let facts = glass.facts else {
            return .failure(.absent)
        }
        let request = AccessRequest(occasion.actor, .reviewBreakGlass, facts, .p1)
        let decision = Access.decide(request, roles: roles, now: occasion.now)
        if let why = decision.reason {
            try refuse(glass.record, why.rawValue, on: occasion, in: connection)
            return .failure(decision.isHidden ? .absent : .denied(why))
        }
        guard let note = AccessRegister.given(note) else { return .failure(.reasonNeeded) }
        guard glass.review == nil else { return .failure(.reviewed) }
        let review = BrokenGlass.Review(
            at: occasion.now, reviewer: occasion.actor.account, outcome: outcome,
            note: String(note.prefix(BrokenGlass.longestReason)))
        try GlassRows.keep(review, of: id, in: connection)
        var act = occasion.entry(.breakGlassReview, Code("break-glass").map { AuditObject($0, id: id.text) })
        act.by.role = decision.role
        act.code = outcome.rawValue
        act.reason = review.note
        act.subjects = [AuditSubject(glass.record)]
        try AuditLog.append(act, in: connection)
        if outcome == .misuse {
            try RegisterNotice(.misuse, agency: glass.agency, account: glass.account, record: glass.record, glass: id)
                .write(at: occasion.now, in: connection)
        }
        glass.review = review
        return .success(glass)
    }

    private func tell(of glass: BrokenGlass, _ administrators: Code<Role>, in connection: Connection) throws {
        func notice(_ kind: RegisterNotice.Kind, agency: Code<Agency>? = nil, role: Code<Role>? = nil) throws {
            try RegisterNotice(
                kind, agency: agency, role: role, account: glass.account, record: glass.record, glass: glass.id
            ).write(at: glass.at, in: connection)
        }
        try notice(.glassBroken, agency: glass.owningAgency)
        try notice(.glassBroken, role: administrators)
        let month = glass.at.advanced(bySeconds: -30 * 86_400)
        let count = try GlassRows.count(by: glass.account, since: month, in: connection)
        if count >= BrokenGlass.alarmingNumber { try notice(.glassesRepeated, role: administrators) }
    }
}
