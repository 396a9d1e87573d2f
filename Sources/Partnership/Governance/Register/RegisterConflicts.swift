public import Kernel
public import Storage

// MARK: - Conflicts of interest that follow from others

extension AccessRegister {
    /// Closes a record to people whose conflict of interest with it follows from another record: from now on it does not
    /// exist for them, and its agency is told. No right is asked for, for it opens nothing. Those to whom it is closed
    /// already are left out, and where nobody remains nothing is written.
    /// - Throws: `StorageError`.
    public func close(
        _ id: ID<Registered>, to accounts: Set<ID<Account>>, on occasion: Occasion, in connection: Connection
    ) throws {
        guard let entry = try RegisterRows.entry(id, now: occasion.now, in: connection) else { return }
        let added = accounts.subtracting(entry.facts.conflicts)
        guard !added.isEmpty else { return }
        for account in added.sorted() { try RegisterRelations.insert(account, "conflict", of: id, in: connection) }
        var detail = RegisterDetail(fields: ["conflicts"])
        detail.accounts = added.sorted()
        try append(.update, entry, .p0, nil, reason: nil, detail, on: occasion, in: connection)
        try tellConflicts(of: added, with: id, on: occasion, in: connection)
    }

    /// Tells the agency of a record that it does not exist for these people, as if they had declared it: whoever answers
    /// for the record may be among them.
    /// - Throws: `StorageError`.
    public func tellConflicts(
        of accounts: Set<ID<Account>>, with id: ID<Registered>, on occasion: Occasion, in connection: Connection
    ) throws {
        guard !accounts.isEmpty, let entry = try RegisterRows.entry(id, now: occasion.now, in: connection) else {
            return
        }
        for account in accounts.sorted() {
            try RegisterNotice(.conflictDeclared, agency: entry.facts.agency, account: account, record: id)
                .write(at: occasion.now, in: connection)
        }
    }
}
