internal import Kernel
internal import Records

/// A choice of boroughs, by their position in the frame.
struct BoroughMask: Hashable {
    private let chosen: [Bool]
    /// The chosen positions, in order.
    let positions: [Int]

    init(_ positions: [Int], of count: Int) {
        var chosen = [Bool](repeating: false, count: count)
        for position in positions { chosen[position] = true }
        self.chosen = chosen
        self.positions = positions.sorted()
    }

    func holds(_ borough: Int32) -> Bool { borough >= 0 && chosen[Int(borough)] }
}

/// A table of records with the unit, ward and borough of each row.
struct PlacedRecords {
    let table: RecordTable
    /// Position in the frame's units, −1 when the record has no LSOA.
    let unit: [Int32]
    /// Position in the frame's wards, −1 when unknown.
    let ward: [Int32]
    /// Position in the frame's boroughs, −1 when unknown.
    let borough: [Int32]

    init(_ table: RecordTable, in frame: AreaFrame) {
        self.table = table
        let places = table.lsoas.map { frame.place(ofLSOA: $0) }
        let units = places.map { Int32($0?.unit ?? -1) }
        let wardOfLSOA = places.map { Int32($0?.ward ?? -1) }
        let boroughOfLSOA = places.map { Int32($0?.borough ?? -1) }
        let wards = table.wards.map { Int32(frame.ward($0) ?? -1) }
        let boroughs = table.boroughs.map { Int32(frame.borough($0) ?? -1) }
        let boroughOfWard = frame.wards.map { Int32($0.borough) }
        func value(_ codes: [Int32], _ row: Int, _ values: [Int32]) -> Int32 {
            guard !codes.isEmpty, codes[row] >= 0 else { return -1 }
            return values[Int(codes[row])]
        }
        var unit: [Int32] = []
        var ward: [Int32] = []
        var borough: [Int32] = []
        unit.reserveCapacity(table.rowCount)
        ward.reserveCapacity(table.rowCount)
        borough.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount {
            let u = value(table.lsoa, row, units)
            var w = value(table.ward, row, wards)
            if w < 0 { w = value(table.lsoa, row, wardOfLSOA) }
            var b = value(table.lsoa, row, boroughOfLSOA)
            if b < 0, w >= 0 { b = boroughOfWard[Int(w)] }
            if b < 0 { b = value(table.borough, row, boroughs) }
            unit.append(u)
            ward.append(w)
            borough.append(b)
        }
        self.unit = unit
        self.ward = ward
        self.borough = borough
    }

    /// The finest level that the source has.
    var level: Level {
        if !table.lsoa.isEmpty { return .lsoa }
        if !table.ward.isEmpty { return .ward }
        return table.borough.isEmpty ? .none : .borough
    }

    /// How finely records are placed.
    enum Level: Int, Comparable {
        case none, borough, ward, lsoa
        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }

    /// Months in which any of these boroughs has a record; of a table with a column a month, the months it covers.
    func months(in area: BoroughMask) -> Set<Month> {
        var months = Set<Int32>()
        var last: Int32 = .min
        for row in 0..<table.rowCount where table.month[row] != last && area.holds(borough[row]) {
            last = table.month[row]
            months.insert(last)
        }
        return Set(months.map(Month.init(index:)))
    }

    /// Rows of these boroughs in a range of months.
    func rows(in area: BoroughMask, _ range: MonthRange) -> [Int] {
        let (first, last) = (range.first.index, range.last.index)
        var rows: [Int] = []
        for row in 0..<table.rowCount
        where table.month[row] >= first && table.month[row] <= last && area.holds(borough[row]) {
            rows.append(row)
        }
        return rows
    }

    /// Incidents of these boroughs in a range of months.
    func total(in area: BoroughMask, _ range: MonthRange) -> Int {
        rows(in: area, range).reduce(0) { $0 + Int(table.count[$1]) }
    }
}
