import Assessing
import CommandLine
import Configuration
import Files
import Governance
import Kernel
import Secrets
import Storage

/// The demo partnership's people: invented, each with a sign-in that everyone may know. Never beside real records.
struct DemoPeople {
    private let installation: Installation
    private let database: Database

    /// The password of all of them.
    static let password = "obbwade bridge lantern"

    struct Person {
        let email: String
        let name: String
        let agency: String
        let roles: [String]
        var teams: [String] = []
        var side: SubjectSide?
        var panels: [String] = []
    }

    static let people: [Person] = [
        Person(
            email: "analyst@obbwade.example", name: "Asha Nair", agency: "council", roles: ["member", "analyst"],
            teams: ["community-safety"]),
        Person(
            email: "lead@obbwade.example", name: "Leon Barrow", agency: "council", roles: ["member", "strategy-lead"]),
        Person(
            email: "officer@obbwade.example", name: "Orla Quinn", agency: "council",
            roles: ["member", "case-officer", "panel-coordinator", "panel-member"], teams: ["asb-team"], side: .victim,
            panels: ["community-marac", "risk-vulnerability", "diversion", "case-review"]),
        Person(
            email: "intake@obbwade.example", name: "Ines Marlow", agency: "council", roles: ["member", "intake"],
            teams: ["asb-team"], side: .victim),
        Person(
            email: "desk@obbwade.example", name: "Dilip Rao", agency: "police", roles: ["member", "intake"],
            teams: ["safeguarding-unit"]),
        Person(
            email: "police@obbwade.example", name: "Peter Osei", agency: "police",
            roles: ["member", "supervisor", "panel-member"],
            teams: ["safeguarding-unit"],
            panels: ["marac", "community-marac", "iom", "mase", "gangs", "perpetrators", "diversion", "channel"]),
        Person(
            email: "advocate@obbwade.example", name: "Ivy Larsen", agency: "haven",
            roles: ["member", "advocate", "panel-member"],
            teams: ["idva"], side: .victim, panels: ["marac"]),
        Person(
            email: "coordinator@obbwade.example", name: "Cora Whitfield", agency: "police",
            roles: ["member", "panel-coordinator"], side: .victim, panels: ["marac", "iom", "gangs"]),
        Person(
            email: "housing@obbwade.example", name: "Harriet Cole", agency: "council",
            roles: ["member", "case-officer", "supervisor", "panel-member"], teams: ["housing"], side: .victim,
            panels: ["marac", "community-marac"]),
        Person(
            email: "probation@obbwade.example", name: "Pavel Hruby", agency: "probation",
            roles: ["member", "case-officer", "supervisor", "panel-member"], side: .perpetrator,
            panels: ["marac", "community-marac", "iom", "gangs", "perpetrators"]),
        Person(
            email: "health@obbwade.example", name: "Hana Iqbal", agency: "health",
            roles: ["member", "case-officer", "panel-member"], side: .victim,
            panels: ["marac", "community-marac", "iom", "mase", "risk-vulnerability", "diversion", "case-review"]),
        Person(
            email: "chair@obbwade.example", name: "Chidi Eze", agency: "police", roles: ["member", "panel-chair"],
            side: .victim, panels: ["marac", "community-marac", "iom", "gangs", "perpetrators", "case-review"]),
        Person(
            email: "prevent@obbwade.example", name: "Priya Sandhu", agency: "council",
            roles: ["member", "panel-chair"],
            side: .victim, panels: ["channel"]),
        Person(
            email: "admin@obbwade.example", name: "Ada Moss", agency: "council", roles: ["member", "administrator"]),
        Person(email: "auditor@obbwade.example", name: "Audrey Finch", agency: "health", roles: ["member", "auditor"]),
        Person(email: "member@obbwade.example", name: "Mo Field", agency: "fire", roles: ["member"]),
    ]

    init(_ installation: Installation, _ database: Database) {
        self.installation = installation
        self.database = database
    }

    /// Where the secrets of their authenticator apps are kept for `concord demo code`.
    static func file(_ installation: Installation) -> String { "\(installation.configuration.data)/demo-sign-ins.json" }

    /// Refuses any partnership but the demo one.
    static func requireDemo(_ installation: Installation) throws {
        let demo = try FileSystem.sha256(of: "\(installation.definitions.path)/partnerships/demo/partnership.json")
        guard try FileSystem.sha256(of: installation.partnershipPath) == demo else {
            throw Fault(
                "The demo people belong to the demo partnership only", at: installation.partnershipPath,
                because: "everyone may know their password, and this is another partnership",
                remedy: "Leave --demo out, or give another configuration whose partnership is demo.")
        }
    }

    /// Refuses a database that holds anyone else's account.
    static func requireAlone(_ installation: Installation, _ database: Database) throws {
        let demo = Set(people.compactMap { EmailAddress($0.email)?.folded })
        let store = AccountStore(rules: AccountRules(installation.roles))
        // More than there are of the demo, so one that is not is among them.
        let accounts = try database.write {
            try store.list(limit: 500, by: installation.occasion(Clock.system.now()), in: $0)
        }
        guard accounts.allSatisfy({ demo.contains($0.details.email.folded) }) else {
            throw Fault(
                "The demo people cannot be made here", at: installation.configuration.databaseAddress,
                because: "it has accounts of other people, and everyone may know the demo people's password",
                remedy: "Give a configuration with a data folder and a database of its own.")
        }
    }

    /// Makes those that are missing, as their owners would: invitation, password, second factor.
    func make(_ progress: Progress) throws {
        let file = DemoPeople.file(installation)
        guard !FileSystem.exists(file) else { return progress.say("The demo sign-ins are there already.") }
        let rules = AccountRules(installation.roles)
        let store = AccountStore(rules: rules)
        let signIn = try SignIn(
            accountRules: rules, sealing: installation.sealingKey(), issuer: installation.partnership.name)
        let hash = try PasswordWork.argon2id.hash(DemoPeople.password)
        var members: [JSON.Member] = []
        for person in DemoPeople.people {
            let secret = try make(person, store, signIn, hash)
            members.append(.init(person.email, .string(secret.map(TOTP.base32) ?? "")))
        }
        try FileSystem.write(JSON.object(members).encoded(), to: file, isPrivate: true)
        progress.say("Made \(members.count) demo sign-ins.")
    }

    private func make(_ person: Person, _ store: AccountStore, _ signIn: SignIn, _ hash: String) throws -> [UInt8]? {
        let now = Clock.system.now()
        let occasion = try installation.occasion(now)
        guard let email = EmailAddress(person.email), let agency = Code<Agency>(person.agency) else { return nil }
        // Some of what they did lies months back.
        let since = now.ukDate.advanced(by: -2 * 365)
        let details = AccountDetails(
            email: email, name: person.name, agency: agency, teams: Set(person.teams.compactMap { Code($0) }),
            roles: Set(person.roles.compactMap { Code<Role>($0) }.map { RoleGrant($0, from: since) }),
            panels: Set(
                person.panels.compactMap { Code<Panel>($0) }.map {
                    PanelMembership(panel: $0, from: since, until: nil)
                }),
            side: person.side)
        try database.write { connection in
            let account = try store.create(details, by: occasion, in: connection).get()
            let link = try store.makeLink(for: account.id, by: occasion, in: connection).get()
            _ = try store.useLink(
                link, passwordHash: hash, from: nil, at: now, request: "command-line", in: connection
            ).get()
        }
        let visitor = Visitor(address: "127.0.0.1", device: "command line", at: now, request: "command-line")
        guard
            case .session(let new) = try signIn.password(
                DemoPeople.password, email: person.email, visitor: visitor, in: database),
            new.session.stage == .enrolment
        else { return nil }
        return try database.write { connection in
            guard let setUp = try signIn.setUpFactor(token: new.token, visitor: visitor, in: connection),
                // The code of the step before: those of the present and the next are then still unused at sign-in.
                let code = TOTP.code(setUp.secret, at: now.advanced(bySeconds: -30))
            else { return nil }
            _ = try signIn.confirmFactor(code, token: new.token, visitor: visitor, in: connection).get()
            return setUp.secret
        }
    }
}
