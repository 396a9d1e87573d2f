internal import Kernel

/// What the environment says: it goes before the file.
extension ConfigurationReader {
    /// The variables that are known, with what they override.
    public static let variables: [(name: String, overrides: String)] = [
        ("CONCORD_PARTNERSHIP", "partnership"), ("CONCORD_EVIDENCE", "evidence"), ("CONCORD_DATA", "data"),
        ("CONCORD_DATABASE", "database.address"), ("CONCORD_DATABASE_OWNER", "database.owner"),
        ("CONCORD_LISTEN", "web.listen"), ("CONCORD_PORT", "web.port"),
        ("CONCORD_PUBLIC_ADDRESS", "web.publicAddress"), ("CONCORD_KEYS", "keys"),
        ("CONCORD_AUDIT_ANCHORS", "auditAnchors"),
    ]

    mutating func readEnvironment(_ environment: [String: String]) {
        for (name, overrides) in ConfigurationReader.variables {
            guard let value = environment[name], !value.isEmpty else { continue }
            collect { reader throws(Fault) in try reader.override(overrides, name: name, with: value) }
        }
    }

    mutating func override(_ member: String, name: String, with value: String) throws(Fault) {
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
