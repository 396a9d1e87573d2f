import CommandLine
import Governance
import Kernel
import People
import Storage

/// The invented people of the demo partnership's records, made by the demo accounts as they would make them: ordinary,
/// protected, restricted and sealed ones, one shared, and one whom the case officer knows privately. Telephone numbers
/// are of the ranges that Ofcom keeps for drama, e-mail addresses of the reserved domain `.example`.
struct DemoRegister {
    let installation: Installation
    let database: Database

    private struct Entry {
        let maker: String
        let name: (given: String, family: String)
        let birth: String
        var side: SubjectSide?
        var fields: [PersonField: String] = [:]
        var recordClass: RecordClass = .normal
        var secrecy: AddressSecrecy = .ordinary
        var known: [String] = []
        var hasConflict = false
        var isShared = false
    }

    private static let intake = "intake@obbwade.example"
    private static let desk = "desk@obbwade.example"
    private static let advocate = "advocate@obbwade.example"
    private static let officer = "officer@obbwade.example"
    private static let chair = "chair@obbwade.example"

    /// Makes them, unless there are people already.
    func make(_ progress: Progress) throws {
        let now = Clock.system.now()
        guard try database.read({ try $0.first("SELECT id FROM people LIMIT 1") }) == nil else {
            return progress.say("The demo people are there already.")
        }
        let store = PersonStore(roles: installation.roles)
        try database.write { connection in
            for entry in DemoRegister.entries { try make(entry, store, now, in: connection) }
        }
        progress.say("Made \(DemoRegister.entries.count) demo people.")
    }

    private func make(_ entry: Entry, _ store: PersonStore, _ now: Instant, in connection: Connection) throws {
        let maker = try actor(entry.maker, now, in: connection)
        let known = try entry.known.map { try actor($0, now, in: connection).account }
        var details = PersonDetails()
        details[.givenName] = entry.name.given
        details[.familyName] = entry.name.family
        details[.birth] = entry.birth
        for (field, text) in entry.fields { details[field] = text }
        let until = now.advanced(bySeconds: 365 * 86_400)
        let new = NewPerson(
            details, side: entry.side, team: maker.teams.min(), secrecy: entry.secrecy, recordClass: entry.recordClass,
            named: entry.recordClass == .restricted ? Set(known) : [],
            grants: entry.recordClass == .sealed ? known.map { .init(account: $0, until: until) } : [])
        let occasion = Occasion(maker, at: now, request: "command-line")
        let id = try store.create(new, isChecked: true, on: occasion, in: connection).get()
        if entry.hasConflict {
            let officer = try actor(DemoRegister.officer, now, in: connection)
            let own = Occasion(officer, at: now, request: "command-line")
            try store.register.declareConflict(with: ID(id), on: own, in: connection)
        }
        if entry.isShared, let council = Code<Agency>("council") {
            let supervisor = try actor("police@obbwade.example", now, in: connection)
            let own = Occasion(supervisor, at: now, request: "command-line")
            _ = try store.register.change(ID(id), on: own, in: connection) {
                $0.facts.shares = [
                    .init(
                        agency: council, from: now.ukDate, highest: .p2,
                        gateway: "Crime and Disorder Act 1998, section 115")
                ]
            }.get()
        }
    }

    /// The demo account of that address as it acts just after signing in.
    func actor(_ email: String, _ now: Instant, in connection: Connection) throws -> Actor {
        guard let person = DemoPeople.people.first(where: { $0.email == email }),
            let address = EmailAddress(email), let account = try AccountNames.active(address, in: connection),
            let agency = Code<Agency>(person.agency)
        else {
            throw Fault(
                "A demo account is missing", at: email,
                remedy: "Make the demo partnership in an empty database: concord init --demo.")
        }
        let panels = person.panels.compactMap { Code<Panel>($0) }
        return Actor(
            kind: .person, account: account, name: person.name, agency: agency,
            teams: Set(person.teams.compactMap { Code($0) }), roles: Set(person.roles.compactMap { Code($0) }),
            panels: panels.map { PanelMembership(panel: $0, from: now.ukDate, until: nil) }, side: person.side,
            secondFactorAt: now)
    }

    private static let entries: [Entry] = council + police + haven

    private static let council: [Entry] = [
        Entry(
            maker: intake, name: ("Zoë", "O’Brien"), birth: "1984-03-02", side: .victim,
            fields: [
                .otherNames: "Zoe Brennan", .pronouns: "she/her", .phone: "07700 900101",
                .safeContact: "Weekdays 10 to 2, when she is at work. Say you are from the library.",
                .address: "14 Tanner’s Row\nObbwade\nOB1 4XX",
            ], secrecy: .safety),
        Entry(
            maker: intake, name: ("Stanley", "Okafor"), birth: "1941-11-19", side: .victim,
            fields: [.needs: "Hard of hearing: speak slowly, no telephone", .address: "3 Bell Court\nObbwade\nOB2 1XX"]),
        Entry(
            maker: intake, name: ("Marta", "Wiśniewska"), birth: "1990-06-30", side: .victim,
            fields: [.needs: "Polish interpreter", .phone: "07700 900102", .email: "marta.w@mail.example"]),
        Entry(
            maker: intake, name: ("Dean", "Hollis"), birth: "1999-01-12", side: .perpetrator,
            fields: [.otherNames: "Deano", .address: "Flat 9, Weir House\nObbwade\nOB1 7XX"]),
        Entry(maker: intake, name: ("Kayleigh", "Thorne"), birth: "2001-08-08", side: .perpetrator),
        Entry(
            maker: intake, name: ("Gurpreet", "Sandhu"), birth: "1975-04-21", side: .victim,
            fields: [.phone: "01632 960 103", .safeContact: "Ring the shop before noon"], hasConflict: true),
        Entry(
            maker: intake, name: ("Ruth", "Adeyemi"), birth: "1968-12-05", side: .victim,
            fields: [.phone: "01632 960 104"], recordClass: .restricted, known: [officer]),
        Entry(
            maker: intake, name: ("Liam", "Fairbrother"), birth: "2011-02-17", side: .child,
            fields: [.needs: "Autistic: tell him beforehand what will happen"]),
        Entry(maker: intake, name: ("Katherine", "Nowak"), birth: "~1955", fields: [.otherNames: "Kitty"]),
        Entry(
            maker: intake, name: ("Catherine", "Novak"), birth: "1957", side: .victim, fields: [.phone: "01632 960 105"]
        ),
        Entry(
            maker: intake, name: ("Thi Mai", "Nguyễn"), birth: "1988-09-14", side: .victim,
            fields: [.needs: "Vietnamese interpreter"]),
    ]

    private static let police: [Entry] = [
        Entry(
            maker: desk, name: ("Aaliyah", "Bexley"), birth: "1993-07-01", side: .victim,
            fields: [.phone: "07700 900201", .address: "Kept by the safeguarding unit"], recordClass: .protected),
        Entry(
            maker: desk, name: ("Craig", "Bexley"), birth: "1989-10-23", side: .perpetrator,
            fields: [.otherNames: "Craig Bexley-Moore"]),
        Entry(
            maker: desk, name: ("Jermaine", "Tully"), birth: "2008-05-29", side: .child,
            fields: [.phone: "07700 900202"]),
        Entry(maker: desk, name: ("Søren", "Lindqvist"), birth: "1979", side: .perpetrator, isShared: true),
        Entry(
            maker: desk, name: ("Patricia", "McNulty"), birth: "1962-03-27", side: .victim,
            fields: [.phone: "01632 960 203"]),
        Entry(
            maker: desk, name: ("Wayne", "Schofield"), birth: "1996-12-31", side: .perpetrator,
            fields: [.address: "12 Lock Lane\nObbwade\nOB3 2XX"]),
        Entry(maker: desk, name: ("Imran", "Qureshi"), birth: "~1985", side: .victim, isShared: true),
        Entry(maker: desk, name: ("Bethany", "Crowe"), birth: "2009-11-03", side: .child),
    ]

    private static let haven: [Entry] = [
        Entry(
            maker: advocate, name: ("Zofia", "Brennan"), birth: "1986-02-11", side: .victim,
            fields: [.phone: "07700 900301", .safeContact: "Text only, after 9 at night"]),
        Entry(
            maker: advocate, name: ("Helen", "Strand"), birth: "1972-05-16", side: .victim,
            fields: [.phone: "07700 900302", .address: "Known to the chair of the panel"], recordClass: .sealed,
            known: [advocate, chair]),
        Entry(
            maker: advocate, name: ("Nadia", "Rahman"), birth: "1995-09-09", side: .victim,
            fields: [.needs: "Bengali interpreter, a woman"], recordClass: .protected),
        Entry(
            maker: advocate, name: ("Joy", "Mensah"), birth: "1981-01-25", side: .victim,
            fields: [.email: "joy@mail.example"]),
        Entry(
            maker: advocate, name: ("Tamsin", "Yeo"), birth: "2000-04-04", side: .victim,
            fields: [.pronouns: "they/them"]),
        Entry(maker: advocate, name: ("Oscar", "Yeo"), birth: "2018-10-10", side: .child),
    ]
}
