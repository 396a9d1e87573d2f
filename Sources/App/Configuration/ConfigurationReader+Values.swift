internal import Files
internal import Kernel

/// What values may be.
extension ConfigurationReader {
    static func databaseAddress(
        _ text: String, relativeTo folder: String, fault: (String) -> Fault
    ) throws(Fault) -> String {
        if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") { return text }
        guard text.hasPrefix("sqlite:"), text.utf8.count > 7 else {
            throw fault("this is no address of a database")
        }
        return "sqlite:" + FileSystem.path(String(text.dropFirst(7)), relativeTo: folder)
    }

    static func isOrigin(_ text: String) -> Bool {
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            let host = text.dropFirst(scheme.count)
            return !host.isEmpty && !host.contains("/") && !host.contains("?") && !host.contains("#")
        }
        return false
    }

    static func isLoopback(_ address: String) -> Bool {
        ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { start in
            guard address.hasPrefix(start) else { return false }
            let next = address.dropFirst(start.count).first
            return next == nil || next == ":" || next == "/"
        }
    }

    static func file(_ node: DefinitionNode, _ member: String, _ folder: String) throws(Fault) -> String? {
        guard let value = try node.optional(member) else { return nil }
        let path = FileSystem.path(try value.text(), relativeTo: folder)
        guard FileSystem.exists(path) else {
            throw value.fault("there is no file \(path)", remedy: "Correct the path; it is relative to \(folder).")
        }
        return path
    }
}
