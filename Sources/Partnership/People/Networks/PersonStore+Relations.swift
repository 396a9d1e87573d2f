public import Governance
public import Kernel
public import Storage

// MARK: - Relations

extension PersonStore {
    /// The most people that a network shows.
    static let largestNetwork = 40

    /// Adds a relation, or changes one between the same two. Who writes it must be able to change the one record as deep as
    /// it lies, and to read the other as deep as relations lie; who works with people who harm as deep as this one does.
    /// - Parameter relation: which one, with the version that the actor saw; nil to add one.
    /// - Throws: `StorageError`.
    public func setRelation(
        _ relation: (id: ID<Relation>, version: Int64)?, of id: ID<Person>, to new: RelationContent,
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PartRefusal> {
        var old: Relation?
        if let relation {
            guard let found = try RelationRows.relation(relation.id, in: connection),
                found.ends == [id, new.other],
                try isShown(found, on: occasion, in: connection)
            else { return .failure(.register(.absent)) }
            old = found
        }
        let depth = max(new.fieldClass, old?.content.fieldClass ?? .p2)
        let asked = try forChange(id, "relations", on: occasion, in: connection) { _ in depth }
        if case .failure(let refusal) = asked { return .failure(refusal) }
        let problems = new.problems(of: id)
        guard problems.isEmpty else { return .failure(.problems(problems)) }
        let named = try forNaming(
            new.other, "relations", least: .p2, { _ in depth }, on: occasion, in: connection)
        if case .failure(let refusal) = named { return .failure(refusal) }
        var content = new
        content.source = PartText.line(new.source)
        let account = occasion.actor.account
        guard let old else {
            try RelationRows.insert(
                Relation(
                    id: ID(at: occasion.now), person: id, content: content, version: 1, changedAt: occasion.now,
                    changedBy: account), in: connection)
            return .success(())
        }
        guard old.version == relation?.version else { return .failure(.changedMeanwhile) }
        // Kept as it was written, whichever end it was changed from.
        if old.person != id { content = content.seen(from: id) }
        guard content != old.content else { return .success(()) }
        try RelationRows.update(old, to: content, at: occasion.now, by: account, in: connection)
        return .success(())
    }

    /// The people around a person, so many steps away. A relation is there only for who may see it on both records; who is
    /// hidden leaves no trace, and nobody is found through them.
    /// - Returns: nil when there is no such person for the actor.
    /// - Throws: `StorageError`.
    public func network(
        of id: ID<Person>, steps: Int = 2, on occasion: Occasion, in connection: Connection
    ) throws -> Network? {
        guard let centre = try items([id], on: occasion, in: connection).first else { return nil }
        var found: [ID<Person>: Int] = [centre.id: 0]
        var items = [centre]
        var shown: [ID<Relation>: Relation] = [:]
        var depth: [ID<Person>: FieldClass] = [:]
        var edge = [centre.id]
        for step in 1...max(1, steps) {
            var next: Set<ID<Person>> = []
            for relation in try RelationRows.relations(of: edge, in: connection) where shown[relation.id] == nil {
                guard try isShown(relation, on: occasion, in: connection) else { continue }
                shown[relation.id] = relation
                for end in relation.ends {
                    depth[end] = max(depth[end] ?? .p2, relation.content.fieldClass)
                    if found[end] == nil { next.insert(end) }
                }
            }
            let room = PersonStore.largestNetwork - items.count
            let named = try self.items(next.sorted(), on: occasion, in: connection).prefix(max(0, room))
            for item in named { found[item.id] = step }
            items += named
            edge = named.map(\.id)
        }
        // Who is beyond the room of the picture takes their relations along.
        let relations = shown.values.filter { $0.ends.allSatisfy { found[$0] != nil } }.sorted { $0.id < $1.id }
        for item in items {
            guard let depth = depth[item.id] else { continue }
            _ = try register.find(
                ID(item.id), for: .read, depth, detail: RegisterDetail(fields: ["relations"]), on: occasion,
                in: connection)
        }
        return Network(centre: centre.id, people: items, steps: found, relations: relations)
    }

    /// Whether the actor may see a relation on both records.
    private func isShown(_ relation: Relation, on occasion: Occasion, in connection: Connection) throws -> Bool {
        let ends = relation.ends.sorted()
        let entries = try register.entries(ends.map { ID($0) }, now: occasion.now, in: connection)
        return try ends.allSatisfy { end in
            guard let entry = entries[ID(end)] else { return false }
            return try allowsAll(entry, end, on: occasion, in: connection) { _ in relation.content.fieldClass }
        }
    }
}

extension PersonPart where Content == RelationContent {
    /// Both people.
    public var ends: Set<ID<Person>> { [person, content.other] }

    /// The relation from that one's end.
    public func content(from id: ID<Person>) -> RelationContent { id == person ? content : content.seen(from: person) }
}

extension RelationContent {
    /// Its class: special category, or victim safety where it tells where someone is.
    var fieldClass: FieldClass { tellsWhere ? .p3 : .p2 }
}
