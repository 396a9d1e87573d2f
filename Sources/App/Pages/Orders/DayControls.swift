internal import DesignSystem
internal import HTML
internal import HTTP
internal import Kernel
internal import Rules

/// A day in three boxes, with a box for the time of day where one is asked. What was typed comes back as it was.
struct MomentControl {
    /// What a day without a time means.
    enum Meaning {
        /// Its beginning; today, this moment.
        case begins
        /// Its last moment.
        case ends
        /// A day alone: no time is asked.
        case day
    }

    let name: String
    let meaning: Meaning
    private let parts: [String: String]

    /// - Parameter initial: what it begins with.
    init(_ name: String, _ meaning: Meaning, _ sent: FormFields?, initial: Instant? = nil) {
        self.name = name
        self.meaning = meaning
        var parts: [String: String] = [:]
        if let sent {
            for part in ["day", "month", "year", "time"] {
                parts[part] = String((sent["\(name)-\(part)"] ?? "").trimmed.prefix(8))
            }
        } else if let initial {
            let (year, month, day) = initial.ukDate.civil
            (parts["day"], parts["month"], parts["year"]) = (String(day), String(month), String(year))
            if meaning == .begins {
                let minutes = Int(UKTime.wallClock(atUTC: initial.seconds) - Int64(initial.ukDate.day) * 86_400) / 60
                parts["time"] = "\(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))"
            }
        }
        self.parts = parts
    }

    /// Whether nothing was typed.
    var isEmpty: Bool { parts.values.allSatisfy(\.isEmpty) }

    /// The day, or nil when there is none such.
    var date: LocalDate? {
        guard let d = Int(part("day")), let m = Int(part("month")), let y = Int(part("year")),
            part("year").utf8.count == 4
        else { return nil }
        return LocalDate(year: y, month: m, day: d)
    }

    /// The moment, or nil when there is none such.
    func moment(now: Instant) -> Instant? {
        guard let date else { return nil }
        let time = part("time")
        if time.isEmpty {
            switch meaning {
            case .begins: return date == now.ukDate ? now : date.startInUK
            case .ends: return date.advanced(by: 1).startInUK
            case .day: return date.startInUK
            }
        }
        guard let minute = DayTime.minute(time) else { return nil }
        return Instant(milliseconds: UKTime.utc(atWallClock: Int64(date.day) * 86_400 + Int64(minute) * 60) * 1000)
    }

    private func part(_ part: String) -> String { parts[part] ?? "" }

    /// The control.
    func html(_ legend: String, hint: String?, _ error: ErrorMessage?) -> Html {
        let asked = [("day", "Day", "2"), ("month", "Month", "2"), ("year", "Year", "4"), ("time", "Time", "5")]
        let items = asked.filter { $0.0 != "time" || meaning != .day }.map { name, label, width in
            // The first box has the id of the question, to which the summary of errors leads.
            DateInput.Item(
                name: name, label: label, id: name == "day" ? self.name : "\(self.name)-\(name)",
                value: part(name).isEmpty ? nil : part(name), inputMode: name == "time" ? "text" : "numeric",
                autocomplete: "off", classes: "govuk-input--width-\(width)")
        }
        let usual: String =
            switch meaning {
            case .begins: "For example, 27 3 2026, 14:30"
            case .ends: "The last day, such as 27 3 2026; a time only where it ends within the day"
            case .day: "For example, 27 3 2026"
            }
        return DateInput(
            id: "\(name)-group", namePrefix: name, items: items,
            fieldset: Fieldset(legend: .init(text: .text(legend), classes: "govuk-fieldset__legend--s")),
            hint: Hint(text: .text(hint ?? usual)), errorMessage: error
        ).html
    }
}
