public import Assessment
internal import Files
public import Kernel
public import Records

/// An assessment that someone asks for: what of, and out of which files.
public struct AssessmentOrder: Sendable {
    /// The partnership, whose files are used where none are named.
    public var partnership: Partnership?
    /// Names or codes of the areas; empty for the partnership's.
    public var areas: [String]
    /// The months assessed.
    public var period: MonthRange
    /// The earlier months to compare with; nil for the same months of the year before.
    public var previous: MonthRange?
    /// Names of the areas to compare with.
    public var compared: [String] = []
    /// Harm weights: a definition's name or a file; nil for the partnership's or the default.
    public var weights: String?
    /// Of weights by police force, the force.
    public var force: String?
    /// Offence groups: a definition's name or a file; nil for the partnership's or the default.
    public var groups: String?
    /// How long the lists of top areas are.
    public var top: Int = 10
    /// How large a part of a file's rows may be unusable before the run stops.
    public var rejectLimit: Double = 0.05

    /// An order with the standard choices.
    public init(partnership: Partnership?, areas: [String], period: MonthRange) {
        self.partnership = partnership
        self.areas = areas.isEmpty ? partnership?.areas ?? [] : areas
        self.period = period
    }
}

/// From an order and files to the assessment.
public enum Assessing {
    /// Reads records, refusing files without any.
    /// - Parameters:
    ///   - rejects: the file that rows which cannot be used are written to, with what they hold; nil to count them only.
    ///   - progress: is told the task, bytes done and bytes in all.
    public static func readRecords(
        _ files: [RecordReader.File], named names: [String], library: MappingLibrary, rejects: String?, limit: Double,
        progress: @escaping (String, Int64, Int64) -> Void
    ) throws -> RecordSet {
        guard !files.isEmpty else {
            throw Fault(
                "There are no records", at: names.joined(separator: ", "),
                because: "the folders hold no file of records")
        }
        let reader = RecordReader(
            library: library, log: rejects.map { RejectLog(path: $0) } ?? RejectLog(), rejectLimit: limit,
            progress: progress)
        let records = try reader.read(files)
        guard records.rows > records.rejected else {
            throw Fault(
                "There are no records", at: files.map(\.name).joined(separator: ", "),
                because: records.rows == 0
                    ? "there is a header and no row below it" : "none of the \(records.rows) rows can be used",
                remedy: "Check that the file was exported whole.")
        }
        return records
    }

    /// Everything that the builder needs, with the definitions and files named by the order read.
    public static func request(
        _ order: AssessmentOrder, records: RecordSet, inputs: InputFiles, definitions: DefinitionsFolder
    ) throws -> AssessmentRequest {
        var request = AssessmentRequest(
            areas: order.areas, period: order.period, records: records,
            weights: try definitions.weights(order.weights ?? order.partnership?.weights, force: order.force),
            groups: try definitions.offenceGroups(order.groups ?? order.partnership?.offenceGroups))
        request.previous = order.previous
        request.compared = order.compared
        request.top = order.top
        request.regions = try definitions.regions()
        try inputs.fill(&request)
        if let partnership = order.partnership {
            request.definitions.append(
                .init(
                    name: "partnership \(partnership.name)", version: partnership.version, sha256: partnership.sha256))
        }
        return request
    }
}
