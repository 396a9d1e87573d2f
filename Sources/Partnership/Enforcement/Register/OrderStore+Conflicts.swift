public import Governance
public import Kernel
internal import People
public import Storage

// MARK: - Conflicts of interest

extension OrderStore {
    /// Someone declares a conflict of interest with a person or a case: the orders about the person, by any record of the
    /// same person, and those that belong to the case no longer exist for them, and the agencies that hold these are told.
    /// The answer is the same whether there is such a record or not.
    /// - Throws: `StorageError`.
    public func declareConflict(
        with record: ID<Registered>, on occasion: Occasion, in connection: Connection
    ) throws {
        try close(about: record, to: [occasion.actor.account], on: occasion, in: connection)
    }

    /// Does something with a person or a case, and closes the orders about it to those whose conflict of interest with it
    /// came with that. Who had one before is left alone: a conflict that was lifted on an order stays lifted.
    /// - Throws: `StorageError`, and what `body` throws.
    public func followConflicts<Value>(
        with record: ID<Registered>, on occasion: Occasion, in connection: Connection, during body: () throws -> Value
    ) throws -> Value {
        let earlier = try conflicts(with: [record], now: occasion.now, in: connection)
        let value = try body()
        let accounts = try conflicts(with: [record], now: occasion.now, in: connection).subtracting(earlier)
        try close(about: record, to: accounts, on: occasion, in: connection)
        return value
    }

    /// Who has a conflict of interest with any of these records, by any record of the same person. It names colleagues and
    /// is for keeping an order from them, not for a page.
    /// - Throws: `StorageError`.
    func conflicts(
        with records: [ID<Registered>], now: Instant, in connection: Connection
    ) throws -> Set<ID<Account>> {
        let all = Set(try records.flatMap { try OrderStore.same($0, in: connection) })
        let entries = try register.entries(all.sorted(), now: now, in: connection)
        return entries.values.reduce(into: []) { $0.formUnion($1.facts.conflicts) }
    }

    /// What an order follows when someone has a conflict of interest: its subject and its cases.
    static func followed(by order: Order) -> [ID<Registered>] {
        var followed = order.cases
        if case .person(let person) = order.subject { followed.append(person) }
        return followed
    }

    private func close(
        about record: ID<Registered>, to accounts: Set<ID<Account>>, on occasion: Occasion, in connection: Connection
    ) throws {
        let records = try OrderStore.same(record, in: connection)
        let condition: SQL = """
            (o.subject_kind = 'person' AND o.subject IN (\(list: records)))
            OR o.id IN (SELECT l.id FROM order_cases l WHERE l.record IN (\(list: records)))
            """
        for id in try OrderRows.ids(where: condition, in: connection) {
            try register.close(ID(id), to: accounts, on: occasion, in: connection)
        }
    }

    /// The records of the person that a subject is; empty for anything else.
    static func same(_ subject: OrderSubject, in connection: Connection) throws -> [ID<Registered>] {
        guard case .person(let person) = subject else { return [] }
        return try same(person, in: connection)
    }

    /// The record, with those of the same person.
    static func same(_ record: ID<Registered>, in connection: Connection) throws -> [ID<Registered>] {
        guard let person = ID<Person>(record.text) else { return [record] }
        return try PersonStore.sameRecords(person, in: connection).map { ID<Registered>($0) }
    }
}
