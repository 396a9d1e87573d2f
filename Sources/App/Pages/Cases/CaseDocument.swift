internal import Casework
internal import Documents
internal import Governance
internal import Instruments
internal import Kernel
internal import People
internal import Site

/// A case on paper: what a pack and an export say of it. Whatever must be withheld is, in every text.
struct CaseDocument {
    private let open: OpenCase
    private let visit: Visit
    private let guarded: GuardedWords

    init(_ open: OpenCase, _ guarded: GuardedWords, _ visit: Visit) {
        self.open = open
        self.guarded = guarded
        self.visit = visit
    }

    private var view: CaseView { open.view }

    /// A text without what must be withheld.
    func clean(_ text: String) -> String { guarded.redacted(text) }

    /// What stands at the foot of each page.
    static func footer(_ visit: Visit, purpose: String) throws -> String {
        let actor = try visit.actor()
        let agency = visit.site.partnership.name(of: actor.agency)
        return
            "Printed by \(actor.name), \(agency), \(visit.now.inWords), for: \(purpose). Confidential: keep it locked "
            + "away, do not copy it, and destroy it when it is no longer needed."
    }

    /// A digest in groups of eight, which fits the columns of a page.
    static func grouped(_ digest: String) -> String {
        let letters = Array(digest)
        return stride(from: 0, to: letters.count, by: 8).map { String(letters[$0..<min($0 + 8, letters.count)]) }
            .joined(separator: " ")
    }

    /// What the case is and how it stands.
    func summary() -> [Document.Block] {
        var facts: [Document.Fact] = [
            .init("Kind", view.type.name), .init("Reference", view.record.reference),
            .init("What it is about", clean(view.record.heading)),
            .init("State", view.state?.name ?? view.record.state.text), .init("Opened", view.record.openedAt.inWords),
            .init("Agency", visit.site.partnership.name(of: view.facts.agency)),
            .init("Answered for by", open.name(view.facts.owner)),
        ]
        if let band = view.record.band, view.rights.reads.contains(.p2) {
            facts.append(.init("Risk", band.capitalisedFirst))
        }
        if let closed = view.record.closedAt { facts.append(.init("Closed", closed.inWords)) }
        let flags = view.flags(on: visit.now.ukDate).map { Document.Block.notice(clean($0.text)) }
        return [.facts(facts.filter { !$0.value.isEmpty })] + flags
    }

    /// Who takes which part.
    func people() -> [Document.Block] {
        let rows = open.current.map { [clean(open.name($0.person)), view.type.party($0.role)?.name ?? $0.role.text] }
        return rows.isEmpty
            ? []
            : [.heading(1, "People"), .table(caption: "People in the case", columns: ["Who", "Part"], rows: rows)]
    }

    /// The entries, by their forms, the oldest first.
    /// - Parameter number: what an entry is called on the paper; nil for its form's name alone.
    func entries(_ entries: [CaseEntry], number: (CaseEntry) -> String? = { _ in nil }) -> [Document.Block] {
        view.type.forms.flatMap { form -> [Document.Block] in
            let own = entries.filter { $0.form == form.code }
            guard !own.isEmpty else { return [] }
            return [.heading(1, form.name)]
                + own.flatMap { entry -> [Document.Block] in
                    (number(entry).map { [.heading(2, $0)] } ?? []) + [.facts(facts(entry, form))]
                }
        }
    }

    private func facts(_ entry: CaseEntry, _ form: CaseForm) -> [Document.Fact] {
        var facts: [Document.Fact] = []
        if let day = entry.happenedOn { facts.append(.init("When", day.inWords)) }
        for field in form.fields where !entry.answers[field.code].isEmpty {
            facts.append(.init(field.label, clean(text(field, entry.answers[field.code]))))
        }
        if let evidence = entry.evidence { facts.append(.init("Evidence", evidence.inWords)) }
        if let source = entry.source { facts.append(.init("Source", clean(source))) }
        let agency = visit.site.partnership.name(of: entry.agency)
        facts.append(.init("Written", "\(entry.madeAt.inWords) by \(open.name(entry.madeBy)), \(agency)"))
        if entry.hasHidden { facts.append(.init("Left out", "There is more, which is not in this paper")) }
        return facts
    }

    private func text(_ field: FormField, _ answers: [String]) -> String {
        switch field.kind {
        case .line, .number, .text, .time: answers.first ?? ""
        case .date: answers.first.flatMap { LocalDate($0)?.inWords } ?? ""
        case .pence: "£\(answers.first.flatMap { Int($0) }.map(AnswerControls.pounds) ?? "")"
        case .yesNo: answers.first == "yes" ? "Yes" : "No"
        case .choice, .choices: answers.map(field.text(of:)).joined(separator: ", ")
        case .party: answers.first.flatMap { ID<Person>($0) }.map(open.name) ?? ""
        case .agency: answers.first.flatMap { Code<Agency>($0) }.map(visit.site.partnership.name(of:)) ?? ""
        case .organisation: answers.first.flatMap { ID<Organisation>($0) }.map(open.name) ?? ""
        }
    }

    /// What people undertook.
    func actions() -> [Document.Block] {
        let rows = view.actions.map { action in
            [
                clean(action.text),
                action.owner.map { open.name($0) } ?? visit.site.partnership.name(of: action.agency),
                action.due.inWords,
                ([action.status.inWords] + [action.outcome].compactMap { $0 }.map(clean)).joined(separator: ": "),
            ]
        }
        guard !rows.isEmpty else { return [] }
        return [
            .heading(1, "Actions"),
            .table(caption: "What people undertook", columns: ["What", "Who", "Due", "How it stands"], rows: rows),
        ]
    }

    /// How the risk was assessed.
    func risk() -> [Document.Block] {
        let rows = view.assessments.map { assessment -> [String] in
            let code = assessment.instrument
            let instrument = visit.cases.instruments.version(code.code, code.version)
            let band = instrument?.bands.first { $0.code.text == assessment.holds }?.name ?? assessment.holds
            return [
                assessment.madeAt.inWords, instrument?.name ?? code.code.text, band,
                clean(assessment.judgement ?? ""), open.name(assessment.madeBy),
            ]
        }
        guard !rows.isEmpty else { return [] }
        let columns = ["When", "Instrument", "Band", "Judgement", "By"]
        return [.heading(1, "Risk"), .table(caption: "Assessments of risk", columns: columns, rows: rows)]
    }

    /// The steps that were made.
    func steps() -> [Document.Block] {
        let rows = view.moves.map { move in
            [
                move.at.inWords, view.type.move(move.move)?.name ?? move.move.text, clean(move.reason ?? ""),
                open.name(move.by),
            ]
        }
        guard !rows.isEmpty else { return [] }
        return [
            .heading(1, "Steps"),
            .table(caption: "Steps of the case", columns: ["When", "What", "Why", "By"], rows: rows),
        ]
    }
}
