internal import Kernel

/// All records of a run, source by source, with what is known of the files they came from.
public struct RecordSet: Sendable {
    /// Incidents by source.
    public var incidents: [RecordTable] = []
    /// Outcomes by source: one crime may have several.
    public var outcomes: [RecordTable] = []
    /// People by source: victims and suspects of incidents.
    public var people: [RecordTable] = []
    /// The files, in the order they were read.
    public var files: [RecordFile] = []
    /// What counts of the files: without what a later file replaced.
    public var inForce: Set<RecordFile.Part> = []
    /// The mappings used.
    public var mappings: [Mapping] = []
    /// What was done with records that stand in several files, in words.
    public var notes: [String] = []
    /// Rows rejected by reason.
    public var rejectedRows: [String: Int] = [:]
    /// Values left out of kept rows by reason.
    public var unusedValues: [String: Int] = [:]
    /// Repeated records that are counted once, by source id.
    public var countedOnce: [String: Int] = [:]

    /// No records.
    public init() {}

    /// Rows of data in all files.
    public var rows: Int { files.reduce(0) { $0 + $1.rows } }
    /// Rows that could not be used.
    public var rejected: Int { files.reduce(0) { $0 + $1.rejected } }
}
