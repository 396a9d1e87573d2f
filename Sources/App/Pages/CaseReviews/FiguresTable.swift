internal import CaseReview
internal import DesignSystem
internal import HTML

/// The four figures of a year, and of several, as tables.
enum FiguresTable {
    /// What the Act asks to be published (s.104(9)), and what each figure counts.
    static func rows(_ figures: CaseReviewFigures) -> [(name: String, meaning: String, count: Int)] {
        [
            ("Applications", "Applications for a case review that were made.", figures.applications),
            (
                "Threshold not met",
                "Times that the bodies decided that the threshold was not met, also where they reviewed all the same.",
                figures.thresholdNotMet
            ),
            ("Reviews", "Case reviews that were carried out.", figures.reviews),
            (
                "Reviews with recommendations", "Case reviews that resulted in recommendations being made.",
                figures.reviewsWithRecommendations
            ),
        ]
    }

    /// One year: each figure with what it counts.
    static func one(_ figures: CaseReviewFigures) -> Html {
        SortableTable(
            id: "figures", caption: "Figures for \(figures.year.name)",
            columns: [.init("Figure"), .init("What it counts"), .init("Number", isNumeric: true)],
            rows: rows(figures).map { [.text($0.name), .text($0.meaning), .text(String($0.count))] },
            address: { _, _ in "#figures" }
        ).html
    }

    /// Why small numbers are printed whole.
    static let smallNumbers = """
        The numbers are small, and are printed whole because the law asks for them. They tell nothing about anybody, and a \
        change by one or two from a year to the next says little.
        """

    /// How the procedures decide what is counted.
    static let definition = """
        Anti-social Behaviour, Crime and Policing Act 2014, section 104(9): the number of applications, of times that the \
        threshold was not met, of reviews carried out, and of reviews that resulted in recommendations.
        """
}
