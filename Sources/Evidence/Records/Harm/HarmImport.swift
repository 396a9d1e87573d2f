internal import Digests
internal import Files
public import Kernel
internal import Tables

/// Reads harm weights from a table: the Cambridge Crime Harm Index workbook saved as CSV, or any table of categories
/// (or offence codes) and days.
public struct HarmImport: Sendable {
    /// The weights.
    public let weights: HarmWeights
    /// Keys that carry more than one score, in words, with the score used.
    public let ambiguous: [String]

    /// The rule for ambiguous keys, in words.
    public static let rule: String =
        "Where a code carries several scores, the score that most of its offences carry is used, the lower one where "
        + "equally many do; the lowest and highest are kept as the range of every figure made with it. A category or "
        + "sub-group has the median score of its notifiable offences, with their lowest and highest."

    /// Reads a CSV file.
    /// - Parameters:
    ///   - force: of a table with a `force` column, the rows to use.
    ///   - title: the set's name; nil takes the file's.
    ///   - version: the edition; nil takes one from the file's name where it holds a year.
    public init(path: String, force: String = "National", title: String? = nil, version: String? = nil) throws(Fault) {
        let file = try DelimitedFile(path: path)
        let table = HarmTable(header: file.header, rows: try file.tableRows(limit: 100_000), path: path)
        let isWorkbook = table.column(["HOME_OFFICE_CLASSIFICATION"]) != nil && table.column(["CCHI Score"]) != nil
        let parts = isWorkbook ? try CCHIWorkbook.weights(table) : try table.weights(force: force)
        ambiguous = parts.ambiguous
        let name = FileSystem.name(of: path)
        weights = HarmWeights(
            id: isWorkbook ? "cchi" : name, title: title ?? (isWorkbook ? "Cambridge Crime Harm Index" : name),
            version: version ?? HarmImport.year(in: name) ?? "unstated",
            sha256: SHA256.hex(try FileSystem.read(path, limit: 64 << 20)), sources: [name], schemes: parts.schemes)
    }

    private static func year(in name: String) -> String? {
        name.split { !$0.isNumber }.map(String.init).first { $0.count == 4 && $0.hasPrefix("20") }
    }
}

/// A small table of weights with named columns.
struct HarmTable {
    let header: [String]
    let rows: [[String]]
    let path: String

    /// The position of the first of these headings.
    func column(_ names: [String]) -> Int? {
        for name in names {
            if let position = Header.position(of: name, in: header) { return position }
        }
        return nil
    }

    /// Weights of a plain table: a key and days, perhaps with a range, a count to weigh by, or a force to choose.
    func weights(force: String) throws(Fault) -> (
        schemes: [String: [String: HarmWeights.Weight]], ambiguous: [String]
    ) {
        let keyNames = ["code", "offence_code", "offence", "crime_type", "category", "prc_offence_subgroup", "key"]
        let dayNames = ["days", "cchi_days", "median_days", "severity_weight_median", "weight", "harm", "score"]
        guard let key = column(keyNames), let days = column(dayNames) else {
            throw Fault(
                "The harm weights could not be read", at: path,
                because: "it has no column of categories (such as category) with one of days (such as days); its "
                    + "columns are \(Header.listed(header))",
                remedy: "Rename the columns to category and days.")
        }
        let low = column(["low", "min_days", "low_days"])
        let high = column(["high", "max_days", "high_days"])
        let volume = column(["count", "national_count_2024_25"])
        let chosen = try rowsOf(force: force)
        var gathered: [String: [WeightRow]] = [:]
        for (line, row) in chosen where !row[key].isEmpty && !row[days].isEmpty {
            let middle = try number(row[days], line)
            gathered[row[key], default: []].append(
                WeightRow(
                    days: middle, low: try number(at: low, in: row, line) ?? middle,
                    high: try number(at: high, in: row, line) ?? middle,
                    volume: try number(at: volume, in: row, line, upTo: 1e12) ?? 1))
        }
        var ambiguous: [String] = []
        let weights = gathered.mapValues { $0.weight }
        for (name, rows) in gathered.sorted(by: { $0.key < $1.key }) where rows.count > 1 {
            ambiguous.append(
                "\(name): \(rows.count) scores; \(shortest(Double(rows.weight.days) / 100)) days by volume, from "
                    + "\(shortest(Double(rows.weight.low) / 100)) to \(shortest(Double(rows.weight.high) / 100))")
        }
        return (["any": weights], ambiguous)
    }

    private func rowsOf(force: String) throws(Fault) -> [(line: Int, row: [String])] {
        let numbered = rows.enumerated().map { (line: $0.offset + 2, row: $0.element) }
        guard let column = column(["force"]) else { return numbered }
        let chosen = numbered.filter { Header.folded($0.row[column]) == Header.folded(force) }
        guard !chosen.isEmpty else {
            let known = Set(rows.map { $0[column] }).sorted().joined(separator: ", ")
            throw Fault(
                "The harm weights hold no such force", at: path, because: "\"\(force)\" is not among \(known)",
                remedy: "Name one of them with --force.")
        }
        return chosen
    }

    /// The number in a column that may be absent or empty.
    private func number(at position: Int?, in row: [String], _ line: Int, upTo most: Double = 100_000) throws(Fault)
        -> Double?
    {
        guard let position, !row[position].isEmpty else { return nil }
        return try number(row[position], line, upTo: most)
    }

    func number(_ text: String, _ line: Int, upTo most: Double = 100_000) throws(Fault) -> Double {
        guard let value = Double(text), (0...most).contains(value) else {
            let wanted = most > 100_000 ? "number of offences" : "number of days from 0 to 100,000"
            throw Fault(
                "The harm weights could not be read", at: "\(path), row \(line)",
                because: "\"\(text.prefix(40))\" is not a \(wanted)",
                remedy: "Correct the row and run the command again.")
        }
        return value
    }
}

/// A row of a table of weights.
struct WeightRow {
    let days: Double
    let low: Double
    let high: Double
    let volume: Double
}

extension [WeightRow] {
    /// The mean weight by volume with the range of the rows, in hundredths of a day.
    var weight: HarmWeights.Weight {
        let volume = reduce(0) { $0 + $1.volume }
        let mean = volume > 0 ? reduce(0) { $0 + $1.days * $1.volume } / volume : (first?.days ?? 0)
        func hundredths(_ days: Double) -> Int64 { Int64((days * 100).rounded()) }
        let middle = hundredths(mean)
        return HarmWeights.Weight(
            days: middle, low: Swift.min(middle, hundredths(map(\.low).min() ?? mean)),
            high: Swift.max(middle, hundredths(map(\.high).max() ?? mean)))
    }
}
