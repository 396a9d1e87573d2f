import Kernel
import Testing

@testable import Records

@Suite("Populations and look-ups")
struct AreaFilesTests {
    @Test("Populations of LSOAs of 2021 by year", .enabled(if: Place.hasShared, Place.absent))
    func lsoas2021() throws {
        var populations = Populations()
        try populations.read(Place.data("deprivation_population/london_LSOA21_population_density_mid2011-2022.csv.gz"))

        #expect(populations.years == Set(2011...2022))
        #expect(populations.codes.count == 4994)
        #expect(populations.residents(of: "E01000001", in: 2022) == 1795)
        #expect(populations.residents(of: "E01000001", in: 2011) == 1472)
        let total = { year in populations.codes.reduce(0) { $0 + (populations.residents(of: $1, in: year) ?? 0) } }
        #expect(total(2022) == 8_869_043 && total(2011) == 8_204_407)
        #expect(populations.year(nearest: 2025) == 2022 && populations.year(nearest: 1990) == 2011)
    }

    @Test("Populations of LSOAs of 2011 and of wards in other layouts", .enabled(if: Place.hasShared, Place.absent))
    func layouts() throws {
        var lsoas = Populations()
        try lsoas.read(Place.data("deprivation_population/london-mid2020-pop.csv"))
        #expect(lsoas.years == [2020] && lsoas.residents(of: "E01000001", in: 2020) == 1749)

        var wards = Populations()
        try wards.read(Place.data("deprivation_population/london_census2021_ethnicity_by_ward2022.csv"))
        #expect(wards.years == [2021] && wards.residents(of: "E09000001", in: 2021) == 8584)
    }

    @Test("Rows of groups add up by area and year; thousands separators and blanks are read")
    func groups() throws {
        let folder = try Folder()
        let text = "area,year,sex,population\nE01000001,2021,F,\"1,200\"\nE01000001,2021,M, 1100 \nE01000001,2022,F,\n"
        var populations = Populations()
        try populations.read(try folder.write(text, to: "people.csv"))

        #expect(populations.residents(of: "E01000001", in: 2021) == 2300)
        #expect(populations.residents(of: "E01000001", in: 2022) == nil)
    }

    @Test("Look-ups of wards, of both censuses and by output area", .enabled(if: Place.hasShared, Place.absent))
    func lookups() throws {
        var lookup = AreaLookup()
        try lookup.read(Place.data("geo/LSOA21_WD24_LAD24_bestfit_EW.csv.gz"))
        #expect(lookup.rows.count == 35_672 && lookup.pairs.isEmpty)
        try lookup.read(Place.data("geo/LSOA11_LSOA21_LAD22_exactfit_EW.csv.gz"))
        #expect(lookup.rows.count == 35_672 && lookup.pairs.count == 35_796)
        let wards = { (borough: String) in
            Set(lookup.rows.values.filter { $0.boroughName == borough }.map(\.ward)).count
        }
        #expect(wards("Sutton") == 20 && wards("Croydon") == 28 && wards("Southwark") == 23)

        var byOutputArea = AreaLookup()
        try byOutputArea.read(Place.data("geo/london_OA21_LSOA21_LSOA11_MSOA21_WD24_LAD22_lookup.csv.gz"))
        #expect(byOutputArea.rows.count == 4994)
        for (code, row) in byOutputArea.rows { #expect(row.ward == lookup.rows[code]?.ward, "\(code)") }
        let pairs = { (lookup: AreaLookup) in Set(lookup.pairs.map { [$0.lsoa2011, $0.lsoa2021, $0.change] }) }
        let london = pairs(byOutputArea)
        #expect(london.isSubset(of: pairs(lookup)) && london.count > 4994)
    }

    @Test("A file that is no look-up or population is refused with its columns")
    func wrong() throws {
        let folder = try Folder()
        let path = try folder.write("colour,size\nred,1\n", to: "other.csv")

        var lookup = AreaLookup()
        #expect(throws: Fault.self) { try lookup.read(path) }
        var populations = Populations()
        #expect(throws: Fault.self) { try populations.read(path) }
        let ragged = try folder.write("LSOA21CD,LAD24CD\nE01000001\n", to: "ragged.csv")
        let fault = try #require(throws: Fault.self) { try lookup.read(ragged) }
        #expect(fault.place.hasSuffix("ragged.csv, row 2") && fault.why.contains("1 fields"))
    }
}
