internal import Kernel
internal import Storage

/// What may be done to accounts, and the entries about it.
extension AccountStore {
    /// Whether the actor may know that the account exists. The system may; so may its owner.
    func isKnown(_ account: AccountRecord, to occasion: Occasion) -> Bool {
        occasion.actor.account == account.id || rules.allow(occasion, in: account.details.agency)
    }

    /// Why an account cannot be so, or nil. `granting` are the roles that it did not have before.
    func refusal(
        of details: AccountDetails, for account: AccountRecord, granting: Set<Code<Role>>, _ occasion: Occasion,
        _ connection: Connection
    ) throws -> AccountRefusal? {
        let isSystem = occasion.actor.kind == .system
        guard rules.allow(occasion, in: details.agency) else { return .notPermitted }
        guard isName(details.name) else { return .notAName }
        if let why = conflict(in: details) { return .conflictingRoles(why) }
        if !isSystem {
            for role in granting.sorted() where rules.conflict(occasion.actor.roles.union([role])) != nil {
                return .roleBeyondGranter(role)
            }
        }
        let other = try connection.first(
            "SELECT id FROM accounts WHERE email_folded = \(details.email.folded) AND id <> \(account.id)")
        return other == nil ? nil : .emailTaken
    }

    /// Why an account cannot be changed so, or nil.
    func changeRefusal(
        _ old: AccountRecord, _ details: AccountDetails, _ version: Int64, _ occasion: Occasion,
        _ connection: Connection
    ) throws -> AccountRefusal? {
        let actor = occasion.actor
        guard rules.allow(occasion, in: old.details.agency) else { return .notPermitted }
        if actor.account == old.id, !old.details.hasSameAccess(as: details) { return .ownAccount }
        guard version == old.version else { return .changedMeanwhile(old.version) }
        let granting = Set(details.roles.subtracting(old.details.roles).map(\.role))
        return try refusal(of: details, for: old, granting: granting, occasion, connection)
    }

    /// Why an account's status cannot be set so, or nil.
    func statusRefusal(
        _ old: AccountRecord, disabled: Bool, version: Int64, _ occasion: Occasion
    ) -> AccountRefusal? {
        guard rules.allow(occasion, in: old.details.agency) else { return .notPermitted }
        if occasion.actor.account == old.id { return .ownAccount }
        guard (old.status == .disabled) != disabled else { return .wrongStatus(old.status) }
        return version == old.version ? nil : .changedMeanwhile(old.version)
    }

    /// All roles granted, past and future ones too: the day on which two meet must not be forgotten.
    func grants(in details: AccountDetails) -> Set<Code<Role>> { Set(details.roles.map(\.role)) }

    /// Why roles that hold on one day cannot be held together, looked for on each day on which a grant begins.
    private func conflict(in details: AccountDetails) -> String? {
        for day in Set(details.roles.map(\.from)).sorted() {
            if let why = rules.conflict(details.roles(on: day)) { return why }
        }
        return nil
    }

    func isName(_ name: String) -> Bool {
        (1...200).contains(name.count) && name.contains { !$0.isWhitespace }
            && name.unicodeScalars.allSatisfy {
                switch $0.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
                default: true
                }
            }
    }

    /// Records a refusal and hands it back.
    func deny(
        _ refusal: AccountRefusal, _ act: AuditAct, _ id: ID<Account>?, _ occasion: Occasion,
        _ connection: Connection
    ) throws -> AccountRefusal {
        let object = Code("account").map { AuditObject($0, id: id?.text) }
        var entry = occasion.entry(act, object, outcome: .deny)
        entry.code = refusal.code
        try AuditLog.append(entry, in: connection)
        return refusal
    }

    /// Records what was done to an account.
    func log(
        _ act: AuditAct, _ account: AccountRecord, before: AccountRecord?, fields: [String], reason: String? = nil,
        _ occasion: Occasion, _ connection: Connection
    ) throws {
        var object = AccountStore.object(account)
        object?.fields = fields
        var entry = occasion.entry(act, object)
        entry.before = before.map(AccountRows.digest)
        entry.after = AccountRows.digest(account)
        entry.reason = reason
        entry.subjects = [AuditSubject(account.id)]
        try AuditLog.append(entry, in: connection)
    }

    /// An account as the audit names it.
    static func object(_ account: AccountRecord?) -> AuditObject? {
        Code("account").map {
            AuditObject($0, id: account?.id.text, version: account?.version, classification: "P1")
        }
    }
}

extension AccountDetails {
    /// Whether the same may be seen and done under both.
    func hasSameAccess(as other: AccountDetails) -> Bool {
        agency == other.agency && teams == other.teams && roles == other.roles && panels == other.panels
            && side == other.side && trainedUntil == other.trainedUntil && vettedUntil == other.vettedUntil
    }

    /// The names of the fields in which two differ.
    func fields(unlike other: AccountDetails) -> [String] {
        var names: [String] = []
        if email.text != other.email.text { names.append("email") }
        if name != other.name { names.append("name") }
        if agency != other.agency { names.append("agency") }
        if teams != other.teams { names.append("teams") }
        if roles != other.roles { names.append("roles") }
        if panels != other.panels { names.append("panels") }
        if side != other.side { names.append("side") }
        if trainedUntil != other.trainedUntil { names.append("trained-until") }
        if vettedUntil != other.vettedUntil { names.append("vetted-until") }
        return names
    }
}
