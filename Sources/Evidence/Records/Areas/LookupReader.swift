internal import Files
public import Kernel
internal import Tables

/// What look-up files say of areas: which LSOA lies in which ward and borough, and which LSOA of 2011 became which of
/// 2021.
public struct AreaLookup: Sendable {
    /// LSOA → ward → borough, one row an LSOA.
    public struct Row: Hashable, Sendable {
        /// LSOA code and name.
        public var lsoa: String
        /// Its name, empty when unknown.
        public var lsoaName: String
        /// Ward code, empty when unknown.
        public var ward: String
        /// Ward name, empty when unknown.
        public var wardName: String
        /// Borough code, empty when unknown.
        public var borough: String
        /// Borough name, empty when unknown.
        public var boroughName: String

        /// A row of a look-up.
        public init(
            lsoa: String, lsoaName: String, ward: String, wardName: String, borough: String, boroughName: String
        ) {
            self.lsoa = lsoa
            self.lsoaName = lsoaName
            self.ward = ward
            self.wardName = wardName
            self.borough = borough
            self.boroughName = boroughName
        }
    }

    /// LSOA rows, those of look-ups with wards first.
    public private(set) var rows: [String: Row] = [:]
    /// Pairs of an LSOA of 2011 and one of 2021.
    public private(set) var pairs: [(lsoa2011: String, lsoa2021: String, change: String)] = []
    /// The borough of LSOAs of 2011.
    public private(set) var borough2011: [String: Row] = [:]
    /// The files read: path, SHA-256, rows.
    public private(set) var files: [(path: String, sha256: String, rows: Int)] = []

    /// No look-up.
    public init() {}

    /// Whether anything is known.
    public var isEmpty: Bool { rows.isEmpty && pairs.isEmpty }

    /// Whether a file with this header is a look-up of areas.
    public static func fits(header: [String]) -> Bool { LookupColumns(header).isUsable }

    /// Reads a look-up file and adds what it says.
    /// - Throws: a `Fault` when it has no columns of LSOA codes with ward, borough or LSOA codes of the other census.
    public mutating func read(_ path: String) throws(Fault) {
        let file = try DelimitedFile(path: path)
        let columns = LookupColumns(file.header)
        guard columns.isUsable else {
            throw Fault(
                "This is not a look-up of areas", at: path,
                because: "it needs LSOA21CD with WD…CD or LAD…CD, or LSOA11CD with LSOA21CD; its columns are "
                    + Header.listed(file.header),
                remedy: "Give the Office for National Statistics' look-up as published.")
        }
        let table = try file.tableRows(limit: 2_000_000)
        if columns.hasOutputAreas {
            addByOutputArea(table, columns)
        } else {
            for row in table { add(row, columns) }
        }
        files.append((path, try FileSystem.sha256(of: path), table.count))
    }

    /// Adds an LSOA known from elsewhere (a boundary file's properties), unless a look-up says more.
    public mutating func addIfAbsent(_ row: Row) {
        if rows[row.lsoa] == nil { rows[row.lsoa] = row }
    }

    private mutating func add(_ row: [String], _ columns: LookupColumns) {
        let made = columns.row(row)
        if columns.lsoa11 != nil, columns.lsoa21 != nil {
            let old = columns.text(row, columns.lsoa11)
            let new = columns.text(row, columns.lsoa21)
            guard !old.isEmpty, !new.isEmpty else { return }
            pairs.append((old, new, columns.text(row, columns.change)))
            if borough2011[old] == nil, !made.borough.isEmpty {
                borough2011[old] = made
                borough2011[old]?.lsoaName = columns.text(row, columns.lsoa11Name)
            }
        }
        guard !made.lsoa.isEmpty else { return }
        let known = rows[made.lsoa]
        if known == nil || (known?.ward.isEmpty == true && !made.ward.isEmpty) { rows[made.lsoa] = made }
    }

    // An LSOA may lie in several wards by its output areas: it goes to the ward that holds most of them.
    private mutating func addByOutputArea(_ table: [[String]], _ columns: LookupColumns) {
        var votes: [String: [String: (count: Int, row: [String])]] = [:]
        var seen = Set<[String]>()
        for row in table {
            let pair = [columns.text(row, columns.lsoa11), columns.text(row, columns.lsoa21)]
            let made = columns.row(row)
            let count = votes[made.lsoa]?[made.ward]?.count ?? 0
            votes[made.lsoa, default: [:]][made.ward] = (count + 1, row)
            if seen.insert(pair).inserted, !pair[0].isEmpty, !pair[1].isEmpty {
                pairs.append((pair[0], pair[1], columns.text(row, columns.change)))
                if borough2011[pair[0]] == nil { borough2011[pair[0]] = made }
            }
        }
        for (lsoa, wards) in votes where !lsoa.isEmpty {
            let winner = wards.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
            guard let winner, rows[lsoa] == nil || rows[lsoa]?.ward.isEmpty == true else { continue }
            rows[lsoa] = columns.row(winner.value.row)
        }
    }
}

/// Where a look-up's columns are.
struct LookupColumns {
    let lsoa11: Int?
    let lsoa11Name: Int?
    let lsoa21: Int?
    let lsoa21Name: Int?
    let ward: Int?
    let wardName: Int?
    let borough: Int?
    let boroughName: Int?
    let change: Int?
    let hasOutputAreas: Bool

    init(_ header: [String]) {
        let names = header.map { Header.folded($0).replacing("_", with: "").replacing(" ", with: "") }
        func position(_ prefix: String, _ suffix: String, _ others: [String] = []) -> Int? {
            names.firstIndex { name in
                if others.contains(name) { return true }
                guard name.hasPrefix(prefix), name.hasSuffix(suffix), !name.hasSuffix("w") else { return false }
                return name.dropFirst(prefix.count).dropLast(suffix.count).allSatisfy(\.isNumber)
            }
        }
        lsoa11 = names.firstIndex(of: "lsoa11cd")
        lsoa11Name = names.firstIndex(of: "lsoa11nm")
        lsoa21 = position("lsoa21", "cd", ["lsoacode", "lsoacd"])
        lsoa21Name = position("lsoa21", "nm", ["lsoaname", "lsoanm"])
        ward = position("wd", "cd", ["wardcode", "wardcd"])
        wardName = position("wd", "nm", ["wardname", "wardnm"])
        borough = position("lad", "cd", ["boroughcode", "ladcode", "districtcode"])
        boroughName = position("lad", "nm", ["boroughname", "ladname", "districtname"])
        change = names.firstIndex(of: "chgind")
        hasOutputAreas = names.contains("oa21cd")
    }

    var isUsable: Bool { (lsoa21 != nil && (ward != nil || borough != nil)) || (lsoa21 != nil && lsoa11 != nil) }

    func text(_ row: [String], _ position: Int?) -> String {
        guard let position, row.indices.contains(position) else { return "" }
        return row[position]
    }

    func row(_ row: [String]) -> AreaLookup.Row {
        AreaLookup.Row(
            lsoa: text(row, lsoa21), lsoaName: text(row, lsoa21Name), ward: text(row, ward),
            wardName: text(row, wardName), borough: text(row, borough), boroughName: text(row, boroughName))
    }
}
