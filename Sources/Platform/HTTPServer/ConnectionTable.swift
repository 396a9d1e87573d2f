internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#endif

/// All open connections: counts them by address and cuts those that are overdue.
final class ConnectionTable: Sendable {
    private struct State {
        var records: [ObjectIdentifier: ConnectionRecord] = [:]
        var counts: [NetworkAddress: Int] = [:]
    }

    private let state = Mutex(State())

    /// How many are open.
    var count: Int { state.withLock { $0.records.count } }

    /// How many one address has open.
    func count(of address: NetworkAddress) -> Int { state.withLock { $0.counts[address] ?? 0 } }

    func add(_ record: ConnectionRecord) {
        state.withLock { state in
            state.records[ObjectIdentifier(record)] = record
            if let address = record.address { state.counts[address, default: 0] += 1 }
        }
    }

    /// Forgets a connection. libmicrohttpd calls this before it closes the socket, so its number cannot be another's yet.
    func remove(_ record: ConnectionRecord) {
        state.withLock { state in
            guard state.records.removeValue(forKey: ObjectIdentifier(record)) != nil, let address = record.address
            else {
                return
            }
            let left = (state.counts[address] ?? 0) - 1
            state.counts[address] = left > 0 ? left : nil
        }
    }

    /// Cuts what is overdue: its thread then finds the socket closed and cleans up.
    func cutOverdue(at now: Int) {
        state.withLock { state in
            for record in state.records.values where record.isOverdue(at: now) {
                shutdown(record.socket, Int32(SHUT_RDWR))
                record.allowAlways()
            }
        }
    }

    /// Cuts everything.
    func cutAll() {
        state.withLock { state in
            for record in state.records.values { shutdown(record.socket, Int32(SHUT_RDWR)) }
        }
    }
}
