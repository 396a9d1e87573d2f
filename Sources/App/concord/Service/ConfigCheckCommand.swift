import Assessing
import Casework
import Cohorts
import CommandLine
import Configuration
import Enforcement
import Files
import Governance
import Kernel
import Panels
import Rules
import Secrets
import Storage

/// `concord config check`: every fault of the configuration, with its place and what to do.
enum ConfigCheckCommand: Command {
    static let spec = CommandSpec(
        "config check", "Check the configuration, the definitions, the keys and the database.",
        options: Installation.options, example: "concord config check --config /etc/concord/concord.json")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        var (configuration, faults) = Installation.configuration(arguments)
        @discardableResult func collect<Value>(_ body: () throws -> Value) -> Value? {
            do { return try body() } catch {
                let fault: Fault
                if let known = error as? Fault {
                    fault = known
                } else if case StorageError.unavailable(let known)? = error as? StorageError {
                    fault = known
                } else {
                    fault = Fault("\(error)")
                }
                if !faults.contains(fault) { faults.append(fault) }
                return nil
            }
        }
        if configuration.publicAddress.hasPrefix("http://"),
            !["127.0.0.1", "localhost", "::1"].contains(configuration.web.listen)
        {
            faults.append(
                Fault(
                    "The web application would be reached without TLS", at: "web.publicAddress",
                    because: "\(configuration.publicAddress) is not https",
                    remedy: "Put a reverse proxy before it (see deploy/README.md) and write its https address."))
        }
        collect {
            let installation = try Installation(arguments)
            collect { _ = try installation.evidence() }
            let rules = "\(installation.definitions.path)/rules"
            let policy = collect { try PolicyRules(folder: rules, own: installation.partnership.rules) }
            let cases = collect {
                try CaseStore(
                    roles: installation.roles, definitions: installation.definitions.path,
                    partnership: installation.partnership)
            }
            if let policy {
                collect { _ = try OrderTypes(folder: "\(installation.definitions.path)/order-types", rules: policy) }
            }
            let panels = collect { try PanelCatalogue(folder: "\(installation.definitions.path)/panel-types") }
            if let cases {
                let folder = "\(installation.definitions.path)/cohorts"
                collect { _ = try CohortCatalogue(folder: folder, types: cases.catalogue) }
            }
            if let cases, let panels {
                collect { _ = try PanelStore(cases: cases, partnership: installation.partnership, catalogue: panels) }
            }
            collect { _ = try ClockCalendar(folder: rules) }
            collect { _ = try installation.sealingKey() }
            collect { try installation.servingDatabase().close() }
        }
        guard faults.isEmpty else {
            for fault in faults { Output.error("\(fault)") }
            throw Fault("The configuration has \(faults.count) \(faults.count == 1 ? "fault" : "faults")")
        }
        Output.line(
            "The configuration is in order: \(configuration.partnership), \(configuration.databaseAddress.hasPrefix("sqlite") ? "SQLite" : "PostgreSQL"), \(configuration.publicAddress)."
        )
    }
}
