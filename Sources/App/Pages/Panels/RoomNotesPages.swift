internal import DesignSystem
internal import Files
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Secrets
internal import Site
internal import Storage

/// Bringing what was written in a room without a network into the minutes, for who works on them: the file is opened and
/// shown, then what is chosen of it is added. Nothing of it is kept in between: the form carries it, sealed by the site.
enum RoomNotesPages {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.preparedMeeting()
        guard open.hasAccepted else { return visit.redirect(open.address) }
        return page(open, visit, errors: [])
    }

    private static func page(_ open: OpenMeeting, _ visit: Visit, errors: [FormError]) -> Response {
        let content: Html = """
            \(FileUpload(
                name: "file", label: Label(text: "Which file?"),
                hint: Hint(text: "The one that “Save the notes” made in the room. Its name begins with notes-from-the-room."),
                errorMessage: errors.message("file"), attributes: ["accept": ".json,application/json"]))
            \(Input(
                name: "passphrase", label: "The passphrase",
                hint: "The one that opened the pack: five groups of four.",
                errorMessage: errors.message("passphrase"), value: nil, autocomplete: "off", checksSpelling: false,
                classes: "govuk-input--width-20"))
            \(Button(text: "Open the notes", preventsDoubleClick: true))
            """
        let brought = errors.isEmpty ? visit.request.query["brought"].flatMap { Int($0) } : nil
        return visit.page(
            Page(
                "Bring notes from the room", in: .panels, above: open.above, errors: errors,
                notice: brought.map(notice), canBeLeftQuickly: true,
                """
                <p class="govuk-body">What was written in a room without a network is opened here and shown to you. You \
                choose what is added to the minutes. The file itself is not kept.</p>
                \(PostForm(action: address(open), csrf: visit.formToken, sendsFiles: true, content: content))
                <p class="govuk-body">\(PanelPlace.link("Read the minutes", "\(open.address)/minutes"))</p>
                """))
    }

    private static func notice(_ count: Int) -> String {
        switch count {
        case 0: "Nothing was added: all that you chose was there already"
        case 1: "One note was added to the minutes"
        default: "\(count) notes were added to the minutes"
        }
    }

    private static func address(_ open: OpenMeeting) -> String { "\(open.address)/room-notes" }

    // MARK: - Opening the file

    static func open(_ visit: Visit) throws -> Response {
        let open = try visit.preparedMeeting()
        guard open.hasAccepted else { return visit.redirect(open.address) }
        let envelope: RoomEnvelope
        let passphrase: Passphrase
        switch try sent(open, visit) {
        case .success(let found): (envelope, passphrase) = found
        case .failure(let wrong): return page(open, visit, errors: wrong.errors)
        }
        // Each try keeps a processor busy, and a passphrase is not guessed here.
        let key = ThrottleKey.sealedFile(by: try visit.actor().account)
        let wait = try visit.write { try ThrottleStore.begin([key], at: visit.now, in: $0) }
        guard wait == 0 else {
            let seconds = Int(wait.rounded(.up))
            let text = seconds < 120 ? "\(seconds) seconds" : "\((seconds + 59) / 60) minutes"
            return page(
                open, visit,
                errors: [FormError("passphrase", "That was tried too often. Wait \(text), and try again")])
        }
        let bytes: [UInt8]
        do {
            bytes = try visit.site.passwordGate.pass { try envelope.open(with: passphrase) }
        } catch SecretError.altered {
            let text =
                "The file does not open: the passphrase is another one, or the file was changed on its way. "
                + "Check the passphrase, or copy the file again"
            return page(open, visit, errors: [FormError("passphrase", text)])
        }
        try visit.write { try ThrottleStore.succeed([key], at: visit.now, in: $0) }
        guard let file = RoomNotesFile(bytes, of: open.meeting.id) else {
            return page(
                open, visit,
                errors: [
                    FormError("file", "What is in the file cannot be read. Save the notes again in the room’s pack")
                ])
        }
        guard !file.isEmpty else {
            return page(open, visit, errors: [FormError("file", "There is nothing in these notes")])
        }
        return try choice(open, file, bytes, visit, errors: [])
    }

    private struct Wrong: Error {
        let errors: [FormError]
    }

    private static func sent(
        _ open: OpenMeeting, _ visit: Visit
    ) throws -> Result<(RoomEnvelope, Passphrase), Wrong> {
        var errors: [FormError] = []
        var envelope: RoomEnvelope?
        if let file = visit.request.files.first(where: { $0.field == "file" }) {
            let bytes = try FileSystem.read(file.file.path, limit: RoomEnvelope.largest)
            envelope = RoomEnvelope(bytes)
            if let wrong = wrong(envelope, bytes, open) { errors.append(FormError("file", wrong)) }
        } else {
            errors.append(FormError("file", "Choose the file with the notes"))
        }
        let typed = (visit.request.form["passphrase"] ?? "").trimmed
        let passphrase = Passphrase(typed)
        if typed.isEmpty {
            errors.append(FormError("passphrase", "Enter the passphrase"))
        } else if passphrase == nil {
            errors.append(
                FormError("passphrase", "Enter the passphrase as it was written down: five groups of four"))
        }
        guard errors.isEmpty, let envelope, let passphrase else {
            if !errors.contains(where: { $0.field == "file" }) {
                errors.insert(FormError("file", "Choose the file again: browsers do not keep it"), at: 0)
            }
            return .failure(Wrong(errors: errors))
        }
        return .success((envelope, passphrase))
    }

    /// What is wrong with a file before it is opened.
    private static func wrong(_ envelope: RoomEnvelope?, _ bytes: [UInt8], _ open: OpenMeeting) -> String? {
        guard let envelope else {
            let isPage = bytes.starts(with: "<!DOCTYPE html>".utf8)
            return isPage
                ? "This is the pack itself. Choose the file that “Save the notes” made"
                : "This is no file of notes from a room, or it was changed on its way"
        }
        guard envelope.format == .notes else { return "This is no file of notes from a room" }
        return envelope.meeting == open.meeting.id ? nil : "These notes are of another meeting"
    }

    // MARK: - Choosing

    private static func notes(_ file: RoomNotesFile, _ open: OpenMeeting, _ visit: Visit) throws -> [RoomNote] {
        try file.lines
            + file.actions.map { action in
                let owner = try ActionOwner(action.owner, orAddress: action.address, at: open, visit)
                let new = NewPanelAction(
                    action.text, agency: owner.agency, owner: owner.account, due: action.due,
                    riskFactor: action.risk)
                return RoomNote(action.mark, for: action.item, .action(new))
            }
    }

    private static func choice(
        _ open: OpenMeeting, _ file: RoomNotesFile, _ bytes: [UInt8], _ visit: Visit, errors: [FormError]
    ) throws -> Response {
        let (notes, occasion) = (try notes(file, open, visit), try visit.occasion())
        let looked = try visit.write { connection in
            try visit.panels.look(at: notes, for: open.meeting.id, on: occasion, in: connection)
        }
        let findings: [RoomFinding]
        switch looked {
        case .success(let found): findings = found
        case .failure(let refusal): return page(open, visit, errors: try visit.errors(refusal, at: "file"))
        }
        let words = try RoomNoteWords(notes, visit)
        let free = findings.filter { $0.standing == .free }
        let chosen = errors.isEmpty ? free.map(\.note.mark) : visit.request.form.all("note")
        let boxes = Checkboxes(
            name: "note",
            items: free.map { finding in
                .item(
                    .init(
                        value: finding.note.mark, text: .text(finding.note.text),
                        hint: Hint(text: .text(words.about(finding)))))
            }, values: chosen,
            fieldset: Fieldset(
                legend: .init(text: "What is added to the minutes?", classes: "govuk-fieldset__legend--m")),
            errorMessage: errors.message("note"))
        let carried = Base64URL.encode(
            try visit.site.sealing.seal(bytes, context: try context(open, visit)))
        let content: Html = """
            \(HiddenField(name: "notes", value: carried))
            \(boxes)
            \(Button(text: "Add to the minutes", preventsDoubleClick: true))
            """
        return visit.page(
            Page(
                "Notes from the room", in: .panels,
                above: open.above + [("Bring notes from the room", address(open))], errors: errors,
                canBeLeftQuickly: true,
                """
                \(if: free.isEmpty, "<p class=\"govuk-body\">There is nothing in these notes that can be added.</p>")
                \(if: !free.isEmpty, visit.form("\(address(open))/chosen", content))
                \(rest("Cannot be added", findings, words) { if case .stopped(let why) = $0 { why } else { nil } })
                \(rest("There already", findings, words) { $0 == .there ? "" : nil })
                """))
    }

    /// Notes that are not to be chosen, with why.
    private static func rest(
        _ title: String, _ findings: [RoomFinding], _ words: RoomNoteWords, why: (RoomFinding.Standing) -> String?
    ) -> Html {
        let rows = findings.compactMap { finding in why(finding.standing).map { (finding: finding, why: $0) } }
        guard !rows.isEmpty else { return "" }
        return """
            <h2 class="govuk-heading-m">\(title)</h2>
            <ul class="govuk-list govuk-list--bullet">
            \(each: rows, { row in
                "<li>\(words.text(row.finding)) <span class=\"govuk-hint\">\(words.told(row.finding, row.why))</span></li>"
            })
            </ul>
            """
    }

    private static func context(_ open: OpenMeeting, _ visit: Visit) throws -> String {
        "notes from the room \(open.meeting.id) \(try visit.actor().account)"
    }

    // MARK: - Adding

    static func bring(_ visit: Visit) throws -> Response {
        let open = try visit.preparedMeeting()
        guard open.hasAccepted else { return visit.redirect(open.address) }
        let sent = visit.request.form
        guard let carried = sent["notes"].flatMap(Base64URL.decode),
            let bytes = try? visit.site.sealing.open(carried, context: context(open, visit)),
            let file = RoomNotesFile(bytes, of: open.meeting.id)
        else { return page(open, visit, errors: [FormError("file", "Choose the file with the notes once more")]) }
        let chosen = Set(sent.all("note"))
        let notes = try notes(file, open, visit).filter { chosen.contains($0.mark) }
        guard !notes.isEmpty else {
            return try choice(open, file, bytes, visit, errors: [FormError("note", "Choose what is added")])
        }
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.panels.bring(notes, to: open.meeting.id, on: occasion, in: $0)
        }
        switch result {
        case .success(let count): return visit.redirect("\(address(open))?brought=\(count)")
        case .failure(let refusal):
            let errors = try visit.errors(refusal, at: "note").map { error in
                FormError("note", "Nothing was added. \(error.text)")
            }
            return try choice(open, file, bytes, visit, errors: errors)
        }
    }
}

/// What is told of a note beside its text.
private struct RoomNoteWords {
    private let names: [ID<Account>: String]
    private let visit: Visit

    init(_ notes: [RoomNote], _ visit: Visit) throws {
        let owners = notes.compactMap { if case .action(let action) = $0.content { action.owner } else { nil } }
        names = try visit.accountNames(owners)
        self.visit = visit
    }

    /// What is told of a note, and why it is not to be chosen.
    func told(_ finding: RoomFinding, _ why: String) -> String {
        [about(finding), why].filter { !$0.isEmpty }.joined(separator: ". ")
    }

    /// What a note says; of an item that does not exist for the reader, only what kind of note it is.
    func text(_ finding: RoomFinding) -> String {
        guard finding.reference == nil else { return finding.note.text }
        return if case .line = finding.note.content { "A line" } else { "An action" }
    }

    /// "MRC-2026-0001. Discussion. Police, fact, safety".
    func about(_ finding: RoomFinding) -> String {
        guard let reference = finding.reference else { return "" }
        var words = [reference]
        switch finding.note.content {
        case .line(let line):
            words.append(line.part.inWords)
            var about = [line.agency.map { visit.site.partnership.name(of: $0) } ?? ""]
            about.append(line.statement.kind.inWords.lowercased())
            if line.statement.fieldClass >= .p3 { about.append("safety") }
            words.append(about.joined(separator: ", "))
        case .action(let action):
            words.append("Action")
            if let owner = action.owner {
                let agency = action.agency.map { ", \(visit.site.partnership.name(of: $0))" } ?? ""
                words.append("\(names[owner] ?? "Someone who has left")\(agency)")
            }
            if let due = action.due { words.append("By \(due.inWords)") }
        }
        return words.joined(separator: ". ")
    }
}
