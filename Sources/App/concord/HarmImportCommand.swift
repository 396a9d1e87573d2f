import CommandLine
import Files
import Kernel
import Records

/// `concord harm import`: harm weights from a workbook saved as CSV.
enum HarmImportCommand: Command {
    static let spec = CommandSpec(
        "harm import", "Make a definition of harm weights from a CSV file.",
        details: """
            Reads the Cambridge Crime Harm Index workbook saved as CSV (which is copyright, and is imported rather than
            shipped), or any table with a column of categories or codes and one of days. Keys that carry several scores are
            resolved by a written rule and listed.
            """,
        arguments: "FILE.csv",
        options: [
            .init("output", "FILE.json", "The definition to write, for --weights."),
            .init("title", "TEXT", "The set's name."),
            .init("version", "TEXT", "The edition (standard: a year in the file's name)."),
            .init("force", "NAME", "Of weights by police force, the force (standard: National)."),
        ],
        example: "concord harm import cchi_2020.csv --version 2020 --output cchi-2020.json")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        guard arguments.arguments.count == 1 else { throw WrongUse("Name one CSV file. See --help.") }
        let output = try arguments.required("output")
        let made = try HarmImport(
            path: arguments.arguments[0], force: arguments.value("force") ?? "National",
            title: arguments.value("title"), version: arguments.value("version"))
        try FileSystem.write(made.weights.definition().encoded(), to: output)
        Output.line("\(output): \(made.weights.title), version \(made.weights.version)")
        if !made.ambiguous.isEmpty {
            Output.line(Wrapping.wrap(HarmImport.rule, indent: 0))
            for line in made.ambiguous { Output.line("  \(line)") }
        }
    }
}
