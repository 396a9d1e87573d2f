extension FigureMeaning {
    private static let records = "records"
    private static let killick =
        "Killick, Fearnhead and Eckley (2012), Journal of the American Statistical Association 107, 1590–1598: PELT."

    static let quality: [Entry] =
        table(
            ["A2.sources"],
            [
                ("source", .init(.label, "The source.", "", unit: "")),
                (
                    "files",
                    .init(.elsewhere, "Files of the source with records in use.", "Their number.", unit: "files")
                ),
                (
                    "rows",
                    .init(
                        .sum, "Records of the source, of all areas and months.", "The number of rows in use.",
                        unit: records)
                ),
                ("incidents", .init(.sum, "What these records stand for.", "The sum of the rows’ counts.")),
                ("first", .init(.label, "The first month held.", "", unit: "")),
                ("last", .init(.label, "The last month held.", "", unit: "")),
                ("months", .init(.elsewhere, "Months that the source covers.", "Their number.", unit: "months")),
                (
                    "gaps",
                    .init(.elsewhere, "Months missing between the first and the last.", "Their number.", unit: "months")
                ),
            ])
        + table(
            ["A2.completeness"],
            [
                ("source", .init(.label, "The source.", "", unit: "")),
                ("field", .init(.label, "The field.", "", unit: "")),
                ("rows", .init(.sum, "Records of the source.", "The number of rows in use.", unit: records)),
                ("filled", .init(.sum, "Records in which the field is filled.", "The number of rows.", unit: records)),
                (
                    "percent",
                    .init(
                        .derived, "The part of records in which the field is filled.", "Filled ÷ records × 100.",
                        unit: "per cent")
                ),
            ])
        + table(
            ["A2.duplicates"],
            [
                ("source", .init(.label, "The source.", "", unit: "")),
                ("kind", .init(.label, "What is repeated.", "", unit: "")),
                (
                    "rows",
                    .init(
                        .sum, "Rows that repeat an earlier one.", "All such rows but the first of each.", unit: records)
                ),
                ("treatment", .init(.label, "What is done with them.", "", unit: "")),
            ])
        + table(
            ["A2.vintage"],
            [
                ("source", .init(.label, "The source.", "", unit: "")),
                ("month", .init(.label, "The month.", "", unit: "")),
                ("unchanged", .init(.sum, "Incidents whose LSOA code both censuses know.", "The number of incidents.")),
                (
                    "only2011",
                    .init(.sum, "Incidents whose LSOA code only the census of 2011 knows.", "The number of incidents.")
                ),
                (
                    "only2021",
                    .init(.sum, "Incidents whose LSOA code only the census of 2021 knows.", "The number of incidents.")
                ),
                ("unknown", .init(.sum, "Incidents whose LSOA code neither knows.", "The number of incidents.")),
                (
                    "percent2021",
                    .init(
                        .derived, "Incidents whose code the census of 2021 knows, as a part of all.",
                        "(In both + 2021 only) ÷ all × 100.", unit: "per cent")
                ),
            ])
        + table(
            ["A2.areas"],
            [
                ("source", .init(.label, "The source.", "", unit: "")),
                ("inArea", .init(.sum, "Incidents of the period in the area assessed.", "The number of incidents.")),
                (
                    "compared",
                    .init(
                        .sum, "Incidents of the period in areas that it is compared with.", "The number of incidents.")
                ),
                ("elsewhere", .init(.sum, "Incidents of the period in other known areas.", "The number of incidents.")),
                (
                    "unknown",
                    .init(.sum, "Incidents of the period in an area that no look-up knows.", "The number of incidents.")
                ),
                ("noLocation", .init(.sum, "Incidents of the period without location.", "The number of incidents.")),
            ]) + reconciliation

    private static let reconciliation: [Entry] =
        table(
            ["A2.reconciliation"],
            [
                ("area", .init(.label, "The area.", "", unit: "")),
                ("source", .init(.label, "The source.", "", unit: "")),
                ("from", .init(.label, "The first month in common.", "", unit: "")),
                ("to", .init(.label, "The last month in common.", "", unit: "")),
                (
                    "months",
                    .init(.elsewhere, "Months that all sources of the subject cover.", "Their number.", unit: "months")
                ),
                (
                    "count",
                    .init(.sum, "Incidents of the area in the source in these months.", "The number of incidents.")
                ),
                ("difference", .init(.derived, "Against the source with the most.", "Count − the largest count.")),
                (
                    "differencePercent",
                    .init(
                        .derived, "Against the source with the most.", "(Count − the largest) ÷ the largest × 100.",
                        unit: "per cent")
                ),
            ])
        + table(
            ["A2.months"],
            [
                ("source", .init(.label, "The source.", "", unit: "")),
                ("month", .init(.label, "The month.", "", unit: "")),
                ("finding", .init(.label, "What is out of line.", "", unit: "")),
                (
                    "count",
                    .init(.sum, "Incidents of the source in the month, of all areas.", "The number of incidents.")
                ),
                (
                    "usual",
                    .init(
                        .derived, "What is usual around the month.",
                        "The median of up to three months held on either side.")
                ),
            ])
        + table(
            ["A2.breaks"],
            [
                ("source", .init(.label, "The source.", "", unit: "")),
                ("category", .init(.label, "The category.", "", unit: "")),
                ("month", .init(.label, "From which month the level is another.", "", unit: "")),
                (
                    "before",
                    .init(
                        .derived, "The monthly mean before.", "The sum ÷ months, back to the break before.",
                        method: killick)
                ),
                (
                    "after",
                    .init(
                        .derived, "The monthly mean after.", "The sum ÷ months, up to the next break.", method: killick)
                ),
                (
                    "changePercent",
                    .init(
                        .derived, "The change of level.", "(After − before) ÷ before × 100.", unit: "per cent",
                        method: killick)
                ),
            ])
        + table(
            ["A2.rejects"],
            [
                ("reason", .init(.label, "Why.", "", unit: "")),
                (
                    "count",
                    .init(
                        .elsewhere, "Rows or values that could not be used for the reason.",
                        "Their number. Each stands in the rejects file.", unit: "rows or values")
                ),
                ("treatment", .init(.label, "What was done with them.", "", unit: "")),
            ])
}
