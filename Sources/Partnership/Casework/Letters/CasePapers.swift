public import Governance
public import Kernel
public import Storage

/// What goes out of a case as a whole: a pack for a meeting room, and an export for a court.
public struct CasePapers: Sendable {
    /// What is taken along.
    public struct Choice: Hashable, Sendable {
        /// Whether the victim's safety (P3) is among it.
        public var withSafety: Bool
        /// Why it goes out, and what for.
        public var reason: String

        /// A choice.
        public init(withSafety: Bool, reason: String) {
            self.withSafety = withSafety
            self.reason = reason
        }

        /// The deepest class that it may hold. What is sealed goes nowhere.
        public var highest: FieldClass { withSafety ? .p3 : .p2 }
    }

    /// The case as far as it goes out.
    public struct Content: Sendable {
        /// The case, without what is left out.
        public let view: CaseView
        /// What must be withheld in its texts.
        public let guarded: GuardedWords
        /// How many answers were left out, by their class.
        public let leftOut: [FieldClass: Int]
        /// Its attachments that may be shown, the oldest first.
        public let attachments: [CaseAttachment]
    }

    /// An exhibit: an original with its history.
    public struct Exhibit: Sendable {
        /// The attachment.
        public let attachment: CaseAttachment
        /// What happened to it, up to this export.
        public let custody: [CustodyEvent]
    }

    private let attachments: AttachmentStore

    /// Papers of cases.
    public init(attachments: AttachmentStore) { self.attachments = attachments }

    private var cases: CaseStore { attachments.cases }

    /// What goes out of a case, when the policy lets the actor print or export it as deep as that. The audit has it with
    /// the reason.
    /// - Parameter action: `print` for a pack, `export` for a court.
    /// - Throws: `StorageError`.
    public func content(
        of id: ID<CaseRecord>, _ choice: Choice, for action: AccessAction, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Content, CaseRefusal> {
        let finding = try cases.read(id, on: occasion, in: connection)
        guard case .found(let view) = finding else {
            if case .refused(_, let reason) = finding { return .failure(.register(.denied(reason))) }
            return .failure(.register(.absent))
        }
        guard let reason = AnswerText.given(choice.reason) else {
            return .failure(.problems([AnswerProblem("reason", "Enter what it is for")]))
        }
        // Who asks for the victim's safety must have the right to it; otherwise as deep as they may see.
        let reads = FieldClass.allCases.filter { view.rights.reads.contains($0) && $0 <= choice.highest }
        let depth = choice.withSafety ? .p3 : reads.max() ?? .p0
        let found = try cases.register.find(
            ID(id), for: action, depth, reason: reason, detail: RegisterDetail(fields: ["papers"]), on: occasion,
            in: connection)
        guard case .found = found else {
            let refusal = CaseStore.refusal(found)
            if case .register(.absent) = refusal { return .failure(.register(.denied(.noPermission))) }
            return .failure(refusal)
        }
        let listed = try attachments.list(of: id, on: occasion, in: connection) ?? []
        let (narrow, leftOut) = CasePapers.narrowed(view, to: choice.highest)
        return .success(
            Content(
                view: narrow,
                guarded: try LetterGuards.guarded(
                    of: id, view.type, withSafety: choice.withSafety, in: connection), leftOut: leftOut,
                attachments: listed.filter { $0.fieldClass <= choice.highest && $0.check != .quarantined }))
    }

    /// A view without what lies deeper, and how much that is.
    private static func narrowed(_ view: CaseView, to highest: FieldClass) -> (CaseView, [FieldClass: Int]) {
        var leftOut: [FieldClass: Int] = [:]
        let unseen = view.type.unseen(view.parties, reading: Set(FieldClass.allCases.filter { $0 <= highest }))
        let entries = view.entries.compactMap { entry -> CaseEntry? in
            let form = view.type.form(entry.form)
            func fieldClass(_ code: String) -> FieldClass { form?.field(code)?.fieldClass ?? .p3 }
            var kept = entry
            func stays(_ code: String) -> Bool {
                fieldClass(code) <= highest
                    && !CaseStore.names(unseen, in: entry.answers[code], to: form?.field(code))
            }
            kept.answers = entry.answers.only(stays)
            for code in entry.answers.codes where !stays(code) {
                leftOut[fieldClass(code) > highest ? fieldClass(code) : .p3, default: 0] += 1
            }
            kept.hasHidden = entry.hasHidden || kept.answers != entry.answers
            return kept.answers.codes.isEmpty && kept.hasHidden ? nil : kept
        }
        let parties = view.parties.filter { (view.type.party($0.role)?.fieldClass ?? .p3) <= highest }
        if parties.count < view.parties.count { leftOut[.p3, default: 0] += view.parties.count - parties.count }
        return (view.with(entries: entries, parties: parties), leftOut)
    }

    /// An exhibit and its bytes, as they are given to a court; the chain of custody says that they were.
    /// - Returns: nil when the attachment is not there for the actor, or in quarantine.
    /// - Throws: `StorageError`; `SecretError.altered` when the bytes are not those that were kept.
    public func exhibit(
        _ attachment: CaseAttachment, of id: ID<CaseRecord>, reason: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> Exhibit? {
        let opened = try attachments.open(
            attachment.id, as: .original, of: id, for: .export, reason: reason, on: occasion, in: connection)
        guard case .success = opened else { return nil }
        return Exhibit(attachment: attachment, custody: try AttachmentRows.custody(attachment.id, in: connection))
    }

    /// The bytes of an exhibit that was released.
    /// - Throws: `StorageError`, `SecretError.altered`.
    public func bytes(of exhibit: Exhibit, in connection: Connection) throws -> [UInt8] {
        try attachments.bytes(of: exhibit.attachment, .original, in: connection) ?? []
    }
}

extension CaseView {
    /// The same case with other entries and parties.
    fileprivate func with(entries: [CaseEntry], parties: [CaseParty]) -> CaseView {
        CaseView(
            record: record, type: type, facts: facts, parties: parties, entries: entries, actions: actions,
            assessments: assessments, clocks: clocks, flags: flags, moves: moves, steps: steps, rights: rights)
    }
}
