import Foundation
import Kernel
import Testing

/// What pandas computed from the open data alone, by Tests/Oracle/expected.py.
struct ExpectedCase: CustomTestStringConvertible, Sendable {
    struct Figure: Sendable {
        let table: String
        let keys: [String]
        let keyColumns: [String]
        let column: String
        let value: JSON
    }

    let name: String
    let arguments: [String]
    let hasBoundaries: Bool
    let figures: [Figure]

    var testDescription: String { name }

    static let all: [ExpectedCase] = {
        let path = Program.root + "/Tests/Oracle/expected.json"
        guard let data = FileManager.default.contents(atPath: path),
            let root = try? JSON(parsing: Array(data), from: path)
        else { return [] }
        return (root["cases"]?.items ?? []).map(ExpectedCase.init)
    }()

    init(_ json: JSON) {
        name = json["name"]?.text ?? ""
        var arguments = ["assess", "--quiet"]
        for option in ["area", "from", "to"] { arguments += ["--\(option)", json[option]?.text ?? ""] }
        for option in ["records", "lookup", "boundaries", "population"] {
            let paths = (json[option]?.items ?? []).compactMap(\.text)
            if !paths.isEmpty { arguments += ["--\(option)"] + paths.map(Shared.data) }
        }
        if let weights = json["weights"]?.text { arguments += ["--weights", Shared.data(weights)] }
        self.arguments = arguments
        hasBoundaries = json["boundaries"]?.items.isEmpty == false
        figures = (json["cells"]?.items ?? []).map { cell in
            let columns = cell["keyColumn"]?.text.map { $0.split(separator: "|").map(String.init) } ?? []
            let key = cell["key"]?.text ?? ""
            return Figure(
                table: cell["table"]?.text ?? "",
                keys: columns.isEmpty ? [key] : key.split(separator: "|").map(String.init),
                keyColumns: columns, column: cell["column"]?.text ?? "", value: cell["value"] ?? .null)
        }
    }
}

@Suite("concord assess on real data", .enabled(if: Shared.isPresent, Shared.absent))
struct ExpectedFiguresTests {
    @Test("The expected figures are there")
    func cases() {
        #expect(ExpectedCase.all.count == 8)
        #expect(ExpectedCase.all.reduce(0) { $0 + $1.figures.count } == 1736)
    }

    @Test("Every figure is that of the independent computation", arguments: ExpectedCase.all)
    func figures(expected: ExpectedCase) throws {
        let folder = try TemporaryFolder()
        let definitions = try Definitions(in: folder)
        let own = expected.arguments.contains("--weights") ? ["--groups", definitions.groups] : definitions.arguments
        _ = try Program.succeed(expected.arguments + own + ["--output", folder.path("out")])

        let assessed = try Assessed(folder: folder.path("out"))
        var tables: [String: Assessed.Table] = [:]
        for figure in expected.figures {
            let table = try tables[figure.table] ?? assessed.table(figure.table)
            tables[figure.table] = table
            let value = try table.value(figure.column, figure.keys, in: figure.keyColumns)
            if case .integer(let number) = figure.value {
                #expect(value == .integer(number), "\(figure.table) \(figure.keys) \(figure.column)")
            } else {
                let number = try #require(figure.value.number)
                #expect(
                    agree(value.number ?? .nan, number), "\(figure.table) \(figure.keys) \(figure.column): \(value)")
            }
        }
        if expected.hasBoundaries {
            for id in assessed.ids where id.hasPrefix("B3.hotspots") { try checkHotspots(try assessed.table(id)) }
        }
    }

    private func checkHotspots(_ table: Assessed.Table) throws {
        #expect(Array(table.columns.prefix(8)) == ["code", "name", "count", "z", "p", "pExact", "qExact", "hotspot"])
        #expect(!table.rows.isEmpty)
        for row in table.rows {
            let q = try #require(row[6].number)
            let p = try #require(row[5].number)
            #expect(row[7] == .bool(q <= 0.05))
            #expect(q >= p - 1e-15 && q <= 1)
        }
        #expect(table.notes.contains { $0.contains("Moran") })
    }
}
