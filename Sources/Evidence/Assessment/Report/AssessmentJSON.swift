internal import Kernel

/// An assessment as JSON for other programs: numbers unrounded, what is missing `null`.
public enum AssessmentJSON {
    /// The text, UTF-8.
    /// - Parameter program: the program that made the assessment, with its version.
    public static func encode(_ assessment: StrategicAssessment, program: String = "Concord") -> [UInt8] {
        JSON.members(
            ("area", .members(("code", .string(assessment.area.code)), ("name", .string(assessment.area.name)))),
            ("period", months(assessment.period)),
            ("previous", months(assessment.previous)),
            ("program", .string(program)),
            ("inputs", .array(assessment.inputs.map(input))),
            ("definitions", .array(assessment.definitions.map(definition))),
            ("tables", .object(assessment.tables.map { JSON.Member($0.id, table($0)) })),
            ("statements", .array(assessment.statements.map(statement)))
        ).encoded()
    }

    /// Tables alone, by their identifiers.
    public static func encode(tables: [AssessmentTable]) -> [UInt8] {
        JSON.members(("tables", .object(tables.map { JSON.Member($0.id, table($0)) }))).encoded()
    }

    private static func months(_ range: MonthRange) -> JSON {
        .members(("from", .string(range.first.description)), ("to", .string(range.last.description)))
    }

    private static func input(_ input: StrategicAssessment.Input) -> JSON {
        .members(
            ("path", .string(input.path)), ("sha256", .string(input.sha256)),
            ("rows", .integer(Int64(input.rows))), ("rejected", .integer(Int64(input.rejected))))
    }

    private static func definition(_ definition: StrategicAssessment.DefinitionUsed) -> JSON {
        .members(
            ("name", .string(definition.name)), ("version", .string(definition.version)),
            ("sha256", .string(definition.sha256)))
    }

    private static func table(_ table: AssessmentTable) -> JSON {
        .members(
            ("title", .string(table.title)),
            ("columns", .array(table.columns.map { .string($0.id) })),
            ("rows", .array(table.rows.map { .array($0.map(cell)) })),
            ("notes", .array(table.notes.map(JSON.string))))
    }

    private static func cell(_ cell: AssessmentTable.Cell) -> JSON {
        switch cell {
        case .text(let text): .string(text)
        case .integer(let number): .integer(Int64(number))
        case .number(let number): number.isFinite ? .number(number) : .null
        case .flag(let flag): .bool(flag)
        case .missing: .null
        }
    }

    private static func statement(_ statement: StrategicAssessment.Statement) -> JSON {
        .members(
            ("id", .string(statement.id)), ("text", .string(statement.text)),
            ("figures", .array(statement.figures.map(JSON.string))))
    }
}
