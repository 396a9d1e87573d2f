public import Kernel
internal import Records

/// The records that an assessment was made from, ready to be asked which of them a figure is made of.
///
/// Making it places every record, which takes as long as the first part of an assessment; keep it while several figures
/// are looked at. It does not change and may be shared between threads.
public struct FigureRecords: Sendable {
    private let tracing: FigureTracing
    private let files: [RecordFile]
    private let digests: Set<String>
    private let versions: Set<String>

    /// Places the records of a request: the one that the assessment was made from.
    /// - Throws: a `Fault` for an unknown area, or a period without records.
    public init(_ request: AssessmentRequest) throws(Fault) {
        let (context, _) = try AssessmentBuilder.prepare(request)
        tracing = try FigureTracing(context, request.records)
        files = request.records.files
        digests = Set(request.records.files.map(\.sha256) + request.inputs.map(\.sha256))
        versions = Set(AssessmentBuilder.definitions(request).map(\.sha256))
    }

    /// What differs between the files and definitions held here and those that the assessment was made from, in words;
    /// empty when rows and figures belong together.
    public func differences(from assessment: StrategicAssessment) -> [String] {
        let inputs = assessment.inputs.filter { !digests.contains($0.sha256) }
            .map { "\($0.path) is not among the files, or has changed since." }
        // A partnership names files and areas, which are compared themselves.
        let definitions = assessment.definitions
            .filter { !versions.contains($0.sha256) && !$0.name.hasPrefix("partnership ") }
            .map { "\($0.name), version \($0.version), is not the one in use now." }
        let read = Set(assessment.inputs.map(\.sha256))
        let more = files.filter { !read.contains($0.sha256) }.map { "\($0.path) was not part of the assessment." }
        return inputs + more + definitions
    }

    /// The records that a figure is made of.
    /// - Throws: a `Fault` when the assessment has no such figure, when files or definitions are not those it was made
    ///   from, or when the figure's records are not found among them.
    public func rows(of address: FigureAddress, in assessment: StrategicAssessment) throws(Fault) -> FigureRows {
        let figure = try LocatedFigure(address, in: assessment)
        let differences = differences(from: assessment)
        guard differences.isEmpty else {
            throw Fault(
                "The records are not those that the assessment was made from", at: figure.address.description,
                because: differences.prefix(3).joined(separator: " ")
                    + (differences.count > 3 ? " There are \(differences.count - 3) more differences." : ""),
                remedy: "Give the records, look-ups and definitions of the assessment, or make it again.")
        }
        guard figure.meaning.kind != .label else {
            return FigureRows(figure, FigureParts.none("This cell is a name and no figure."), tracing.context, files)
        }
        return FigureRows(figure, try tracing.parts(of: figure), tracing.context, files)
    }
}
