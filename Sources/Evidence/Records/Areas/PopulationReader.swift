internal import Files
public import Geography
public import Kernel
internal import Tables

/// Residents by area, year and group, from files.
public struct Populations: Sendable {
    private var rows: [PopulationTable.Row] = []
    /// The residents read so far; nil before the first file.
    public private(set) var table: PopulationTable?
    /// The files read: path, SHA-256, rows.
    public private(set) var files: [(path: String, sha256: String, rows: Int)] = []

    /// No populations.
    public init() {}

    /// Whether anything is known.
    public var isEmpty: Bool { table == nil }
    /// The codes of areas with a population.
    public var codes: Set<String> { Set(table?.areas ?? []) }

    /// The years held.
    public var years: Set<Int> { Set(table?.years ?? []) }

    /// The held year nearest to one, the earlier of two equally near.
    public func year(nearest wanted: Int) -> Int? {
        years.min { (abs($0 - wanted), $0) < (abs($1 - wanted), $1) }
    }

    /// Residents of an area in a year; nil when no file says.
    public func residents(of code: String, in year: Int) -> Int? {
        guard let figure = table?.total(code, year: year), figure.years == [year] else { return nil }
        return Int(figure.count.rounded())
    }

    /// Whether a file with this header is a population: columns of population with their years.
    public static func fits(header: [String], path: String) -> Bool {
        !PopulationReader.columns(header, path: path).isEmpty
    }

    /// Reads a file: one column a year ("Mid-2022: Population"), one total column with the year in the file's name, or
    /// rows of area, year, groups and population.
    public mutating func read(_ path: String) throws(Fault) {
        let file = try DelimitedFile(path: path)
        let table = try file.tableRows(limit: 20_000_000)
        guard let code = PopulationReader.codeColumn(file.header, table) else {
            throw PopulationReader.fault(path, "no column holds codes of areas (E01…, E05…, E09…)", file.header)
        }
        let columns = PopulationReader.columns(file.header, path: path)
        guard !columns.isEmpty else {
            throw PopulationReader.fault(path, "no column holds a population with its year", file.header)
        }
        let groups = PopulationReader.GroupColumns(file.header)
        var read: [Place: Double] = [:]
        for (index, row) in table.enumerated() {
            for column in columns {
                let text = row[column.position].filter { $0 != "," && $0 != " " }
                if text.isEmpty { continue }
                guard let value = Double(text), value.isFinite, (0..<1e9).contains(value) else {
                    throw Fault(
                        "The population could not be read",
                        at: "\(path), row \(index + 2), column \"\(file.header[column.position])\"",
                        because: "\"\(row[column.position].prefix(40))\" is not a number of people")
                }
                let year = groups.year(of: row) ?? column.year
                read[Place(area: row[code], year: year, group: column.group ?? groups.group(of: row)), default: 0] +=
                    value
            }
        }
        rows += read.map { PopulationTable.Row(area: $0.area, year: $0.year, group: $0.group, count: $1) }
        self.table = try PopulationTable(rows, source: (files.map(\.path) + [path]).joined(separator: ", "))
        files.append((path, try FileSystem.sha256(of: path), table.count))
    }
}

/// Where a number of residents belongs.
private struct Place: Hashable {
    let area: String
    let year: Int
    let group: PopulationGroup
}

/// Finding the columns of a population file.
enum PopulationReader {
    struct Column {
        let position: Int
        let year: Int
        /// Who is counted, where the column says; nil where the row does.
        let group: PopulationGroup?
    }

    /// The columns that say of which year and group a row is.
    struct GroupColumns {
        private let year: Int?
        private let sex: Int?
        private let ageBand: Int?
        private let ethnicity: Int?

        init(_ header: [String]) {
            let names = header.map(Header.folded)
            year = names.firstIndex(of: "year")
            sex = names.firstIndex(of: "sex")
            ageBand = names.firstIndex { ["age_band", "age band", "age group", "age_group"].contains($0) }
            ethnicity = names.firstIndex { ["ethnicity", "ethnic_group", "ethnic group"].contains($0) }
        }

        func year(of row: [String]) -> Int? { year.flatMap { Int(row[$0].prefix(4)) } }

        func group(of row: [String]) -> PopulationGroup {
            func value(_ position: Int?) -> String? { position.flatMap { row[$0].isEmpty ? nil : row[$0] } }
            return PopulationGroup(sex: value(sex), ageBand: value(ageBand), ethnicity: value(ethnicity))
        }
    }

    /// The first column whose values look like codes of areas.
    static func codeColumn(_ header: [String], _ rows: [[String]]) -> Int? {
        guard let first = rows.first else { return nil }
        return first.indices.first { AreaCode.isGSS(first[$0]) }
    }

    static func columns(_ header: [String], path: String) -> [Column] {
        let names = header.map(Header.folded)
        let byYear = names.enumerated().compactMap { position, name -> Column? in
            guard name.hasSuffix("population"), name.hasPrefix("mid"), let year = year(in: name) else { return nil }
            return Column(position: position, year: year, group: .everybody)
        }
        if !byYear.isEmpty { return byYear }
        let fileYear = year(in: FileSystem.name(of: path)) ?? 0
        let bySexAndAge = names.enumerated().compactMap { position, name in
            sexAndAge(name).map { Column(position: position, year: fileYear, group: $0) }
        }
        if !bySexAndAge.isEmpty { return bySexAndAge }
        let totals = ["population", "all usual residents", "all ages", "total", "persons"]
        for total in totals {
            if let position = names.firstIndex(of: total) {
                return [Column(position: position, year: fileYear, group: nil)]
            }
        }
        return []
    }

    /// The group of a heading such as `Persons_All-Ages` or `Males_16-29`, or nil when it is none.
    private static func sexAndAge(_ name: String) -> PopulationGroup? {
        let parts = name.split(separator: "_", maxSplits: 1).map(String.init)
        guard parts.count == 2, let sex = ["persons": "", "males": "male", "females": "female"][parts[0]] else {
            return nil
        }
        let age = parts[1] == "all-ages" ? nil : parts[1]
        guard age?.first?.isNumber != false else { return nil }
        return PopulationGroup(sex: sex.isEmpty ? nil : sex, ageBand: age)
    }

    /// The first run of four digits 1900…2199 in a text.
    static func year(in text: String) -> Int? {
        text.split { !$0.isNumber }.compactMap { Int($0) }.first { (1900..<2200).contains($0) }
    }

    static func fault(_ path: String, _ why: String, _ header: [String]) -> Fault {
        Fault(
            "The population could not be read", at: path, because: "\(why); its columns are \(Header.listed(header))",
            remedy: "Give a column of area codes and one called population, with the year in a column or in the file's "
                + "name.")
    }
}

extension AreaCode {
    /// Whether a text has the shape of a nine-character code of the Government Statistical Service.
    public static func isGSS(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 9, let first = bytes.first else { return false }
        return "EWSNKJ".utf8.contains(first) && bytes.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }
}
