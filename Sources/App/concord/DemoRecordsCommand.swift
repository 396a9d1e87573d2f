import CommandLine
import DemoBorough
import Kernel

/// `concord demo records`: a fictional borough.
enum DemoRecordsCommand: Command {
    static let spec = CommandSpec(
        "demo records", "Make the records of a fictional borough.",
        details: """
            Writes areas, populations, five years of incidents with their people, other agencies' records, stop and search,
            and survey answers of a borough that does not exist, with its partnership.json. The same seed gives the same
            bytes.
            """,
        options: [
            .init("output", "DIR", "The folder to write to."),
            .init("seed", "N", "The seed (standard: 1)."),
            .init("years", "N", "Years of records, ending 2025 (standard: 5)."),
        ],
        example: "concord demo records --output var/demo")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let output = try arguments.required("output")
        let seed = try arguments.integer("seed", in: 0...Int.max) ?? 1
        let years = try arguments.integer("years", in: 1...10) ?? 5
        try DemoBorough.write(seed: UInt64(seed), to: output, years: years) { progress.say($0) }
        Output.line("\(output)/partnership.json")
    }
}
