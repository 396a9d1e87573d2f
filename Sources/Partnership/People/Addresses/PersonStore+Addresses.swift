public import Governance
public import Kernel
public import Storage

// MARK: - Addresses

extension PersonStore {
    /// Adds an address. Where it takes letters, no other of the person does any more.
    /// - Returns: its identifier, or why not.
    /// - Throws: `StorageError`.
    public func addAddress(
        _ new: AddressContent, to id: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<PersonAddress>, PartRefusal> {
        let content = new.kept(on: occasion.now.ukDate)
        let entry: RegisterEntry
        switch try forChange(id, "address", on: occasion, in: connection, { $0.addressClass(content) }) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let found): entry = found
        }
        let problems = new.problems(on: occasion.now.ukDate)
        guard problems.isEmpty else { return .failure(.problems(problems)) }
        let address = PersonAddress(
            id: ID(at: occasion.now), person: id, content: content, version: 1, changedAt: occasion.now,
            changedBy: occasion.actor.account)
        if content.takesLetters {
            if let refusal = try stopLetters(of: id, but: address.id, entry, on: occasion, in: connection) {
                return .failure(refusal)
            }
        }
        try AddressRows.insert(address, in: connection)
        try AddressRows.lead(id, at: occasion.now, by: occasion.actor.account, in: connection)
        return .success(address.id)
    }

    /// Changes an address; what it said before stays in the history, guarded as it was. Guarding it less, or sealing it,
    /// takes the right to guard the record and a reason.
    /// - Parameters:
    ///   - version: the version of the address that the actor saw.
    ///   - isSlip: another text is the same place, written down wrongly before: it makes no former address, unless it is
    ///     withheld.
    /// - Throws: `StorageError`.
    public func changeAddress(
        _ address: ID<PersonAddress>, of id: ID<Person>, version: Int64, to new: AddressContent, reason: String? = nil,
        isSlip: Bool = false, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PartRefusal> {
        guard let old = try AddressRows.addresses(of: id, in: connection).first(where: { $0.id == address }) else {
            return .failure(.register(.absent))
        }
        let content = new.kept(on: occasion.now.ukDate)
        let entry: RegisterEntry
        switch try forChange(id, "address", on: occasion, in: connection, { $0.addressClass(old.content) }) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let found): entry = found
        }
        guard old.version == version else { return .failure(.changedMeanwhile) }
        let problems = new.problems(on: occasion.now.ukDate)
        guard problems.isEmpty else { return .failure(.problems(problems)) }
        if content.secrecy < old.content.secrecy || content.secrecy == .sealed && old.content.secrecy != .sealed {
            let found = try register.find(
                ID(id), for: .grant, entry.addressClass(old.content), reason: reason,
                detail: RegisterDetail(fields: [
                    "address-secrecy:\(old.content.secrecy.rawValue):\(content.secrecy.rawValue)"
                ]), on: occasion, in: connection)
            guard case .found = found else { return .failure(PersonStore.partRefusal(found)) }
        }
        guard content != old.content else { return .success(()) }
        if content.takesLetters, !old.content.takesLetters {
            if let refusal = try stopLetters(of: id, but: address, entry, on: occasion, in: connection) {
                return .failure(refusal)
            }
        }
        try AddressRows.update(
            old, to: content, isSlip: isSlip, at: occasion.now, by: occasion.actor.account, in: connection)
        try AddressRows.lead(id, at: occasion.now, by: occasion.actor.account, in: connection)
        return .success(())
    }

    /// Letters go to one address alone. Who may not see where they go now may not send them elsewhere.
    private func stopLetters(
        of id: ID<Person>, but address: ID<PersonAddress>, _ entry: RegisterEntry, on occasion: Occasion,
        in connection: Connection
    ) throws -> PartRefusal? {
        let others = try AddressRows.addresses(of: id, in: connection).filter {
            $0.content.takesLetters && $0.id != address
        }
        for other in others {
            guard allows(.update, entry.addressClass(other.content), entry, occasion) else {
                return .problems([
                    PartProblem(
                        "letters", "Letters go elsewhere now: ask the agency that holds the record to change it")
                ])
            }
            var content = other.content
            content.takesLetters = false
            try AddressRows.update(other, to: content, at: occasion.now, by: occasion.actor.account, in: connection)
        }
        return nil
    }

    /// What the person's addresses, ways of contact, relations and times in households said before, as far as the actor
    /// may see, the newest
    /// first. Sealed ones are left out.
    /// - Throws: `StorageError`.
    public func history(
        of id: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> [FormerPart] {
        let found = try register.find(ID(id), for: .read, .p1, on: occasion, in: connection)
        guard case .found(let entry, _) = found,
            let strict = try strictest(entry, id, on: occasion, in: connection)
        else { return [] }
        var shown: [FormerPart] = []
        var depths: [ID<Person>: FieldClass] = [:]
        for var part in try HistoryRows.former(of: id, in: connection) where part.secrecy != .sealed {
            guard allows(part, entry, strict, occasion) else { continue }
            if let household = part.household,
                try !shows(part, in: household, of: id, on: occasion, in: connection)
            {
                continue
            }
            if let other = part.other {
                guard let end = try otherEnd(of: part, other, on: occasion, in: connection) else { continue }
                part.text = part.text.replacing("{other}", with: end.title, maxReplacements: 1)
                depths[other] = max(depths[other] ?? .p0, part.depth(end))
            }
            depths[id] = max(depths[id] ?? .p0, part.depth(entry))
            shown.append(part)
        }
        for (person, depth) in depths.sorted(by: { $0.key < $1.key }) {
            _ = try register.find(
                ID(person), for: .read, depth, detail: RegisterDetail(fields: ["history"]), on: occasion,
                in: connection)
        }
        return shown
    }

    /// The record at the other end of a former relation, where the actor may see it and its name.
    private func otherEnd(
        of part: FormerPart, _ other: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> RegisterEntry? {
        guard let entry = try register.entries([ID(other)], now: occasion.now, in: connection)[ID(other)],
            let strict = try strictest(entry, other, on: occasion, in: connection),
            allows(part, entry, strict, occasion), allows(.read, entry.titleClass, entry, occasion)
        else { return nil }
        return entry
    }

    /// Whether the actor may see a former part on a record, and on the strictest record of the same person.
    private func allows(
        _ part: FormerPart, _ entry: RegisterEntry, _ strict: RegisterEntry, _ occasion: Occasion
    ) -> Bool {
        allows(.read, part.depth(entry), entry, occasion)
            && (strict.facts.side == entry.facts.side || allows(.read, part.depth(strict), strict, occasion))
    }
}

extension FormerPart {
    /// Its class on that record: relations are special category, or victim safety where they tell where someone is.
    fileprivate func depth(_ entry: RegisterEntry) -> FieldClass {
        guard other != nil else { return entry.reachClass(secrecy) }
        return secrecy == .ordinary ? .p2 : .p3
    }
}

// MARK: - Helpers

extension PersonStore {
    /// The record, when the actor may change a part of it that lies in that class. The audit keeps it.
    func forChange(
        _ id: ID<Person>, _ part: String, on occasion: Occasion, in connection: Connection,
        _ depth: (RegisterEntry) -> FieldClass
    ) throws -> Result<RegisterEntry, PartRefusal> {
        let first = try register.find(ID(id), for: .read, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = first else { return .failure(PersonStore.partRefusal(first)) }
        guard let strict = try strictest(entry, id, on: occasion, in: connection) else {
            try register.noteRefusal(of: ID(id), .conflict, on: occasion, in: connection)
            return .failure(.register(.absent))
        }
        if strict.facts.side != entry.facts.side, allows(.update, depth(entry), entry, occasion),
            !allows(.update, depth(strict), strict, occasion)
        {
            try register.noteRefusal(of: ID(id), .wall, on: occasion, in: connection)
            return .failure(.register(.denied(.wall)))
        }
        let found = try register.find(
            ID(id), for: .update, depth(entry), detail: RegisterDetail(fields: [part]), on: occasion, in: connection)
        guard case .found = found else { return .failure(PersonStore.partRefusal(found)) }
        return .success(entry)
    }

    /// Someone else of whom a line is written on an open record: who lives with them, what they are to each other. Who works
    /// with a victim and who works with a child write each from their own side, for neither may see where the other's person
    /// is; who works with people who harm writes only of those of whom they may see as much.
    /// - Parameter depth: how deep the line lies.
    func forNaming(
        _ id: ID<Person>, _ part: String, least: FieldClass, _ depth: (RegisterEntry) -> FieldClass,
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PartRefusal> {
        let first = try register.find(ID(id), for: .read, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = first else { return .failure(PersonStore.partRefusal(first)) }
        guard let strict = try strictest(entry, id, on: occasion, in: connection) else {
            try register.noteRefusal(of: ID(id), .conflict, on: occasion, in: connection)
            return .failure(.register(.absent))
        }
        let isWalled = occasion.actor.worksWithHarm && strict.facts.side != .perpetrator
        if isWalled, strict.facts.side != entry.facts.side, depth(strict) >= .p3 {
            try register.noteRefusal(of: ID(id), .wall, on: occasion, in: connection)
            return .failure(.register(.denied(.wall)))
        }
        let found = try register.find(
            ID(id), for: .read, isWalled ? depth(entry) : min(least, depth(entry)),
            detail: RegisterDetail(fields: [part]), on: occasion, in: connection)
        guard case .found = found else { return .failure(PersonStore.partRefusal(found)) }
        return .success(())
    }

    static func partRefusal(_ finding: RegisterFinding) -> PartRefusal {
        if case .register(let refusal) = refusal(finding) { .register(refusal) } else { .register(.absent) }
    }
}

extension Actor {
    /// Whether they work with people who harm, for themselves or for a colleague.
    var worksWithHarm: Bool { ([side] + standIns.map(\.side)).contains(.perpetrator) }
}

extension RegisterEntry {
    /// The class of what tells where or how a person is reached, guarded so.
    func reachClass(_ secrecy: AddressSecrecy) -> FieldClass {
        PersonField.address.fieldClass(side: facts.side, secrecy: secrecy)
    }

    func addressClass(_ content: AddressContent) -> FieldClass { reachClass(content.secrecy) }
}
