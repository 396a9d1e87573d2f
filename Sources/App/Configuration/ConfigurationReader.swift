public import Kernel

/// Reads `concord.json` and the environment. Collects every fault, so that one look shows them all.
public struct ConfigurationReader {
    /// What was wrong, in the order found.
    public internal(set) var faults: [Fault] = []
    var configuration = Configuration()
    var hasKeys = false
    var hasAnchors = false

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

    mutating func collect(_ body: (inout ConfigurationReader) throws(Fault) -> Void) {
        do { try body(&self) } catch { faults.append(error) }
    }

    mutating func finish() {
        if !hasKeys { configuration.keys = "\(configuration.data)/keys" }
        if !hasAnchors { configuration.auditAnchors = "\(configuration.data)/anchors/audit.txt" }
    }

    mutating func setKeys(_ path: String) {
        configuration.keys = path
        hasKeys = true
    }

    mutating func setAnchors(_ path: String) {
        configuration.auditAnchors = path
        hasAnchors = true
    }
}
