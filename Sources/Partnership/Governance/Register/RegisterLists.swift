public import Kernel
public import Storage

// MARK: - Lists, searches, counts, exports

extension AccessRegister {
    /// The most records on one page.
    public static let longestPage = 200
    /// The shortest search, in characters.
    public static let shortestSearch = 2

    /// Records of a kind that the actor may list, the newest first. A title above what they may see is left out.
    /// - Parameters:
    ///   - cursor: the `next` of the page before. It tells nothing: any identifier is a place in the order.
    ///   - condition: what else is asked of `register_records r`, with what it says in the audit and the highest class of
    ///     field that it looks at: only records of which the actor may list as deep are found by it.
    /// - Throws: `StorageError`.
    public func list(
        _ kind: Code<RecordKind>, after cursor: ID<Registered>? = nil, limit: Int = 50,
        where condition: RegisterCondition? = nil, on occasion: Occasion, in connection: Connection
    ) throws -> RegisterPage {
        var page = RegisterPage(items: [], masked: [], next: nil)
        let limit = min(max(limit, 1), AccessRegister.longestPage)
        let depth = condition?.depth ?? .p0
        try scan(occasion).each(
            kind, for: .list, after: cursor, matching: condition?.sql, by: condition?.way, first: limit + 1,
            in: connection
        ) { entry in
            guard decide(.list, depth, on: entry, by: occasion.actor, now: occasion.now).isPermitted else {
                return true
            }
            return page.add(item(entry, by: occasion), limit: limit)
        }
        try log(.list, kind, page.items, query: condition?.says, reason: nil, on: occasion, in: connection)
        return page
    }

    /// Those among these records of one kind that the actor may list, in their order.
    /// - Throws: `StorageError`.
    public func listed(
        _ ids: [ID<Registered>], _ kind: Code<RecordKind>, on occasion: Occasion, in connection: Connection
    ) throws -> [RegisterItem] {
        guard !ids.isEmpty else { return [] }
        var items: [ID<Registered>: RegisterItem] = [:]
        try scan(occasion).each(kind, for: .list, by: "r.id IN (\(list: Array(Set(ids))))", in: connection) { entry in
            if decide(.list, .p0, on: entry, by: occasion.actor, now: occasion.now).isPermitted {
                items[entry.id] = item(entry, by: occasion)
            }
            return true
        }
        var seen: Set<ID<Registered>> = []
        let found = ids.filter { seen.insert($0).inserted }.compactMap { items[$0] }
        try log(.list, kind, found, query: nil, reason: nil, on: occasion, in: connection)
        return found
    }

    /// Records of a kind whose titles hold these words in this order.
    ///
    /// A title is compared only for those who may see it, so that no hit tells what it says. Protected records that the
    /// actor may search for and not open come back masked; they, and the records of other agencies, come only with a
    /// reason (casework.md §4.6, AUD-9).
    /// - Parameter condition: what is asked of `register_records r` instead, by an area that keeps the words of its titles
    ///   itself. It must look at nothing above the title's class.
    /// - Throws: `StorageError`.
    public func search(
        _ text: String, _ kind: Code<RecordKind>, after cursor: ID<Registered>? = nil, limit: Int = 50,
        reason: String? = nil, purpose: Code<Purpose>? = nil, where condition: SQL? = nil, on occasion: Occasion,
        in connection: Connection
    ) throws -> RegisterPage {
        var page = RegisterPage(items: [], masked: [], next: nil)
        let folded = RegisterEntry.folded(text)
        guard folded.count >= AccessRegister.shortestSearch else { return page }
        let reason = AccessRegister.given(reason)
        let limit = min(max(limit, 1), AccessRegister.longestPage)
        let titled: SQL = "r.title_folded LIKE \(AccessRegister.pattern(folded)) ESCAPE '!'"
        try scan(occasion).each(
            kind, for: .search, after: cursor, matching: condition ?? titled, in: connection
        ) { entry in
            func ask(_ fieldClass: FieldClass) -> AccessDecision {
                decide(.search, fieldClass, on: entry, by: occasion.actor, now: occasion.now, purpose: purpose)
            }
            let full = ask(entry.titleClass)
            let decision = full.isPermitted ? full : ask(.p0)
            guard reason != nil || !decision.obligations.contains(.reason) else { return true }
            if full.isPermitted { return page.add(plain(entry, title: entry.title), limit: limit) }
            return decision.isMasked ? page.add(plain(entry, title: nil), limit: limit, masked: true) : true
        }
        try log(
            .search, kind, page.items + page.masked, query: text, reason: reason, on: occasion, in: connection)
        return page
    }

    /// How many records of a kind the actor may count. Hidden records, and protected ones of others, are not among them.
    /// - Throws: `StorageError`.
    public func count(
        _ kind: Code<RecordKind>, on occasion: Occasion, in connection: Connection
    ) throws -> Int {
        var count = 0
        try scan(occasion).each(kind, for: .count, in: connection) { entry in
            if decide(.count, .p0, on: entry, by: occasion.actor, now: occasion.now).isPermitted { count += 1 }
            return true
        }
        return count
    }

    /// Hands every record of a kind that the actor may export to `body`, the newest first.
    /// - Parameters:
    ///   - fieldClass: the highest class among the columns of the export. Records whose title lies above it come without.
    ///   - reason: why, needed for personal data.
    /// - Returns: how many there were.
    /// - Throws: `StorageError`, and what `body` throws.
    public func export(
        _ kind: Code<RecordKind>, _ fieldClass: FieldClass, reason: String?, purpose: Code<Purpose>? = nil,
        on occasion: Occasion, in connection: Connection, _ body: (RegisterEntry) throws -> Void
    ) throws -> Result<Int, RegisterRefusal> {
        let reason = AccessRegister.given(reason)
        if fieldClass >= .p1, reason == nil { return .failure(.reasonNeeded) }
        var items: [RegisterItem] = []
        try scan(occasion).each(kind, for: .export, in: connection) { entry in
            let decision = decide(
                .export, fieldClass, on: entry, by: occasion.actor, now: occasion.now, purpose: purpose)
            guard decision.isPermitted else { return true }
            var shown = entry
            if entry.titleClass > fieldClass { shown.title = "" }
            try body(shown)
            items.append(plain(entry, title: shown.title))
            return true
        }
        try log(
            .export, kind, items, query: "up to \(fieldClass.text)", reason: reason, on: occasion, in: connection)
        return .success(items.count)
    }

    private func scan(_ occasion: Occasion) -> RegisterScan {
        RegisterScan(roles: roles, actor: occasion.actor, now: occasion.now)
    }

    private func plain(_ entry: RegisterEntry, title: String?) -> RegisterItem {
        RegisterItem(id: entry.id, kind: entry.facts.kind, agency: entry.facts.agency, title: title)
    }

    /// The text anywhere in a title, whatever signs it holds.
    private static func pattern(_ folded: String) -> String {
        var pattern = "%"
        for character in folded {
            if "!%_".contains(character) { pattern.append("!") }
            pattern.append(character)
        }
        return pattern + "%"
    }

    /// Writes what was shown: the query, and the records by name of the register (casework.md §4.6, AUD-3).
    private func log(
        _ act: AuditAct, _ kind: Code<RecordKind>, _ items: [RegisterItem], query: String?, reason: String?,
        on occasion: Occasion, in connection: Connection
    ) throws {
        var entry = occasion.entry(act, Code(kind.text).map { AuditObject($0) })
        entry.query = query
        entry.reason = reason
        entry.results = Int64(items.count)
        entry.ruleVersion = roles.version
        entry.subjects = items.map { AuditSubject($0.id) }
        try AuditLog.append(entry, in: connection)
    }
}

/// What a list asks of records, beside who may see them.
public struct RegisterCondition: Sendable {
    /// The condition on `register_records r`.
    public let sql: SQL
    /// What the audit keeps of it.
    public let says: String
    /// The highest class of field that it looks at.
    public let depth: FieldClass
    /// A part of it that few records meet, or that an index gives in the order of the list: it is looked for records there,
    /// and not by how the actor may stand to them. Nil where there is none.
    public let way: SQL?

    /// A condition.
    public init(_ sql: SQL, says: String, depth: FieldClass = .p0, way: SQL? = nil) {
        self.sql = sql
        self.says = says
        self.depth = depth
        self.way = way
    }
}

extension RegisterPage {
    /// Adds an item, or when the page is full notes that there is more.
    /// - Returns: whether to go on.
    fileprivate mutating func add(_ item: RegisterItem, limit: Int, masked isMasked: Bool = false) -> Bool {
        guard items.count + masked.count < limit else {
            next = [items.last?.id, masked.last?.id].compactMap { $0 }.min()
            return false
        }
        if isMasked { masked.append(item) } else { items.append(item) }
        return true
    }
}
