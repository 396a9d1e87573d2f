internal import Files
public import Kernel

/// What a role may do to some kinds of records.
public struct Permission: Hashable, Sendable {
    /// The kinds of records; empty for every kind.
    public let kinds: Set<Code<RecordKind>>
    /// The classes of records; empty for every class.
    public let classes: Set<RecordClass>
    /// What may be done.
    public let actions: Set<AccessAction>
    /// How one must stand to the record.
    public let reach: Set<Reach>
    /// The highest class of field.
    public let highest: FieldClass
    /// What it must be for; empty for any purpose.
    public let purposes: Set<Code<Purpose>>

    func covers(_ kind: Code<RecordKind>, _ recordClass: RecordClass) -> Bool {
        (kinds.isEmpty || kinds.contains(kind)) && (classes.isEmpty || classes.contains(recordClass))
    }

    func serves(_ purpose: Code<Purpose>?) -> Bool {
        purposes.isEmpty || purpose.map { purposes.contains($0) } == true
    }

    /// Whether it lets administer accounts.
    var administersAccounts: Bool { actions.contains(.administer) && covers("account") }

    /// Whether it lets read other people's entries in the audit.
    var readsAudit: Bool {
        actions.contains(.read) && covers("audit") && !reach.isDisjoint(with: [.partnership, .agency])
    }

    private func covers(_ kind: StaticString) -> Bool {
        kinds.isEmpty || kinds.contains { $0.text == kind.description }
    }
}

extension Permission {
    /// A permission of a roles file.
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["records", "classes", "actions", "reach", "highest", "purposes"])
        kinds = try node.codes("records")
        classes = try node.words("classes")
        actions = try node.words("actions")
        reach = try node.words("reach")
        purposes = try node.codes("purposes")
        guard !actions.isEmpty else { throw node.fault("it allows no action") }
        guard !reach.isEmpty else { throw node.fault("it reaches no record") }
        let highest = try node.required("highest")
        guard let fieldClass = FieldClass(try highest.text()) else {
            throw highest.fault("a class of field is P0, P1, P2, P3 or P4")
        }
        self.highest = fieldClass
    }
}
