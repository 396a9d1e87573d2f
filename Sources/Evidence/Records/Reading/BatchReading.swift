internal import Geography
internal import Kernel
internal import Tables

/// The meaning of a batch's columns under a mapping: months, places, flags and codes by row.
struct BatchReading {
    let batch: Batch
    let plan: FieldPlan
    let columns: BatchColumns
    let path: String
    let mapping: Mapping
    let dictionaries: SourceDictionaries

    /// The most incidents that a row may stand for: more than any area and month has.
    private static let mostInARow: Int64 = 10_000_000

    /// Why a row cannot be used.
    struct Refusal {
        let column: String
        let value: String
        let why: String
    }

    /// A month's column of counts in a table with a column a month; Int64.min where a cell is empty.
    struct MonthColumn {
        let month: Month
        let heading: String
        let counts: [Int64]
    }

    /// The columns of counts by month, in the file's order.
    func monthColumns() -> [MonthColumn] {
        plan.roles.enumerated().compactMap { request, role in
            guard case .month(let month) = role, case .integers(let counts) = batch.columns[request] else { return nil }
            return MonthColumn(month: month, heading: plan.headings[request], counts: counts)
        }
    }

    /// The month of each row: the month column, year and month, or the month of the time; Int32.min when unknown.
    func months() -> [Int32] {
        if let months = columns.months(.month) { return months }
        if let years = columns.integers(.year), let months = columns.integers(.monthOfYear) {
            return zip(years, months).map { year, month in
                guard (1900...2200).contains(year), (1...12).contains(month) else { return Int32.min }
                return Int32(year * 12 + month - 1)
            }
        }
        let reported = columns.seconds(.reportedAt)
        guard let from = columns.seconds(.from) ?? reported else {
            return [Int32](repeating: .min, count: batch.rowCount)
        }
        return from.indices.map { row in
            var seconds = from[row]
            if seconds == .min, let reported { seconds = reported[row] }
            guard seconds != .min else { return .min }
            return LocalDate(day: Int32(clamping: UKTime.floorDivide(seconds, 86_400))).month.index
        }
    }

    /// Why the row cannot be used, or nil when it can.
    func refusal(row: Int, month: Int32, counts: [Int64]?, record: Mapping.RecordKind) -> Refusal? {
        if record != .person, month == .min {
            return noMonth(row)
        }
        if let sources = columns.codes(.source), sources[row] < 0 {
            return Refusal(column: mapping.columns[.source] ?? "source", value: "", why: "is empty")
        }
        if let counts {
            let column = mapping.columns[.count] ?? "count"
            if counts[row] == .min { return Refusal(column: column, value: "", why: "is empty") }
            guard (0...BatchReading.mostInARow).contains(counts[row]) else {
                return Refusal(column: column, value: String(counts[row]), why: "is not a count")
            }
        }
        if let categories = columns.codes(.category), categories[row] < 0 {
            return Refusal(column: mapping.columns[.category] ?? "category", value: "", why: "is empty")
        }
        return nil
    }

    /// Why a row of a table with a column a month cannot be used, or nil when it can.
    func refusal(row: Int, months: [MonthColumn]) -> Refusal? {
        for column in months where column.counts[row] != .min {
            if column.counts[row] < 0 {
                return Refusal(
                    column: column.heading, value: String(column.counts[row]), why: "is a negative count")
            }
            if column.counts[row] > BatchReading.mostInARow {
                return Refusal(
                    column: column.heading, value: String(column.counts[row]), why: "is too large for a count")
            }
        }
        return refusal(row: row, month: 0, counts: nil, record: mapping.record)
    }

    private func noMonth(_ row: Int) -> Refusal {
        let why = "says no month in which it happened"
        guard let years = columns.integers(.year), let months = columns.integers(.monthOfYear) else {
            return Refusal(
                column: mapping.columns[.month] ?? mapping.columns[.from] ?? "month", value: "", why: why)
        }
        let isYear = (1900...2200).contains(years[row])
        let field: Mapping.Field = isYear ? .monthOfYear : .year
        let value = isYear ? months[row] : years[row]
        return Refusal(
            column: mapping.columns[field] ?? field.rawValue, value: value == .min ? "" : String(value), why: why)
    }

    /// The category of each row; one constant category has code 0.
    func categoryCodes() -> [Int32]? {
        columns.codes(.category) ?? [Int32](repeating: 0, count: batch.rowCount)
    }

    /// The LSOA codes, without values that are none.
    func lsoaCodes(isCode: inout [Bool], isRejected: [Bool], log: RejectLog) throws(Fault) -> [Int32]? {
        guard var codes = columns.codes(.lsoa), let dictionary = dictionaries.fields[.lsoa] else { return nil }
        while isCode.count < dictionary.count {
            isCode.append(AreaCode.isLSOA(dictionary.text(of: Int32(isCode.count))))
        }
        for row in codes.indices where !isRejected[row] && codes[row] >= 0 && !isCode[Int(codes[row])] {
            try log.leaveOut(
                file: path, line: batch.line(ofRow: row), column: mapping.columns[.lsoa] ?? "lsoa",
                value: dictionary.text(of: codes[row]), because: "is not the code of an LSOA")
            codes[row] = -1
        }
        return codes
    }

    /// The ends of intervals. An end before its beginning is left out; a beginning without time and without end lasts
    /// to the end of its day.
    func ends(isRejected: [Bool], log: RejectLog) throws(Fault) -> [Int64]? {
        guard let begins = columns.seconds(.from) else { return nil }
        let dateOnly = columns.dateOnly(.from)
        guard columns.seconds(.to) != nil || !dateOnly.isEmpty else { return nil }
        var ends = columns.seconds(.to) ?? [Int64](repeating: .min, count: batch.rowCount)
        let endDateOnly = columns.dateOnly(.to)
        for row in ends.indices where !isRejected[row] && begins[row] != .min {
            if ends[row] == .min {
                if dateOnly[safe: row] == true { ends[row] = begins[row] + 86_400 }
                continue
            }
            if endDateOnly[safe: row] == true { ends[row] += 86_400 }
            // A day's end lies after every time of the day, so that one equal to the beginning is of the day before.
            let isBefore = ends[row] < begins[row] || (ends[row] == begins[row] && endDateOnly[safe: row] == true)
            guard isBefore else { continue }
            try log.leaveOut(
                file: path, line: batch.line(ofRow: row), column: mapping.columns[.to] ?? "to", value: "",
                because: "is before the beginning")
            ends[row] = .min
        }
        return ends
    }

    /// Coordinates in degrees, without those that lie nowhere near the United Kingdom.
    func places(isRejected: [Bool], log: RejectLog) throws(Fault) -> (longitude: [Double], latitude: [Double])? {
        var longitude = columns.decimals(.longitude)
        var latitude = columns.decimals(.latitude)
        if let eastings = columns.decimals(.easting), let northings = columns.decimals(.northing) {
            let converted = try BatchReading.degrees(eastings: eastings, northings: northings)
            longitude = BatchReading.filled(longitude, from: converted.longitude)
            latitude = BatchReading.filled(latitude, from: converted.latitude)
        }
        guard var longitude, var latitude else { return nil }
        for row in longitude.indices {
            let missing = longitude[row].isNaN || latitude[row].isNaN
            if !missing, (-9.5...2.5).contains(longitude[row]), (49...61.5).contains(latitude[row]) { continue }
            if !missing, !isRejected[row] {
                try log.leaveOut(
                    file: path, line: batch.line(ofRow: row), column: mapping.columns[.longitude] ?? "coordinates",
                    value: "\(longitude[row]), \(latitude[row])", because: "lies outside the United Kingdom")
            }
            longitude[row] = .nan
            latitude[row] = .nan
        }
        return (longitude, latitude)
    }

    /// The yes-flags of each row, by bit.
    func flags() -> [UInt32]? {
        guard !mapping.flags.isEmpty else { return nil }
        var bits = [UInt32](repeating: 0, count: batch.rowCount)
        for i in mapping.flags.indices {
            guard let values = columns.flag(i) else { continue }
            for row in values.indices where values[row] == 1 { bits[row] |= 1 << UInt32(i) }
        }
        return bits
    }

    private static func filled(_ degrees: [Double]?, from other: [Double]) -> [Double] {
        guard let degrees else { return other }
        return zip(degrees, other).map { $0.isNaN ? $1 : $0 }
    }

    private static func degrees(eastings: [Double], northings: [Double]) throws(Fault) -> (
        longitude: [Double], latitude: [Double]
    ) {
        var longitude = [Double](repeating: .nan, count: eastings.count)
        var latitude = longitude
        let rows = eastings.indices.filter {
            (0...700_000).contains(eastings[$0]) && (0...1_300_000).contains(northings[$0])
        }
        guard !rows.isEmpty else { return (longitude, latitude) }
        let grid = try BritishNationalGrid()
        var coordinates: [Double] = rows.flatMap { [eastings[$0], northings[$0]] }
        try grid.unproject(&coordinates)
        for (position, row) in rows.enumerated() {
            longitude[row] = coordinates[2 * position]
            latitude[row] = coordinates[2 * position + 1]
        }
        return (longitude, latitude)
    }
}

/// The shapes of statistical area codes.
public enum AreaCode {
    /// Whether a text has the shape of an LSOA's code (England `E01`, Wales `W01`, data zones of Scotland `S01` and
    /// Northern Ireland `N20` or `95`).
    public static func isLSOA(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let digits = { (bytes: ArraySlice<UInt8>) in bytes.allSatisfy { (0x30...0x39).contains($0) } }
        guard bytes.count == 9 else { return bytes.count == 8 && text.hasPrefix("95") }
        return ["E01", "W01", "S01", "N20", "N21"].contains(text.prefix(3)) && digits(bytes[3...])
    }
}
