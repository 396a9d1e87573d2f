import Assessing
import Assessment
import CommandLine
import Files
import Geography
import Kernel
import Records

/// `concord assess`: from records to the strategic assessment.
enum AssessCommand: Command {
    static let spec = CommandSpec(
        "assess", "Make the strategic assessment of an area from records.",
        details: """
            Reads records (files, folders, or a folder made by concord import), recognises each file's mapping from its
            header, and writes assessment.html, assessment.json and one CSV file per table. Look-ups, boundaries (.geojson)
            and populations may stand among the files: they are known by their headers. A table that needs what was not
            given is left out with a note that says so.
            """,
        arguments: "[FILE…]",
        options: [
            .init("partnership", "DEF", "A partnership's definition: its areas, look-ups, boundaries and records."),
            .init("area", "NAME", repeats: true, "The borough or district (or region) to assess, by name or code."),
            .init("from", "YYYY-MM", "The first month."),
            .init("to", "YYYY-MM", "The last month."),
            .init(
                "compare", "NAME|YYYY-MM..YYYY-MM", repeats: true,
                "Areas to compare with (otherwise those the records hold), or the earlier months (otherwise the same months "
                    + "of the year before)."),
            .init("records", "PATH", repeats: true, "Files or folders of records."),
            .init("lookup", "FILE", repeats: true, "Look-ups: LSOA to ward and borough, LSOA 2011 to 2021."),
            .init("boundaries", "FILE", repeats: true, "Boundaries of LSOAs (and of wards, for maps) as GeoJSON."),
            .init("population", "FILE", repeats: true, "Residents by area and year."),
            .init("weights", "NAME|FILE", "Harm weights: a definition's name, its file, or a CSV file of weights."),
            .init("force", "NAME", "Of weights by police force, the force (standard: National)."),
            .init("groups", "NAME|FILE", "Offence groups: a definition's name or file."),
            .init("top", "N", "How long the lists of top areas are (standard: 10)."),
            .init("output", "DIR", "The folder to write to."),
        ] + InputOptions.records + [InputOptions.definitions],
        example: "concord assess --area Sutton --from 2025-03 --to 2026-02 --records mps/ "
            + "--lookup LSOA21_WD24_LAD24.csv --output sutton")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let definitions = try DefinitionsFolder(arguments)
        let output = try arguments.required("output")
        guard let from = try arguments.month("from") else { throw WrongUse("--from YYYY-MM is needed. See --help.") }
        guard let to = try arguments.month("to") else { throw WrongUse("--to YYYY-MM is needed. See --help.") }
        guard let period = MonthRange(from: from, to: to) else {
            throw WrongUse("--from \(from) lies after --to \(to).")
        }
        let top = try arguments.integer("top", in: 1...1000) ?? 10
        let partnership = try arguments.value("partnership").map(definitions.partnership)
        let areas = arguments.all("area").isEmpty ? partnership?.areas ?? [] : arguments.all("area")
        guard !areas.isEmpty else { throw WrongUse("--area or --partnership is needed. See --help.") }
        let compare = try Comparison(arguments.all("compare"))

        var order = AssessmentOrder(partnership: partnership, areas: areas, period: period)
        order.previous = compare.period
        order.compared = compare.areas
        order.weights = arguments.value("weights")
        order.force = arguments.value("force")
        order.groups = arguments.value("groups")
        order.top = top
        let library = try definitions.mappings()
        let inputs = try InputFiles(arguments, partnership, library)
        let records = try readRecords(inputs.records, arguments, library, output: output, progress: progress)
        let request = try Assessing.request(order, records: records, inputs: inputs, definitions: definitions)
        let result = try AssessmentBuilder.build(request)
        progress.clear()
        try AssessmentOutput(folder: output).write(result)
        reportRejects(records, progress)
        Output.line("\(output)/assessment.html")
        Output.line("\(output)/assessment.json")
    }

    private static func readRecords(
        _ paths: [String], _ arguments: ParsedArguments, _ library: MappingLibrary, output: String, progress: Progress
    ) throws -> RecordSet {
        guard !paths.isEmpty else { throw WrongUse("No records were given: name files, or use --records. See --help.") }
        let files = try RecordFiles(paths, arguments, library: library, progress: progress).files
        return try Assessing.readRecords(
            files, named: paths, library: library, rejects: "\(output)/rejects.csv",
            limit: try InputOptions.rejectLimit(arguments), progress: progress.bytes)
    }

    private static func reportRejects(_ records: RecordSet, _ progress: Progress) {
        progress.say("\(records.rows) rows read, \(records.rejected) could not be used.")
        for (reason, count) in records.rejectedRows.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(5) {
            progress.say("  rejected: \(reason): \(count)")
        }
        for (reason, count) in records.unusedValues.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(5) {
            progress.say("  value left out: \(reason): \(count)")
        }
        for note in records.notes { progress.say("  \(note)") }
    }
}

/// What `--compare` says: areas, or the earlier period.
struct Comparison {
    var areas: [String] = []
    var period: MonthRange?

    init(_ values: [String]) throws {
        for value in values {
            let parts = value.replacing("..", with: ":").split(separator: ":").map { Month(String($0)) }
            if parts.count == 2, let from = parts[0], let to = parts[1] {
                guard let range = MonthRange(from: from, to: to) else {
                    throw WrongUse("--compare \(value): the first month lies after the last.")
                }
                period = range
            } else if value.contains("..") {
                throw WrongUse(
                    "--compare needs areas, or two months written YYYY-MM..YYYY-MM; \"\(value)\" is neither.")
            } else {
                areas.append(value)
            }
        }
    }
}
