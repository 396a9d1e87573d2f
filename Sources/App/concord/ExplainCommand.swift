import Assessing
import Assessment
import CommandLine
import Files
import Kernel
import Records

/// `concord explain`: what a figure of an assessment is, and the records it is made of.
enum ExplainCommand: Command {
    static let spec = CommandSpec(
        "explain", "Say what a figure of an assessment is, and show the records it is made of.",
        details: """
            A figure is named as TABLE/ROW/COLUMN, as in the assessment's sentences: B1.level/Total/count. Prints what it
            counts, how it is made and from what, and the records themselves when their files are given with --records, or
            are still where the assessment found them. Files and definitions must be those the assessment was made from.
            """,
        arguments: "ASSESSMENT.json TABLE/ROW/COLUMN",
        options: [
            .init("partnership", "DEF", "The partnership's definition that the assessment was made with."),
            .init("records", "PATH", repeats: true, "Files or folders of records."),
            .init("lookup", "FILE", repeats: true, "Look-ups between areas."),
            .init("boundaries", "FILE", repeats: true, "Boundaries as GeoJSON."),
            .init("population", "FILE", repeats: true, "Residents by area and year."),
            .init("weights", "NAME|FILE", "Harm weights, where they are not the standard ones."),
            .init("force", "NAME", "Of weights by police force, the force (standard: National)."),
            .init("groups", "NAME|FILE", "Offence groups, where they are not the standard ones."),
            .init("compare", "NAME", repeats: true, "The areas compared with, where they were named."),
            .init("rows", "N", "How many records to show (standard: 20)."),
            .init("output", "FILE", "Write all records to this file as CSV."),
        ] + InputOptions.records + [InputOptions.definitions],
        example: "concord explain var/assessment/assessment.json B1.level/Total/count")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        guard arguments.arguments.count == 2, let address = FigureAddress(arguments.arguments[1]) else {
            throw WrongUse("An assessment.json and one figure as TABLE/ROW/COLUMN are needed. See --help.")
        }
        let limit = try arguments.integer("rows", in: 0...100_000) ?? 20
        let path = arguments.arguments[0]
        let assessment = try StrategicAssessment(json: FileSystem.read(path, limit: 1 << 30), from: path)
        let definition = try FigureDefinition.of(address, in: assessment)
        let inputs = try files(arguments, assessment)
        let rows = try inputs.map { paths in
            let request = try request(arguments, paths, assessment, progress: progress)
            return try FigureRecords(request).rows(of: definition.address, in: assessment)
        }
        progress.clear()
        Output.text(text(definition))
        guard let rows else {
            Output.line("\nThe records are not shown: give their files with --records.")
            return
        }
        print(rows, limit: limit)
        if let output = arguments.value("output") {
            var bytes: [UInt8] = []
            rows.csv { bytes += $0 }
            try FileSystem.write(bytes, to: output)
            Output.line(output)
        }
    }

    // MARK: - Files

    /// The files given, or those that the assessment names where all of them are still there; nil for neither.
    private static func files(_ arguments: ParsedArguments, _ assessment: StrategicAssessment) throws -> [String]? {
        let given = InputOptions.split(arguments.all("records"))
        if !given.isEmpty || arguments.value("partnership") != nil { return given }
        let named = assessment.inputs.map(\.path)
        return !named.isEmpty && named.allSatisfy(FileSystem.exists) ? named : nil
    }

    private static func request(
        _ arguments: ParsedArguments, _ paths: [String], _ assessment: StrategicAssessment, progress: Progress
    ) throws -> AssessmentRequest {
        let definitions = try DefinitionsFolder(arguments)
        let library = try definitions.mappings()
        let partnership = try arguments.value("partnership").map(definitions.partnership)
        let inputs = try InputFiles(
            records: paths, lookups: arguments.all("lookup"), boundaries: arguments.all("boundaries"),
            populations: arguments.all("population"), isMapped: arguments.value("mapping") != nil,
            partnership: partnership, library: library)
        let files = try RecordFiles(inputs.records, arguments, library: library, progress: progress).files
        let records = try RecordReader(library: library, log: RejectLog(), rejectLimit: 1, progress: progress.bytes)
            .read(files)
        let areas = assessment.area.code.split(separator: "+").map(String.init)
        var order = AssessmentOrder(partnership: partnership, areas: areas, period: assessment.period)
        order.previous = assessment.previous
        order.compared = arguments.all("compare")
        order.weights = arguments.value("weights")
        order.force = arguments.value("force")
        order.groups = arguments.value("groups")
        return try Assessing.request(order, records: records, inputs: inputs, definitions: definitions)
    }

    // MARK: - Text

    private static func text(_ figure: FigureDefinition) -> String {
        var text = "\(figure.title): \(figure.value)\n\n"
        func line(_ name: String, _ words: String) {
            if !words.isEmpty { text += "\(name): \(words)\n" }
        }
        line("Address", figure.address.description)
        line("What it is", figure.meaning.counts)
        line("How it is made", figure.meaning.formula)
        line("Unit", figure.meaning.unit)
        line("Method", figure.meaning.method)
        line("Incidents counted", figure.recordsCounted.map(String.init) ?? "")
        line("Area", figure.area.name)
        line("Period", "\(figure.period.inWords), compared with \(figure.previous.inWords)")
        line("Table", figure.table)
        for note in figure.notes { text += "* \(note)\n" }
        text += "Definitions:\n"
        for used in figure.definitions { text += "  \(used.name), version \(used.version), \(used.sha256)\n" }
        text += "Files:\n"
        for input in figure.inputs { text += "  \(input.sha256)  \(input.path)\n" }
        return text
    }

    private static func print(_ rows: FigureRows, limit: Int) {
        Output.line("")
        if rows.count > 0 {
            let sum = rows.sum == rows.sum.rounded() ? String(Int(rows.sum)) : shortest(rows.sum)
            Output.line("\(rows.count) records, adding up to \(sum).")
        }
        Output.text(PlainTable.text(rows.page(limit: limit)))
        if rows.count > limit { Output.line("\(rows.count - limit) more: --rows shows more, --output writes all.") }
        if rows.agrees == false {
            Output.error("The records do not add up to the figure: they are not those it was made from.")
        }
    }
}
