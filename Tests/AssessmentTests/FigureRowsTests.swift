import Kernel
import Testing

@testable import Assessment

@Suite("Records of figures")
struct FigureRowsTests {
    @Test("The records of every count of the demo assessment add up to it")
    func everyCount() throws {
        let demo = try DemoGround.shared()
        var counts = 0
        for table in demo.assessment.tables {
            for address in demo.assessment.addresses(of: table.id) {
                guard FigureMeaning.of(table, address.column).kind == .sum else { continue }
                let rows = try demo.records.rows(of: address, in: demo.assessment)
                counts += 1
                #expect(rows.agrees == true, "\(address): \(rows.sum) instead of \(rows.figure ?? .nan)")
            }
        }
        #expect(counts > 1000)
    }
}
