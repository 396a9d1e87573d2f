internal import Geography
internal import Kernel
internal import Records

extension FigureTracing {
    /// All tables of records, those of incidents first, with their areas.
    private var all: [(table: RecordTable, placed: PlacedRecords?)] {
        records.incidents.enumerated().map { ($1, context.sources[safe: $0]) }
            + (records.outcomes + records.people).map { ($0, nil) }
    }

    func quality(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        switch figure.table.kind {
        case "A2.sources": try sources(figure)
        case "A2.completeness": try completeness(figure)
        case "A2.duplicates": try duplicates(figure)
        case "A2.vintage": try vintages(figure)
        case "A2.areas": try areas(figure)
        case "A2.reconciliation": try reconciliation(figure)
        case "A2.months", "A2.breaks": try monthsOfSource(figure)
        case "A2.rejects":
            .none("These rows and values could not be used, so they are no records. Each stands in the rejects file.")
        default: .none("This program does not know the table’s records.")
        }
    }

    /// The records of the source that a row names; of several of one title, that of the row's place among them.
    private func named(_ figure: LocatedFigure, among tables: [(table: RecordTable, placed: PlacedRecords?)])
        throws(Fault) -> (table: RecordTable, placed: PlacedRecords?)
    {
        let title = figure.word("source")
        let same = tables.filter { $0.table.source.title == title }
        guard same.count > 1 else {
            if let first = same.first { return first }
            throw lost(figure, "there is no source “\(title)”")
        }
        guard figure.table.kind == "A2.sources" || figure.table.kind == "A2.areas",
            let found = tables[safe: figure.position]
        else { throw lost(figure, "\(same.count) sources are called “\(title)”") }
        return found
    }

    private func sources(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let found = try named(figure, among: all)
        switch figure.column.id {
        case "incidents": return FigureParts([whole(found, perRow: false)])
        case "rows": return FigureParts([whole(found, perRow: true)], FigureTracing.perRow)
        default: return FigureParts([whole(found, perRow: true)], "These are all records of the source.")
        }
    }

    private static let perRow = "Each record adds one, whatever it stands for."

    private func whole(_ found: (table: RecordTable, placed: PlacedRecords?), perRow: Bool) -> FigurePart {
        let table = found.table
        return FigurePart(table.source.title, table, placed: found.placed) { perRow ? 1 : Double(table.count[$0]) }
    }

    private func completeness(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let found = try named(figure, among: all)
        guard figure.column.id == "filled" else {
            let note = figure.column.id == "rows" ? FigureTracing.perRow : FigureTracing.ofCounts
            return FigureParts([whole(found, perRow: true)], note)
        }
        // Coordinates and areas as the source gave them, before points were placed.
        guard let isFilled = QualityTables.filling(found.table, field: figure.word("field")) else {
            throw lost(figure, "the source has no field “\(figure.word("field"))”")
        }
        return FigureParts(
            [FigurePart("Filled", found.table, placed: found.placed) { isFilled($0) ? 1 : nil }], FigureTracing.perRow)
    }

    private func duplicates(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let found = try named(figure, among: all)
        guard let repeated = QualityTables.repeated(found.table, kind: figure.word("kind")) else {
            return .none("The rows left out are in the files and in no figure; each repeats one that is counted.")
        }
        let rows = Set(repeated)
        return FigureParts(
            [FigurePart("Beyond the first", found.table, placed: found.placed) { rows.contains($0) ? 1 : nil }],
            FigureTracing.perRow)
    }

    private func vintages(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let found = try named(figure, among: all)
        guard let vintage = context.frame.vintage else { throw lost(figure, "there is no look-up of the two censuses") }
        let wanted: Set<String> =
            switch figure.column.id {
            case "unchanged": ["unchanged"]
            case "only2011": ["2011 only"]
            case "only2021": ["2021 only"]
            case "unknown": ["unknown"]
            default: ["unchanged", "2011 only", "2021 only", "unknown"]
            }
        let table = found.table
        let isWanted = table.lsoas.map { wanted.contains(VintageLookup.name(of: vintage.vintage(of: $0))) }
        let month = try month(of: figure).index
        let (months, lsoas, counts) = (table.month, table.lsoa, table.count)
        let part = FigurePart(figure.word("month"), table, placed: found.placed) { row in
            guard months[row] == month, lsoas[row] >= 0, isWanted[Int(lsoas[row])] else { return nil }
            return Double(counts[row])
        }
        return wanted.count == 1 ? FigureParts([part]) : FigureParts([part], FigureTracing.ofCounts)
    }

    private func areas(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let found = try named(figure, among: context.sources.map { ($0.table, $0) })
        guard let source = found.placed,
            let kind = AreaQuality.Whereabouts.allCases.first(where: { "\($0)" == figure.column.id })
        else { throw lost(figure, "the column is not known") }
        let quality = AreaQuality(context)
        let compared = quality.comparedMask
        let (first, last) = (context.period.first.index, context.period.last.index)
        let part = FigurePart("Period", source.table, placed: source) { row in
            guard source.table.month[row] >= first, source.table.month[row] <= last,
                quality.whereabouts(row, of: source, compared: compared) == kind
            else { return nil }
            return Double(source.table.count[row])
        }
        return FigureParts([part])
    }

    private func reconciliation(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let title = figure.word("source")
        guard let area = context.compared.first(where: { $0.name == figure.word("area") }),
            let source = context.sources.first(where: { $0.table.source.title == title })
        else { throw lost(figure, "there is no source “\(title)” of \(figure.word("area"))") }
        guard figure.column.id != "months" else {
            return .none("The months in common come from what the sources cover, and from no single record.")
        }
        let sources = context.sources(of: source.table.source.subject)
        guard let months = AreaQuality.sharedMonths(sources) else { throw lost(figure, "no month is in common") }
        let isShared = Set(months.months.map(\.index))
        func part(_ source: PlacedRecords, _ title: String) -> FigurePart {
            FigurePart(title, source, in: area.mask, months.range) { row in
                isShared.contains(source.table.month[row]) ? Double(source.table.count[row]) : nil
            }
        }
        if figure.column.id == "count" { return FigureParts([part(source, title)]) }
        return FigureParts(sources.map { part($0, $0.table.source.title) }, FigureTracing.ofCounts)
    }

    private func monthsOfSource(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let found = try named(figure, among: records.incidents.enumerated().map { ($1, context.sources[safe: $0]) })
        let table = found.table
        let month = try month(of: figure).index
        if figure.table.kind == "A2.breaks" {
            let category = table.categories.firstIndex(of: figure.word("category")).map { Int32($0) }
            let part = FigurePart(table.source.title, table, placed: found.placed) { row in
                table.category[row] == category ? Double(table.count[row]) : nil
            }
            return FigureParts(
                [part], "These are all the source’s records of the category, before and after the break.")
        }
        let span: Int32 = figure.column.id == "count" ? 0 : 6
        let part = FigurePart(figure.word("month"), table, placed: found.placed) { row in
            abs(table.month[row] - month) <= span ? Double(table.count[row]) : nil
        }
        return span == 0
            ? FigureParts([part])
            : FigureParts([part], "These are the records of the month and of half a year on either side.")
    }
}
