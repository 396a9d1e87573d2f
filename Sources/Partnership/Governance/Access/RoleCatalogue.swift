public import Files
public import Kernel

/// What a role may do to some kinds of records.
public struct Permission: Hashable, Sendable {
    /// The kinds of records; empty for every kind.
    public let kinds: Set<Code<RecordKind>>
    /// What may be done.
    public let actions: Set<AccessAction>
    /// How one must stand to the record.
    public let reach: Set<Reach>
    /// The highest class of field.
    public let highest: FieldClass

    func covers(_ kind: Code<RecordKind>) -> Bool { kinds.isEmpty || kinds.contains(kind) }
}

/// The roles of a partnership and what each may do: `Definitions/roles/NAME.json`.
public struct RoleCatalogue: Sendable {
    /// A role.
    public struct Definition: Sendable {
        /// Its code.
        public let code: Code<Role>
        /// Its name for people.
        public let name: String
        /// What it is for.
        public let purpose: String
        /// What it may do.
        public let permissions: [Permission]
        /// Roles that nobody may hold beside it (separation of duty).
        public let excludes: Set<Code<Role>>

        /// Whether its holders can see personal data, and so need a second factor.
        public var seesPersonalData: Bool { permissions.contains { $0.highest >= .p1 } }
    }

    /// The roles, in the order of the file.
    public let roles: [Definition]
    /// The version of the file, which goes into the audit.
    public let version: String
    /// SHA-256 of the file, in hexadecimal.
    public let digest: String
    private let byCode: [Code<Role>: Definition]

    /// Reads a catalogue.
    /// - Throws: a `Fault` with the path in the file.
    public init(_ file: DefinitionFile) throws(Fault) {
        try file.root.allow(only: ["name", "version", "roles", "notes"])
        version = try file.root.required("version").text()
        digest = file.sha256
        var roles: [Definition] = []
        for node in try file.root.required("roles").items() { roles.append(try RoleCatalogue.role(node)) }
        self.roles = roles
        var byCode: [Code<Role>: Definition] = [:]
        for (position, node) in try file.root.required("roles").items().enumerated() {
            let role = roles[position]
            guard byCode.updateValue(role, forKey: role.code) == nil else {
                throw node.fault("there are two roles \(role.code)")
            }
        }
        for (position, node) in try file.root.required("roles").items().enumerated() {
            for excluded in roles[position].excludes where byCode[excluded] == nil {
                throw node.fault("it excludes \(excluded), which is no role of this file")
            }
        }
        self.byCode = byCode
    }

    /// What a role may do; nothing when there is no such role.
    public func permissions(of role: Code<Role>) -> [Permission] { byCode[role]?.permissions ?? [] }

    /// A role, or nil.
    public func role(_ code: Code<Role>) -> Definition? { byCode[code] }

    /// Why nobody may hold all of these at once, or nil.
    public func conflict(_ held: Set<Code<Role>>) -> String? {
        for role in held.sorted() {
            for other in held.sorted() where byCode[role]?.excludes.contains(other) == true {
                return
                    "\(byCode[role]?.name ?? role.text) and \(byCode[other]?.name ?? other.text) cannot be held by one person."
            }
        }
        return nil
    }

    /// Whether holders of these roles need a second factor.
    public func needSecondFactor(_ held: Set<Code<Role>>) -> Bool {
        held.contains { byCode[$0]?.seesPersonalData ?? true }
    }

    private static func role(_ node: DefinitionNode) throws(Fault) -> Definition {
        try node.allow(only: ["code", "name", "purpose", "permissions", "excludes"])
        var permissions: [Permission] = []
        for item in try node.required("permissions").items() { permissions.append(try permission(item)) }
        var excludes: Set<Code<Role>> = []
        for item in try node.optional("excludes")?.items() ?? [] { excludes.insert(try item.code()) }
        return Definition(
            code: try node.required("code").code(), name: try node.required("name").text(),
            purpose: try node.required("purpose").text(), permissions: permissions, excludes: excludes)
    }

    private static func permission(_ node: DefinitionNode) throws(Fault) -> Permission {
        try node.allow(only: ["records", "actions", "reach", "highest"])
        var kinds: Set<Code<RecordKind>> = []
        for item in try node.optional("records")?.items() ?? [] { kinds.insert(try item.code()) }
        var actions: Set<AccessAction> = []
        for item in try node.required("actions").items() { actions.insert(try item.word(AccessAction.self)) }
        var reach: Set<Reach> = []
        for item in try node.required("reach").items() { reach.insert(try item.word(Reach.self)) }
        let highest = try node.required("highest")
        guard let fieldClass = FieldClass(try highest.text()) else {
            throw highest.fault("a class of field is P0, P1, P2, P3 or P4")
        }
        return Permission(kinds: kinds, actions: actions, reach: reach, highest: fieldClass)
    }
}

extension DefinitionNode {
    /// This code.
    func code<Tag>(_ tag: Tag.Type = Tag.self) throws(Fault) -> Code<Tag> {
        let text = try text()
        guard let code = Code<Tag>(text) else {
            throw fault("\"\(text)\" is no code: lower-case letters, digits and hyphens make one")
        }
        return code
    }

    /// This word of a closed list.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) throws(Fault) -> Word {
        let text = try text()
        guard let word = Word(rawValue: text) else {
            throw fault("\"\(text)\" is none of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return word
    }
}
