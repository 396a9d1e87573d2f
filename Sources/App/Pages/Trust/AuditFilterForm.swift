internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// The controls by which the audit is narrowed.
struct AuditFilterForm {
    let query: AuditQuery
    let partnership: PartnershipDefinition

    var html: Html {
        FilterPanel(action: "/trust/audit", chosen: chosen, clearHref: "/trust/audit", controls: controls).html
    }

    private var chosen: [FilterPanel.Chosen] {
        let titles = [
            ("person", "Record"), ("account", "Account"), ("agency", "Agency"), ("act", "What was done"),
            ("outcome", "How it ended"), ("from", "From"), ("until", "Until"),
        ]
        return titles.map { name, title in
            let values = query.fields.all(name).map {
                FilterPanel.Chosen.Value(shown($0, of: name), removeHref: query.without(name, $0))
            }
            return FilterPanel.Chosen(title, values)
        }
    }

    private func shown(_ value: String, of name: String) -> String {
        switch name {
        case "act": AuditAct(rawValue: value)?.inWords ?? value
        case "outcome": AuditOutcome(rawValue: value)?.inWords ?? value
        case "agency": Code<Agency>(value).map { partnership.name(of: $0) } ?? value
        case "from", "until": BritishDate.day(value)?.inWords ?? value
        default: value
        }
    }

    private var controls: Html {
        """
        \(text("from", "From", "For example, 27/3/2026", width: "10"))
        \(text("until", "Until", "For example, 31/3/2026", width: "10"))
        \(text("person", "Reference of the record or person", "As it stands in the list", width: "20"))
        \(text("account", "Reference of the account", "As it stands in the list", width: "20"))
        \(Select(name: "agency", label: "Agency", items: agencies, value: query.typed("agency") ?? "",
            errorMessage: query.errors.message("agency")))
        \(Select(name: "outcome", label: "How it ended", items: outcomes, value: query.typed("outcome") ?? ""))
        \(Details(summary: "What was done", content: .html(acts), isOpen: !query.filter.acts.isEmpty))
        """
    }

    private func text(_ name: String, _ label: String, _ hint: String, width: String) -> Input {
        Input(
            name: name, label: Label(text: .text(label)), hint: Hint(text: .text(hint)),
            errorMessage: query.errors.message(name), value: query.fields[name], checksSpelling: false,
            classes: "govuk-input--width-\(width)")
    }

    private var agencies: [Select.Item] {
        [Select.Item(value: "", text: "Any agency")]
            + partnership.agencies.map { Select.Item(value: $0.code.text, text: $0.name) }
    }

    private var outcomes: [Select.Item] {
        [Select.Item(value: "", text: "Any")]
            + AuditOutcome.allCases.map { Select.Item(value: $0.rawValue, text: $0.inWords) }
    }

    private var acts: Html {
        let values = query.filter.acts.map(\.rawValue)
        return Html.joined(
            AuditAct.groups.enumerated().map { place, group in
                Checkboxes(
                    name: "act",
                    items: group.acts.map { .item(.init(value: $0.rawValue, text: .text($0.inWords))) },
                    values: values, idPrefix: "act-\(place + 1)",
                    fieldset: Fieldset(
                        legend: .init(text: .text(group.title), classes: "govuk-fieldset__legend--s")),
                    classes: "govuk-checkboxes--small"
                ).html
            })
    }
}
