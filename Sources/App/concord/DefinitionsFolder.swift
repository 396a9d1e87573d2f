import CommandLine
import Files
import Kernel
import Records

#if canImport(Glibc)
    import Glibc
#endif

/// The `Definitions` folder and what is taken from it by name or path.
struct DefinitionsFolder {
    let path: String

    static let option = CommandSpec.Option(
        "definitions", "DIR",
        "The folder of definitions. Otherwise $CONCORD_DEFINITIONS, or the one beside the program.")

    init(_ arguments: ParsedArguments) throws {
        if let given = arguments.value("definitions") ?? DefinitionsFolder.environment {
            guard FileSystem.isFolder("\(given)/mappings") else {
                throw Fault(
                    "There are no definitions", at: given, because: "it has no folder mappings",
                    remedy: "Give the Definitions folder with --definitions.")
            }
            path = given
            return
        }
        var folder = FileSystem.parent(of: DefinitionsFolder.program)
        while true {
            if FileSystem.isFolder("\(folder)/Definitions/mappings") {
                path = "\(folder)/Definitions"
                return
            }
            let parent = FileSystem.parent(of: folder)
            guard parent != folder else { break }
            folder = parent
        }
        throw Fault(
            "The definitions were not found", because: "no folder Definitions lies beside or above the program",
            remedy: "Give it with --definitions or $CONCORD_DEFINITIONS.")
    }

    func mappings() throws -> MappingLibrary { try MappingLibrary(folder: "\(path)/mappings") }

    func offenceGroups(_ name: String?) throws -> OffenceGroups {
        try OffenceGroups(DefinitionFile(path: file(name ?? "default", in: "offence-groups", option: "groups")))
    }

    /// Harm weights: the name of a definition, a definition file, or a table of weights as CSV.
    func weights(_ name: String?, force: String?) throws -> HarmWeights {
        let path = try file(name ?? "default", in: "harm", option: "weights")
        if path.hasSuffix(".json") { return try HarmWeights(DefinitionFile(path: path)) }
        return try HarmImport(path: path, force: force ?? "National").weights
    }

    /// A partnership: a folder or file, or the name of one under `partnerships`.
    func partnership(_ name: String) throws -> Partnership {
        let candidates = [name, "\(name)/partnership.json", "\(path)/partnerships/\(name)/partnership.json"]
        guard let file = candidates.first(where: { FileSystem.exists($0) && !FileSystem.isFolder($0) }) else {
            throw Fault(
                "There is no such partnership", at: "--partnership \(name)",
                remedy: "Give the path of a partnership.json or of its folder.")
        }
        return try Partnership(DefinitionFile(path: file))
    }

    /// Regions by name: the prefix of the codes of their boroughs.
    func regions() throws -> [String: String] {
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

    private static var environment: String? { getenv("CONCORD_DEFINITIONS").map { String(cString: $0) } }

    private static var program: String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard count > 0 else { return "." }
        return String(decoding: buffer[0..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
