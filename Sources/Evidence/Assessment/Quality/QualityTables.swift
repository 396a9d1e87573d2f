public import Geography
internal import Kernel
public import Records
internal import Statistics

/// A2: what is missing, repeated, out of place or changed in the records.
public struct QualityTables {
    private let records: RecordSet
    private let vintage: LSOAVintage?

    /// The quality of a set of records.
    /// - Parameter vintage: which census sets hold an LSOA code; nil when no look-up says.
    public init(_ records: RecordSet, vintage: LSOAVintage?) {
        self.records = records
        self.vintage = vintage
    }

    private var all: [RecordTable] { records.incidents + records.outcomes + records.people }

    /// The tables that need no area: sources, completeness, repeats, months, breaks, rejects.
    public func tables() -> [AssessmentTable] {
        [sources(), completeness(), repeats(), vintages(), months(), breaks(), rejects()].compactMap { $0 }
    }

    private func sources() -> AssessmentTable {
        let rows: [[AssessmentTable.Cell]] = all.map { table in
            let months = table.months
            let gaps = zip(months, months.dropFirst()).reduce(0) { $0 + Int($1.1.index - $1.0.index) - 1 }
            return [
                .text(table.source.title), .integer(Set(table.file).count), .integer(table.rowCount),
                .integer(table.total), months.first.map { .text($0.description) } ?? .missing,
                months.last.map { .text($0.description) } ?? .missing, .integer(months.count), .integer(gaps),
            ]
        }
        return AssessmentTable(
            id: "A2.sources", title: "Sources",
            columns: [
                .init("source", "Source"), .init("files", "Files", .count), .init("rows", "Records read", .count),
                .init("incidents", "Counted", .count), .init("first", "First month"), .init("last", "Last month"),
                .init("months", "Months held", .count), .init("gaps", "Months missing between", .count),
            ], rows: rows,
            notes: records.notes
                + ["One record may stand for several incidents of the same area, month and kind (a count)."])
    }

    private func completeness() -> AssessmentTable {
        var rows: [[AssessmentTable.Cell]] = []
        for table in all {
            for (field, filled) in QualityTables.filled(table) {
                rows.append([
                    .text(table.source.title), .text(field), .integer(table.rowCount), .integer(filled),
                    .number(table.rowCount > 0 ? Double(filled) / Double(table.rowCount) * 100 : nil),
                ])
            }
        }
        return AssessmentTable(
            id: "A2.completeness", title: "Completeness by field",
            columns: [
                .init("source", "Source"), .init("field", "Field"), .init("rows", "Records", .count),
                .init("filled", "Filled", .count), .init("percent", "Filled %", .percent(signed: false)),
            ], rows: rows)
    }

    private static func filled(_ table: RecordTable) -> [(field: String, filled: Int)] {
        fields(table).map { field, isFilled in (field, (0..<table.rowCount).count(where: isFilled)) }
    }

    /// Whether a field of a row is filled; nil when the table has no such field.
    static func filling(_ table: RecordTable, field: String) -> (@Sendable (Int) -> Bool)? {
        fields(table).first { $0.field == field }?.isFilled
    }

    private static func fields(_ table: RecordTable) -> [(field: String, isFilled: @Sendable (Int) -> Bool)] {
        var fields: [(String, @Sendable (Int) -> Bool)] = []
        func codes(_ name: String, _ values: [Int32]) {
            if !values.isEmpty { fields.append((name, { values[$0] >= 0 })) }
        }
        if !table.identifier.isEmpty { fields.append(("identifier", { table.identifier[$0] != 0 })) }
        if !table.from.isEmpty { fields.append(("time", { table.from[$0] != .min })) }
        if !table.longitude.isEmpty { fields.append(("coordinates", { !table.longitude[$0].isNaN })) }
        codes("LSOA", table.lsoa)
        codes("ward", table.ward)
        codes("borough", table.borough)
        codes("offence", table.offence)
        for (name, values) in zip(table.attributeNames, table.attributes) { codes(name, values) }
        return fields
    }

    private func repeats() -> AssessmentTable {
        var rows: [[AssessmentTable.Cell]] = []
        for table in all {
            func row(_ kind: String, _ count: Int, _ treatment: String) {
                rows.append([.text(table.source.title), .text(kind), .integer(count), .text(treatment)])
            }
            if !table.rowHash.isEmpty {
                let repeated = QualityTables.repeats(table.rowHash)
                let anonymous = QualityTables.repeats(
                    zip(table.rowHash, table.identifier.isEmpty ? table.rowHash.map { _ in 0 } : table.identifier)
                        .filter { $1 == 0 }.map(\.0))
                row(QualityTables.sameAnonymous, anonymous, "kept: separate incidents can look alike")
                row(QualityTables.sameNamed, repeated - anonymous, "kept, unless counted once below")
            }
            if !table.identifier.isEmpty {
                let repeated = QualityTables.repeats(table.identifier.filter { $0 != 0 })
                row(QualityTables.sameIdentifier, repeated, "kept")
                if let once = records.countedOnce[table.source.id] {
                    row("identifier repeated at the same place with the same category", once, "counted once")
                }
            }
        }
        return AssessmentTable(
            id: "A2.duplicates", title: "Repeated records",
            columns: [
                .init("source", "Source"), .init("kind", "Kind"), .init("rows", "Rows beyond the first", .count),
                .init("treatment", "Treatment"),
            ], rows: rows)
    }

    private static func repeats(_ hashes: [UInt64]) -> Int { hashes.count - Set(hashes).count }

    private static let sameAnonymous = "identical rows without identifier"
    private static let sameNamed = "identical rows with identifier"
    private static let sameIdentifier = "identifier repeated with another category or place"

    /// The rows that a row of the table of repeats counts; nil when they are not among the records any more.
    static func repeated(_ table: RecordTable, kind: String) -> [Int]? {
        let rows = 0..<table.rowCount
        func isAnonymous(_ row: Int) -> Bool { table.identifier.isEmpty || table.identifier[row] == 0 }
        var seen = Set<UInt64>()
        switch kind {
        case sameAnonymous:
            return rows.filter { isAnonymous($0) && !seen.insert(table.rowHash[$0]).inserted }
        case sameNamed:
            seen = Set(rows.filter(isAnonymous).map { table.rowHash[$0] })
            return rows.filter { !isAnonymous($0) && !seen.insert(table.rowHash[$0]).inserted }
        case sameIdentifier:
            return rows.filter { !isAnonymous($0) && !seen.insert(table.identifier[$0]).inserted }
        default: return nil
        }
    }

    private func vintages() -> AssessmentTable? {
        guard let vintage else { return nil }
        var rows: [[AssessmentTable.Cell]] = []
        for table in all where !table.lsoa.isEmpty {
            let kinds = table.lsoas.map { VintageLookup.name(of: vintage.vintage(of: $0)) }
            var counts: [Int32: [String: Int]] = [:]
            for row in 0..<table.rowCount where table.lsoa[row] >= 0 {
                counts[table.month[row], default: [:]][kinds[Int(table.lsoa[row])], default: 0] +=
                    Int(table.count[row])
            }
            for (month, kinds) in counts.sorted(by: { $0.key < $1.key }) where month != .min {
                let total = kinds.values.reduce(0, +)
                rows.append(
                    [.text(table.source.title), .text(Month(index: month).description)]
                        + ["unchanged", "2011 only", "2021 only", "unknown"].map { .integer(kinds[$0] ?? 0) }
                        + [.number(Double((kinds["unchanged"] ?? 0) + (kinds["2021 only"] ?? 0)) / Double(total) * 100)]
                )
            }
        }
        guard !rows.isEmpty else { return nil }
        return AssessmentTable(
            id: "A2.vintage", title: "Census of the LSOA codes",
            columns: [
                .init("source", "Source"), .init("month", "Month"), .init("unchanged", "In both", .count),
                .init("only2011", "2011 only", .count), .init("only2021", "2021 only", .count),
                .init("unknown", "In neither", .count), .init("percent2021", "In 2021 set", .percent(signed: false)),
            ], rows: rows,
            notes: [
                "Codes of the two censuses are often mixed inside one month. Each record keeps its own code and is counted in "
                    + "the smallest area to which it belongs with certainty."
            ])
    }

    private func months() -> AssessmentTable? {
        let found = records.incidents.flatMap(MonthChecks.findings)
        guard !found.isEmpty else { return nil }
        return AssessmentTable(
            id: "A2.months", title: "Months missing, cut short or out of line",
            columns: [
                .init("source", "Source"), .init("month", "Month"), .init("finding", "Finding"),
                .init("count", "Count", .count), .init("usual", "Usual", .decimal(0)),
            ],
            rows: found.map {
                [
                    .text($0.source), .text($0.month.description), .text($0.finding), .integer($0.count),
                    .number($0.usual),
                ]
            },
            notes: [
                "“Usual” is the median of up to six neighbouring months. A low month may be real (lockdown) or a file cut "
                    + "short; a month whose records stop early is cut short."
            ])
    }

    private func breaks() -> AssessmentTable? {
        var rows: [[AssessmentTable.Cell]] = []
        for table in records.incidents {
            for found in MonthChecks.breaks(table) {
                rows.append([
                    .text(table.source.title), .text(found.category), .text(found.month.description),
                    .number(found.before), .number(found.after),
                    .number(percentChange(from: found.before, to: found.after)),
                ])
            }
        }
        guard !rows.isEmpty else { return nil }
        return AssessmentTable(
            id: "A2.breaks", title: "Lasting changes of level",
            columns: [
                .init("source", "Source"), .category, .init("month", "From"),
                .init("before", "Monthly mean before", .decimal(1)), .init("after", "Monthly mean after", .decimal(1)),
                .init("changePercent", "Change %", .percent(signed: true)),
            ], rows: rows,
            notes: [
                "Change points of the monthly series (PELT, Killick and others 2012), kept where the level moves by at least "
                    + "a quarter for at least six months on either side. A break may be a change of recording practice or of "
                    + "crime: ask the source before comparing across it."
            ])
    }

    private func rejects() -> AssessmentTable {
        var rows: [[AssessmentTable.Cell]] = []
        for (reason, count) in records.rejectedRows.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            rows.append([.text(reason), .integer(count), .text("row rejected")])
        }
        for (reason, count) in records.unusedValues.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            rows.append([.text(reason), .integer(count), .text("value left out, row kept")])
        }
        return AssessmentTable(
            id: "A2.rejects", title: "Rows and values that could not be used",
            columns: [.init("reason", "Reason"), .init("count", "Number", .count), .init("treatment", "Treatment")],
            rows: rows,
            notes: ["\(records.rejected) of \(records.rows) rows could not be used. Each is in the rejects file."])
    }
}
