extension FigureMeaning {
    private static let garwood = "Garwood (1936), Biometrika 28, 437–442: exact limits of a Poisson mean."
    private static let conditional =
        "Przyborowski and Wilenski (1940), Biometrika 31, 313–323: exact conditional test of two Poisson counts."
    private static let fayFeuer =
        "Fay and Feuer (1997), Statistics in Medicine 16, 791–801: gamma interval of a weighted sum of Poisson counts."
    private static let harmIndex =
        "Sherman, Neyroud and Neyroud (2016), Policing 10, 171–183: harm as days of the sentencing starting point."

    static let level: [Entry] =
        table(
            ["B1.level"],
            [
                ("category", .init(.label, "The category, as the source names it.", "", unit: "")),
                (
                    "count",
                    .init(.sum, "Incidents of the category in the area in the period.", "The number of incidents.")
                ),
                (
                    "previous",
                    .init(
                        .sum, "Incidents of the category in the area in the earlier period.", "The number of incidents."
                    )
                ),
                (
                    "change",
                    .init(.sum, "How many more or fewer incidents than in the earlier period.", "Count − previous.")
                ),
                (
                    "changePercent",
                    .init(
                        .derived, "The change against the earlier period.", "(Count − previous) ÷ previous × 100.",
                        unit: "per cent"
                    )
                ),
                ("population", residents),
                ("ratePer1000", rate),
                (
                    "rank",
                    .init(
                        .derived, "Which place the area’s rate takes among the areas compared, 1 the highest.",
                        "The rates of the category of all areas compared, in falling order; equal rates share the better place.",
                        unit: "rank")
                ),
                (
                    "of",
                    .init(
                        .derived, "How many areas are compared.", "The number of areas with residents and records.",
                        unit: "areas")
                ),
                (
                    "regionRatePer1000",
                    .init(
                        .derived, "The rate of all areas compared together.",
                        "Incidents of all areas compared ÷ residents of all of them × 1,000.",
                        unit: "incidents per 1,000 residents")
                ),
                (
                    "gap",
                    .init(
                        .derived, "How far the area’s rate lies from that of all areas compared.",
                        "Rate − the region’s rate.",
                        unit: "incidents per 1,000 residents")
                ),
                (
                    "rateLow",
                    .init(
                        .derived, "The lower limit of the rate’s 95 % interval.",
                        "The lower exact limit of the count ÷ residents × 1,000.",
                        unit: "incidents per 1,000 residents",
                        method: garwood)
                ),
                (
                    "rateHigh",
                    .init(
                        .derived, "The upper limit of the rate’s 95 % interval.",
                        "The upper exact limit of the count ÷ residents × 1,000.",
                        unit: "incidents per 1,000 residents",
                        method: garwood)
                ),
                (
                    "changeP",
                    .init(
                        .derived, "How likely a change at least this large is if the true level had not changed.",
                        "Given the sum of both counts, the count of the period is binomial: the two-sided exact p.",
                        unit: "probability",
                        method: conditional)
                ),
                (
                    "likeForLikeCount",
                    .init(
                        .sum, "Incidents of the period in the months that both periods cover.",
                        "The number of incidents.")
                ),
                (
                    "likeForLikePrevious",
                    .init(
                        .sum, "Incidents of the earlier period in the months that both periods cover.",
                        "The number of incidents.")
                ),
                (
                    "likeForLikeChangePercent",
                    .init(
                        .derived, "The change over the months that both periods cover.",
                        "(Like for like − like for like, previous) ÷ like for like, previous × 100.", unit: "per cent")
                ),
            ]) + offences + harm

    private static let offences: [Entry] =
        table(
            ["B1.months"],
            [
                ("month", .init(.label, "The month.", "", unit: "")),
                ("category", .init(.label, "The category.", "", unit: "")),
                (
                    "count",
                    .init(.sum, "Incidents of the category in the area in the month.", "The number of incidents.")
                ),
            ])
        + table(
            ["B1.offences"],
            [
                ("category", .init(.label, "The category.", "", unit: "")),
                ("offence", .init(.label, "The offence’s code, or the minor category.", "", unit: "")),
                ("title", .init(.label, "The offence.", "", unit: "")),
                (
                    "count",
                    .init(.sum, "Incidents of the offence in the area in the period.", "The number of incidents.")
                ),
                (
                    "previous",
                    .init(
                        .sum, "Incidents of the offence in the area in the earlier period.", "The number of incidents.")
                ),
                (
                    "change",
                    .init(.sum, "How many more or fewer incidents than in the earlier period.", "Count − previous.")
                ),
                (
                    "changePercent",
                    .init(
                        .derived, "The change against the earlier period.", "(Count − previous) ÷ previous × 100.",
                        unit: "per cent"
                    )
                ),
            ])

    private static let harm: [Entry] = table(
        ["B2.harm"],
        [
            ("category", .init(.label, "The category.", "", unit: "")),
            (
                "countPrevious",
                .init(.sum, "Incidents of the category in the area in the earlier period.", "The number of incidents.")
            ),
            ("count", .init(.sum, "Incidents of the category in the area in the period.", "The number of incidents.")),
            ("harmPrevious", days("The harm of the category in the earlier period.", "its weight")),
            ("harm", days("The harm of the category in the period.", "its weight")),
            (
                "difference",
                .init(
                    .sum, "How much more or less harm than in the earlier period.", "Harm − harm, previous.",
                    unit: "days",
                    method: harmIndex)
            ),
            (
                "differencePercent",
                .init(
                    .derived, "The change of harm against the earlier period.",
                    "(Harm − harm, previous) ÷ harm, previous × 100.", unit: "per cent", method: harmIndex)
            ),
            ("harmLow", days("The least harm that the records can stand for.", "the lowest weight of its code")),
            ("harmHigh", days("The most harm that the records can stand for.", "the highest weight of its code")),
            (
                "intervalLow",
                .init(
                    .derived, "The lower limit of the harm’s 95 % interval.", "The harm as a compound Poisson sum.",
                    unit: "days", method: fayFeuer)
            ),
            (
                "intervalHigh",
                .init(
                    .derived, "The upper limit of the harm’s 95 % interval.", "The harm as a compound Poisson sum.",
                    unit: "days", method: fayFeuer)
            ),
            (
                "unweighted",
                .init(
                    .sum, "Incidents of the period for which the set of weights has no weight.",
                    "The number of incidents.")
            ),
        ])

    // MARK: - Shared

    static let residents = FigureMeaning(
        .elsewhere, "Residents of the area, from the population files.",
        "The mid-year estimate of the year nearest to the middle of the period.", unit: "residents")

    static let rate = FigureMeaning(
        .derived, "Incidents for every thousand residents.", "Count ÷ residents × 1,000.",
        unit: "incidents per 1,000 residents")

    static func days(_ counts: String, _ weight: String) -> FigureMeaning {
        FigureMeaning(
            .sum, counts, "The sum over incidents of \(weight) in days, in whole hundredths.", unit: "days",
            method: harmIndex)
    }

    static func table(_ tables: [String], _ columns: [(String, FigureMeaning)]) -> [Entry] {
        columns.map { Entry(tables, $0.0, $0.1) }
    }
}
