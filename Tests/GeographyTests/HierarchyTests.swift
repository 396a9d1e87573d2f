import Geography
import Kernel
import Testing

@Suite struct HierarchyTests {
    private func row(_ lsoa: String, _ ward: (String, String), _ borough: (String, String)) -> AreaHierarchy.Row {
        .init(
            lsoaCode: lsoa, lsoaName: "\(borough.1) 00\(lsoa.suffix(1))A", wardCode: ward.0, wardName: ward.1,
            boroughCode: borough.0, boroughName: borough.1)
    }

    private func hierarchy() throws -> AreaHierarchy {
        let sutton = ("E09000029", "Sutton")
        let bexley = ("E09000004", "Bexley")
        return try AreaHierarchy([
            row("E01000003", ("E05000002", "St. Helier West"), sutton),
            row("E01000001", ("E05000001", "Belmont & South Cheam"), sutton),
            row("E01000002", ("E05000001", "Belmont & South Cheam"), sutton),
            row("E01000001", ("E05000001", "Belmont and South Cheam"), sutton),
            row("E01000004", ("E05000003", "Central"), sutton),
            row("E01000005", ("E05000004", "Central"), bexley),
        ])
    }

    @Test("Parents, children and names are found both ways, sorted") func lookUp() throws {
        let areas = try hierarchy()

        #expect(areas.lsoas.count == 5 && areas.boroughs == ["E09000004", "E09000029"])
        #expect(areas.ward(ofLSOA: "E01000002") == "E05000001")
        #expect(areas.borough(ofWard: "E05000001") == "E09000029")
        #expect(areas.borough(ofLSOA: "E01000005") == "E09000004")
        #expect(areas.ward(ofLSOA: "E05000001") == nil && areas.borough(ofWard: "E01000001") == nil)
        #expect(areas.lsoas(in: "E05000001") == ["E01000001", "E01000002"])
        #expect(areas.lsoas(in: "E09000029") == ["E01000001", "E01000002", "E01000003", "E01000004"])
        #expect(areas.wards(in: "E09000029") == ["E05000001", "E05000002", "E05000003"])
        #expect(areas.name(of: "E05000002") == "St. Helier West")
        #expect(areas.codes(named: "central") == ["E05000003", "E05000004"])
        #expect(areas.codes(named: "central", in: "E09000004") == ["E05000004"])
    }

    @Test(
        "Areas are found by code or name whatever the case, marks and ampersands",
        arguments: [
            ("e09000029", "E09000029"), (" E05000001", "E05000001"), ("SUTTON", "E09000029"),
            ("Belmont and South Cheam", "E05000001"), ("belmont  &south cheam", "E05000001"),
            ("St Helier West", "E05000002"), ("sutton 003a", "E01000003"),
        ])
    func find(text: String, code: String) throws {
        #expect(try hierarchy().find(text).code == code)
    }

    @Test("A misspelt name brings suggestions, an ambiguous one its candidates") func faults() throws {
        let areas = try hierarchy()

        let misspelt = faultOf { _ = try areas.find("Suton") }
        let begun = faultOf { _ = try areas.find("Belmont", level: .ward) }
        let wrongLevel = faultOf { _ = try areas.find("Sutton", level: .ward) }
        let ambiguous = faultOf { _ = try areas.find("Central") }
        let strange = faultOf { _ = try areas.find("Xyzzyxyzzy") }

        #expect(misspelt?.why == "did you mean Sutton?")
        #expect(begun?.why.contains("Belmont & South Cheam") == true)
        #expect(wrongLevel?.what == "There is no ward \"Sutton\"")
        #expect(ambiguous?.why == "E05000003 (ward in Sutton), E05000004 (ward in Bexley)")
        #expect(strange?.why == "")
        #expect(try areas.find("Central", in: "E09000004").code == "E05000004")
    }

    @Test("Lines that contradict each other are refused by name") func conflicts() {
        let sutton = ("E09000029", "Sutton")
        let one = row("E01000001", ("E05000001", "Belmont"), sutton)
        let conflicts: [(AreaHierarchy.Row, [String])] = [
            (row("E01000001", ("E05000002", "Central"), sutton), ["E01000001", "E05000001", "E05000002"]),
            (row("E01000002", ("E05000001", "Belmont"), ("E09000004", "Bexley")), ["E05000001", "E09000004"]),
            (row("E01000002", ("E05000001", "Belmore"), sutton), ["E05000001", "Belmont", "Belmore"]),
            (row("E05000001", ("E05000002", "Central"), sutton), ["E05000001", "also stands among the LSOA codes"]),
            (row("E01000002", ("", "Central"), sutton), ["Central", "no code"]),
        ]

        for (other, words) in conflicts {
            let fault = faultOf { _ = try AreaHierarchy([one, other], source: "lookup.csv") }
            #expect(fault?.place == "lookup.csv")
            for word in words { #expect(fault?.why.contains(word) == true, "\(String(describing: fault))") }
        }
    }

    @Test("The best-fit look-up of England and Wales loads", .enabled(if: Shared.isThere, "\(Shared.comment)"))
    func england() throws {
        let rows = Shared.rows("data/geo/LSOA21_WD24_LAD24_bestfit_EW.csv.gz").dropFirst().map {
            AreaHierarchy.Row(
                lsoaCode: $0[0], lsoaName: $0[1], wardCode: $0[3], wardName: $0[4], boroughCode: $0[6],
                boroughName: $0[7])
        }
        var areas: AreaHierarchy?
        let time = try ContinuousClock().measure { areas = try AreaHierarchy(rows) }
        print("hierarchy of \(rows.count) lines built in \(time)")

        #expect(areas?.lsoas.count == 35_672)
        // The data's README: Sutton 20 wards, Croydon 28, Southwark 23.
        let counts = try ["Sutton", "Croydon", "Southwark"].map {
            areas?.wards(in: try areas?.find($0, level: .borough).code ?? "").count
        }
        #expect(counts == [20, 28, 23])
        let near = faultOf { _ = try areas?.find("Croydn", level: .borough) }
        #expect(near?.why == "did you mean Croydon?")
    }
}
