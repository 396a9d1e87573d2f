extension FigureMeaning {
    private static let ordGetis =
        "Ord and Getis (1995), Geographical Analysis 27, 286–306: the local statistic Gi*, the area itself included."
    private static let discovery =
        "Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289–300: false discovery rate."
    private static let bernasco =
        "Bernasco and Steenbeek (2017), Journal of Quantitative Criminology 33, 449–467: generalised Gini."

    static let places: [Entry] =
        table(
            ["B3.wards", "B3.lsoas"],
            [
                ("code", .init(.label, "The area’s code.", "", unit: "")),
                ("name", .init(.label, "The area.", "", unit: "")),
                ("count", .init(.sum, "Incidents in the place in the period.", "The number of incidents.")),
                ("ratePer1000", rate), ("harm", days("The harm in the place in the period.", "its weight")),
                (
                    "rank",
                    .init(
                        .derived, "Which place it takes by count among the places of the table, 1 the highest.",
                        "The counts in falling order; equal counts share the better place.", unit: "rank")
                ),
                (
                    "rank ",
                    .init(
                        .derived, "Which place it took by count in an earlier period.",
                        "The counts of that period in falling order; equal counts share the better place.", unit: "rank"
                    )
                ),
                ("population", residents), ("borough", .init(.label, "The borough.", "", unit: "")),
                ("ward", .init(.label, "The ward.", "", unit: "")),
                ("harmLow", days("The least harm that the records can stand for.", "the lowest weight of its code")),
                ("harmHigh", days("The most harm that the records can stand for.", "the highest weight of its code")),
            ])
        + table(
            ["B3.overlap"],
            [
                ("code", .init(.label, "The area’s code.", "", unit: "")),
                ("name", .init(.label, "The area.", "", unit: "")),
                ("groups", .init(.label, "The offence groups in whose top list the area stands.", "", unit: "")),
                (
                    "number",
                    .init(
                        .derived, "In how many offence groups’ top lists the area stands.",
                        "For each group, the areas in falling order of its count, cut off after the length of the list.",
                        unit: "offence groups")
                ),
            ]) + concentration

    private static let concentration: [Entry] = table(
        ["B3.concentration"],
        [
            ("measure", .init(.label, "Incidents (count) or harm.", "", unit: "")),
            ("share", .init(.label, "The share of incidents or harm that is looked for.", "", unit: "per cent")),
            (
                "places",
                .init(
                    .derived, "The fewest small areas that together hold at least the share.",
                    "Areas in falling order, added up until the share is reached.", unit: "small areas")
            ),
            (
                "of",
                .init(.elsewhere, "All small areas, with and without incidents.", "Their number.", unit: "small areas")
            ),
            (
                "sharePlaces",
                .init(.derived, "These areas as a part of all.", "Places ÷ all small areas × 100.", unit: "per cent")
            ),
            (
                "gini",
                .init(
                    .derived, "How unequally areas are affected: 0 all alike, near 1 all in one.",
                    "Half the mean absolute difference between two areas ÷ the mean.", unit: "0 to 1",
                    method: "Gini (1912), Variabilità e mutabilità.")
            ),
            (
                "generalisedGini",
                .init(
                    .derived, "The Gini coefficient, allowing for there being fewer incidents than areas.",
                    "max(1, areas ÷ incidents) × (Gini − 1) + 1.",
                    unit: "0 to 1", method: bernasco)
            ),
        ])

    static let hotspots: [Entry] = table(
        ["B3.hotspots"],
        [
            ("code", .init(.label, "The area’s code.", "", unit: "")),
            ("name", .init(.label, "The area.", "", unit: "")),
            (
                "count",
                .init(.sum, "Incidents of the table’s topic in the area in the period.", "The number of incidents.")
            ),
            (
                "z",
                .init(
                    .derived, "How far the incidents of the area and its neighbours lie above what is usual.",
                    "Gi*: (the sum over the area and its queen neighbours − what the mean of all areas gives) ÷ its standard "
                        + "deviation.", unit: "standard deviations", method: ordGetis)
            ),
            (
                "p",
                .init(
                    .derived, "The probability of so high a value, taken from the normal distribution.",
                    "The probability that a standard normal value is at least Gi*.", unit: "probability",
                    method: ordGetis)
            ),
            (
                "pExact",
                .init(
                    .derived, "The probability that areas drawn at random hold at least as many incidents.",
                    "Of all ways to draw as many areas without replacement, the share with a sum at least as high.",
                    unit: "probability", method: ordGetis)
            ),
            (
                "qExact",
                .init(
                    .derived, "The share of false discoveries if every area at least as clear is called a hotspot.",
                    "p (exact) × areas ÷ its rank among them, never more than that of a less clear area.",
                    unit: "share",
                    method: discovery)
            ),
            (
                "hotspot",
                .init(
                    .derived, "Whether the area is a hotspot.", "Yes when q (exact) is at most 0.05.",
                    unit: "yes or no",
                    method: discovery)
            ),
        ])
}
