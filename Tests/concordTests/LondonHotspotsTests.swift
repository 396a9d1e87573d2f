import Foundation
import Kernel
import Testing

/// The hotspots of robbery in London against an exact enumeration in numpy (reference/london), through the whole
/// command.
@Suite("Hotspots of robbery in London", .enabled(if: Shared.isPresent, Shared.absent))
struct LondonHotspotsTests {
    @Test("The exact p and q are those of the reference")
    func robbery() throws {
        let folder = try TemporaryFolder()
        let counts = try Shared.table("london/lsoa_counts_12m.csv")
        var records = "lsoa_code,lsoa_name,borough,category,year,month,crime_count\n"
        for row in counts where row["robbery"] != "0" {
            records += "\(row["LSOA21CD"] ?? ""),,\(row["LAD22NM"] ?? ""),robbery,2026,2,\(row["robbery"] ?? "")\n"
        }
        let definitions = try Definitions(in: folder)

        _ = try Program.succeed(
            ["assess", "--quiet", "--area", "London", "--from", "2026-02", "--to", "2026-02"]
                + ["--records", try folder.write(records, to: "robbery.csv"), "--lookup"] + Shared.lookups
                + ["--boundaries", Shared.boundaries, "--output", folder.path("out")] + definitions.arguments)

        let table = try Assessed(folder: folder.path("out")).table("B3.hotspots")
        let found = Dictionary(uniqueKeysWithValues: table.rows.map { ($0[0].text ?? "", $0) })
        let exact = try Shared.table("london/gistar_exact_robbery.csv")
        #expect(found.count == 4994 && exact.count == 4994)
        // Areas whose reference neighbourhood is not that of the published boundaries have another k or S, and z.
        var differing: [String] = []
        for (area, reference) in zip(counts, exact) {
            let code = area["LSOA21CD"] ?? ""
            let row = try #require(found[code])
            #expect(row[2].number == Double(reference["y"] ?? ""))
            let z = try #require(Double(reference["z"] ?? ""))
            guard abs((row[3].number ?? .nan) - z) < 1e-9 else {
                differing.append(code)
                continue
            }
            let p = try #require(Double(reference["p_exact"] ?? ""))
            let q = try #require(Double(reference["q_exact"] ?? ""))
            #expect(abs((row[5].number ?? .nan) - p) <= 1e-9 * p, "\(code)")
            // One p that differs may move every q of larger rank a little.
            #expect(abs((row[6].number ?? .nan) - q) <= 1e-2 * q, "\(code)")
            #expect((row[7] == .bool(true)) == (q <= 0.05), "\(code)")
        }
        // The q of the table are those of its own p, by the definition of Benjamini and Hochberg.
        let p = try table.column("pExact").map { try #require($0.number) }
        let q = try table.column("qExact").map { try #require($0.number) }
        let order = p.indices.sorted { p[$0] > p[$1] }
        var least = 1.0
        for (above, index) in order.enumerated() {
            least = min(least, p[index] * Double(p.count) / Double(p.count - above))
            #expect(abs(q[index] - least) <= 1e-9 * least)
        }
        // Nine pairs of neighbours differ, so at most eighteen areas do.
        #expect(differing.count <= 18, "\(differing)")
        #expect(try table.column("hotspot").count { $0 == .bool(true) } == 15)
    }
}
