public import Kernel
internal import Tables

/// Residents by area and year, with groups where the file has them.
public struct Populations: Sendable {
    /// Residents by area code and year.
    private var totals: [String: [Int: Int]] = [:]
    /// The years held.
    public private(set) var years: Set<Int> = []
    /// The files read: path, SHA-256, rows.
    public private(set) var files: [(path: String, sha256: String, rows: Int)] = []

    /// No populations.
    public init() {}

    /// Whether anything is known.
    public var isEmpty: Bool { totals.isEmpty }
    /// The codes of areas with a population.
    public var codes: Set<String> { Set(totals.keys) }

    /// The held year nearest to one, the earlier of two equally near.
    public func year(nearest wanted: Int) -> Int? {
        years.min { (abs($0 - wanted), $0) < (abs($1 - wanted), $1) }
    }

    /// Residents of an area in a held year; nil when the file does not say.
    public func residents(of code: String, in year: Int) -> Int? { totals[code]?[year] }

    /// Whether a file with this header is a population: columns of population with their years.
    public static func fits(header: [String], path: String) -> Bool {
        !PopulationReader.columns(header, path: path).isEmpty
    }

    /// Reads a file: one column a year ("Mid-2022: Population"), one total column with the year in the file's name, or
    /// rows of area, year, groups and population.
    public mutating func read(_ path: String) throws(Fault) {
        let file = try DelimitedFile(path: path)
        let rows = try file.tableRows(limit: 20_000_000)
        guard let code = PopulationReader.codeColumn(file.header, rows) else {
            throw PopulationReader.fault(path, "no column holds codes of areas (E01…, E05…, E09…)", file.header)
        }
        let columns = PopulationReader.columns(file.header, path: path)
        guard !columns.isEmpty else {
            throw PopulationReader.fault(path, "no column holds a population with its year", file.header)
        }
        let year = Header.position(of: "year", in: file.header)
        for (index, row) in rows.enumerated() {
            for column in columns {
                let text = row[column.position].filter { $0 != "," && $0 != " " }
                if text.isEmpty { continue }
                guard let value = Int(text) ?? Double(text).flatMap({ $0 == $0.rounded() ? Int(exactly: $0) : nil }),
                    value >= 0, value < 1_000_000_000
                else {
                    throw Fault(
                        "The population could not be read",
                        at: "\(path), row \(index + 2), column \"\(file.header[column.position])\"",
                        because: "\"\(row[column.position].prefix(40))\" is not a number of people")
                }
                let inYear = year.flatMap { Int(row[$0].prefix(4)) } ?? column.year
                totals[row[code], default: [:]][inYear, default: 0] += value
                years.insert(inYear)
            }
        }
        files.append((path, try FileSystem.sha256(of: path), rows.count))
    }
}

/// Finding the columns of a population file.
enum PopulationReader {
    struct Column {
        let position: Int
        let year: Int
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
            return Column(position: position, year: year)
        }
        if !byYear.isEmpty { return byYear }
        let totals = ["population", "persons_all-ages", "all usual residents", "all ages", "total", "persons"]
        for total in totals {
            if let position = names.firstIndex(of: total) {
                return [Column(position: position, year: year(in: FileSystem.name(of: path)) ?? 0)]
            }
        }
        return []
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
