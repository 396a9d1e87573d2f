public import Casework
public import Governance
public import Kernel
internal import Rules
public import Storage

/// A case to be sent to another area.
public struct NewTransfer: Hashable, Sendable {
    /// The referral that has a plan here.
    public var referral: ID<PanelReferral>
    /// The other area.
    public var area: String
    /// Who takes it over there.
    public var contact: String
    /// The agencies that agree to their information being handed on.
    public var agreed: Set<Code<Agency>>
    /// Why it goes.
    public var reason: String

    /// A case to be sent.
    public init(
        _ referral: ID<PanelReferral>, to area: String, contact: String, agreed: Set<Code<Agency>>, reason: String
    ) {
        self.referral = referral
        self.area = area
        self.contact = contact
        self.agreed = agreed
        self.reason = reason
    }
}

/// A transfer that was made.
public struct MadeTransfer: Hashable, Sendable {
    /// Which.
    public let id: ID<PanelTransfer>
    /// Lines that stayed here because their agency did not agree.
    public let leftOut: Int
    /// Actions that stayed here for the same reason.
    public let actionsLeftOut: Int
    /// Lines and actions that stayed here because the sender may not see them. What is about someone whose record is
    /// closed to the sender is not counted: it does not exist for them.
    public let unseen: Int
}

// MARK: - Transfers

extension PanelStore {
    /// Sends a case to another area: the approved minutes and the plan, as far as the sender may see them and the
    /// agencies agree. The package stays as it is; its sender keeps it to read. It is not made while the sender has yet
    /// to accept confidentiality for a meeting that heard the case, whose minutes would be missing.
    /// - Throws: `StorageError`; a `Fault` when a rule is missing.
    public func transferOut(
        _ new: NewTransfer, on occasion: Occasion, in connection: Connection
    ) throws -> Result<MadeTransfer, PanelRefusal> {
        guard let referral = try ReferralRows.referral(new.referral, in: connection),
            let panel = panel(referral.panel, for: occasion.actor, on: occasion.now.ukDate),
            case .found = try register.find(ID(referral.caseID), for: .read, .p2, on: occasion, in: connection)
        else { return .failure(.register(.absent)) }
        guard try register.mayPrepare(panel.definition.code, on: occasion) else {
            return .failure(.register(.denied(.noPermission)))
        }
        guard referral.state == .planOpen else { return .failure(.referralState(referral.state)) }
        guard try !isTransferredOut(referral.caseID, from: referral.panel, in: connection) else {
            return .failure(.transferred)
        }
        guard let area = PanelStore.given(new.area), let contact = PanelStore.given(new.contact) else {
            return .failure(.problems([AnswerProblem("area", "Enter the area, and who takes it over there")]))
        }
        guard let reason = PanelStore.given(new.reason) else { return .failure(.stopped(.reason)) }
        let meetings = try meetings(for: referral, in: connection)
        let closed = try meetings.filter { try isStillClosed($0, on: occasion, in: connection) }
        if let first = closed.first {
            let (day, says) = (first.day.inWords, "Accept confidentiality for the meeting of")
            return .failure(.problems([AnswerProblem("area", "\(says) \(day) first: its minutes go with the case")]))
        }
        let package = try package(of: referral, meetings, agreed: new.agreed, on: occasion, in: connection)
        let today = occasion.now.ukDate
        let id = ID<PanelTransfer>(at: occasion.now)
        let transfer = PanelTransfer(
            id: id, panel: referral.panel, caseID: referral.caseID, direction: .out, area: area, contact: contact,
            firstReferredOn: referral.countsFrom, lines: package.lines, actions: package.actions,
            digest: TransferRows.digest(package.lines, package.actions), madeAt: occasion.now,
            acknowledgeBy: calendar.lastDay(try policy.length("marac.transfer.ack", on: today), from: today),
            acknowledgedAt: nil)
        var facts = RecordFacts(kind: try PanelStore.kind("minutes"), agency: occasion.actor.agency)
        facts.owner = occasion.actor.account
        if panel.isSealed {
            facts.recordClass = .sealed
            facts.grants = [
                .init(account: occasion.actor.account, until: occasion.now.advanced(bySeconds: 366 * 86_400))
            ]
        }
        let added = try register.add(
            RegisterEntry(ID(id), facts, title: "Transfer to another area", titleClass: .p0), .p2,
            detail: RegisterDetail(fields: ["lines", "actions"]), on: occasion, in: connection)
        if case .failure(let refusal) = added { return .failure(.register(refusal)) }
        try TransferRows.insert(transfer, by: occasion.actor.account, in: connection)
        let depth = (package.lines.map(\.fieldClass) + [.p1]).max() ?? .p1
        try register.note(
            .disclose, ID(referral.caseID), depth, reason: reason, RegisterDetail(fields: ["transfers.\(id)"]),
            on: occasion,
            in: connection)
        return .success(
            MadeTransfer(
                id: id, leftOut: package.leftOut, actionsLeftOut: package.actionsLeftOut, unseen: package.unseen))
    }

    /// The approved meetings at which a referred case stood, the oldest first.
    private func meetings(for referral: PanelReferral, in connection: Connection) throws -> [PanelMeeting] {
        let ids = try connection.rows(
            """
            SELECT DISTINCT i.meeting, m.starts_at FROM panel_items i JOIN panel_meetings m ON m.id = i.meeting
            WHERE i.case_id = \(referral.caseID) AND m.panel = \(referral.panel) AND i.taken_off_at IS NULL
                AND m.approved_at IS NOT NULL
            ORDER BY m.starts_at, i.meeting
            """
        ).map { try $0.get("meeting", as: ID<PanelMeeting>.self) }
        return try ids.compactMap { try MeetingRows.meeting($0, in: connection) }
    }

    /// Whether the actor sits at a meeting whose confidentiality they have yet to accept.
    private func isStillClosed(
        _ meeting: PanelMeeting, on occasion: Occasion, in connection: Connection
    ) throws -> Bool {
        guard try sitting(at: meeting.id, on: occasion, in: connection) != nil else { return false }
        return try !hasAccepted(for: meeting.id, on: occasion, in: connection)
    }

    /// What was minuted of a case at a meeting and undertaken there, but for lines about people whose records are closed
    /// to the actor.
    private func minuted(
        of caseID: ID<CaseRecord>, at meeting: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> Int {
        let items = try MeetingRows.items(of: meeting, in: connection).filter { $0.caseID == caseID }.map(\.id)
        let lines = try MinuteRows.lines(of: items, in: connection)
        let people = try register.entries(
            Set(lines.compactMap(\.person)).map { ID($0) }, now: occasion.now, in: connection)
        let open = lines.count { line in line.person.map { !isWalled(people[ID($0)], occasion) } ?? true }
        return open + (try ActionRows.actions(of: items, in: connection).count)
    }

    private func package(
        of referral: PanelReferral, _ meetings: [PanelMeeting], agreed: Set<Code<Agency>>, on occasion: Occasion,
        in connection: Connection
    ) throws -> (lines: [TransferLine], actions: [TransferAction], leftOut: Int, actionsLeftOut: Int, unseen: Int) {
        var lines: [TransferLine] = []
        var actions: [TransferAction] = []
        var (leftOut, actionsLeftOut, unseen) = (0, 0, 0)
        for id in meetings.map(\.id) {
            unseen += try minuted(of: referral.caseID, at: id, on: occasion, in: connection)
            guard let view = try minutes(of: id, on: occasion, in: connection) else { continue }
            for item in view.items where item.item.caseID == referral.caseID {
                unseen -= item.lines.count + item.actions.count
                for line in item.lines {
                    guard agreed.contains(line.agency) else {
                        leftOut += 1
                        continue
                    }
                    lines.append(
                        TransferLine(
                            heardOn: view.meeting.day, line.text, line.fieldClass, side: line.side,
                            agency: partnership.name(of: line.agency)))
                }
                for action in item.actions {
                    guard agreed.contains(action.agency) else {
                        actionsLeftOut += 1
                        continue
                    }
                    actions.append(
                        TransferAction(
                            action.text, agency: partnership.name(of: action.agency), due: action.due,
                            status: action.status))
                }
            }
        }
        return (lines, actions, leftOut, actionsLeftOut, unseen)
    }

    /// Takes in what another area sent on a case that was opened here. Repeats are counted from that area's referral.
    /// - Throws: `StorageError`; a `Fault` when a rule is missing.
    public func transferIn(
        _ caseID: ID<CaseRecord>, to code: Code<Panel>, from area: String, contact: String,
        firstReferredOn: LocalDate, lines: [TransferLine], actions: [TransferAction], on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<ID<PanelTransfer>, PanelRefusal> {
        let today = occasion.now.ukDate
        guard panel(code, for: occasion.actor, on: today) != nil else { return .failure(.register(.absent)) }
        let depth = (lines.map(\.fieldClass) + [.p2]).max() ?? .p2
        let id = ID<PanelTransfer>(at: occasion.now)
        let done = try register.change(
            ID(caseID), depth, detail: RegisterDetail(fields: ["transfers.\(id)"]), on: occasion, in: connection
        ) { _ in }
        if case .failure(let refusal) = done { return .failure(.register(refusal)) }
        guard let area = PanelStore.given(area), let contact = PanelStore.given(contact), firstReferredOn <= today
        else {
            return .failure(
                .problems([AnswerProblem("area", "Enter the area, who handed it over, and the day of its referral")]))
        }
        try TransferRows.insert(
            PanelTransfer(
                id: id, panel: code, caseID: caseID, direction: .in, area: area, contact: contact,
                firstReferredOn: firstReferredOn, lines: lines, actions: actions,
                digest: TransferRows.digest(lines, actions), madeAt: occasion.now,
                acknowledgeBy: calendar.lastDay(try policy.length("marac.transfer.ack", on: today), from: today),
                acknowledgedAt: nil),
            by: occasion.actor.account, in: connection)
        return .success(id)
    }

    /// A transfer, as it was sent, as far as the reader may see; nil when there is none for them. What went out is read
    /// by who sent it, unless the case is hidden from them since; what came in by who may see the case.
    /// - Throws: `StorageError`.
    public func transfer(
        _ id: ID<PanelTransfer>, on occasion: Occasion, in connection: Connection
    ) throws -> PanelTransfer? {
        guard var transfer = try TransferRows.transfer(id, in: connection),
            try !isHidden(transfer.caseID, on: occasion, in: connection)
        else { return nil }
        let record: ID<Registered> = transfer.direction == .out ? ID(id) : ID(transfer.caseID)
        let found = try register.find(
            record, for: .read, .p1, detail: RegisterDetail(fields: ["transfers.\(id)"]), on: occasion, in: connection)
        guard case .found(let entry, _) = found else { return nil }
        transfer.lines = transfer.lines.filter { allows($0.fieldClass, $0.side, on: entry, occasion) }
        let depth = (transfer.lines.map(\.fieldClass) + [.p1]).max() ?? .p1
        try register.note(
            .read, record, depth, RegisterDetail(fields: ["transfers.\(id)"]), on: occasion, in: connection)
        return transfer
    }

    /// The transfers of a case that the actor may see, the oldest first.
    /// - Throws: `StorageError`.
    public func transfers(
        of id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelTransfer] {
        let ids = try connection.rows("SELECT id FROM panel_transfers WHERE case_id = \(id) ORDER BY made_at, id").map {
            try $0.get("id", as: ID<PanelTransfer>.self)
        }
        return try ids.compactMap { try transfer($0, on: occasion, in: connection) }
    }

    /// Writes that a transfer was acknowledged. Of one that goes out, the case is then frozen here: the panel's access
    /// to it ends, and no referral brings it back.
    /// - Throws: `StorageError`.
    public func acknowledge(
        _ id: ID<PanelTransfer>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        guard let transfer = try TransferRows.transfer(id, in: connection),
            try !isHidden(transfer.caseID, on: occasion, in: connection)
        else { return .failure(.register(.absent)) }
        let record: ID<Registered> = transfer.direction == .out ? ID(id) : ID(transfer.caseID)
        let done = try register.change(
            record, .p0, detail: RegisterDetail(fields: ["acknowledged"]), on: occasion, in: connection
        ) { _ in }
        if case .failure(let refusal) = done { return .failure(.register(refusal)) }
        guard try TransferRows.acknowledge(id, by: occasion.actor.account, at: occasion.now, in: connection) else {
            return .failure(.closedAlready)
        }
        guard transfer.direction == .out else { return .success(()) }
        for referral in try ReferralRows.referrals(of: transfer.caseID, in: connection)
        where referral.panel == transfer.panel {
            try takeOffAhead(referral.id, occasion, in: connection)
            if referral.state.isOpen { try ReferralRows.move(referral.id, to: .exited, in: connection) }
            try endListings(of: referral.id, on: transfer.panel, last: nil, occasion, in: connection)
        }
        return .success(())
    }
}
