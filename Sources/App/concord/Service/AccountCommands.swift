import CommandLine
import Configuration
import Governance
import Kernel
import Storage

/// What the operator of the machine does to accounts. An administrator in the browser cannot grant a role that they
/// could not hold beside their own (auditor, data protection officer): the command line is the way for those.
enum AccountCommands {
    /// The store and an occasion of the command line.
    struct Desk {
        let installation: Installation
        let store: AccountStore
        let occasion: Occasion

        init(_ arguments: ParsedArguments) throws {
            installation = try Installation(arguments)
            store = AccountStore(rules: AccountRules(installation.roles))
            occasion = try installation.occasion(Clock.system.now())
        }

        /// Does something to the account with an address, in one transaction with its entry in the audit.
        func change<Value>(
            _ email: String, _ body: (AccountRecord, Connection) throws -> Result<Value, AccountRefusal>
        ) throws -> Value {
            guard let address = EmailAddress(email) else { throw WrongUse("This is no email address: \(email).") }
            let database = try installation.database()
            defer { database.close() }
            let result = try database.write { connection -> Result<Value, AccountRefusal> in
                switch try store.account(withEmail: address, by: occasion, in: connection) {
                case .failure(let refusal): return .failure(refusal)
                case .success(let account): return try body(account, connection)
                }
            }
            switch result {
            case .success(let value): return value
            case .failure(.noSuchAccount):
                throw Fault(
                    "There is no account with this email address",
                    remedy: "Run concord account list to see all accounts.")
            case .failure(let refusal): throw refusal.fault
            }
        }

        func role(_ text: String) throws -> Code<Role> {
            let known = installation.roles.roles.map(\.code.text).sorted()
            guard let code = Code<Role>(text), known.contains(text) else {
                let near = Spelling.nearest(text, among: known).map { " Did you mean \"\($0)\"?" } ?? ""
                throw WrongUse("There is no role \"\(text)\".\(near) There are: \(known.joined(separator: ", ")).")
            }
            return code
        }
    }

    static func words(_ arguments: ParsedArguments, _ count: Int, _ what: String) throws -> [String] {
        guard arguments.arguments.count == count else { throw WrongUse("Name \(what). See --help.") }
        return arguments.arguments
    }
}

/// `concord account list`.
enum AccountListCommand: Command {
    static let spec = CommandSpec(
        "account list", "List the accounts with their roles.",
        details: "One line for each: address, status, agency, roles that hold today, name, with tabs between them.",
        options: Installation.options, example: "concord account list")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        _ = try AccountCommands.words(arguments, 0, "no account")
        let desk = try AccountCommands.Desk(arguments)
        let database = try desk.installation.database()
        defer { database.close() }
        var last: EmailAddress?
        while true {
            let page = try database.write { [last] in
                try desk.store.list(after: last, limit: 500, by: desk.occasion, in: $0)
            }
            for account in page { Output.line(line(account, on: desk.occasion.now.ukDate)) }
            guard page.count == 500 else { return }
            last = page.last?.details.email
        }
    }

    private static func line(_ account: AccountRecord, on day: LocalDate) -> String {
        let details = account.details
        let roles = details.roles(on: day).sorted().map(\.text).joined(separator: ",")
        return [
            details.email.text, account.status.rawValue, details.agency.text, roles.isEmpty ? "-" : roles, details.name,
        ].joined(separator: "\t")
    }
}

/// `concord account grant`.
enum AccountGrantCommand: Command {
    static let spec = CommandSpec(
        "account grant", "Give an account a role, from today on.",
        details: """
            The only way to the roles that no administrator may grant (auditor, data protection officer). Two roles that
            one person may not hold together are refused here too. Sessions of the account end at once.
            """,
        arguments: "EMAIL ROLE", options: Installation.options,
        example: "concord account grant a.finch@health.example auditor")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let words = try AccountCommands.words(arguments, 2, "one account by its email address, and one role")
        let desk = try AccountCommands.Desk(arguments)
        let role = try desk.role(words[1])
        let today = desk.occasion.now.ukDate
        let isNew = try desk.change(words[0]) { account, connection -> Result<Bool, AccountRefusal> in
            guard !account.details.roles(on: today).contains(role) else { return .success(false) }
            var details = account.details
            details.roles.insert(RoleGrant(role, from: today))
            return try desk.store.change(
                account.id, to: details, version: account.version, by: desk.occasion, in: connection
            ).map { _ in true }
        }
        Output.line(
            isNew ? "\(words[0]) has the role \(role.text) now." : "\(words[0]) has the role \(role.text) already.")
    }
}

/// `concord account revoke`.
enum AccountRevokeCommand: Command {
    static let spec = CommandSpec(
        "account revoke", "Take a role from an account.",
        details: "The role, with all its dates, is gone at once, and so are the account's sessions.",
        arguments: "EMAIL ROLE", options: Installation.options,
        example: "concord account revoke a.finch@health.example auditor")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let words = try AccountCommands.words(arguments, 2, "one account by its email address, and one role")
        let desk = try AccountCommands.Desk(arguments)
        let role = try desk.role(words[1])
        let had = try desk.change(words[0]) { account, connection -> Result<Bool, AccountRefusal> in
            var details = account.details
            details.roles = details.roles.filter { $0.role != role }
            guard details.roles != account.details.roles else { return .success(false) }
            return try desk.store.change(
                account.id, to: details, version: account.version, by: desk.occasion, in: connection
            ).map { _ in true }
        }
        Output.line(
            had ? "\(words[0]) no longer has the role \(role.text)." : "\(words[0]) did not have the role \(role.text)."
        )
    }
}

/// `concord account link`.
enum AccountLinkCommand: Command {
    static let spec = CommandSpec(
        "account link", "Make a new link by which the owner of an account chooses a password.",
        details: "The link works once and for 72 hours; earlier ones stop working. The second factor stays.",
        arguments: "EMAIL", options: Installation.options, example: "concord account link a.khan@council.example")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let words = try AccountCommands.words(arguments, 1, "one account by its email address")
        let desk = try AccountCommands.Desk(arguments)
        let link = try desk.change(words[0]) { account, connection in
            try desk.store.makeLink(for: account.id, by: desk.occasion, in: connection)
        }
        Output.line("Open this once, within 72 hours, to choose a password:")
        Output.line("\(desk.installation.configuration.publicAddress)/set-up/\(link)")
    }
}
