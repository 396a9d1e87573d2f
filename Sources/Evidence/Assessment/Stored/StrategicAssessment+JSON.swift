public import Kernel

extension StrategicAssessment {
    /// Reads an assessment from the kept form, or from `assessment.json`.
    ///
    /// `assessment.json` says neither the headings of columns nor how their numbers are shown: the identifiers stand for
    /// the headings, whole numbers are shown as counts and others with two decimals. Figures are the same.
    /// - Throws: a `Fault` that names the place in the file.
    public init(json bytes: [UInt8], from place: String) throws(Fault) {
        let root = StoredNode(value: try JSON(parsing: bytes, from: place), file: place, path: "")
        if StoredAssessment.isOne(root) {
            self = try StoredAssessment(decoding: bytes, from: place).assessment
            return
        }
        let head = try StoredAssessment.head(root)
        var tables: [AssessmentTable] = []
        for (id, node) in try root.member("tables").members() {
            tables.append(try StrategicAssessment.plainTable(id, node))
        }
        self.init(
            area: head.area, period: try StrategicAssessment.plainMonths(root.member("period")),
            previous: try StrategicAssessment.plainMonths(root.member("previous")), inputs: head.inputs,
            definitions: head.definitions, tables: tables, statements: head.statements, labels: [:])
    }

    private static func plainMonths(_ node: StoredNode) throws(Fault) -> MonthRange {
        try node.months(node.member("from"), node.member("to"))
    }

    private static func plainTable(_ id: String, _ node: StoredNode) throws(Fault) -> AssessmentTable {
        let names = try node.member("columns").texts()
        let rows = try node.member("rows").each { (row) throws(Fault) in
            let cells = try row.each(plainCell)
            guard cells.count == names.count else {
                throw row.fault("the row has \(cells.count) cells and the table \(names.count) columns")
            }
            return cells
        }
        let columns = names.enumerated().map { position, name in
            AssessmentTable.Column(name, name, plainFormat(rows.map { $0[position] }))
        }
        return AssessmentTable(
            id: id, title: try node.member("title").text(), columns: columns, rows: rows,
            notes: try node.member("notes").texts())
    }

    private static func plainCell(_ node: StoredNode) throws(Fault) -> AssessmentTable.Cell {
        switch node.value {
        case .null: .missing
        case .bool(let flag): .flag(flag)
        case .integer(let number): .integer(Int(number))
        case .number(let number): .number(number)
        case .string(let text): .text(text)
        case .array, .object: throw node.fault("this is no cell")
        }
    }

    private static func plainFormat(_ cells: [AssessmentTable.Cell]) -> AssessmentTable.Format {
        var format = AssessmentTable.Format.text
        for cell in cells {
            switch cell {
            case .number: return .decimal(2)
            case .integer: format = .count
            case .flag: format = .yesNo
            case .text, .missing: break
            }
        }
        return format
    }
}
