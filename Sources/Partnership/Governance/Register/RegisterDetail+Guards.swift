internal import Kernel
internal import Secrets

extension RegisterDetail {
    /// What the audit keeps of a change of guards: the kinds changed, the class and the side with what they were and are
    /// (`class:normal:restricted`), digests of all guards before and after, and who was named or granted or no longer is.
    public static func guards(from old: RecordFacts, to new: RecordFacts) -> RegisterDetail {
        var fields: [String] = []
        if old.recordClass != new.recordClass {
            fields.append("class:\(old.recordClass.rawValue):\(new.recordClass.rawValue)")
        }
        if old.side != new.side {
            fields.append("side:\(old.side?.rawValue ?? "none"):\(new.side?.rawValue ?? "none")")
        }
        if old.named != new.named { fields.append("named") }
        if old.grants != new.grants { fields.append("grants") }
        if old.conflicts != new.conflicts { fields.append("conflicts") }
        var detail = RegisterDetail(fields: fields, before: old.guardsDigest, after: new.guardsDigest)
        let grants = Set(old.grants).symmetricDifference(new.grants).map(\.account)
        detail.accounts = old.named.symmetricDifference(new.named).union(grants).sorted()
        return detail
    }
}

extension RecordFacts {
    /// BLAKE2b-256 of what guards the record.
    fileprivate var guardsDigest: [UInt8] {
        func texts(_ accounts: Set<ID<Account>>) -> JSON { .array(accounts.sorted().map { .string($0.text) }) }
        let grants = grants.map { "\($0.account.text) \($0.until.milliseconds)" }.sorted()
        let guards: [JSON] = [
            .string(recordClass.rawValue), side.map { .string($0.rawValue) } ?? .null, texts(named),
            .array(grants.map(JSON.string)), texts(conflicts),
        ]
        return Hash.blake2b(Array(JSON.array(guards).encoded()))
    }
}
