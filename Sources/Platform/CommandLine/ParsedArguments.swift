public import Kernel

/// A command used wrongly: the exit status is 2.
public struct WrongUse: Error, Sendable, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String

    /// A wrong use.
    public init(_ description: String) {
        self.description = description
    }
}

/// What was given on the command line, checked against a command's specification.
public struct ParsedArguments: Sendable {
    private var values: [String: [String]] = [:]
    private var switches: Set<String> = []
    /// The arguments that belong to no option.
    public private(set) var arguments: [String] = []

    /// Reads arguments in the GNU manner: `--name value`, `--name=value`, `--` ends options. An option that may be
    /// repeated takes all values up to the next option, except in front of the command's own arguments.
    public init(_ words: [String], for command: CommandSpec) throws(WrongUse) {
        var index = 0
        var onlyArguments = false
        while index < words.count {
            let word = words[index]
            index += 1
            if onlyArguments || !word.hasPrefix("--") {
                if !onlyArguments, word.hasPrefix("-"), word.count > 1 {
                    throw WrongUse("Options are written with two dashes: \(word) is not one. See --help.")
                }
                arguments.append(word)
                continue
            }
            if word == "--" {
                onlyArguments = true
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let option = try ParsedArguments.option(named: String(parts[0]), in: command)
            if option.value == nil {
                guard parts.count == 1 else { throw WrongUse("--\(option.name) takes no value.") }
                switches.insert(option.name)
            } else if parts.count == 2 {
                try add(String(parts[1]), to: option)
            } else {
                guard index < words.count, !words[index].hasPrefix("--") else {
                    throw WrongUse("--\(option.name) needs a value: \(option.value ?? "").")
                }
                try add(words[index], to: option)
                index += 1
                while option.isRepeatable, index < words.count, !words[index].hasPrefix("-") {
                    try add(words[index], to: option)
                    index += 1
                }
            }
        }
        guard command.arguments != nil || arguments.isEmpty || switches.contains("help") else {
            throw WrongUse("\"\(arguments[0])\" is not expected here: the command takes no arguments. See --help.")
        }
    }

    private static func option(named name: String, in command: CommandSpec) throws(WrongUse) -> CommandSpec.Option {
        if let option = command.options.first(where: { $0.name == name }) { return option }
        let near = Spelling.nearest(name, among: command.options.map(\.name))
        let hint = near.map { " Did you mean --\($0)?" } ?? ""
        throw WrongUse("There is no option --\(name) for \"\(command.name)\".\(hint) See --help.")
    }

    private mutating func add(_ value: String, to option: CommandSpec.Option) throws(WrongUse) {
        guard !value.isEmpty else { throw WrongUse("--\(option.name) needs a value: \(option.value ?? "").") }
        guard option.isRepeatable || values[option.name] == nil else {
            throw WrongUse("--\(option.name) may be given once only.")
        }
        values[option.name, default: []].append(value)
    }

    /// Whether a switch was given.
    public func has(_ name: String) -> Bool { switches.contains(name) }
    /// The value of an option, or nil when it was not given.
    public func value(_ name: String) -> String? { values[name]?.first }
    /// All values of an option.
    public func all(_ name: String) -> [String] { values[name] ?? [] }

    /// The value of an option that must be given.
    public func required(_ name: String) throws(WrongUse) -> String {
        guard let value = value(name) else { throw WrongUse("--\(name) is needed. See --help.") }
        return value
    }

    /// A month `YYYY-MM`.
    public func month(_ name: String) throws(WrongUse) -> Month? {
        guard let text = value(name) else { return nil }
        guard let month = Month(text) else {
            throw WrongUse("--\(name) needs a month written YYYY-MM, such as 2025-03; \"\(text)\" is not one.")
        }
        return month
    }

    /// A whole number within bounds.
    public func integer(_ name: String, in range: ClosedRange<Int>) throws(WrongUse) -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw WrongUse(
                "--\(name) needs a whole number from \(range.lowerBound) to \(range.upperBound); \"\(text)\" is not one."
            )
        }
        return number
    }

    /// A number within bounds.
    public func number(_ name: String, in range: ClosedRange<Double>) throws(WrongUse) -> Double? {
        guard let text = value(name) else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw WrongUse(
                "--\(name) needs a number from \(shortest(range.lowerBound)) to \(shortest(range.upperBound)); "
                    + "\"\(text)\" is not one.")
        }
        return number
    }
}
