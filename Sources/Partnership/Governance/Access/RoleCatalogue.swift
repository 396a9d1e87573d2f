public import Files
public import Kernel

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
        /// What it may do, what the roles that it includes may do among it.
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
        var byCode: [Code<Role>: Definition] = [:]
        let nodes = try file.root.required("roles").items()
        for node in nodes {
            let role = try RoleCatalogue.role(node, before: byCode)
            guard byCode.updateValue(role, forKey: role.code) == nil else {
                throw node.fault("there are two roles \(role.code)")
            }
            roles.append(role)
        }
        for (node, role) in zip(nodes, roles) { try RoleCatalogue.check(role, node, all: byCode) }
        self.roles = roles
        self.byCode = byCode
    }

    /// What a role may do; nothing when there is no such role.
    public func permissions(of role: Code<Role>) -> [Permission] { byCode[role]?.permissions ?? [] }

    /// A role, or nil.
    public func role(_ code: Code<Role>) -> Definition? { byCode[code] }

    /// Whether some role of the actor's, or of a colleague for whom they stand in, does this to records of a kind, however
    /// they must stand to them: whether there can be a list of any.
    public func opens(_ kind: Code<RecordKind>, for action: AccessAction, to actor: Actor) -> Bool {
        let held = actor.standIns.reduce(actor.roles) { $0.union($1.roles) }
        return held.contains { role in
            permissions(of: role).contains {
                $0.actions.contains(action) && ($0.kinds.isEmpty || $0.kinds.contains(kind))
            }
        }
    }

    /// Why nobody may hold all of these at once, or nil.
    public func conflict(_ held: Set<Code<Role>>) -> String? {
        for role in held.sorted() {
            for other in held.sorted() where byCode[role]?.excludes.contains(other) == true {
                let names = [role, other].map { byCode[$0]?.name ?? $0.text }
                return "\(names[0]) and \(names[1]) cannot be held by one person."
            }
        }
        return nil
    }

    /// Whether holders of these roles need a second factor. A role that this file does not know counts as one that does.
    public func needSecondFactor(_ held: Set<Code<Role>>) -> Bool {
        held.contains { byCode[$0]?.seesPersonalData ?? true }
    }
}

// MARK: - Reading and checking

extension RoleCatalogue {
    private static func role(
        _ node: DefinitionNode, before known: [Code<Role>: Definition]
    ) throws(Fault) -> Definition {
        try node.allow(only: ["code", "name", "purpose", "includes", "permissions", "excludes"])
        var permissions: [Permission] = []
        for item in try node.optional("includes")?.items() ?? [] {
            guard let included = known[try item.code()] else {
                throw item.fault("it includes \(try item.text()), which is no role before it in this file")
            }
            permissions += included.permissions
        }
        for item in try node.required("permissions").items() { permissions.append(try Permission(item)) }
        return Definition(
            code: try node.required("code").code(), name: try node.required("name").text(),
            purpose: try node.required("purpose").text(), permissions: permissions,
            excludes: try node.codes("excludes"))
    }

    /// Separation of duty: who gives rights does not read the audit of their use (casework.md §4.2).
    private static func check(
        _ role: Definition, _ node: DefinitionNode, all: [Code<Role>: Definition]
    ) throws(Fault) {
        for excluded in role.excludes.sorted() {
            guard all[excluded] != nil else {
                throw node.fault("it excludes \(excluded), which is no role of this file")
            }
            guard excluded != role.code else { throw node.fault("it excludes itself") }
        }
        guard role.permissions.contains(where: \.administersAccounts) else { return }
        if role.permissions.contains(where: \.readsAudit) {
            throw node.fault("it administers accounts and reads the audit, which one role may not")
        }
        for other in all.values.sorted(by: { $0.code < $1.code })
        where other.permissions.contains(where: \.readsAudit) {
            guard role.excludes.contains(other.code) || other.excludes.contains(role.code) else {
                throw node.fault(
                    "it administers accounts, so it and \(other.code), which reads the audit, must exclude each other")
            }
        }
    }
}
