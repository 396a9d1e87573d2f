internal import Kernel

/// An assessment as it is kept: everything that its document, its pages and its comparison need, maps included.
///
/// The bytes are JSON (see `docs/assessment-file.md`). What is decoded is equal to what was encoded, so that the document
/// made from it has the same bytes. `assessment.json`, which other programs read, is another and simpler form.
public struct StoredAssessment: Sendable {
    /// What the member `format` says.
    public static let format = "concord-assessment"
    /// The version that is written. Older ones are read; newer ones are refused.
    public static let version = 1

    /// The assessment.
    public var assessment: StrategicAssessment
    /// The shapes of its areas.
    public var maps: [ReportMap]
    /// The program that made it, with its version ("Concord 0.1").
    public var program: String

    /// An assessment with its maps.
    public init(assessment: StrategicAssessment, maps: [ReportMap], program: String) {
        self.assessment = assessment
        self.maps = maps
        self.program = program
    }

    /// What the builder made.
    public init(_ result: AssessmentBuilder.Result, program: String) {
        self.init(assessment: result.assessment, maps: result.maps, program: program)
    }

    /// The document that stands alone, UTF-8: the printed form.
    public func document() -> [UInt8] {
        AssessmentReport.html(assessment, maps: maps, generatedBy: program)
    }
}

// MARK: - Writing

extension StoredAssessment {
    /// The kept form, UTF-8.
    public func encoded() -> [UInt8] {
        let plain = assessment
        return JSON.members(
            ("format", .string(StoredAssessment.format)), ("version", .integer(Int64(StoredAssessment.version))),
            ("program", .string(program)),
            ("area", .members(("code", .string(plain.area.code)), ("name", .string(plain.area.name)))),
            ("period", StoredAssessment.months(plain.period)), ("previous", StoredAssessment.months(plain.previous)),
            ("inputs", .array(plain.inputs.map(StoredAssessment.input))),
            ("definitions", .array(plain.definitions.map(StoredAssessment.definition))),
            ("labels", .object(plain.labels.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })),
            ("statements", .array(plain.statements.map(StoredAssessment.statement))),
            ("tables", .array(plain.tables.map(StoredAssessment.table))),
            ("maps", .array(maps.map(StoredAssessment.map)))
        ).encoded(indented: false)
    }

    private static func months(_ range: MonthRange) -> JSON {
        .array([.string(range.first.description), .string(range.last.description)])
    }

    private static func input(_ input: StrategicAssessment.Input) -> JSON {
        .members(
            ("path", .string(input.path)), ("sha256", .string(input.sha256)), ("rows", .integer(Int64(input.rows))),
            ("rejected", .integer(Int64(input.rejected))))
    }

    private static func definition(_ definition: StrategicAssessment.DefinitionUsed) -> JSON {
        .members(
            ("name", .string(definition.name)), ("version", .string(definition.version)),
            ("sha256", .string(definition.sha256)))
    }

    private static func statement(_ statement: StrategicAssessment.Statement) -> JSON {
        .members(
            ("id", .string(statement.id)), ("text", .string(statement.text)),
            ("figures", .array(statement.figures.map(JSON.string))))
    }

    private static func table(_ table: AssessmentTable) -> JSON {
        .members(
            ("id", .string(table.id)), ("title", .string(table.title)),
            ("columns", .array(table.columns.map(column))),
            ("notes", .array(table.notes.map(JSON.string))),
            ("rows", .array(table.rows.map { .array($0.map(cell)) })))
    }

    private static func column(_ column: AssessmentTable.Column) -> JSON {
        .array([.string(column.id), .string(column.title), .string(column.format.storedName)])
    }

    /// Whole numbers of kind `number`, which JSON does not tell from integers, and what is no number stand in a list.
    private static func cell(_ cell: AssessmentTable.Cell) -> JSON {
        switch cell {
        case .text(let text): .string(text)
        case .integer(let number): .integer(Int64(number))
        case .number(let number) where number.isFinite && number != number.rounded(): .number(number)
        case .number(let number): .array([.string("\(number)")])
        case .flag(let flag): .bool(flag)
        case .missing: .null
        }
    }

    private static func map(_ map: ReportMap) -> JSON {
        .members(
            ("id", .string(map.id)), ("title", .string(map.title)), ("level", .string(map.level)),
            (
                "shapes",
                .array(
                    map.shapes.map { shape in
                        .members(
                            ("code", .string(shape.code)), ("name", .string(shape.name)),
                            (
                                "rings",
                                .array(shape.rings.map { .string(Base64.text($0.flatMap { [$0.x, $0.y] })) })
                            ))
                    })
            ))
    }
}

extension AssessmentTable.Format {
    /// The format's name in kept assessments.
    var storedName: String {
        switch self {
        case .text: "text"
        case .count: "count"
        case .rank: "rank"
        case .decimal(let places): "decimal\(places)"
        case .percent(let signed): signed ? "signedPercent" : "percent"
        case .change: "change"
        case .days: "days"
        case .probability: "probability"
        case .yesNo: "yesNo"
        }
    }

    /// The format of that name, or nil.
    init?(storedName: String) {
        let simple: [AssessmentTable.Format] = [
            .text, .count, .rank, .percent(signed: true), .percent(signed: false), .change, .days, .probability, .yesNo,
        ]
        if let format = simple.first(where: { $0.storedName == storedName }) {
            self = format
        } else if storedName.hasPrefix("decimal"), let places = Int(storedName.dropFirst(7)), (0...9).contains(places) {
            self = .decimal(places)
        } else {
            return nil
        }
    }
}
