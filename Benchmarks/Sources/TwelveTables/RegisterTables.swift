internal import Kernel
internal import Tables

/// The twelve tables while they are counted.
struct RegisterTables {
    let requests: [ColumnRequest]
    private static let most = 64
    private var typeByYear = Grouping.Table()
    private var suspects = IdentifierTotals()
    private var victims = IdentifierTotals()
    private var boroughByAbuse = Grouping.Table()
    private var areaByType = Grouping.Table()
    private var bandByType = Grouping.Table()
    private var monthByType = Grouping.Table()
    private var victimProfile = Grouping.Table()
    private var suspectProfile = Grouping.Table()
    private var wardByType = Grouping.Table()
    private var flagsByInjury = Grouping.Table()
    private var cells = IdentifierTotals()

    init(requests: [ColumnRequest]) {
        self.requests = requests
    }

    mutating func add(_ batch: Batch) throws(Fault) {
        let calendar = Calendar(batch.integers(.committedFrom))
        let types = batch.codes(.majorType)
        let harm = batch.integers(.harm)
        let most = RegisterTables.most
        typeByYear.add(types, calendar.years, weights: harm)
        suspects.add(batch.hashes(.suspect), weights: harm)
        victims.add(batch.hashes(.victim), weights: harm)
        let boroughYears = Grouping.pairs(batch.codes(.borough), calendar.years, groups: most)
        boroughByAbuse.add(boroughYears, batch.booleans(.domesticAbuse).map(Int32.init))
        areaByType.add(batch.codes(.area), types)
        bandByType.add(calendar.bands, types)
        monthByType.add(calendar.months, types)
        victimProfile.add(
            profile(batch, .victim, .victimAge, .victimSex), batch.codes(.victimEthnicity), weights: harm)
        suspectProfile.add(
            profile(batch, .suspect, .suspectAge, .suspectSex), batch.codes(.suspectEthnicity), weights: harm)
        wardByType.add(Grouping.pairs(batch.codes(.ward), calendar.years, groups: most), types)
        flagsByInjury.add(flags(batch), batch.codes(.injury))
        cells.add(cellIdentifiers(batch), weights: harm)
    }

    /// Ten-year age band and sex of the persons there are; -1 where there is none.
    private func profile(
        _ batch: Batch, _ person: RegisterColumns, _ age: RegisterColumns, _ sex: RegisterColumns
    ) -> [Int32] {
        let ages = batch.integers(age)
        let sexes = batch.codes(sex)
        let persons = batch.hashes(person)
        return persons.indices.map { i in
            persons[i] == 0 || ages[i] < 0 || sexes[i] < 0 ? -1 : Int32(ages[i] / 10 * 8) + sexes[i]
        }
    }

    private func flags(_ batch: Batch) -> [Int32] {
        let abuse = batch.booleans(.domesticAbuse)
        let hate = batch.booleans(.hateCrime)
        let knife = batch.booleans(.knife)
        let alcohol = batch.booleans(.alcohol)
        return abuse.indices.map { i in
            Int32(abuse[i] & 1) * 8 + Int32(hate[i] & 1) * 4 + Int32(knife[i] & 1) * 2 + Int32(alcohol[i] & 1)
        }
    }

    /// The 250 m cell of each row plus one, as both numbers in one; 0 without a place.
    private func cellIdentifiers(_ batch: Batch) -> [UInt64] {
        let easts = batch.integers(.easting)
        let norths = batch.integers(.northing)
        return easts.indices.map { i in
            easts[i] < 0 || norths[i] < 0 ? 0 : UInt64(easts[i] / 250) << 32 + UInt64(norths[i] / 250) + 1
        }
    }
}

// MARK: - Results

extension RegisterTables {
    /// The tables as comma-separated text, by name.
    mutating func results(_ dictionaries: [TextDictionary?]) -> [(name: String, bytes: [UInt8])] {
        func texts(_ column: RegisterColumns) -> [String] { dictionaries[column.rawValue]?.texts ?? [] }
        suspects.finish()
        victims.finish()
        cells.finish()
        let most = RegisterTables.most
        let types = texts(.majorType)
        let boroughs = texts(.borough)
        let wards = texts(.ward)
        let areas = texts(.area)
        let years = (0..<most).map { String(1990 + $0) }
        func place(_ names: [String]) -> (Int) -> [String] { { [names[$0 / most], years[$0 % most]] } }
        func band(_ row: Int) -> [String] { [String(row / 8), String(row % 8)] }
        func flags(_ row: Int) -> [String] { [8, 4, 2, 1].map { row & $0 != 0 ? "Yes" : "No" } }
        func profile(_ sexes: [String]) -> (Int) -> [String] { { [String($0 / 8 * 10), sexes[$0 % 8]] } }
        return [
            ("01_type_year", Self.text(typeByYear, { [types[$0]] }, years, harm: true)),
            ("02_suspects", Self.concentration(suspects)),
            ("03_victims", Self.concentration(victims)),
            ("04_borough_year_abuse", Self.text(boroughByAbuse, place(boroughs), ["No", "Yes"])),
            ("05_area_type", Self.text(areaByType, { [areas[$0]] }, types)),
            ("06_weekday_band_type", Self.text(bandByType, band, types)),
            ("07_month_type", Self.text(monthByType, { [Month(index: Int32(1990 * 12 + $0)).description] }, types)),
            (
                "08_victim_profile",
                Self.text(victimProfile, profile(texts(.victimSex)), texts(.victimEthnicity), harm: true)
            ),
            (
                "09_suspect_profile",
                Self.text(suspectProfile, profile(texts(.suspectSex)), texts(.suspectEthnicity), harm: true)
            ),
            ("10_ward_year_type", Self.text(wardByType, place(wards), types)),
            ("11_flags_injury", Self.text(flagsByInjury, flags, texts(.injury), missing: true)),
            ("12_cells", Self.text(cells)),
        ]
    }

    /// A line for each pair that occurs.
    private static func text(
        _ table: Grouping.Table, _ rowNames: (Int) -> [String], _ columnNames: [String], harm: Bool = false,
        missing: Bool = false
    ) -> [UInt8] {
        var writer = DelimitedWriter()
        for row in 0..<table.rowCount {
            for column in (missing ? -1 : 0)..<min(table.columnCount, columnNames.count) {
                let count = table.count(row, column)
                guard count > 0 else { continue }
                var fields = rowNames(row) + [column < 0 ? "" : columnNames[column], String(count)]
                if harm { fields.append(String(table.sum(row, column))) }
                writer.row(fields)
            }
        }
        return writer.bytes
    }

    private static func text(_ cells: IdentifierTotals) -> [UInt8] {
        var writer = DelimitedWriter()
        let counts = cells.counts
        let sums = cells.sums
        for (i, cell) in cells.identifiers.enumerated() {
            let (east, north) = ((cell - 1) >> 32, (cell - 1) & 0xFFFF_FFFF)
            writer.row([String(east), String(north), String(counts[i]), String(sums[i])])
        }
        return writer.bytes
    }

    /// Persons, rows, harm, and the smallest numbers of persons with half of the harm and half of the rows.
    private static func concentration(_ persons: IdentifierTotals) -> [UInt8] {
        // One column after the other, because each is as long as there are persons.
        func held(_ values: [Int64]) -> (total: Int64, half: Int) {
            (values.reduce(0, +), Grouping.smallestNumber(of: values, holding: 1, of: 2))
        }
        let rows = held(persons.counts)
        let harm = held(persons.sums)
        var writer = DelimitedWriter()
        writer.row(
            [persons.identifierCount, Int(rows.total), Int(harm.total), harm.half, rows.half].map { String($0) })
        return writer.bytes
    }
}
