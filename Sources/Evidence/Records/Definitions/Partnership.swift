public import Files
public import Kernel

/// A partnership: its areas and where its look-ups, populations, boundaries and records are.
public struct Partnership: Sendable {
    /// Name for people.
    public var name: String
    /// Version of the definition.
    public var version: String
    /// SHA-256 of the file, in hexadecimal.
    public var sha256: String
    /// Codes or names of the boroughs it serves.
    public var areas: [String]
    /// Look-ups between areas.
    public var lookups: [String]
    /// Boundaries.
    public var boundaries: [String]
    /// Populations.
    public var populations: [String]
    /// Deprivation by area.
    public var deprivation: [String]
    /// Files or folders of records.
    public var records: [String]
    /// Offence groups: a path or the name of a definition.
    public var offenceGroups: String?
    /// Harm weights: a path or the name of a definition.
    public var weights: String?

    /// Reads a partnership's definition. Paths in it are relative to its folder.
    public init(_ file: DefinitionFile) throws(Fault) {
        let folder = FileSystem.parent(of: file.path)
        let root = file.root
        try root.allow(only: [
            "name", "version", "areas", "lookups", "boundaries", "populations", "deprivation", "records", "people",
            "offenceGroups", "weights", "notes",
            // Read by Governance, from the same file.
            "boroughs", "agencies", "teams", "roles", "rules", "caseTypes", "panels", "boards", "priorities",
        ])
        func paths(_ member: String) throws(Fault) -> [String] {
            guard let node = try root.optional(member) else { return [] }
            var paths: [String] = []
            for item in try node.items() {
                let path = FileSystem.path(try item.text(), relativeTo: folder)
                guard FileSystem.exists(path) else {
                    throw item.fault(
                        "there is no file \(path)", remedy: "Correct the path; it is relative to \(folder).")
                }
                paths.append(path)
            }
            return paths
        }
        name = try root.required("name").text()
        version = try root.required("version").text()
        sha256 = file.sha256
        areas = try root.required("areas").texts()
        lookups = try paths("lookups")
        boundaries = try paths("boundaries")
        populations = try paths("populations")
        deprivation = try paths("deprivation")
        records = try paths("records") + paths("people")
        offenceGroups = try root.optional("offenceGroups")?.text()
        weights = try root.optional("weights")?.text()
    }
}
