import CommandLine
import Configuration
import Files
import Governance
import Kernel
import Secrets
import Storage

/// `concord init`: makes what an installation needs and does not have yet.
enum InitCommand: Command {
    static let spec = CommandSpec(
        "init", "Make the database and the keys of an installation.",
        details: """
            Makes the data folder, the key that seals secrets, the database and its tables, and the first administrator's
            account with a link by which to set a password. What is there already is left as it is.
            """,
        options: Installation.options + [
            .init("administrator", "EMAIL", "Make the first administrator with this e-mail address."),
            .init("name", "NAME", "The administrator's name."),
            .init("agency", "CODE", "The administrator's agency (otherwise the first of the partnership)."),
            .init("demo", nil, "Make the demo partnership's people instead, with sign-ins that everyone may know."),
        ],
        example: "concord init --administrator a.khan@council.example --name \"Amina Khan\"")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let installation = try Installation(arguments)
        let configuration = installation.configuration
        if arguments.has("demo") { try DemoPeople.requireDemo(installation) }
        try FileSystem.makeFolder(configuration.data, isPrivate: true)
        try FileSystem.makeFolder(configuration.keys, isPrivate: true)
        if !FileSystem.exists(installation.keyPath) {
            try FileSystem.write(SealingKey.newFile(), to: installation.keyPath, isPrivate: true)
            progress.say(
                "Made \(installation.keyPath). Keep a copy of it in a safe place: without it nobody can sign in.")
        }
        let now = Clock.system.now()
        let owner = try Database(installation.ownerLocation())
        let done = try Migrator.migrate(
            owner, Installation.migrations, servingRole: try installation.servingRole, at: now)
        owner.close()
        progress.say(done.isEmpty ? "The tables are there already." : "Made the tables: \(done.count) migrations.")
        let database = try installation.database()
        defer { database.close() }
        if arguments.has("demo") {
            try DemoPeople.requireAlone(installation, database)
            try DemoPeople(installation, database).make(progress)
            let register = DemoRegister(installation: installation, database: database)
            try register.make(progress)
            try DemoHistory.make(installation, register, database, progress)
        } else if let email = arguments.value("administrator") {
            try makeAdministrator(email, arguments, installation, database)
        }
        progress.say("Ready. Run concord serve.")
    }

    private static func makeAdministrator(
        _ email: String, _ arguments: ParsedArguments, _ installation: Installation, _ database: Database
    ) throws {
        let code = arguments.value("agency") ?? installation.partnership.agencies.first?.code.text ?? ""
        guard let agency = installation.partnership.agencies.first(where: { $0.code.text == code })?.code else {
            throw WrongUse("--agency \(code) is no agency of \(installation.partnershipPath).")
        }
        guard let address = EmailAddress(email) else {
            throw WrongUse("--administrator \(email) is no e-mail address.")
        }
        guard let role = Code<Role>("administrator"), installation.roles.role(role) != nil else {
            throw Fault("There is no role administrator", at: "roles/\(installation.partnership.roles).json")
        }
        let now = Clock.system.now()
        let details = AccountDetails(
            email: address, name: arguments.value("name") ?? email, agency: agency,
            roles: [RoleGrant(role, from: now.ukDate)])
        let store = AccountStore(rules: AccountRules(installation.roles))
        let made = try database.write {
            try store.createFirstAdministrator(details, by: installation.occasion(now), in: $0)
        }
        switch made {
        case .failure(let refusal): throw refusal.fault
        case .success(let (_, link)):
            Output.line("Open this once, within 72 hours, to choose a password:")
            Output.line("\(installation.configuration.publicAddress)/set-up/\(link)")
        }
    }
}
