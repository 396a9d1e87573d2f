internal import Assessment
internal import DesignSystem
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Choosing area, group and months of what is shown.
enum FilterForm {
    /// What the address asks for. Values that are none are left out.
    static func filter(_ visit: Visit) -> AssessmentFilter {
        let query = visit.request.query
        func value(_ name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : $0 } }
        var period: MonthRange?
        if let from = value("months-from").flatMap({ Month($0) }), let to = value("months-to").flatMap({ Month($0) }) {
            period = MonthRange(from: from, to: to)
        }
        return AssessmentFilter(area: value("area"), group: value("group"), period: period)
    }

    /// The filter as the end of an address.
    static func query(_ filter: AssessmentFilter) -> String {
        guard !filter.isEmpty else { return "" }
        var fields = FormFields()
        if let area = filter.area { fields.add("area", area) }
        if let group = filter.group { fields.add("group", group) }
        if let period = filter.period {
            fields.add("months-from", period.first.description)
            fields.add("months-to", period.last.description)
        }
        return "?" + fields.encoded
    }

    static func html(_ stored: StoredAssessment, _ filter: AssessmentFilter, action: String) -> Html {
        let choices = AssessmentChoices(stored.assessment)
        func items(_ first: String, _ list: [AssessmentChoices.Choice], _ chosen: String?) -> [Select.Item] {
            [.init(value: "", text: first)]
                + list.map { .init(value: $0.value, text: $0.title, isSelected: $0.value == chosen) }
        }
        func months(_ first: String, _ chosen: Month?) -> [Select.Item] {
            [.init(value: "", text: first)]
                + choices.months.map { .init(value: $0.description, text: $0.inWords, isSelected: $0 == chosen) }
        }
        return """
            <form class="concord-filter" method="get" action="\(href: action)" aria-label="What is shown">
            <div class="concord-filter__form">
            \(Select(name: "area", label: .init(text: "Area"), items: items("All areas", choices.wards + choices.smallAreas, filter.area)))
            \(Select(name: "group", label: .init(text: "Group or category"), items: items("All groups", choices.groups + choices.categories, filter.group)))
            \(Select(name: "months-from", label: .init(text: "From"), items: months("First month", filter.period?.first)))
            \(Select(name: "months-to", label: .init(text: "To"), items: months("Last month", filter.period?.last)))
            \(Button(text: "Show", classes: "govuk-button--secondary"))
            </div>
            \(if: !filter.isEmpty, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: action)\">Show everything</a></p>")
            </form>
            """
    }
}
