import Foundation
import Kernel
import Testing

/// The tables that a run wrote, as another program reads them.
struct Assessed {
    let root: JSON

    /// Reads `assessment.json` of a folder.
    init(folder: String) throws { try self.init(file: "\(folder)/assessment.json") }

    init(file: String) throws {
        let data = try #require(FileManager.default.contents(atPath: file), "\(file) was not written")
        root = try JSON(parsing: Array(data), from: file)
    }

    /// What a command printed as JSON.
    init(text: String) throws { root = try JSON(parsing: Array(text.utf8), from: "standard output") }

    /// The ids of the tables, in their order.
    var ids: [String] {
        guard case .object(let members)? = root["tables"] else { return [] }
        return members.map(\.name)
    }

    func table(_ id: String) throws -> Table {
        Table(id: id, json: try #require(root["tables"]?[id], "there is no table \(id) among \(ids)"))
    }

    /// A table by its columns' names.
    struct Table {
        let id: String
        let columns: [String]
        let rows: [[JSON]]
        let notes: [String]

        init(id: String, json: JSON) {
            self.id = id
            columns = (json["columns"]?.items ?? []).compactMap(\.text)
            rows = (json["rows"]?.items ?? []).map(\.items)
            notes = (json["notes"]?.items ?? []).compactMap(\.text)
        }

        /// The position of a column.
        func position(_ column: String) throws -> Int {
            try #require(columns.firstIndex(of: column), "\(id) has no column \(column), only \(columns)")
        }

        /// The values of a column.
        func column(_ name: String) throws -> [JSON] {
            let position = try position(name)
            return rows.map { $0[position] }
        }

        /// The value of the one row that has these words in these columns (in the first column when none are named).
        func value(_ column: String, _ keys: [String], in keyColumns: [String] = []) throws -> JSON {
            let position = try position(column)
            let places = try (keyColumns.isEmpty ? [columns[0]] : keyColumns).map(self.position)
            let found = rows.filter { row in zip(places, keys).allSatisfy { row[$0].word == $1 } }
            try #require(found.count == 1, "\(id) has \(found.count) rows of \(keys)")
            return found[0][position]
        }

        func number(_ column: String, _ keys: String..., in keyColumns: [String] = []) throws -> Double {
            let value = try value(column, keys, in: keyColumns)
            return try #require(value.number, "\(id) \(keys) \(column) is \(value)")
        }
    }
}

extension JSON {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    /// A text or whole number as a key.
    var word: String? { if case .integer(let number) = self { String(number) } else { text } }
    var items: [JSON] { if case .array(let items) = self { items } else { [] } }
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}

/// Small definitions of a test's own, so that it does not depend on those that are shipped.
struct Definitions {
    let groups: String
    let weights: String

    init(in folder: TemporaryFolder, weights: [String: Double] = Definitions.days) throws {
        let group = { (id: String, mps: String, police: String) in
            """
            {"id": "\(id)", "title": "\(id)", "categories": {"mps-major": ["\(mps)"], "police-uk": ["\(id)", "\(police)"]}}
            """
        }
        groups = try folder.write(
            """
            {"id": "test", "title": "Groups of a test", "version": "1", "groups": [
            \(group("violence", "VIOLENCE AGAINST THE PERSON", "Violence and sexual offences")),
            \(group("robbery", "ROBBERY", "Robbery")), \(group("drugs", "DRUG OFFENCES", "Drugs"))]}
            """, to: "groups.json")
        let members = weights.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \(shortest($0.value))" }
        self.weights = try folder.write(
            """
            {"id": "test", "title": "Weights of a test", "version": "1", "schemes": {"any": {\(members.joined(separator: ", "))}}}
            """, to: "weights.json")
    }

    static let days: [String: Double] = [
        "robbery": 365, "burglary": 126, "drugs": 5, "violence against the person": 19.5, "theft": 2,
        "violent-crime": 182.5,
    ]

    var arguments: [String] { ["--groups", groups, "--weights", weights] }
}

/// Whether two numbers agree relative to the expected one.
func agree(_ a: Double, _ expected: Double, relative: Double = 1e-9) -> Bool {
    abs(a - expected) <= relative * max(1, abs(expected))
}
