import Assessing
import CommandLine
import Kernel
import Records

/// `concord mappings`: the mappings there are.
enum MappingsCommand: Command {
    static let spec = CommandSpec(
        "mappings", "List the mappings of partners' files.", options: [InputOptions.definitions],
        example: "concord mappings")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        for mapping in try DefinitionsFolder(arguments).mappings().mappings {
            Output.line("\(mapping.id)  \(mapping.title) (version \(mapping.version))")
            Output.line("    recognised by: \(mapping.recognise.joined(separator: ", "))")
        }
    }
}
