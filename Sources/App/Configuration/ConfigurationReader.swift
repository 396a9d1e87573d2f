internal import Files
public import Kernel

/// Reads `concord.json` and the environment. Collects every fault, so that one look shows them all.
public struct ConfigurationReader {
    /// What was wrong, in the order found.
    public private(set) var faults: [Fault] = []
    private var configuration = Configuration()
    private var hasKeys = false
    private var hasAnchors = false

    /// Reads a configuration.
    /// - Parameters:
    ///   - path: the file, or nil when there is none.
    ///   - environment: variables by name; those that begin with `CONCORD_` and are known override the file.
    /// - Returns: the configuration and every fault found; use the configuration only when there is none.
    public static func read(path: String?, environment: [String: String]) -> (Configuration, [Fault]) {
        var reader = ConfigurationReader()
        if let path { reader.readFile(path) }
        reader.readEnvironment(environment)
        reader.finish()
        return (reader.configuration, reader.faults)
    }

    private mutating func collect(_ body: (inout ConfigurationReader) throws(Fault) -> Void) {
        do { try body(&self) } catch { faults.append(error) }
    }

    private mutating func finish() {
        if !hasKeys { configuration.keys = "\(configuration.data)/keys" }
        if !hasAnchors { configuration.auditAnchors = "\(configuration.data)/anchors/audit.txt" }
    }
}

// MARK: - The file

extension ConfigurationReader {
    private mutating func readFile(_ path: String) {
        collect { reader throws(Fault) in
            let root = try DefinitionFile(path: path).root
            let folder = FileSystem.parent(of: path)
            reader.collect { _ throws(Fault) in
                try root.allow(only: [
                    "partnership", "evidence", "data", "database", "web", "keys", "auditAnchors", "mail", "signIn",
                    "map",
                    "sessions", "notes",
                ])
            }
            reader.collect { reader throws(Fault) in
                if let text = try root.optional("partnership")?.text() { reader.configuration.partnership = text }
            }
            reader.collect { reader throws(Fault) in
                reader.configuration.evidence = try ConfigurationReader.file(root, "evidence", folder)
            }
            reader.collect { reader throws(Fault) in
                if let text = try root.optional("data")?.text() {
                    reader.configuration.data = FileSystem.path(text, relativeTo: folder)
                }
            }
            reader.collect { reader throws(Fault) in
                if let text = try root.optional("keys")?.text() {
                    reader.setKeys(FileSystem.path(text, relativeTo: folder))
                }
            }
            reader.collect { reader throws(Fault) in
                if let text = try root.optional("auditAnchors")?.text() {
                    reader.setAnchors(FileSystem.path(text, relativeTo: folder))
                }
            }
            reader.readParts(root, folder: folder)
        }
    }

    private mutating func readParts(_ root: DefinitionNode, folder: String) {
        collect { reader throws(Fault) in
            if let node = try root.optional("database") { try reader.readDatabase(node, folder: folder) }
        }
        collect { reader throws(Fault) in
            if let node = try root.optional("web") { reader.readWeb(node) }
        }
        collect { reader throws(Fault) in
            if let node = try root.optional("sessions") { reader.readSessions(node) }
        }
        collect { reader throws(Fault) in
            if let node = try root.optional("mail") { try reader.readMail(node, folder: folder) }
        }
        collect { reader throws(Fault) in
            guard let node = try root.optional("signIn") else { return }
            try node.allow(only: ["openIDConnect"])
            for provider in try node.optional("openIDConnect")?.items() ?? [] {
                reader.collect { reader throws(Fault) in try reader.readProvider(provider, folder: folder) }
            }
        }
        collect { reader throws(Fault) in
            guard let node = try root.optional("map") else { return }
            try node.allow(only: ["tiles"])
            guard let tiles = try node.optional("tiles") else { return }
            let address = try tiles.text()
            guard address.hasPrefix("https://") || address.hasPrefix("/") else {
                throw tiles.fault("tiles come by https:// or from a path of this site")
            }
            reader.configuration.mapTiles = address
        }
    }

    private mutating func readDatabase(_ node: DefinitionNode, folder: String) throws(Fault) {
        try node.allow(only: ["address", "owner"])
        for member in ["address", "owner"] {
            guard let value = try node.optional(member) else { continue }
            let address = try ConfigurationReader.databaseAddress(value.text(), relativeTo: folder) { why in
                value.fault(why, remedy: "Write sqlite:PATH or postgresql://USER@HOST/DATABASE.")
            }
            if member == "address" {
                configuration.database.address = address
            } else {
                configuration.database.owner = address
            }
        }
    }

    private mutating func readWeb(_ node: DefinitionNode) {
        collect { _ throws(Fault) in
            try node.allow(only: ["listen", "port", "publicAddress", "trustedProxies", "threads"])
        }
        collect { reader throws(Fault) in
            if let text = try node.optional("listen")?.text() { reader.configuration.web.listen = text }
        }
        collect { reader throws(Fault) in
            guard let value = try node.optional("port") else { return }
            let port = try value.integer()
            guard (1...65_535).contains(port) else { throw value.fault("a port is a number from 1 to 65535") }
            reader.configuration.web.port = port
        }
        collect { reader throws(Fault) in
            guard let value = try node.optional("publicAddress") else { return }
            let address = try value.text()
            guard ConfigurationReader.isOrigin(address) else {
                throw value.fault("it needs a scheme and a host and no path, such as https://concord.example.gov.uk")
            }
            reader.configuration.web.publicAddress = address
        }
        collect { reader throws(Fault) in
            if let proxies = try node.optional("trustedProxies")?.texts() {
                reader.configuration.web.trustedProxies = proxies
            }
        }
        collect { reader throws(Fault) in
            guard let value = try node.optional("threads") else { return }
            let threads = try value.integer()
            guard (1...256).contains(threads) else { throw value.fault("from 1 to 256 threads can answer") }
            reader.configuration.web.threads = threads
        }
    }

    private mutating func readSessions(_ node: DefinitionNode) {
        collect { _ throws(Fault) in try node.allow(only: ["idleMinutes", "absoluteHours"]) }
        collect { reader throws(Fault) in
            guard let value = try node.optional("idleMinutes") else { return }
            let minutes = try value.integer()
            guard (5...480).contains(minutes) else { throw value.fault("a session may idle for 5 to 480 minutes") }
            reader.configuration.sessions.idleMinutes = minutes
        }
        collect { reader throws(Fault) in
            guard let value = try node.optional("absoluteHours") else { return }
            let hours = try value.integer()
            guard (1...24).contains(hours) else { throw value.fault("a session may last for 1 to 24 hours") }
            reader.configuration.sessions.absoluteHours = hours
        }
    }

    private mutating func readMail(_ node: DefinitionNode, folder: String) throws(Fault) {
        try node.allow(only: ["host", "port", "from", "user", "passwordFile"])
        let port = try node.optional("port")
        let number = try port?.integer() ?? 587
        if let port, !(1...65_535).contains(number) { throw port.fault("a port is a number from 1 to 65535") }
        let from = try node.required("from")
        guard try from.text().contains("@") else { throw from.fault("an e-mail address is needed here") }
        configuration.mail = .init(
            host: try node.required("host").text(), port: number, from: try from.text(),
            user: try node.optional("user")?.text(),
            passwordFile: try ConfigurationReader.file(node, "passwordFile", folder))
    }

    private mutating func readProvider(_ node: DefinitionNode, folder: String) throws(Fault) {
        try node.allow(only: ["name", "issuer", "clientID", "clientSecretFile", "secondFactorClaims"])
        let issuer = try node.required("issuer")
        let address = try issuer.text()
        guard address.hasPrefix("https://") || ConfigurationReader.isLoopback(address) else {
            throw issuer.fault("an issuer is reached by https://")
        }
        let provider = Configuration.ProviderSettings(
            name: try node.required("name").text(), issuer: address,
            clientID: try node.required("clientID").text(),
            clientSecretFile: try ConfigurationReader.file(node, "clientSecretFile", folder),
            secondFactorClaims: try node.optional("secondFactorClaims")?.texts() ?? [])
        guard !provider.slug.isEmpty, !configuration.providers.contains(where: { $0.slug == provider.slug }) else {
            throw try node.required("name").fault("each provider needs a name of its own, with a letter or a digit")
        }
        configuration.providers.append(provider)
    }

    private mutating func setKeys(_ path: String) {
        configuration.keys = path
        hasKeys = true
    }

    private mutating func setAnchors(_ path: String) {
        configuration.auditAnchors = path
        hasAnchors = true
    }
}

// MARK: - The environment

extension ConfigurationReader {
    /// The variables that are known, with what they override.
    public static let variables: [(name: String, overrides: String)] = [
        ("CONCORD_PARTNERSHIP", "partnership"), ("CONCORD_EVIDENCE", "evidence"), ("CONCORD_DATA", "data"),
        ("CONCORD_DATABASE", "database.address"), ("CONCORD_DATABASE_OWNER", "database.owner"),
        ("CONCORD_LISTEN", "web.listen"), ("CONCORD_PORT", "web.port"),
        ("CONCORD_PUBLIC_ADDRESS", "web.publicAddress"), ("CONCORD_KEYS", "keys"),
        ("CONCORD_AUDIT_ANCHORS", "auditAnchors"),
    ]

    private mutating func readEnvironment(_ environment: [String: String]) {
        for (name, overrides) in ConfigurationReader.variables {
            guard let value = environment[name], !value.isEmpty else { continue }
            collect { reader throws(Fault) in try reader.override(overrides, name: name, with: value) }
        }
    }

    private mutating func override(_ member: String, name: String, with value: String) throws(Fault) {
        func fault(_ why: String, remedy: String) -> Fault {
            Fault("The configuration is wrong", at: "environment variable \(name)", because: why, remedy: remedy)
        }
        switch member {
        case "partnership": configuration.partnership = value
        case "data": configuration.data = value
        case "evidence": configuration.evidence = value
        case "keys": setKeys(value)
        case "auditAnchors": setAnchors(value)
        case "web.listen": configuration.web.listen = value
        case "web.port":
            guard let port = Int(value), (1...65_535).contains(port) else {
                throw fault("a port is a number from 1 to 65535", remedy: "Correct or unset the variable.")
            }
            configuration.web.port = port
        case "web.publicAddress":
            guard ConfigurationReader.isOrigin(value) else {
                throw fault("it needs a scheme and a host and no path", remedy: "Write https://concord.example.gov.uk.")
            }
            configuration.web.publicAddress = value
        default:
            let address = try ConfigurationReader.databaseAddress(value, relativeTo: ".") { why in
                fault(why, remedy: "Write sqlite:PATH or postgresql://USER@HOST/DATABASE.")
            }
            if member == "database.owner" {
                configuration.database.owner = address
            } else {
                configuration.database.address = address
            }
        }
    }
}

// MARK: - What values may be

extension ConfigurationReader {
    private static func databaseAddress(
        _ text: String, relativeTo folder: String, fault: (String) -> Fault
    ) throws(Fault) -> String {
        if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") { return text }
        guard text.hasPrefix("sqlite:"), text.utf8.count > 7 else {
            throw fault("this is no address of a database")
        }
        return "sqlite:" + FileSystem.path(String(text.dropFirst(7)), relativeTo: folder)
    }

    private static func isOrigin(_ text: String) -> Bool {
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            let host = text.dropFirst(scheme.count)
            return !host.isEmpty && !host.contains("/") && !host.contains("?") && !host.contains("#")
        }
        return false
    }

    private static func isLoopback(_ address: String) -> Bool {
        ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { start in
            guard address.hasPrefix(start) else { return false }
            let next = address.dropFirst(start.count).first
            return next == nil || next == ":" || next == "/"
        }
    }

    private static func file(_ node: DefinitionNode, _ member: String, _ folder: String) throws(Fault) -> String? {
        guard let value = try node.optional(member) else { return nil }
        let path = FileSystem.path(try value.text(), relativeTo: folder)
        guard FileSystem.exists(path) else {
            throw value.fault("there is no file \(path)", remedy: "Correct the path; it is relative to \(folder).")
        }
        return path
    }
}
