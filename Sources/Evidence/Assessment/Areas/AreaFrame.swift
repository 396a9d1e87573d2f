internal import Geography
internal import Kernel
internal import Records

/// The areas that an assessment can speak of: statistical units (LSOAs), wards and boroughs, and how they nest.
struct AreaFrame {
    struct Area: Hashable {
        let code: String
        let name: String
    }

    /// A unit: an LSOA, or the smallest union of LSOAs to which every record can be assigned.
    struct Unit {
        let code: String
        let name: String
        /// The LSOAs of 2021 that it is made of; empty when unknown.
        let parts2021: [String]
        /// The LSOAs of 2011 that it is made of; empty when unknown.
        let parts2011: [String]
        let ward: Int
        let borough: Int
    }

    private(set) var boroughs: [Area] = []
    private(set) var wards: [(area: Area, borough: Int)] = []
    private(set) var units: [Unit] = []
    /// What was decided about codes of two censuses, in words.
    private(set) var notes: [String] = []
    private var placeOfLSOA: [String: Place] = [:]
    private var wardOfKey: [String: Int] = [:]
    private var boroughOfKey: [String: Int] = [:]
    /// The census sets that each LSOA code belongs to, where the exact-fit look-up was given.
    let vintage: LSOAVintage?

    /// Where an LSOA's records belong.
    struct Place {
        /// Position in `units`; −1 when the LSOA lies in several.
        var unit: Int
        /// Position in `wards`, −1 when unknown.
        var ward: Int
        /// Position in `boroughs`, −1 when unknown.
        var borough: Int
        /// The units that an LSOA without one of its own is spread over.
        var spread: [Int] = []
    }

    /// The frame of all LSOAs in the look-ups and in the records.
    ///
    /// Units are the finest areas to which every record of the period can be assigned; an LSOA of another period that
    /// lies in several of them belongs to none, but keeps its ward and borough.
    /// - Parameter known: codes that boundaries and populations know; nil when neither was given.
    /// - Throws: a `Fault` when the look-up of the two censuses contradicts itself.
    init(lookup: AreaLookup, tables: [RecordTable], period: MonthRange, known: Set<String>?) throws(Fault) {
        vintage = try VintageLookup.make(lookup)
        let names = AreaFrame.names(in: tables)
        let resolved = vintage?.resolve(used: AreaFrame.codes(in: tables, period), known: known)
        notes = resolved?.notes ?? []
        for unit in resolved?.units ?? [] {
            let name = names[unit.code].flatMap { $0.isEmpty ? nil : $0 } ?? lookup.rows[unit.code]?.lsoaName
            add(unit.code, name ?? unit.name, parts2021: unit.lsoa21, parts2011: unit.lsoa11, lookup)
        }
        for (code, unit) in (resolved?.unitOfCode ?? [:]).sorted(by: { $0.key < $1.key }) {
            placeOfLSOA[code] = placeOfLSOA[unit]
        }
        let counterparts = AreaFrame.counterparts(lookup)
        for code in lookup.rows.keys.sorted() + names.keys.sorted() where placeOfLSOA[code] == nil {
            let others = counterparts[code] ?? []
            if others.contains(where: { placeOfLSOA[$0] != nil }) {
                placeOfLSOA[code] = spread(code, over: others, lookup)
            } else {
                let name = lookup.rows[code]?.lsoaName ?? ""
                add(code, name.isEmpty ? names[code] ?? code : name, parts2021: [code], parts2011: [], lookup)
            }
        }
        for table in tables { addBoroughsAndWards(of: table, lookup: lookup) }
    }

    /// The LSOAs of the other census that each LSOA shares ground with, itself apart.
    private static func counterparts(_ lookup: AreaLookup) -> [String: [String]] {
        var counterparts: [String: [String]] = [:]
        for pair in lookup.pairs where pair.lsoa2011 != pair.lsoa2021 {
            counterparts[pair.lsoa2011, default: []].append(pair.lsoa2021)
            counterparts[pair.lsoa2021, default: []].append(pair.lsoa2011)
        }
        return counterparts
    }

    private mutating func add(
        _ code: String, _ name: String, parts2021: [String], parts2011: [String], _ lookup: AreaLookup
    ) {
        let rows = (parts2021.isEmpty ? [code] : parts2021).compactMap { lookup.rows[$0] }
        let borough = borough(of: rows.first ?? lookup.borough2011[code], lsoaName: name)
        let ward = ward(of: rows, in: borough)
        placeOfLSOA[code] = Place(unit: units.count, ward: ward, borough: borough)
        units.append(
            Unit(code: code, name: name, parts2021: parts2021, parts2011: parts2011, ward: ward, borough: borough))
    }

    private mutating func spread(_ code: String, over parts: [String], _ lookup: AreaLookup) -> Place {
        let rows = [lookup.rows[code]].compactMap(\.self) + parts.compactMap { lookup.rows[$0] }
        let borough = borough(of: rows.first ?? lookup.borough2011[code], lsoaName: "")
        let ward = ward(of: rows, in: borough)
        let units = Set(parts.compactMap { placeOfLSOA[$0]?.unit }.filter { $0 >= 0 })
        if units.count == 1, let unit = units.first { return Place(unit: unit, ward: ward, borough: borough) }
        return Place(unit: -1, ward: ward, borough: borough, spread: units.sorted())
    }

    // MARK: - Look-up

    /// Where the records of an LSOA code belong.
    func place(ofLSOA code: String) -> Place? { placeOfLSOA[code] }
    /// The ward of a code or name.
    func ward(_ key: String) -> Int? { wardOfKey[Spelling.folded(key)] }
    /// The borough of a code or name.
    func borough(_ key: String) -> Int? { boroughOfKey[Spelling.folded(key)] }

    /// An LSOA's name without its number: the name of its borough ("Sutton 001A" → "Sutton").
    static func boroughName(ofLSOA name: String) -> String {
        let words = name.split(separator: " ")
        guard let last = words.last, words.count > 1, last.first?.isNumber == true else { return "" }
        return words.dropLast().joined(separator: " ")
    }

    // MARK: - Building

    private static func names(in tables: [RecordTable]) -> [String: String] {
        var names: [String: String] = [:]
        for table in tables {
            for (code, lsoa) in table.lsoas.enumerated() where AreaCode.isLSOA(lsoa) {
                if names[lsoa]?.isEmpty != false { names[lsoa] = table.lsoaNames[code] }
            }
        }
        return names
    }

    private static func codes(in tables: [RecordTable], _ period: MonthRange) -> Set<String> {
        var codes = Set<String>()
        for table in tables where !table.lsoa.isEmpty {
            var used = [Bool](repeating: false, count: table.lsoas.count)
            for row in 0..<table.rowCount
            where table.lsoa[row] >= 0 && table.month[row] >= period.first.index
                && table.month[row] <= period.last.index
            {
                used[Int(table.lsoa[row])] = true
            }
            for (code, isUsed) in used.enumerated() where isUsed { codes.insert(table.lsoas[code]) }
        }
        return codes
    }

    private mutating func borough(of row: AreaLookup.Row?, lsoaName: String) -> Int {
        if let row, !row.borough.isEmpty || !row.boroughName.isEmpty {
            return borough(code: row.borough, name: row.boroughName)
        }
        let name = AreaFrame.boroughName(ofLSOA: lsoaName)
        return name.isEmpty ? -1 : borough(code: "", name: name)
    }

    private mutating func borough(code: String, name: String) -> Int {
        let keys = [code, name].filter { !$0.isEmpty }.map(Spelling.folded)
        for key in keys {
            if let known = boroughOfKey[key] { return known }
        }
        let index = boroughs.count
        boroughs.append(Area(code: code.isEmpty ? name : code, name: name.isEmpty ? code : name))
        for key in keys { boroughOfKey[key] = index }
        // "Bristol, City of" is also known as "Bristol".
        if let comma = name.firstIndex(of: ",") {
            let short = Spelling.folded(String(name[..<comma]))
            if boroughOfKey[short] == nil { boroughOfKey[short] = index }
        }
        return index
    }

    // A unit that straddles wards goes to the ward with most of its parts, the smaller code where equally many.
    private mutating func ward(of rows: [AreaLookup.Row], in borough: Int) -> Int {
        var votes: [String: Int] = [:]
        for row in rows where !row.ward.isEmpty { votes[row.ward, default: 0] += 1 }
        guard let code = votes.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key,
            let row = rows.first(where: { $0.ward == code })
        else { return -1 }
        return ward(code: code, name: row.wardName, borough: borough)
    }

    private mutating func ward(code: String, name: String, borough: Int) -> Int {
        let key = Spelling.folded(code)
        if let known = wardOfKey[key] { return known }
        wards.append((Area(code: code, name: name.isEmpty ? code : name), borough))
        wardOfKey[key] = wards.count - 1
        return wards.count - 1
    }

    // Boroughs and wards that the records name and no look-up knows.
    private mutating func addBoroughsAndWards(of table: RecordTable, lookup: AreaLookup) {
        for (name, title) in zip(table.boroughs, table.boroughNames) where borough(name) == nil {
            let isCode = AreaCode.isGSS(name)
            if isCode || lookup.rows.isEmpty { _ = borough(code: isCode ? name : "", name: isCode ? title : name) }
        }
        guard !table.ward.isEmpty else { return }
        var boroughOfWard = [Int32](repeating: -1, count: table.wards.count)
        for (ward, borough) in zip(table.ward, table.borough.isEmpty ? table.ward.map { _ in -1 } : table.borough)
        where ward >= 0 && boroughOfWard[Int(ward)] < 0 {
            boroughOfWard[Int(ward)] = borough
        }
        for (code, key) in table.wards.enumerated() where ward(key) == nil {
            let hint = boroughOfWard[code] >= 0 ? table.boroughs[Int(boroughOfWard[code])] : ""
            _ = ward(code: key, name: table.wardNames[code], borough: borough(hint) ?? -1)
        }
    }
}
