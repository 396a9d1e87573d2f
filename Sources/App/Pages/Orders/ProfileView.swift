internal import DesignSystem
internal import Enforcement
internal import HTML
internal import Kernel

/// Who is made subject to orders, by age, sex and ethnic group, as far as it is recorded: to see whether some are made
/// subject to them more than others. Small counts are always kept back.
enum ProfileView {
    static func html(_ profile: OrderProfile, in period: String) -> Html {
        """
        <h2 class="govuk-heading-m">Who was made subject to orders</h2>
        <p class="govuk-body">Orders about persons made in \(period). Small counts are kept back as “c”. A difference between \
        groups is a question to ask, not an answer.</p>
        \(table("ages", "By age on the day it was made", profile.ages))
        \(table("sexes", "By sex", profile.sexes))
        \(table("groups", "By ethnic group", profile.ethnicGroups))
        """
    }

    private static func table(_ id: String, _ caption: String, _ table: OrderProfile.Table) -> Html {
        let rows = table.rows.map { [Content.text($0.name), .text($0.count.inWords)] }
        let all: [[Content]] = [[.text("All"), .text(table.total.inWords)]]
        return SortableTable(
            id: id, caption: caption, captionClasses: "govuk-table__caption--s",
            columns: [.init("Group"), .init("Orders", isNumeric: true)], rows: rows + all,
            address: { _, _ in "/orders/report" }
        ).html
    }
}
