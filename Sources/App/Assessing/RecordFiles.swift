internal import Files
internal import Kernel
public import Records
internal import Tables

/// The record files among paths: files, folders of files, and folders of imported records.
public struct RecordFiles {
    /// The files, in the order given.
    public private(set) var files: [RecordReader.File] = []
    private let mapping: String?
    private let overlap: OverlapRule

    /// Finds the files.
    /// - Parameters:
    ///   - mapping: the mapping to read them with; nil recognises it from the header.
    ///   - overlap: what happens with months that two files hold differently.
    ///   - say: is told of files in folders that no mapping recognises; they are passed over.
    public init(
        _ paths: [String], mapping: String? = nil, overlap: OverlapRule = .refuse, library: MappingLibrary,
        say: (String) -> Void
    ) throws {
        self.mapping = mapping
        self.overlap = overlap
        for path in paths {
            if RecordsFolder.isOne(path) {
                files += try RecordsFolder(path: path).files
            } else if FileSystem.isFolder(path) {
                try addFolder(path, library: library, say: say)
            } else {
                files.append(.init(path: path, mapping: mapping, overlap: overlap))
            }
        }
    }

    private mutating func addFolder(_ folder: String, library: MappingLibrary, say: (String) -> Void) throws {
        for name in try FileSystem.names(in: folder) {
            let path = "\(folder)/\(name)"
            if FileSystem.isFolder(path) {
                try addFolder(path, library: library, say: say)
                continue
            }
            let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
            guard [".csv", ".tab", ".tsv", ".txt"].contains(where: plain.hasSuffix) else { continue }
            if mapping == nil, !library.recognises(header: try DelimitedFile(path: path).header) {
                say("Passed over, as no mapping recognises it: \(path)")
                continue
            }
            files.append(.init(path: path, mapping: mapping, overlap: overlap))
        }
    }
}
