import CommandLine
import Files
import Kernel
import Records
import Tables

/// The files of an assessment by what they are. Files given without an option, or with `--records`, may be records,
/// look-ups, boundaries or populations: each is known by its header.
struct SortedInputs {
    private(set) var records: [String] = []
    private(set) var lookups: [String]
    private(set) var boundaries: [String]
    private(set) var populations: [String]

    init(_ arguments: ParsedArguments, _ partnership: Partnership?, _ library: MappingLibrary) throws {
        lookups = SortedInputs.split(arguments.all("lookup"))
        boundaries = SortedInputs.split(arguments.all("boundaries"))
        populations = SortedInputs.split(arguments.all("population"))
        for path in SortedInputs.split(arguments.all("records")) + arguments.arguments {
            try add(path, library, isMapped: arguments.value("mapping") != nil)
        }
        guard let partnership else { return }
        if records.isEmpty { records = partnership.records }
        if lookups.isEmpty { lookups = partnership.lookups }
        if boundaries.isEmpty { boundaries = partnership.boundaries }
        if populations.isEmpty { populations = partnership.populations }
    }

    private mutating func add(_ path: String, _ library: MappingLibrary, isMapped: Bool) throws {
        if path.hasSuffix(".geojson") {
            boundaries.append(path)
        } else if isMapped || FileSystem.isFolder(path) || !FileSystem.exists(path) {
            records.append(path)
        } else {
            let header = try DelimitedFile(path: path).header
            if library.recognises(header: header) {
                records.append(path)
            } else if AreaLookup.fits(header: header) {
                lookups.append(path)
            } else if Populations.fits(header: header, path: path) {
                populations.append(path)
            } else {
                records.append(path)
            }
        }
    }

    // "a.csv,b.csv" names two files where there is no file of the whole name.
    private static func split(_ values: [String]) -> [String] {
        values.flatMap { value -> [String] in
            let parts = value.split(separator: ",").map(String.init)
            return !FileSystem.exists(value) && parts.count > 1 && parts.allSatisfy(FileSystem.exists) ? parts : [value]
        }
    }
}
