extension FigureMeaning {
    private static let ratcliffe =
        "Ratcliffe (2000), International Journal of Geographical Information Science 14, 669–679: aoristic analysis."

    static let time: [Entry] =
        table(
            ["B5.weekday", "B5.band", "B5.weekdayBand"],
            [
                ("weekday", .init(.label, "The day of the week.", "", unit: "")),
                ("band", .init(.label, "The three hours, UK time.", "", unit: "")),
                (
                    "count",
                    .init(
                        .sum, "Incidents at these times in the period.",
                        "The number of incidents; one that lies somewhere between two times adds to each hour its part of the "
                            + "interval.", method: ratcliffe)
                ),
                (
                    "share",
                    .init(
                        .derived, "These incidents as a part of all with a known time.",
                        "Count ÷ the sum of counts × 100.",
                        unit: "per cent", method: ratcliffe)
                ),
            ])
        + table(
            ["B5.month"],
            [
                ("month", .init(.label, "The month.", "", unit: "")),
                ("count", .init(.sum, "Incidents in the area in the month.", "The number of incidents.")),
                (
                    "earlierMean",
                    .init(
                        .derived, "The mean of the same month of earlier years.",
                        "The sum of those months’ counts ÷ their number, months without records left out.")
                ),
                (
                    "changePercent",
                    .init(
                        .derived, "The month against the mean of earlier years.", "(Count − mean) ÷ mean × 100.",
                        unit: "per cent")
                ),
                ("count ", .init(.sum, "Incidents in the same month of an earlier year.", "The number of incidents.")),
            ])
}
