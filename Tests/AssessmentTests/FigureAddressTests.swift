import Kernel
import Testing

@testable import Assessment

@Suite("Addresses of figures")
struct FigureAddressTests {
    @Test("An address is read as table, row and column, the row with its strokes")
    func parts() {
        let address = FigureAddress("B1.offences/Robbery/034/01/count")
        #expect(address == FigureAddress(table: "B1.offences", row: "Robbery/034/01", column: "count"))
        #expect(address?.description == "B1.offences/Robbery/034/01/count")
        for wrong in ["", "B1.level", "B1.level/count", "/a/b", "a/b/"] { #expect(FigureAddress(wrong) == nil) }
    }

    @Test("Any words survive the way through a web address")
    func segments() {
        var random = SeededRandom(seed: 11)
        let letters = Array("aZ09-._~/%&?#+ <>\"'é😀\u{0}\u{202E}|:;=@\\")
        for _ in 0..<2000 {
            let words = (0..<3).map { _ in
                String(
                    (0..<Int(random.uniform() * 9) + 1).map { _ in
                        letters[Int(random.uniform() * Double(letters.count))]
                    })
            }
            let address = FigureAddress(table: words[0], row: words[1], column: words[2])
            let segment = address.segment
            #expect(FigureAddress(segment: segment) == address)
            #expect(segment.wholeMatch(of: /[A-Za-z0-9._~-]+/) != nil)
        }
        #expect(
            FigureAddress(table: "B1.months", row: "2025-01/anti-social", column: "count").segment
                == "B1.months~2025-01_2Fanti-social~count")
    }

    @Test("What is no segment is no address")
    func strange() {
        for wrong in [
            "", "~", "~~", "a~b", "a~b~", "~b~c", "a~b~c~d", "a~_2~c", "a~_zz~c", "a~_FF~c", "a~%20~c", "a~_61~c",
        ] {
            #expect(FigureAddress(segment: wrong) == nil, "\(wrong)")
        }
    }

    @Test("Every figure of the demo has one address, and the address gives it back")
    func demo() throws {
        let assessment = try DemoGround.shared().assessment
        var seen: Set<FigureAddress> = []
        for table in assessment.tables {
            let addresses = assessment.addresses(of: table.id)
            let figures = table.rows.joined().filter {
                switch $0 {
                case .text, .missing: false
                default: true
                }
            }
            #expect(addresses.count == figures.count, "\(table.id)")
            for (position, (address, figure)) in zip(addresses, figures).enumerated() {
                #expect(seen.insert(address).inserted, "\(address)")
                guard position % 17 == 0 || table.rows.count < 20 else { continue }
                #expect(try assessment.cell(at: address) == figure)
            }
        }
        #expect(seen.count > 3000)
    }

    @Test("The figures of every sentence are there")
    func sentences() throws {
        let assessment = try DemoGround.shared().assessment
        for text in assessment.statements.flatMap(\.figures) {
            if let address = FigureAddress(text) {
                #expect(throws: Never.self, "\(text)") { try assessment.cell(at: address) }
            } else {
                #expect(assessment.table(text) != nil, "\(text)")
            }
        }
    }

    @Test("A wrong address says which part is wrong and what is near")
    func absent() throws {
        let assessment = try DemoGround.shared().assessment
        func why(_ text: String) throws -> String {
            let address = try #require(FigureAddress(text))
            return #expect(throws: Fault.self) { try assessment.cell(at: address) }.map(\.description) ?? ""
        }
        #expect(try why("B1.lvel/Total/count").contains("Did you mean B1.level?"))
        #expect(try why("B1.level/Totl/count").contains("Did you mean Total?"))
        #expect(try why("B1.level/Total/counts").contains("Its columns are: category, count"))
    }

    @Test("The meaning of every column of the demo is known")
    func meanings() throws {
        for table in try DemoGround.shared().assessment.tables {
            for column in table.columns {
                #expect(FigureMeaning.known(table, column.id) != nil, "\(table.id) \(column.id)")
            }
        }
    }
}
