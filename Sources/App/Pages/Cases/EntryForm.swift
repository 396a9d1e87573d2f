internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// A form of a case with what is asked beside its questions: when it happened, what kind of evidence it is, where it
/// comes from, and with whom it may be shared.
struct EntryForm {
    var controls: AnswerControls
    private let happenedOn: DayControl
    private let evidence: String
    private let source: String
    private let isOwn: Bool

    var form: CaseForm { controls.form }

    init(
        _ form: CaseForm, _ open: OpenCase?, _ visit: Visit, sent: FormFields? = nil, correcting entry: CaseEntry? = nil
    ) {
        controls = AnswerControls(form: form, sent: sent, initial: entry?.answers ?? FormAnswers())
        controls.parties =
            open.map { open in
                open.current.filter { open.sees($0.person) }.map { ($0.role, $0.person.text, open.name($0.person)) }
            } ?? []
        // One that is answered stays to be chosen when it works no more.
        let answered = Set(entry?.answers.codes.flatMap { entry?.answers[$0] ?? [] } ?? [])
        controls.organisations =
            open?.organisations.filter { organisation in
                organisation.endedOn.map { visit.now.ukDate <= $0 } ?? true || answered.contains(organisation.id.text)
            }.map { ($0.id.text, $0.name) } ?? []
        controls.agencies = visit.site.partnership.agencies.map { ($0.code.text, $0.name) }
        let prefix = form.code.text
        happenedOn = DayControl(
            "\(prefix)-happened-on", sent, initial: (entry?.happenedOn ?? visit.now.ukDate).description)
        evidence = sent?["\(prefix)-evidence"] ?? entry?.evidence?.rawValue ?? ""
        source = sent?["\(prefix)-source"] ?? entry?.source ?? ""
        isOwn = sent.map { $0["\(prefix)-own"] == "yes" } ?? (entry?.handling == .ownAgency)
    }

    /// What was sent, with what is wrong of its answers.
    func entry(correcting old: ID<CaseEntry>? = nil) -> NewEntry {
        var entry = NewEntry(form.code, controls.answers().answers)
        entry.happenedOn = happenedOn.date
        entry.evidence = EvidenceKind(rawValue: evidence)
        entry.source = source
        entry.handling = isOwn ? .ownAgency : .general
        entry.supersedes = old
        return entry
    }

    /// What is wrong with the answers as they were typed; what else is wrong the store says.
    var problems: [AnswerProblem] { controls.answers().problems }

    /// The controls.
    func html(_ errors: [FormError]) -> Html {
        let prefix = form.code.text
        let kinds = Radios(
            name: "\(prefix)-evidence",
            items: EvidenceKind.allCases.map {
                .item(.init(value: $0.rawValue, text: .text($0.inWords), hint: Hint(text: .text($0.meaning))))
            }, value: evidence,
            fieldset: Fieldset(
                legend: .init(text: "What kind of evidence is it?", classes: "govuk-fieldset__legend--s")),
            errorMessage: errors.message("\(prefix)-evidence"), classes: "govuk-radios--small")
        let from = Input(
            name: "\(prefix)-source", label: "Where does it come from?", hint: "For example: the victim, by telephone",
            errorMessage: errors.message("\(prefix)-source"), value: source, autocomplete: "off")
        let own = Checkboxes(
            name: "\(prefix)-own",
            items: [.item(.init(value: "yes", text: "Keep this entry within our agency", isChecked: isOwn))],
            fieldset: nil, classes: "govuk-checkboxes--small")
        return """
            \(if: form.happens, happenedOn.html("When did it happen?", hint: nil, errors.message("\(prefix)-happened-on")))
            \(controls.html(errors))
            \(if: form.isEvidence, "\(kinds)\(from)")
            \(own)
            """
    }
}

extension EvidenceKind {
    /// What tells it from the others.
    var meaning: String {
        switch self {
        case .fact: "Seen, heard or written down at first hand"
        case .opinion: "What someone with knowledge thinks of it"
        case .allegation: "Said of someone, and not yet shown"
        case .hearsay: "Told by someone who was told"
        }
    }
}

extension FormField {
    /// Answers for readers.
    func shown(_ answers: [String], _ open: OpenCase, _ visit: Visit) -> Html {
        switch kind {
        case .line, .number, .time: return "\(answers.first ?? "")"
        case .text:
            let lines = (answers.first ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            return "\(each: Array(lines.enumerated()), { "\(if: $0.offset > 0, "<br>")\($0.element)" })"
        case .date: return "\(answers.first.flatMap { LocalDate($0)?.inWords } ?? "")"
        case .pence: return "£\(answers.first.flatMap { Int($0) }.map(AnswerControls.pounds) ?? "")"
        case .yesNo: return answers.first == "yes" ? "Yes" : "No"
        case .choice, .choices: return "\(answers.map(text(of:)).joined(separator: ", "))"
        case .party: return "\(answers.first.flatMap { ID<Person>($0) }.map(open.name) ?? "")"
        case .agency:
            return "\(answers.first.flatMap { Code<Agency>($0) }.map(visit.site.partnership.name(of:)) ?? "")"
        case .organisation: return "\(answers.first.flatMap { ID<Organisation>($0) }.map(open.name) ?? "")"
        }
    }
}
