internal import Files
public import Governance
public import Kernel

/// The kinds of panel that are known.
public struct PanelCatalogue: Sendable {
    /// All of them, by name.
    public let types: [PanelType]

    /// Types that were read already.
    /// - Throws: a `Fault` when two have one code.
    public init(_ types: [PanelType]) throws(Fault) {
        for (i, type) in types.enumerated() where types[..<i].contains(where: { $0.code == type.code }) {
            throw Fault(
                "Two kinds of panel are called alike", at: type.code.text,
                remedy: "Give one of them another code in Definitions/panel-types.")
        }
        self.types = types.sorted { $0.name < $1.name }
    }

    /// Those of a folder such as `Definitions/panel-types`.
    /// - Throws: a `Fault` that names the file and the place in it.
    public init(folder: String) throws(Fault) {
        var types: [PanelType] = []
        for name in try FileSystem.names(in: folder) where name.hasSuffix(".json") {
            types.append(try PanelType(DefinitionFile(path: "\(folder)/\(name)")))
        }
        try self.init(types)
    }

    /// A type, or nil.
    public func type(_ code: Code<PartnershipDefinition.PanelKind>) -> PanelType? { types.first { $0.code == code } }
}
