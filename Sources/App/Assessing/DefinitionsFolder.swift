internal import Files
internal import Geography
public import Kernel
public import Records

/// The `Definitions` folder and what is taken from it by name or path.
public struct DefinitionsFolder: Sendable {
    /// Where it is.
    public let path: String

    /// The folder given, or the one that lies beside or above the program.
    /// - Throws: a `Fault` when there is none.
    public init(given: String?, program: String) throws(Fault) {
        if let given {
            guard FileSystem.isFolder("\(given)/mappings") else {
                throw Fault(
                    "There are no definitions", at: given, because: "it has no folder mappings",
                    remedy: "Give the Definitions folder with --definitions.")
            }
            path = given
            return
        }
        guard let found = FileSystem.folder(above: program, holding: "Definitions/mappings") else {
            throw Fault(
                "The definitions were not found", because: "no folder Definitions lies beside or above the program",
                remedy: "Give it with --definitions or $CONCORD_DEFINITIONS.")
        }
        path = "\(found)/Definitions"
    }

    /// The mappings of partners' files.
    public func mappings() throws -> MappingLibrary { try MappingLibrary(folder: "\(path)/mappings") }

    /// Offence groups: the name of a definition or the path of its file; `default` when nil.
    public func offenceGroups(_ name: String?) throws -> OffenceGroups {
        try OffenceGroups(DefinitionFile(path: file(name ?? "default", in: "offence-groups", option: "groups")))
    }

    /// Harm weights: the name of a definition, a definition file, or a table of weights as CSV.
    public func weights(_ name: String?, force: String?) throws -> HarmWeights {
        let path = try file(name ?? "default", in: "harm", option: "weights")
        if path.hasSuffix(".json") { return try HarmWeights(DefinitionFile(path: path)) }
        return try HarmImport(path: path, force: force ?? "National").weights
    }

    /// A partnership: the name of one under `partnerships`, or a folder or file.
    public func partnership(_ name: String) throws -> Partnership {
        try Partnership(DefinitionFile(path: partnershipFile(name)))
    }

    /// The file of a partnership. A name that is known here wins over a folder of that name elsewhere.
    /// - Throws: a `Fault` when there is none.
    public func partnershipFile(_ name: String) throws(Fault) -> String {
        let candidates = ["\(path)/partnerships/\(name)/partnership.json", "\(name)/partnership.json", name]
        guard let file = candidates.first(where: { FileSystem.exists($0) && !FileSystem.isFolder($0) }) else {
            throw Fault(
                "There is no such partnership", at: "partnership \(name)",
                because: "\(path)/partnerships has no folder of that name",
                remedy: "Give the name of one of its folders, or the path of a partnership.json or of its folder.")
        }
        return file
    }

    /// Regions by name: the prefix of the codes of their boroughs.
    public func regions() throws -> [String: String] {
        let file = "\(path)/areas/regions.json"
        guard FileSystem.exists(file) else { return [:] }
        var regions: [String: String] = [:]
        for node in try DefinitionFile(path: file).root.required("regions").items() {
            regions[try node.required("name").text()] = try node.required("boroughPrefix").text()
        }
        return regions
    }

    private func file(_ name: String, in folder: String, option: String) throws -> String {
        if FileSystem.exists(name), !FileSystem.isFolder(name) { return name }
        let own = "\(path)/\(folder)/\(name).json"
        if FileSystem.exists(own) { return own }
        let known = FileSystem.isFolder("\(path)/\(folder)") ? try FileSystem.names(in: "\(path)/\(folder)") : []
        let names = known.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.joined(separator: ", ")
        throw Fault(
            "There is no such definition", at: "--\(option) \(name)",
            because: "it is neither a file nor the name of one in \(path)/\(folder)",
            remedy: names.isEmpty ? "Give the path of a file." : "Known there: \(names). Or give the path of a file.")
    }

}
