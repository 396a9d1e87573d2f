internal import Assessing
internal import Files
public import Governance
internal import Kernel
internal import Storage

extension Site {
    /// Keeps the definitions in use as they are now, so that they stay readable when they change: every file of the
    /// `Definitions` folder, and files outside it.
    /// - Parameter outside: the paths of definitions that do not lie in the folder.
    /// - Returns: those whose content changed without a new version.
    /// - Throws: a `Fault` for what cannot be read; what the database throws.
    @discardableResult
    public func keepDefinitions(outside: [String] = []) throws -> [KeptDefinition] {
        let now = clock.now()
        let folder = definitions.path
        var files = try Site.files(in: folder).map { (name: $0, path: "\(folder)/\($0)") }
        let known = Set(files.map { FileSystem.path($0.path, relativeTo: "") })
        for path in outside where !known.contains(FileSystem.path(path, relativeTo: "")) {
            files.append((name: FileSystem.name(of: path), path: path))
        }
        let kept = try files.map { file in
            let bytes = try FileSystem.read(file.path, limit: 64 << 20)
            let version = try? DefinitionFile(bytes: bytes, path: file.path).root.optional("version")?.text()
            return KeptDefinition(path: file.name, version: version, bytes: bytes, at: now)
        }
        return try database.write { try KeptDefinitions.keep(kept, in: $0) }
    }

    private static func files(in folder: String, under prefix: String = "") throws -> [String] {
        try FileSystem.names(in: folder).flatMap { name -> [String] in
            let path = "\(folder)/\(name)"
            if FileSystem.isFolder(path) { return try files(in: path, under: "\(prefix)\(name)/") }
            return name.hasSuffix(".json") || name.hasSuffix(".csv") ? [prefix + name] : []
        }
    }
}
