internal import Kernel
internal import Tables

/// Collects the records of all files of one mapping.
final class RecordBuilder {
    let mapping: Mapping
    let dictionaries: SourceDictionaries
    /// The records so far. Columns are filled for every row or not at all.
    private(set) var table: RecordTable
    /// The value of the `source` field of each row, where the format has one.
    private(set) var sourceCodes: [Int32] = []
    private var lsoaIsCode: [Bool] = []

    init(_ mapping: Mapping) {
        self.mapping = mapping
        dictionaries = SourceDictionaries(mapping)
        table = RecordTable(source: mapping.source)
        table.attributeNames = mapping.attributes.map(\.name)
        table.flagNames = mapping.flags.map(\.name)
        table.attributes = mapping.attributes.map { _ in [] }
    }

    /// Adds the rows of a batch that can be used; returns how many could not.
    func add(_ batch: Batch, plan: FieldPlan, file: Int, path: String, log: RejectLog) throws(Fault) -> Int {
        var rows = RowFaults(batch, plan: plan)
        try rows.write(to: log, path: path, plan: plan)
        let columns = BatchColumns(batch, plan: plan)
        let reading = BatchReading(
            batch: batch, plan: plan, columns: columns, path: path, mapping: mapping, dictionaries: dictionaries)
        if mapping.layout == .wideMonths {
            return try addWide(reading, faults: &rows, file: file, log: log)
        }
        return try addRows(reading, faults: &rows, file: file, log: log)
    }

    private func addRows(_ reading: BatchReading, faults: inout RowFaults, file: Int, log: RejectLog) throws(Fault)
        -> Int
    {
        let months = reading.months()
        let counts = reading.columns.integers(.count)
        for row in 0..<reading.batch.rowCount where !faults.isRejected[row] {
            if let reason = reading.refusal(row: row, month: months[row], counts: counts, record: mapping.record) {
                faults.isRejected[row] = true
                try log.reject(
                    file: reading.path, line: reading.batch.line(ofRow: row), column: reason.column,
                    value: reason.value, because: reason.why)
            }
        }
        let kept = (0..<reading.batch.rowCount).filter { !faults.isRejected[$0] }
        table.month.append(contentsOf: kept.map { months[$0] })
        table.count.append(contentsOf: kept.map { row in counts.map { Int32(clamping: $0[row]) } ?? 1 })
        try appendFields(reading, rows: kept, isRejected: faults.isRejected, file: file, log: log)
        return reading.batch.rowCount - kept.count
    }

    private func addWide(_ reading: BatchReading, faults: inout RowFaults, file: Int, log: RejectLog) throws(Fault)
        -> Int
    {
        let months = reading.monthColumns()
        for row in 0..<reading.batch.rowCount where !faults.isRejected[row] {
            if let reason = reading.refusal(row: row, months: months) {
                faults.isRejected[row] = true
                try log.reject(
                    file: reading.path, line: reading.batch.line(ofRow: row), column: reason.column,
                    value: reason.value, because: reason.why)
            }
        }
        var rows: [Int] = []
        for column in months {
            for row in 0..<reading.batch.rowCount where !faults.isRejected[row] && column.counts[row] > 0 {
                rows.append(row)
                table.month.append(column.month.index)
                table.count.append(Int32(clamping: column.counts[row]))
            }
        }
        try appendFields(reading, rows: rows, isRejected: faults.isRejected, file: file, log: log)
        return faults.isRejected.count { $0 }
    }

    private func appendFields(
        _ reading: BatchReading, rows: [Int], isRejected: [Bool], file: Int, log: RejectLog
    ) throws(Fault) {
        let start = table.file.count
        table.file.append(contentsOf: repeatElement(Int32(file), count: rows.count))
        table.line.append(contentsOf: rows.map { Int32(clamping: reading.batch.line(ofRow: $0)) })
        append(reading.categoryCodes(), rows, start, missing: -1, to: &table.category)
        append(reading.columns.codes(.offenceCode) ?? reading.columns.codes(.offence), rows, start, to: &table.offence)
        let lsoas = try reading.lsoaCodes(isCode: &lsoaIsCode, isRejected: isRejected, log: log)
        append(lsoas, rows, start, to: &table.lsoa)
        append(reading.columns.codes(.ward), rows, start, to: &table.ward)
        append(reading.columns.codes(.borough), rows, start, to: &table.borough)
        append(reading.columns.codes(.reporter), rows, start, to: &table.reporter)
        append(reading.columns.codes(.source), rows, start, to: &sourceCodes)
        append(reading.columns.hashes(.incidentID), rows, start, missing: 0, to: &table.identifier)
        append(
            reading.batch.rowHashes.isEmpty ? nil : reading.batch.rowHashes, rows, start, missing: 0, to: &table.rowHash
        )
        append(reading.columns.seconds(.from), rows, start, missing: Int64.min, to: &table.from)
        append(try reading.ends(isRejected: isRejected, log: log), rows, start, missing: Int64.min, to: &table.to)
        let places = try reading.places(isRejected: isRejected, log: log)
        append(places?.longitude, rows, start, missing: .nan, to: &table.longitude)
        append(places?.latitude, rows, start, missing: .nan, to: &table.latitude)
        append(reading.flags(), rows, start, missing: 0, to: &table.flags)
        for i in mapping.attributes.indices {
            append(reading.columns.attribute(i), rows, start, to: &table.attributes[i])
        }
        noteNames(reading)
    }

    /// Appends the chosen rows of a column; a column that only some files have is filled up with `missing`.
    private func append<Value>(
        _ values: [Value]?, _ rows: [Int], _ start: Int, missing: Value, to column: inout [Value]
    ) {
        guard let values else {
            if !column.isEmpty { column.append(contentsOf: repeatElement(missing, count: rows.count)) }
            return
        }
        if column.isEmpty, start > 0 { column = [Value](repeating: missing, count: start) }
        column.reserveCapacity(column.count + rows.count)
        for row in rows { column.append(values[row]) }
    }

    private func append(_ values: [Int32]?, _ rows: [Int], _ start: Int, to column: inout [Int32]) {
        append(values, rows, start, missing: -1, to: &column)
    }

    // The first name seen with a code is its name.
    private func noteNames(_ reading: BatchReading) {
        note(
            reading.columns.codes(.lsoa), reading.columns.codes(.lsoaName), dictionaries.fields[.lsoaName],
            &table.lsoaNames)
        note(
            reading.columns.codes(.ward), reading.columns.codes(.wardName), dictionaries.fields[.wardName],
            &table.wardNames)
        note(
            reading.columns.codes(.borough), reading.columns.codes(.boroughName), dictionaries.fields[.boroughName],
            &table.boroughNames)
        if reading.columns.codes(.offenceCode) != nil {
            note(
                reading.columns.codes(.offenceCode), reading.columns.codes(.offence), dictionaries.fields[.offence],
                &table.offenceTitles)
        }
    }

    private func note(_ codes: [Int32]?, _ names: [Int32]?, _ dictionary: TextDictionary?, _ known: inout [String]) {
        guard let codes, let names, let dictionary else { return }
        for (code, name) in zip(codes, names) where code >= 0 && name >= 0 {
            while known.count <= Int(code) { known.append("") }
            if known[Int(code)].isEmpty { known[Int(code)] = dictionary.text(of: name) }
        }
    }

    /// The table with its dictionaries, once all files are read.
    func finish() -> RecordTable {
        var table = self.table
        func texts(_ field: Mapping.Field) -> [String] { dictionaries.fields[field]?.texts ?? [] }
        table.categories = mapping.columns[.category] == nil ? [mapping.constants[.category] ?? ""] : texts(.category)
        table.offences = texts(mapping.columns[.offenceCode] != nil ? .offenceCode : .offence)
        table.lsoas = texts(.lsoa)
        table.wards = texts(.ward)
        table.boroughs = texts(.borough)
        table.reporters = texts(.reporter)
        table.attributeValues = dictionaries.attributes.map(\.texts)
        while table.lsoaNames.count < table.lsoas.count { table.lsoaNames.append("") }
        while table.boroughNames.count < table.boroughs.count { table.boroughNames.append("") }
        while table.wardNames.count < table.wards.count { table.wardNames.append("") }
        return table
    }

    /// The values of the `source` field.
    var sourceValues: [String] { dictionaries.fields[.source]?.texts ?? [] }
}
