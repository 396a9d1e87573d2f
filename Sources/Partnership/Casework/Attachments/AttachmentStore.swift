internal import Digests
internal import Documents
public import Governance
public import Kernel
public import Secrets
public import Storage

/// The files of cases. They are sealed before they reach the database, and every answer comes from the register of the
/// cases, with its audit and the file's chain of custody in the same transaction; so all of these need a connection of
/// `Database.write`.
public struct AttachmentStore: Sendable {
    /// The cases that they lie with.
    public let cases: CaseStore
    /// The largest file, in bytes.
    public let largest: Int
    private let sealing: SealingKey
    /// The longest description, in characters.
    public static let longestDescription = 500

    /// A store.
    public init(cases: CaseStore, sealing: SealingKey, largest: Int) {
        self.cases = cases
        self.sealing = sealing
        self.largest = largest
    }

    private var register: AccessRegister { cases.register }

    // MARK: - Adding

    /// Keeps a file with a case.
    /// - Returns: its identifier, or what is wrong with it. A file in which the scanner found harm is refused, and the
    ///   refusal stands in the audit.
    /// - Throws: `StorageError`, `SecretError`.
    public func add(
        _ new: NewAttachment, to id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<CaseAttachment>, CaseRefusal> {
        if new.scan == .infected {
            try refuse("infected", id, on: occasion, in: connection)
            return .failure(
                .problems([
                    AnswerProblem(
                        "file",
                        "The scanner found something harmful in this file. It was not kept, and your supervisor can see this in the audit"
                    )
                ]))
        }
        var problems = AttachmentStore.problems(new)
        var found: FileKind?
        var copy: [UInt8]?
        switch FileSniffer.kind(of: new.bytes, named: new.name) {
        case .failure(let refusal): problems.insert(AnswerProblem("file", refusal.text), at: 0)
        case .success(let kind):
            found = kind
            copy = PictureCleaner.cleaned(new.bytes, as: kind)
            if kind.isShown, copy == nil {
                problems.insert(AnswerProblem("file", FileRefusal.damaged.text), at: 0)
            }
        }
        if new.bytes.count > largest {
            problems = [AnswerProblem("file", "The file is larger than \(largest >> 20) MB. Send a smaller one")]
        }
        guard problems.isEmpty, let kind = found else { return .failure(.problems(problems)) }
        let attachment = CaseAttachment(
            id: ID(at: occasion.now), name: String(new.name.prefix(200)), kind: kind, fieldClass: new.fieldClass,
            description: new.description.singleSpaced, evidence: new.evidence, source: AnswerText.given(new.source),
            handling: new.handling, letter: nil, way: nil, size: new.bytes.count, sha256: SHA256.hex(new.bytes),
            copySHA256: copy.map(SHA256.hex), check: new.scan.check, agency: occasion.actor.agency,
            madeBy: occasion.actor.account, madeAt: occasion.now, supersededAt: nil, supersededBy: nil,
            supersededReason: nil)
        var forms: [(AttachmentForm, [UInt8])] = [(.original, new.bytes)]
        if let copy { forms.append((.copy, copy)) }
        return try keep(attachment, forms, of: id, as: .uploaded, on: occasion, in: connection)
    }

    private static func problems(_ new: NewAttachment) -> [AnswerProblem] {
        var problems: [AnswerProblem] = []
        let description = new.description.singleSpaced
        if description.isEmpty { problems.append(AnswerProblem("description", "Enter what the file shows")) }
        if description.count > longestDescription {
            problems.append(AnswerProblem("description", "Use \(longestDescription) characters or fewer"))
        }
        if !(FieldClass.p1...FieldClass.p3).contains(new.fieldClass) {
            problems.append(AnswerProblem("class", "Choose how sensitive the file is"))
        }
        if new.evidence == nil { problems.append(AnswerProblem("evidence", "Choose what kind of evidence it is")) }
        if AnswerText.given(new.source) == nil {
            problems.append(AnswerProblem("source", "Enter where the file comes from"))
        }
        return problems
    }

    /// Keeps what was checked.
    func keep(
        _ attachment: CaseAttachment, _ forms: [(AttachmentForm, [UInt8])], of id: ID<CaseRecord>,
        as act: CustodyEvent.Act, reason: String? = nil, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<CaseAttachment>, CaseRefusal> {
        let detail = RegisterDetail(
            fields: ["attachments.\(attachment.id)"], after: Hash.blake2b(forms.first?.1 ?? []))
        let found = try register.find(
            ID(id), for: .attach, attachment.fieldClass, detail: detail, on: occasion, in: connection)
        guard case .found = found else { return .failure(CaseStore.refusal(found)) }
        let seal = try AttachmentSeal(new: attachment.id, sealing: sealing)
        try AttachmentRows.insert(attachment, id, sealedKey: seal.sealedKey, in: connection)
        for (form, bytes) in forms {
            try AttachmentRows.insert(try seal.parts(bytes, form), form, of: attachment.id, in: connection)
        }
        try AttachmentRows.note(act, .original, of: attachment.id, reason: reason, on: occasion, in: connection)
        return .success(attachment.id)
    }

    /// Writes a refusal in the audit that is not the policy's.
    func refuse(_ code: String, _ id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection) throws {
        var entry = occasion.entry(.denied, Code("case").map { AuditObject($0, id: id.text) }, outcome: .deny)
        entry.code = code
        entry.subjects = [AuditSubject(ID<Registered>(id))]
        try AuditLog.append(entry, in: connection)
    }

    // MARK: - Reading

    /// The attachments of a case that the actor may know of, the oldest first; nil when the case is not there for them.
    /// - Throws: `StorageError`.
    public func list(
        of id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> [CaseAttachment]? {
        let found = try register.find(ID(id), for: .read, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = found else { return nil }
        let reads = cases.rights(entry, occasion).reads
        let seen = try AttachmentRows.attachments(id, in: connection).filter {
            AttachmentStore.sees($0, occasion.actor, reads)
        }.map { $0.shown(to: reads) }
        if let depth = seen.map(\.fieldClass).max() {
            let detail = RegisterDetail(fields: ["attachments"])
            let last = try register.find(ID(id), for: .read, depth, detail: detail, on: occasion, in: connection)
            guard case .found = last else { return nil }
        }
        return seen
    }

    private static func sees(_ attachment: CaseAttachment, _ actor: Actor, _ reads: Set<FieldClass>) -> Bool {
        reads.contains(attachment.fieldClass)
            && (attachment.handling == .general || attachment.agency == actor.agency)
    }

    /// One attachment, with its chain of custody.
    /// - Throws: `StorageError`.
    public func read(
        _ attachment: ID<CaseAttachment>, of id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<(attachment: CaseAttachment, custody: [CustodyEvent]), CaseRefusal> {
        try finding(attachment, of: id, for: .read, reason: nil, on: occasion, in: connection).map { found in
            let entry = try register.entries([ID(id)], now: occasion.now, in: connection)[ID(id)]
            let reads = entry.map { cases.rights($0, occasion).reads } ?? []
            let custody = try AttachmentRows.custody(attachment, in: connection)
            return (found.shown(to: reads), reads.contains(.p2) ? custody : custody.map(\.withoutReason))
        }
    }

    /// The bytes of an attachment. What is in quarantine is given to nobody.
    /// - Parameters:
    ///   - action: `read` for the copy that is shown; `export` for a sealed original, with a reason.
    /// - Throws: `StorageError`; `SecretError.altered` when the bytes are not those that were kept.
    public func open(
        _ attachment: ID<CaseAttachment>, as form: AttachmentForm, of id: ID<CaseRecord>, for action: AccessAction,
        reason: String? = nil, on occasion: Occasion, in connection: Connection
    ) throws -> Result<(attachment: CaseAttachment, bytes: [UInt8]), CaseRefusal> {
        let isForAll = action == .read
        return try finding(attachment, of: id, for: action, reason: reason, on: occasion, in: connection).flatMap {
            found in
            guard !isForAll || form == found.shown || form == .word else { return .failure(.register(.absent)) }
            guard found.check != .quarantined else {
                return .failure(
                    .problems([AnswerProblem("file", "The file is in quarantine until the scanner has looked at it")]))
            }
            guard let bytes = try bytes(of: found, form, in: connection) else { return .failure(.register(.absent)) }
            try refresh(attachment, in: connection)
            try AttachmentRows.note(
                isForAll ? .viewed : .exported, form, of: attachment, reason: reason, on: occasion, in: connection)
            return .success((found, bytes))
        }
    }

    /// An attachment that the actor may do this to. One that lies deeper than they may see, one of another agency's own,
    /// one of another case and one that is not there give the same answer.
    private func finding(
        _ attachment: ID<CaseAttachment>, of id: ID<CaseRecord>, for action: AccessAction, reason: String?,
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<CaseAttachment, CaseRefusal> {
        let first = try register.find(ID(id), for: .read, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = first else { return .failure(CaseStore.refusal(first)) }
        let row = try AttachmentRows.attachment(attachment, of: id, in: connection)
        guard let row, AttachmentStore.sees(row, occasion.actor, cases.rights(entry, occasion).reads) else {
            try refuse("attachment", id, on: occasion, in: connection)
            return .failure(.register(.absent))
        }
        let detail = RegisterDetail(fields: ["attachments.\(attachment)"])
        let found = try register.find(
            ID(id), for: action, row.fieldClass, reason: reason, detail: detail, on: occasion, in: connection)
        guard case .found = found else { return .failure(CaseStore.refusal(found)) }
        return .success(row)
    }

    /// Seals a file's key anew when an older key of the site sealed it.
    private func refresh(_ attachment: ID<CaseAttachment>, in connection: Connection) throws {
        guard let sealedKey = try AttachmentRows.sealedKey(attachment, in: connection),
            sealing.needsResealing(sealedKey)
        else { return }
        let seal = try AttachmentSeal(attachment, sealedKey: sealedKey, sealing: sealing)
        try AttachmentRows.reseal(attachment, try seal.resealed(by: sealing), in: connection)
    }

    /// The bytes, opened; nil when there is no such form.
    func bytes(of attachment: CaseAttachment, _ form: AttachmentForm, in connection: Connection) throws -> [UInt8]? {
        guard let sealedKey = try AttachmentRows.sealedKey(attachment.id, in: connection) else { return nil }
        let parts = try AttachmentRows.parts(form, of: attachment.id, in: connection)
        guard !parts.isEmpty else { return nil }
        let seal = try AttachmentSeal(attachment.id, sealedKey: sealedKey, sealing: sealing)
        let hash: String? =
            switch form {
            case .original: attachment.sha256
            case .copy: attachment.copySHA256
            case .word: nil
            }
        return try seal.open(parts, form, sha256: hash)
    }

    // MARK: - Changing

    /// Takes an attachment out of use. It stays readable, with the reason.
    /// - Throws: `StorageError`.
    public func supersede(
        _ attachment: ID<CaseAttachment>, of id: ID<CaseRecord>, reason: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        guard let reason = AnswerText.given(reason) else {
            return .failure(.problems([AnswerProblem("reason", "Enter why it is taken out of use")]))
        }
        return try finding(attachment, of: id, for: .attach, reason: reason, on: occasion, in: connection).flatMap {
            _ in
            guard
                try AttachmentRows.supersede(
                    attachment, reason: reason, by: occasion.actor.account, at: occasion.now, in: connection)
            else { return .failure(.closedAlready) }
            try AttachmentRows.note(
                .superseded, .original, of: attachment, reason: reason, on: occasion, in: connection)
            return .success(())
        }
    }

    /// The bytes of a file in quarantine, for the scanner alone.
    /// - Throws: `StorageError`, `SecretError`.
    public func forScanning(
        _ attachment: ID<CaseAttachment>, of id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<[UInt8], CaseRefusal> {
        try finding(attachment, of: id, for: .attach, reason: nil, on: occasion, in: connection).flatMap { found in
            guard found.check == .quarantined || found.check == .unscanned,
                let bytes = try bytes(of: found, .original, in: connection)
            else { return .failure(.closedAlready) }
            return .success(bytes)
        }
    }

    /// Keeps what the scanner said of a file that is here already. One in which it found harm stays in quarantine, and is
    /// taken out of use.
    /// - Throws: `StorageError`.
    public func settle(
        _ attachment: ID<CaseAttachment>, of id: ID<CaseRecord>, _ scan: ScanResult, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        try finding(attachment, of: id, for: .attach, reason: nil, on: occasion, in: connection).flatMap { _ in
            try AttachmentRows.set(scan.check, of: attachment, in: connection)
            try AttachmentRows.note(.scanned, .original, of: attachment, on: occasion, in: connection)
            guard scan == .infected else { return .success(()) }
            try refuse("infected", id, on: occasion, in: connection)
            _ = try AttachmentRows.supersede(
                attachment, reason: "The scanner found something harmful", by: occasion.actor.account,
                at: occasion.now, in: connection)
            return .success(())
        }
    }
}

extension Result where Failure == CaseRefusal {
    fileprivate func map<Other>(_ body: (Success) throws -> Other) throws -> Result<Other, CaseRefusal> {
        switch self {
        case .success(let value): .success(try body(value))
        case .failure(let refusal): .failure(refusal)
        }
    }

    fileprivate func flatMap<Other>(
        _ body: (Success) throws -> Result<Other, CaseRefusal>
    ) throws -> Result<Other, CaseRefusal> {
        switch self {
        case .success(let value): try body(value)
        case .failure(let refusal): .failure(refusal)
        }
    }
}

extension CaseAttachment {
    /// Without the reason that was given, for who may not see reasons.
    fileprivate func shown(to reads: Set<FieldClass>) -> CaseAttachment {
        var shown = self
        if !reads.contains(.p2), supersededReason != nil { shown.supersededReason = "" }
        return shown
    }
}

extension CustodyEvent {
    fileprivate var withoutReason: CustodyEvent {
        CustodyEvent(act: act, form: form, by: by, agency: agency, at: at, reason: nil)
    }
}
