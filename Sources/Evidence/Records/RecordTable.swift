public import Kernel

/// Records of one source in columns: one row an incident (an outcome, a person), or a count of incidents of one area, month
/// and kind. A column that the source does not have is empty.
public struct RecordTable: Sendable {
    /// The source.
    public var source: SourceDescription
    /// The flags' names, by bit.
    public var flagNames: [String] = []
    /// The attributes' names, in the order of `attributes`.
    public var attributeNames: [String] = []

    /// How many incidents a row stands for.
    public var count: [Int32] = []
    /// `Month.index`.
    public var month: [Int32] = []
    /// Position in `categories`.
    public var category: [Int32] = []
    /// Position in `offences`, −1 when unknown.
    public var offence: [Int32] = []
    /// Position in `lsoas`, −1 when unknown.
    public var lsoa: [Int32] = []
    /// Position in `wards`, −1 when unknown.
    public var ward: [Int32] = []
    /// Position in `boroughs`, −1 when unknown.
    public var borough: [Int32] = []
    /// Position in `reporters`, −1 when unknown.
    public var reporter: [Int32] = []
    /// Hash of the source's identifier, 0 when there is none.
    public var identifier: [UInt64] = []
    /// Hash of the row as it stood in the file.
    public var rowHash: [UInt64] = []
    /// Earliest possible time, seconds since 1970 of the UK wall clock; Int64.min when unknown.
    public var from: [Int64] = []
    /// Latest possible time likewise; Int64.min when it is the same as `from` or unknown.
    public var to: [Int64] = []
    /// Degrees, WGS84; not a number when unknown.
    public var longitude: [Double] = []
    /// Degrees, WGS84; not a number when unknown.
    public var latitude: [Double] = []
    /// Yes-flags by bit.
    public var flags: [UInt32] = []
    /// Position in each attribute's dictionary, −1 when unknown.
    public var attributes: [[Int32]] = []
    /// The file that each row came from, as a position in the run's list of files.
    public var file: [Int32] = []
    /// The line of that file on which the row starts, from 1 (the header's); line breaks inside quotes count.
    public var line: [Int32] = []

    /// Categories by code.
    public var categories: [String] = []
    /// Offences by code: the offence code when the source has one, otherwise the minor category.
    public var offences: [String] = []
    /// Offence titles by offence code, empty where the source has none.
    public var offenceTitles: [String] = []
    /// LSOA codes by code.
    public var lsoas: [String] = []
    /// LSOA names by LSOA code, empty where unknown.
    public var lsoaNames: [String] = []
    /// Ward codes (or names) by code.
    public var wards: [String] = []
    /// Ward names by ward code, empty where unknown.
    public var wardNames: [String] = []
    /// Borough names or codes by code.
    public var boroughs: [String] = []
    /// Borough names by borough code, empty where unknown.
    public var boroughNames: [String] = []
    /// Who reported, by code.
    public var reporters: [String] = []
    /// The values of each attribute.
    public var attributeValues: [[String]] = []

    /// Months that the source covers, in order, whether or not anything happened in them.
    public var months: [Month] = []
    /// What was found while reading: empty months left out, and the like.
    public var notes: [String] = []

    /// No records of a source.
    public init(source: SourceDescription) {
        self.source = source
    }

    /// Rows.
    public var rowCount: Int { month.count }
    /// Incidents: the sum of the rows' counts.
    public var total: Int { count.reduce(0) { $0 + Int($1) } }
    /// Whether exact times are known.
    public var hasTimes: Bool { !from.isEmpty }

    /// Keeps the rows for which `keep` is true.
    public mutating func filter(_ keep: [Bool]) {
        func kept<Value>(_ values: [Value]) -> [Value] {
            values.isEmpty ? values : zip(values, keep).compactMap { $1 ? $0 : nil }
        }
        count = kept(count)
        month = kept(month)
        category = kept(category)
        offence = kept(offence)
        lsoa = kept(lsoa)
        ward = kept(ward)
        borough = kept(borough)
        reporter = kept(reporter)
        identifier = kept(identifier)
        rowHash = kept(rowHash)
        from = kept(from)
        to = kept(to)
        longitude = kept(longitude)
        latitude = kept(latitude)
        flags = kept(flags)
        attributes = attributes.map(kept)
        file = kept(file)
        line = kept(line)
    }
}
