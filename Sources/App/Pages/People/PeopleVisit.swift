internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site
internal import Storage

extension Visit {
    /// The people register.
    var people: PersonStore { PersonStore(roles: site.roles) }

    /// The person in the path.
    var personID: ID<Person> {
        get throws { try id("person") }
    }

    /// Goes on only when some role of the visitor finds people, with a second factor, training and vetting in date.
    func requirePeople() throws {
        guard try people.isOpen(to: actor()) else {
            try require(.search, "person", .p1)
            return
        }
        if case .deny(let reason, _) = try decision(.search, kind: "person", .p1), reason != .noPermission {
            try require(.search, "person", .p1)
        }
    }

    /// The person in the path, as far as the visitor may see. Ends the request as the register says.
    /// - Throws: `Refusal`, `Protected`, `StorageError`.
    func person(reason: String? = nil) throws -> Person {
        let id = try personID
        let occasion = try occasion()
        switch try write({ try people.read(id, reason: reason, on: occasion, in: $0) }) {
        case .found(let person): return person
        case .absent: throw Refusal.notFound
        case .refused(let agency, .glass): throw Protected(agency: agency)
        case .refused(_, let reason): throw ended(reason)
        }
    }
}

/// A person whose record is protected: it takes a broken glass to see it.
struct Protected: Error {
    let agency: Code<Agency>
}

/// The names of a person's page.
enum PersonPlace {
    static let above = [(title: "People", address: "/people")]

    static func address(_ id: ID<Person>) -> String { "/people/\(id.text)" }

    /// The pages above one that belongs to a person. The name stays out of titles and so out of browsers' histories.
    static func above(_ id: ID<Person>) -> [(title: String, address: String)] {
        above + [(title: "Person", address: address(id))]
    }
}
