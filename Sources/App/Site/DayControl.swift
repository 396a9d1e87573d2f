public import DesignSystem
public import HTML
public import HTTP
public import Kernel

/// A day in three boxes, as a form asks for it.
public struct DayControl: Sendable {
    private let name: String
    private let day: String
    private let month: String
    private let year: String

    /// A day of a form.
    /// - Parameters:
    ///   - name: the question's name; its boxes are called `name-day`, `name-month` and `name-year`.
    ///   - sent: what was sent; nil before.
    ///   - initial: a day such as 2026-03-31, shown before anything was sent.
    public init(_ name: String, _ sent: FormFields?, initial: String = "") {
        self.name = name
        if let sent {
            func part(_ part: String) -> String { String((sent["\(name)-\(part)"] ?? "").trimmed.prefix(4)) }
            (day, month, year) = (part("day"), part("month"), part("year"))
        } else if let date = LocalDate(initial) {
            let (y, m, d) = date.civil
            (day, month, year) = (String(d), String(m), String(y))
        } else {
            (day, month, year) = ("", "", "")
        }
    }

    /// What was typed, as an answer: nothing, a day such as 2026-03-31, or a text that is none.
    public var typed: [String] {
        if day.isEmpty && month.isEmpty && year.isEmpty { return [] }
        return [date.map { $0.description } ?? "\(year)-\(month)-\(day)"]
    }

    /// The day, or nil when there is none such.
    public var date: LocalDate? {
        guard let d = Int(day), let m = Int(month), let y = Int(year), year.utf8.count == 4 else { return nil }
        return LocalDate(year: y, month: m, day: d)
    }

    /// The boxes with their legend.
    public func html(_ legend: String, hint: String?, _ error: ErrorMessage?) -> Html {
        let items = [("day", day, "2"), ("month", month, "2"), ("year", year, "4")].map { part, value, width in
            // The first box has the id of the question, to which the summary of errors leads.
            DateInput.Item(
                name: part, id: part == "day" ? name : "\(name)-\(part)", value: value.isEmpty ? nil : value,
                autocomplete: "off", classes: "govuk-input--width-\(width)")
        }
        return DateInput(
            id: "\(name)-group", namePrefix: name, items: items,
            fieldset: Fieldset(legend: .init(text: .text(legend), classes: "govuk-fieldset__legend--s")),
            hint: Hint(text: .text(hint ?? "For example, 27 3 2026")), errorMessage: error
        ).html
    }
}
