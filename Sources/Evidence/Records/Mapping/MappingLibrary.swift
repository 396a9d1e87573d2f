internal import Files
public import Kernel

/// The mappings of a `Definitions/mappings` folder.
public struct MappingLibrary: Sendable {
    /// All mappings, by file name.
    public let mappings: [Mapping]

    /// Reads every `.json` file of a folder.
    public init(folder: String) throws(Fault) {
        var mappings: [Mapping] = []
        for name in try FileSystem.names(in: folder) where name.hasSuffix(".json") {
            let mapping = try Mapping(DefinitionFile(path: "\(folder)/\(name)"))
            guard !mappings.contains(where: { $0.id == mapping.id }) else {
                throw Fault("Two mappings have the same id", at: "\(folder)/\(name)", because: "id \"\(mapping.id)\"")
            }
            mappings.append(mapping)
        }
        self.mappings = mappings
    }

    /// The mapping of that id.
    public func mapping(named id: String) throws(Fault) -> Mapping {
        guard let mapping = mappings.first(where: { $0.id == id }) else {
            throw Fault(
                "There is no mapping of that name", at: "--mapping \(id)",
                remedy: "Known mappings: \(mappings.map(\.id).joined(separator: ", ")).")
        }
        return mapping
    }

    /// Whether any mapping fits a header.
    public func recognises(header: [String]) -> Bool { !fitting(header).isEmpty }

    private func fitting(_ header: [String]) -> [Mapping] {
        let present = Set(header.map(Header.folded))
        let hasMonths = header.contains { Header.month($0) != nil }
        return mappings.filter { mapping in
            mapping.recognise.allSatisfy { present.contains(Header.folded($0)) }
                && (mapping.layout == .rows || hasMonths)
        }
    }

    /// The mapping that fits a header best: all its recognising columns are there, and it names the most.
    public func recognise(header: [String], path: String) throws(Fault) -> Mapping {
        let fitting = fitting(header)
        let most = fitting.map(\.recognise.count).max() ?? 0
        let best = fitting.filter { $0.recognise.count == most }
        guard let mapping = best.first else {
            throw Fault(
                "No mapping recognises this file", at: path,
                because: "its columns are \(Header.listed(header))",
                remedy: "Name one with --mapping (\(mappings.map(\.id).joined(separator: ", "))), or write one in "
                    + "Definitions/mappings.")
        }
        guard best.count == 1 else {
            throw Fault(
                "Several mappings fit this file", at: path,
                because: best.map(\.id).joined(separator: ", "), remedy: "Name one with --mapping.")
        }
        return mapping
    }
}

/// Comparing and reading column headings.
enum Header {
    /// A heading for comparing: without surrounding space, in lower case.
    static func folded(_ heading: String) -> String {
        var bytes = Array(heading.utf8.drop { $0 == 0x20 || $0 == 0x09 })
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self).lowercased()
    }

    /// The month of a heading `YYYYMM`, or nil.
    static func month(_ heading: String) -> Month? {
        let text = folded(heading)
        guard text.utf8.count == 6, let number = decimalNumber(Array(text.utf8)), number >= 190_001 else { return nil }
        return Month(year: number / 100, month: number % 100)
    }

    /// The headings in a message, shortened.
    static func listed(_ header: [String]) -> String {
        let shown = header.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ")
        return header.count > 12 ? "\(shown) and \(header.count - 12) more" : shown
    }

    /// The position of a column in a header.
    static func position(of column: String, in header: [String]) -> Int? {
        let wanted = folded(column)
        return header.firstIndex { folded($0) == wanted }
    }
}
