public import Assessment
internal import Files
internal import Geography
internal import Kernel
public import Records
internal import Tables

/// The files of an assessment by what they are. Files given as records may be look-ups, boundaries or populations too:
/// each is known by its header.
public struct InputFiles: Sendable {
    /// Files and folders of records.
    public private(set) var records: [String] = []
    /// Look-ups between areas.
    public private(set) var lookups: [String]
    /// Boundaries as GeoJSON.
    public private(set) var boundaries: [String]
    /// Residents by area and year.
    public private(set) var populations: [String]

    /// Sorts files. What is not given is taken from the partnership.
    /// - Parameter isMapped: the files given as records are records, whatever their header.
    public init(
        records given: [String] = [], lookups: [String] = [], boundaries: [String] = [], populations: [String] = [],
        isMapped: Bool = false, partnership: Partnership?, library: MappingLibrary
    ) throws {
        self.lookups = lookups
        self.boundaries = boundaries
        self.populations = populations
        for path in given { try add(path, library, isMapped: isMapped) }
        guard let partnership else { return }
        if records.isEmpty { records = partnership.records }
        if self.lookups.isEmpty { self.lookups = partnership.lookups }
        if self.boundaries.isEmpty { self.boundaries = partnership.boundaries }
        if self.populations.isEmpty { self.populations = partnership.populations }
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

    /// Reads the look-ups, populations and boundaries into a request.
    public func fill(_ request: inout AssessmentRequest) throws {
        for path in lookups { try request.lookup.read(path) }
        for path in populations { try request.populations.read(path) }
        let files = request.lookup.files + request.populations.files
        request.inputs += files.map { .init(path: $0.path, sha256: $0.sha256, rows: $0.rows, rejected: 0) }
        for path in boundaries {
            let read = try Boundaries(contentsOf: path)
            if read.level == .ward { request.wardBoundaries = read } else { request.boundaries = read }
            request.inputs.append(
                .init(path: path, sha256: try FileSystem.sha256(of: path), rows: read.count, rejected: 0))
        }
    }
}
