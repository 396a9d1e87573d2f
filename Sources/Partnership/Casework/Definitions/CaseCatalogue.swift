internal import Files
public import Kernel

/// The types of case that a partnership has.
public struct CaseCatalogue: Sendable {
    /// All of them, by name.
    public let types: [CaseType]

    /// Types that were read already.
    /// - Throws: a `Fault` when two have one code or one beginning of their references.
    public init(_ types: [CaseType]) throws(Fault) {
        for (i, type) in types.enumerated() {
            guard let other = types[..<i].first(where: { $0.code == type.code || $0.prefix == type.prefix }) else {
                continue
            }
            throw Fault(
                "Two case types are called alike", at: "\(other.name) and \(type.name)",
                because: "their code or the beginning of their references is the same",
                remedy: "Give one of them another in Definitions/case-types.")
        }
        self.types = types.sorted { $0.name < $1.name }
    }

    /// Those of a folder such as `Definitions/case-types` which partnerships have without asking, and those asked for.
    /// - Parameter more: codes of types that are off until a partnership asks for them.
    /// - Throws: a `Fault` that names the file and the place in it.
    public init(folder: String, with more: Set<Code<CaseType>> = []) throws(Fault) {
        var types: [CaseType] = []
        for name in try FileSystem.names(in: folder) where name.hasSuffix(".json") {
            types.append(try CaseType(DefinitionFile(path: "\(folder)/\(name)")))
        }
        if let unknown = more.subtracting(types.map(\.code)).sorted().first {
            throw Fault(
                "There is no case type \(unknown)", at: folder,
                remedy: "Correct caseTypes in the partnership's definition, or add the file.")
        }
        try self.init(types.filter { $0.isOnByDefault || more.contains($0.code) })
    }

    /// A type, or nil.
    public func type(_ code: Code<CaseType>) -> CaseType? { types.first { $0.code == code } }
}
