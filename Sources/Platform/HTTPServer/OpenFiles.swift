internal import Kernel

#if canImport(Glibc)
    internal import Glibc
#endif

/// The limit of open files, which connections count against.
enum OpenFiles {
    /// Room for the database, uploads and logs beside the connections.
    private static let reserve = 200

    /// Makes sure that so many connections can be open, raising the limit as far as the system lets.
    /// - Throws: a `Fault` that says what is missing.
    static func secure(connections: Int) throws(Fault) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let needed = rlim_t(connections + reserve)
        if limit.rlim_cur >= needed { return }
        if limit.rlim_max >= needed {
            limit.rlim_cur = needed
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 { return }
        }
        throw Fault(
            "The server may not open enough files", at: "limit of open files",
            because: "\(connections) connections need \(needed), and \(limit.rlim_max) are allowed",
            remedy: "Raise LimitNOFILE in the systemd unit (ulimit -n), or lower the number of connections.")
    }
}
