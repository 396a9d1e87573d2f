internal import CPostgreSQL
internal import Kernel

/// The URL of a PostgreSQL database.
enum PostgreSQLAddress {
    /// Begins a connection. What the URL says wins over the settings here.
    static func connect(_ url: String) -> OpaquePointer? {
        let settings = [
            ("connect_timeout", "10"), ("application_name", "concord"), ("tcp_user_timeout", "30000"),
            ("client_encoding", "UTF8"), ("dbname", url),
        ]
        let texts = settings.map { (Array($0.0.utf8CString), Array($0.1.utf8CString)) }
        return withPointers(texts.map(\.0)) { names in
            withPointers(texts.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
    }

    private static func withPointers<Value>(
        _ texts: [[CChar]], _ body: ([UnsafePointer<CChar>?]) -> Value
    ) -> Value {
        let all = Array(texts.joined())
        return all.withUnsafeBufferPointer { buffer in
            var start = 0
            var pointers: [UnsafePointer<CChar>?] = []
            for text in texts {
                pointers.append(buffer.baseAddress.map { $0 + start })
                start += text.count
            }
            return body(pointers + [nil])
        }
    }

    /// Host, port and name: the address without user and password.
    /// - Throws: `StorageError.unavailable` when it is no URL; libpq's own words could repeat the password.
    static func place(_ url: String) throws -> String {
        let found = try settings(url)
        let host = found["host"] ?? found["hostaddr"] ?? "the default socket"
        let port = found["port"].map { ":\($0)" } ?? ""
        return "\(host)\(port), database \(found["dbname"] ?? "of the user's name")"
    }

    /// The role that the URL connects as: its own, or the one that libpq takes from the environment.
    /// - Throws: as `place` does.
    static func role(_ url: String) throws -> String? {
        if let role = try settings(url)["user"], !role.isEmpty { return role }
        guard let defaults = PQconndefaults() else { return nil }
        defer { PQconninfoFree(defaults) }
        return values(defaults)["user"]
    }

    /// What the URL says, by libpq's keywords.
    private static func settings(_ url: String) throws -> [String: String] {
        guard let options = PQconninfoParse(url, nil) else {
            throw StorageError.unavailable(
                Fault(
                    "The address of the database is not a PostgreSQL URL", at: "database.address",
                    remedy: "Write postgresql://USER@HOST:PORT/NAME in concord.json; a special character as %XX."))
        }
        defer { PQconninfoFree(options) }
        return values(options)
    }

    private static func values(_ options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
        var found: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { found[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return found
    }
}
