import Assessing
import Assessment
import CommandLine
import Files
import Kernel
import Records

/// `concord quality`: what is missing, repeated or changed in records.
enum QualityCommand: Command {
    static let spec = CommandSpec(
        "quality", "Say what is missing, repeated, out of place or changed in records.",
        details: """
            Prints, as plain tables or JSON: where the records lie, how sources of the same thing agree, completeness by field and source, repeated records by kind, the census of LSOA
            codes (with --lookup), months missing or cut short, lasting changes of level, and what was rejected.
            """,
        arguments: "[FILE…]",
        options: [
            .init("records", "PATH", repeats: true, "Files or folders of records."),
            .init("area", "NAME", repeats: true, "The boroughs meant (otherwise those that the records cover)."),
            .init("lookup", "FILE", repeats: true, "The look-up LSOA 2011 to 2021, for the census of codes."),
            .init("format", "text|json", "How to print (standard: text)."),
            .init("output", "DIR", "Also write one CSV file per table, and the rejects, to this folder."),
        ] + InputOptions.records + [InputOptions.definitions],
        example: "concord quality 2022-12-metropolitan-stop-and-search.csv")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let format = arguments.value("format") ?? "text"
        guard ["text", "json"].contains(format) else { throw WrongUse("--format is text or json, not \(format).") }
        let paths = arguments.all("records") + arguments.arguments
        guard !paths.isEmpty else { throw WrongUse("No records were given: name files, or use --records. See --help.") }
        let definitions = try DefinitionsFolder(arguments)
        let library = try definitions.mappings()
        let files = try RecordFiles(paths, arguments, library: library, progress: progress).files
        let folder = arguments.value("output")
        let log = RejectLog(path: "\(folder ?? ".")/rejects.csv")
        let records = try RecordReader(
            library: library, log: log,
            rejectLimit: arguments.value("reject-limit") == nil ? 1 : InputOptions.rejectLimit(arguments),
            progress: progress.bytes
        ).read(files)
        progress.clear()
        var lookup = AreaLookup()
        for path in arguments.all("lookup") { try lookup.read(path) }
        let tables = try QualityBuilder.tables(
            records, lookup: lookup, areas: arguments.all("area"), regions: try definitions.regions(),
            weights: try definitions.weights(nil, force: nil), groups: try definitions.offenceGroups(nil))
        if format == "json" {
            Output.text(String(decoding: AssessmentJSON.encode(tables: tables), as: UTF8.self))
        } else {
            for table in tables { Output.text(PlainTable.text(table) + "\n") }
        }
        if let folder {
            try FileSystem.makeFolder(folder)
            for table in tables { try FileSystem.write(AssessmentCSV.encode(table), to: "\(folder)/\(table.id).csv") }
        }
        if !log.isEmpty { progress.say("What could not be used is in \(log.path).") }
    }
}
