public import Kernel

extension StoredAssessment {
    /// Reads the kept form.
    /// - Parameter place: the file's name, for messages.
    /// - Throws: a `Fault` that names the place in the file when it is damaged, of another kind, or newer than the
    ///   program.
    public init(decoding bytes: [UInt8], from place: String) throws(Fault) {
        let root = StoredNode(value: try JSON(parsing: bytes, from: place), file: place, path: "")
        try StoredAssessment.check(root)
        program = try root.member("program").text()
        maps = try root.member("maps").each(StoredAssessment.map)
        let head = try StoredAssessment.head(root)
        let labels = try root.member("labels").members()
        var titles: [String: String] = [:]
        for (name, node) in labels { titles[name] = try node.text() }
        assessment = StrategicAssessment(
            area: head.area, period: try StoredAssessment.months(root.member("period")),
            previous: try StoredAssessment.months(root.member("previous")), inputs: head.inputs,
            definitions: head.definitions, tables: try root.member("tables").each(StoredAssessment.table),
            statements: head.statements, labels: titles)
    }

    /// Whether bytes are of the kept form, whatever its version.
    static func isOne(_ root: StoredNode) -> Bool { root.value["format"] == .string(format) }

    private static func check(_ root: StoredNode) throws(Fault) {
        guard isOne(root) else { throw root.fault("its format is not \"\(format)\"") }
        let found = try root.member("version").count()
        guard (1...version).contains(found) else {
            throw Fault(
                "The assessment is newer than this program", at: root.file,
                because: "it is of version \(found) and this program reads up to \(version)",
                remedy: "Read it with the program that made it, or a later one.")
        }
    }

    /// What the kept form and `assessment.json` have in common.
    struct Head {
        let area: StrategicAssessment.AreaName
        let inputs: [StrategicAssessment.Input]
        let definitions: [StrategicAssessment.DefinitionUsed]
        let statements: [StrategicAssessment.Statement]
    }

    static func head(_ root: StoredNode) throws(Fault) -> Head {
        let area = try root.member("area")
        return Head(
            area: .init(code: try area.member("code").text(), name: try area.member("name").text()),
            inputs: try root.member("inputs").each { (node) throws(Fault) in
                .init(
                    path: try node.member("path").text(), sha256: try node.member("sha256").text(),
                    rows: try node.member("rows").count(), rejected: try node.member("rejected").count())
            },
            definitions: try root.member("definitions").each { (node) throws(Fault) in
                .init(
                    name: try node.member("name").text(), version: try node.member("version").text(),
                    sha256: try node.member("sha256").text())
            },
            statements: try root.member("statements").each { (node) throws(Fault) in
                .init(
                    id: try node.member("id").text(), text: try node.member("text").text(),
                    figures: try node.member("figures").texts())
            })
    }

    private static func months(_ node: StoredNode) throws(Fault) -> MonthRange {
        let ends = try node.items()
        guard ends.count == 2 else { throw node.fault("two months are needed here") }
        return try node.months(ends[0], ends[1])
    }

    private static func table(_ node: StoredNode) throws(Fault) -> AssessmentTable {
        let columns = try node.member("columns").each(column)
        return AssessmentTable(
            id: try node.member("id").text(), title: try node.member("title").text(), columns: columns,
            rows: try node.member("rows").each { (row) throws(Fault) in
                let cells = try row.each(cell)
                guard cells.count == columns.count else {
                    throw row.fault("the row has \(cells.count) cells and the table \(columns.count) columns")
                }
                return cells
            },
            notes: try node.member("notes").texts())
    }

    private static func column(_ node: StoredNode) throws(Fault) -> AssessmentTable.Column {
        let parts = try node.texts()
        guard parts.count == 3 else { throw node.fault("an identifier, a title and a format are needed here") }
        guard let format = AssessmentTable.Format(storedName: parts[2]) else {
            throw node.fault("there is no format \"\(parts[2])\"")
        }
        return .init(parts[0], parts[1], format)
    }

    private static func cell(_ node: StoredNode) throws(Fault) -> AssessmentTable.Cell {
        switch node.value {
        case .null: return .missing
        case .bool(let flag): return .flag(flag)
        case .integer(let number): return .integer(Int(number))
        case .number(let number): return .number(number)
        case .string(let text): return .text(text)
        case .array, .object:
            let texts = try node.texts()
            guard texts.count == 1, let number = Double(texts[0]) else { throw node.fault("this is no cell") }
            return .number(number)
        }
    }

    private static func map(_ node: StoredNode) throws(Fault) -> ReportMap {
        ReportMap(
            id: try node.member("id").text(), title: try node.member("title").text(),
            level: try node.member("level").text(),
            shapes: try node.member("shapes").each { (shape) throws(Fault) in
                (
                    code: try shape.member("code").text(), name: try shape.member("name").text(),
                    rings: try shape.member("rings").each(ring)
                )
            })
    }

    private static func ring(_ node: StoredNode) throws(Fault) -> [(x: Double, y: Double)] {
        guard let numbers = Base64.numbers(try node.text()), numbers.count % 2 == 0,
            numbers.allSatisfy(\.isFinite)
        else { throw node.fault("this is no ring of points") }
        return stride(from: 0, to: numbers.count, by: 2).map { (x: numbers[$0], y: numbers[$0 + 1]) }
    }
}
