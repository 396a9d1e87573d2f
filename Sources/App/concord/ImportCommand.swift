import Assessing
import CommandLine
import Kernel
import Records

/// `concord import`: partners' files into a folder of records.
enum ImportCommand: Command {
    static let spec = CommandSpec(
        "import", "Keep partners' files in a folder of records, checked.",
        details: """
            Each file is read through its mapping, checked against what the folder holds, and kept as it came. The same
            content again changes nothing. A month that is there with other content is refused unless --restate (the new
            file replaces it) or --add (both count) says what to do. concord assess --records FOLDER gives the same figures
            as the files themselves.
            """,
        arguments: "FILE…",
        options: [.init("records", "DIR", "The folder of records, made when there is none.")] + InputOptions.records
            + [InputOptions.definitions],
        example: "concord import --records var/records 2024-03-metropolitan-street.csv")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let path = try arguments.required("records")
        guard !arguments.arguments.isEmpty else { throw WrongUse("Name the files to import. See --help.") }
        let library = try DefinitionsFolder(arguments).mappings()
        let files = try RecordFiles(arguments.arguments, arguments, library: library, progress: progress).files
        let reader = RecordReader(
            library: library, log: RejectLog(path: "\(path)/rejects.csv"),
            rejectLimit: try InputOptions.rejectLimit(arguments), progress: progress.bytes)
        var folder = try RecordsFolder(path: path)
        let report = try folder.add(files, reader: reader)
        progress.clear()
        for line in report.lines { Output.line(line) }
        if !report.changed { Output.line("Nothing changed in \(path).") }
    }
}
