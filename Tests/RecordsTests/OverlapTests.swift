import Kernel
import Testing

@testable import Records

@Suite("Files that hold the same months")
struct OverlapTests {
    private static let street =
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
        + "Last outcome category,Context\n"

    private static func row(
        _ id: String, _ month: String, force: String = "Kent", _ outcome: String = "", lsoa: String = "E01000001"
    )
        -> String
    {
        let place = lsoa.isEmpty ? ",," : "-0.1,51.5,On or near"
        return "\(id),\(month),\(force),\(force),\(place),\(lsoa),,Burglary,\(outcome),\n"
    }

    private func total(_ set: RecordSet) -> Int { set.incidents.reduce(0) { $0 + $1.total } }

    @Test("The same content counts once, whatever the order of its rows")
    func same() throws {
        let folder = try Folder()
        let rows = [Self.row("a", "2024-01"), Self.row("b", "2024-01")]
        let one = try folder.write(Self.street + rows.joined(), to: "one.csv")
        let two = try folder.write(Self.street + rows.reversed().joined(), to: "two.csv")

        let set = try folder.read([.init(path: one), .init(path: two)])

        #expect(total(set) == 2)
        #expect(set.notes.contains { $0.contains("two.csv") && $0.contains("counted once") })
    }

    @Test("Other content of the same force and month is refused, restated or added")
    func rules() throws {
        let folder = try Folder()
        let one = try folder.write(
            Self.street + Self.row("a", "2024-01") + Self.row("b", "2024-02"), to: "one.csv")
        let two = try folder.write(
            Self.street + Self.row("c", "2024-02") + Self.row("d", "2024-02") + Self.row("e", "2024-03"), to: "two.csv")

        let fault = try #require(throws: Fault.self) { try folder.read([.init(path: one), .init(path: two)]) }
        #expect(fault.why.contains("Kent in 2024-02: 1 incidents in the first, 2 in the second"), "\(fault)")
        #expect(total(try folder.read([.init(path: one), .init(path: two, overlap: .restate)])) == 4)
        #expect(total(try folder.read([.init(path: one), .init(path: two, overlap: .add)])) == 5)
    }

    @Test("Two forces may hold the same month")
    func forces() throws {
        let folder = try Folder()
        let one = try folder.write(Self.street + Self.row("a", "2024-01"), to: "one.csv")
        let two = try folder.write(Self.street + Self.row("b", "2024-01", force: "Surrey"), to: "two.csv")

        #expect(total(try folder.read([.init(path: one), .init(path: two)])) == 2)
    }

    @Test("A crime repeated for its outcomes is one; rows without identifier are each their own")
    func repeats() throws {
        let folder = try Folder()
        let rows = [
            Self.row("a", "2024-01", "Under investigation"), Self.row("a", "2024-01", "Charged"),
            Self.row("a", "2024-01", "Charged", lsoa: ""), Self.row("a", "2024-02", "Charged"),
            Self.row("a", "2024-01", "Charged", lsoa: "E01000002"),
            Self.row("", "2024-01"), Self.row("", "2024-01"), Self.row("", "2024-01"),
        ]
        let file = try folder.write(Self.street + rows.joined(), to: "street.csv")

        let set = try folder.read([.init(path: file)])

        #expect(total(set) == 6)
        #expect(set.countedOnce == ["police-uk-street": 2])
    }

    @Test("A first month that holds next to nothing is left out and said")
    func emptyMonth() throws {
        let folder = try Folder()
        let rows = (0..<20).map { "E01000001,,E09000029,ROBBERY,R\($0),\($0 == 0 ? 1 : 0),5,5,5\n" }.joined()
        let header = "lsoa_code,lsoa_name,borough,major_category,minor_category,202402,202403,202404,202405\n"

        let set = try folder.read([.init(path: try folder.write(header + rows, to: "wide.csv"))])

        #expect(set.incidents[0].months.map(\.description) == ["2024-03", "2024-04", "2024-05"])
        #expect(total(set) == 300)
        #expect(set.incidents[0].notes.contains { $0.contains("2024-02 holds only 1") })
    }

    @Test("Two columns of one month are refused")
    func twice() throws {
        let folder = try Folder()
        let text = "majortext,minortext,boroughname,202403,202403\nTHEFT,THEFT,Sutton,1,2\n"

        let fault = try #require(throws: Fault.self) {
            try folder.read([.init(path: try folder.write(text, to: "wide.csv"))])
        }
        #expect(fault.why.contains("202403"))
    }
}
