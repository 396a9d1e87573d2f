public import Kernel

/// A file of records that was read.
public struct RecordFile: Hashable, Sendable {
    /// The path as it was given.
    public var path: String
    /// SHA-256 of its bytes, in hexadecimal.
    public var sha256: String
    /// The mapping's id.
    public var mapping: String
    /// Rows of data.
    public var rows: Int
    /// Rows that could not be used.
    public var rejected: Int
    /// What it holds by who reported (or borough) and month.
    public var parts: [Part]

    /// What a file holds of one reporter (or borough, where the source names none) and one month.
    public struct Part: Hashable, Sendable {
        /// The source's id.
        public var source: String
        /// The reporter or borough; empty when unknown.
        public var reporter: String
        /// The month.
        public var month: Month
        /// Sum of hashes of the records, the same for the same records in any order.
        public var digest: UInt64
        /// Incidents.
        public var count: Int
    }
}

/// What to do when two files hold records of the same source, reporter and month that are not the same.
public enum OverlapRule: String, Sendable {
    /// Stop and say so.
    case refuse
    /// The later file restates the month and replaces the earlier.
    case restate
    /// The files complete each other.
    case add
}
