internal import Kernel

/// What a command is called, takes and does: the source of its parsing and of its `--help`.
public struct CommandSpec: Sendable {
    /// The words that call it ("harm import").
    public let name: String
    /// One line for the list of commands.
    public let summary: String
    /// Paragraphs for `--help`.
    public let details: String
    /// What its arguments are called, or nil when it takes none ("FILE…").
    public let arguments: String?
    /// Its options, without `--help` and `--quiet`, which every command has.
    public let options: [Option]
    /// An example that works.
    public let example: String

    /// An option.
    public struct Option: Sendable {
        /// Its name without dashes.
        public let name: String
        /// What its value is called, or nil for a switch.
        public let value: String?
        /// What it does.
        public let help: String
        /// Whether it may be given more than once.
        public let isRepeatable: Bool

        /// An option.
        public init(_ name: String, _ value: String? = nil, repeats: Bool = false, _ help: String) {
            self.name = name
            self.value = value
            self.help = help
            self.isRepeatable = repeats
        }
    }

    /// A command.
    public init(
        _ name: String, _ summary: String, details: String = "", arguments: String? = nil, options: [Option] = [],
        example: String = ""
    ) {
        self.name = name
        self.summary = summary
        self.details = details
        self.arguments = arguments
        self.options = options + CommandSpec.common
        self.example = example
    }

    private static let common: [Option] = [
        Option("quiet", nil, "Say nothing on standard error but errors."),
        Option("help", nil, "Print this and stop."),
    ]

    /// The text of `--help`.
    public func help(program: String) -> String {
        var text = "\(summary)\n\nUsage: \(program) \(name)"
        if !options.isEmpty { text += " [options]" }
        if let arguments { text += " \(arguments)" }
        text += "\n"
        if !details.isEmpty { text += "\n\(details)\n" }
        text += "\nOptions:\n"
        for option in options {
            let name = "  --\(option.name)" + (option.value.map { " \($0)" } ?? "") + (option.isRepeatable ? " …" : "")
            let gap =
                name.count < 30
                ? String(repeating: " ", count: 30 - name.count) : "\n" + String(repeating: " ", count: 30)
            text += name + gap + Wrapping.wrap(option.help, indent: 30) + "\n"
        }
        if !example.isEmpty { text += "\nExample:\n  \(example)\n" }
        return text
    }
}

/// Breaking text into lines.
public enum Wrapping {
    /// The text broken between words at 100 columns, continuation lines indented.
    public static func wrap(_ text: String, indent: Int, width: Int = 100) -> String {
        var lines: [String] = [""]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if !last.isEmpty, indent + last.count + word.count + 1 > width {
                lines.append(String(word))
            } else {
                lines[lines.count - 1] = last.isEmpty ? String(word) : "\(last) \(word)"
            }
        }
        return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
    }
}
