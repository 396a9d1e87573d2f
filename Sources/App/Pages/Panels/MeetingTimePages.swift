internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// Calling a meeting, and moving one to another time.
enum MeetingTimePages {
    static func newPage(_ visit: Visit) throws -> Response { try newPage(visit, errors: []) }

    private static func newPage(_ visit: Visit, errors: [FormError]) throws -> Response {
        let panel = try callable(visit)
        let sent = visit.request.form
        let asked: Html = panel.isSealed ? try granted(panel, visit, sent) : ""
        let content: Html = """
            \(TimeControls(sent.isEmpty ? nil : sent, nil).html(errors))
            \(Checkboxes(
                name: "extraordinary",
                items: [.item(.init(
                    value: "yes", text: "It is called for something that cannot wait",
                    hint: "Referrals may then be listed until it begins.", isChecked: sent["extraordinary"] == "yes"))],
                fieldset: nil))
            \(asked)
            \(Button(text: "Call the meeting", preventsDoubleClick: true))
            """
        return visit.page(
            Page(
                "Call a meeting", in: .panels,
                above: [(panel.definition.name, PanelPlace.panel(panel.definition.code))],
                errors: errors,
                """
                <p class="govuk-body">The last days for referrals and research are counted from its day.</p>
                \(visit.form("\(PanelPlace.panel(panel.definition.code))/meetings/new", content))
                """))
    }

    private static func callable(_ visit: Visit) throws -> KnownPanel {
        let panel = try visit.openPanel()
        let occasion = try visit.occasion()
        guard PanelStore.sits(occasion.actor, on: panel.definition.code, on: visit.now.ukDate) else {
            throw Refusal.notFound
        }
        guard try visit.panels.rights(at: panel.definition.code, on: occasion).prepares else {
            throw visit.ended(.noPermission)
        }
        return panel
    }

    /// Who may see a sealed meeting.
    private static func granted(_ panel: KnownPanel, _ visit: Visit, _ sent: FormFields) throws -> Html {
        let actor = try visit.actor()
        let items = try visit.seats(on: panel.definition.code).filter { $0.account != actor.account }.map { seat in
            Checkboxes.Entry.item(
                .init(
                    value: seat.account.text,
                    text: .text("\(seat.name), \(visit.site.partnership.name(of: seat.agency))")))
        }
        return Checkboxes(
            name: "granted", items: items, values: sent.all("granted"),
            fieldset: Fieldset(legend: .init(text: "Who else may see it?", classes: "govuk-fieldset__legend--s")),
            hint: Hint(text: "The meeting is sealed: it exists for nobody else.")
        ).html
    }

    static func call(_ visit: Visit) throws -> Response {
        let panel = try callable(visit)
        let sent = visit.request.form
        let time = TimeControls(sent, nil)
        guard let (start, end) = time.times else { return try newPage(visit, errors: time.errors) }
        let seats = Set(try visit.seats(on: panel.definition.code).map(\.account))
        let granted = Set(sent.all("granted").compactMap { ID<Account>($0) }).intersection(seats)
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.panels.call(
                NewMeeting(
                    panel.definition.code, from: start, to: end, isExtraordinary: sent["extraordinary"] == "yes",
                    granted: granted), on: occasion, in: $0)
        }
        switch result {
        case .success(let id): return visit.redirect(PanelPlace.meeting(id))
        case .failure(let refusal): return try newPage(visit, errors: visit.errors(refusal, at: "starts-at"))
        }
    }

    // MARK: - Another time

    static func movePage(_ visit: Visit) throws -> Response { try movePage(visit, errors: []) }

    private static func movePage(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.preparedMeeting()
        let sent = visit.request.form
        let content: Html = """
            \(TimeControls(sent.isEmpty ? nil : sent, open.meeting).html(errors))
            \(Input(
                name: "reason", label: "Why?", errorMessage: errors.message("reason"), value: sent["reason"] ?? "",
                autocomplete: "off"))
            \(Button(text: "Move the meeting", preventsDoubleClick: true))
            """
        return visit.page(
            Page(
                "Another time", in: .panels, above: open.above, errors: errors,
                """
                <p class="govuk-body">The days for referrals and research are counted anew. Calendars learn of it.</p>
                \(visit.form("\(open.address)/time", content))
                """))
    }

    static func move(_ visit: Visit) throws -> Response {
        let open = try visit.preparedMeeting()
        let time = TimeControls(visit.request.form, nil)
        guard let (start, end) = time.times else { return try movePage(visit, errors: time.errors) }
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.panels.reschedule(
                open.meeting.id, from: start, to: end, reason: visit.reason ?? "", on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect(open.address)
        case .failure(let refusal): return try movePage(visit, errors: visit.errors(refusal, at: "starts-at"))
        }
    }
}

/// A day with a beginning and an end.
struct TimeControls {
    private let day: DayControl
    private let from: String
    private let to: String

    init(_ sent: FormFields?, _ meeting: PanelMeeting?) {
        day = DayControl("day", sent, initial: meeting.map { $0.day.description } ?? "")
        func text(_ moment: Instant?) -> String {
            moment.map { "\($0.ukTime.hour):\($0.ukTime.minute < 10 ? "0" : "")\($0.ukTime.minute)" } ?? ""
        }
        from = sent.map { ($0["starts-at"] ?? "").trimmed } ?? text(meeting?.startsAt)
        to = sent.map { ($0["ends-at"] ?? "").trimmed } ?? text(meeting?.endsAt)
    }

    /// "9:30", "14.15", "2:05pm", "2pm".
    static func time(_ text: String) -> (hour: Int, minute: Int)? {
        var text = text.lowercased().filter { $0 != " " }.replacing(".", with: ":")
        let half = text.hasSuffix("am") ? 0 : text.hasSuffix("pm") ? 12 : nil
        if half != nil { text.removeLast(2) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) }),
            let hour = Int(parts[0]), let minute = parts.count == 2 ? Int(parts[1]) : 0,
            parts.count == 2 || half != nil, (0...59).contains(minute)
        else { return nil }
        if let half { return (1...12).contains(hour) ? (hour % 12 + half, minute) : nil }
        return (0...23).contains(hour) ? (hour, minute) : nil
    }

    var times: (Instant, Instant)? {
        guard let date = day.date, let start = TimeControls.time(from), let end = TimeControls.time(to) else {
            return nil
        }
        return (
            Instant(date, hour: start.hour, minute: start.minute), Instant(date, hour: end.hour, minute: end.minute)
        )
    }

    var errors: [FormError] {
        var errors: [FormError] = []
        if day.date == nil { errors.append(FormError("day", "Enter the day, such as 27 3 2026")) }
        if TimeControls.time(from) == nil {
            errors.append(FormError("starts-at", "Enter when it begins, such as 9:30 or 2pm"))
        }
        if TimeControls.time(to) == nil {
            errors.append(FormError("ends-at", "Enter when it ends, such as 12:30 or 4pm"))
        }
        return errors
    }

    func html(_ errors: [FormError]) -> Html {
        """
        \(day.html("Which day?", hint: nil, errors.message("day")))
        \(Input(
            name: "starts-at", label: "When does it begin?", hint: "For example, 9:30 or 2pm",
            errorMessage: errors.message("starts-at"), value: from, autocomplete: "off", classes: "govuk-input--width-5"))
        \(Input(
            name: "ends-at", label: "When does it end?", errorMessage: errors.message("ends-at"), value: to,
            autocomplete: "off", classes: "govuk-input--width-5"))
        """
    }
}
