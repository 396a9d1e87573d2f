internal import Kernel

/// Puts what was read of one mapping together: sources apart, overlapping files resolved, repeated records once.
enum RecordAssembly {
    static func add(_ builder: RecordBuilder, files: [RecordReader.File], to set: inout RecordSet) throws(Fault) {
        for var table in split(builder) {
            if builder.mapping.layout == .wideMonths { leaveOutEmptyEnds(&table) }
            try OverlapResolver.resolve(&table, files: files, in: &set)
            if builder.mapping.oneRecordPerIdentifier {
                let repeated = RepeatedRecords.countOnce(&table)
                set.countedOnce[table.source.id, default: 0] += repeated
            }
            if table.months.isEmpty { table.months = monthsWithRecords(table) }
            switch builder.mapping.record {
            case .incident: set.incidents.append(table)
            case .outcome: set.outcomes.append(table)
            case .person: set.people.append(table)
            }
        }
    }

    /// One table for each value of the `source` field, or the one table where the format has none.
    private static func split(_ builder: RecordBuilder) -> [RecordTable] {
        let table = builder.finish()
        guard !builder.sourceCodes.isEmpty else { return [table] }
        let values = builder.sourceValues
        return values.indices.compactMap { code in
            let keep = builder.sourceCodes.map { $0 == Int32(code) }
            guard keep.contains(true) else { return nil }
            var part = table
            part.filter(keep)
            part.source =
                builder.mapping.sources[values[code]]
                ?? SourceDescription(
                    id: values[code], title: values[code], subject: values[code], scheme: builder.mapping.source.scheme,
                    notes: [])
            return part
        }
    }

    private static func monthsWithRecords(_ table: RecordTable) -> [Month] {
        Set(table.month).subtracting([.min]).sorted().map(Month.init(index:))
    }

    /// A wide table's first and last months may be empty columns that hold a handful of stray records; they are not
    /// months that the file covers.
    private static func leaveOutEmptyEnds(_ table: inout RecordTable) {
        var totals: [Int32: [Int32: Int]] = [:]
        for row in table.month.indices {
            totals[table.file[row], default: [:]][table.month[row], default: 0] += Int(table.count[row])
        }
        var covered = Set<Int32>()
        var dropped: [Int32: Set<Int32>] = [:]
        for (file, totals) in totals.sorted(by: { $0.key < $1.key }) {
            let median = totals.values.sorted()[safe: totals.count / 2] ?? 0
            let isEmpty: (Int32) -> Bool = { (totals[$0] ?? 0) * 10 < median }
            let months = totals.keys.sorted()
            let kept = months.drop(while: isEmpty).reversed().drop(while: isEmpty)
            covered.formUnion(kept)
            dropped[file] = Set(months).subtracting(kept)
            for month in months where dropped[file]?.contains(month) == true {
                table.notes.append(
                    "\(Month(index: month)) holds only \(totals[month] ?? 0) records where other months of the file hold "
                        + "about \(median): an empty column, left out.")
            }
        }
        if dropped.values.contains(where: { !$0.isEmpty }) {
            table.filter(table.month.indices.map { dropped[table.file[$0]]?.contains(table.month[$0]) != true })
        }
        table.months = covered.sorted().map(Month.init(index:))
    }
}
