import FoundationEssentials
import Kernel
import Statistics
import Testing

/// The reference values that other programs computed, in the project's shared folder: `CONCORD_SHARED`, or `shared`
/// beside the repository.
enum Reference {
    static let folder: String = {
        if let folder = ProcessInfo.processInfo.environment["CONCORD_SHARED"] { return folder + "/reference" }
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/" + root + "/../shared/reference"
    }()

    /// Whether the folder is there; without it the comparisons are skipped.
    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder + "/README.md") }

    static func text(_ path: String) throws -> String {
        let data = try #require(FileManager.default.contents(atPath: folder + "/" + path), "\(path) is missing")
        return String(decoding: data, as: UTF8.self)
    }

    static func json(_ path: String) throws -> JSON {
        // Python writes NaN and Infinity where JSON has null.
        var text = try text(path)
        for word in ["NaN", "Infinity"] {
            text = text.split(separator: word, omittingEmptySubsequences: false).joined(separator: "null")
        }
        return try JSON(parsing: Array(text.utf8), from: path)
    }

    /// The columns of a comma-separated file, by their heading.
    static func table(_ path: String) throws -> [String: [String]] {
        let lines = try text(path).split(separator: "\n").map { fields(of: $0) }
        let headings = try #require(lines.first)
        var columns: [String: [String]] = [:]
        for (place, heading) in headings.enumerated() {
            columns[heading] = lines.dropFirst().map { place < $0.count ? $0[place] : "" }
        }
        return columns
    }

    private static func fields(of line: Substring) -> [String] {
        var fields: [String] = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    static func neighbours(_ path: String, count: Int) throws -> Neighbours {
        let edges = try table(path)
        let from = try edges.integers("i")
        let to = try edges.integers("j")
        return Neighbours(count: count, pairs: Array(zip(from, to)))
    }
}

extension [String: [String]] {
    func numbers(_ heading: String) throws -> [Double] {
        try #require(self[heading]).map { try #require(Double($0)) }
    }
    func integers(_ heading: String) throws -> [Int] {
        try #require(self[heading]).map { try #require(Int($0)) }
    }
}

extension JSON {
    var double: Double {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: .nan
        }
    }
    var doubles: [Double] {
        guard case .array(let items) = self else { return [] }
        return items.map(\.double)
    }
    var items: [JSON] {
        guard case .array(let items) = self else { return [] }
        return items
    }
    func at(_ path: String...) -> JSON {
        path.reduce(self) { $0[$1] ?? .null }
    }
}

/// Whether two numbers agree: to an absolute tolerance, or to one relative to the expected number.
func agree(_ a: Double, _ expected: Double, absolute: Double = 0, relative: Double = 0) -> Bool {
    abs(a - expected) <= max(absolute, relative * abs(expected))
}
