import Kernel
import Testing

@testable import CommandLine

@Suite("Arguments")
struct ParsedArgumentsTests {
    static let command = CommandSpec(
        "make", "Make things.", arguments: "[FILE…]",
        options: [
            .init("output", "DIR", "Where to."), .init("records", "PATH", repeats: true, "Records."),
            .init("from", "YYYY-MM", "From."), .init("top", "N", "How many."), .init("share", "PERCENT", "How much."),
            .init("add", nil, "A switch."),
        ])

    private func parse(_ words: String...) throws -> ParsedArguments { try ParsedArguments(words, for: Self.command) }

    /// Words, and what they say: output, records, arguments, whether --add.
    static let good: [([String], String?, [String], [String], Bool)] = [
        ([], nil, [], [], false),
        (["--output", "x"], "x", [], [], false),
        (["--output=x"], "x", [], [], false),
        (["--output=a=b"], "a=b", [], [], false),
        (["--output", "x", "a", "b"], "x", [], ["a", "b"], false),
        (["a", "--output", "x", "b"], "x", [], ["a", "b"], false),
        (["--records", "a", "b", "--add"], nil, ["a"], ["b"], true),
        (["--records", "a", "--records", "b"], nil, ["a", "b"], [], false),
        (["--records=a", "b"], nil, ["a"], ["b"], false),
        (["--records", "a", "--", "b"], nil, ["a"], ["b"], false),
        (["--", "--output", "-x"], nil, [], ["--output", "-x"], false),
        (["--add", "-"], nil, [], ["-"], true),
        (["--output", "-x"], "-x", [], [], false),
    ]

    @Test("Options and arguments are read in the GNU manner", arguments: good)
    func reads(words: [String], output: String?, records: [String], arguments: [String], add: Bool) throws {
        let parsed = try ParsedArguments(words, for: Self.command)

        #expect(parsed.value("output") == output)
        #expect(parsed.all("records") == records)
        #expect(parsed.arguments == arguments)
        #expect(parsed.has("add") == add)
    }

    static let wrong: [([String], String)] = [
        (["--output"], "--output needs a value: DIR"), (["--output", "--add"], "--output needs a value"),
        (["--output="], "--output needs a value"), (["--output", ""], "--output needs a value"),
        (["--output", "a", "--output", "b"], "--output may be given once only"),
        (["--add=yes"], "--add takes no value"), (["-o", "x"], "two dashes: -o"),
        (["--outptu", "x"], "Did you mean --output?"), (["--colour"], "There is no option --colour"),
        (["--rec", "x"], "Did you mean --records?"),
    ]

    @Test("Wrong words are answered with what is wrong", arguments: wrong)
    func refuses(words: [String], says: String) throws {
        let error = try #require(throws: WrongUse.self) { try ParsedArguments(words, for: Self.command) }

        #expect(error.description.contains(says), "\(error)")
    }

    @Test("A command without arguments refuses them, but not before --help")
    func none() throws {
        let bare = CommandSpec("list", "List.")

        #expect(throws: WrongUse.self) { try ParsedArguments(["x"], for: bare) }
        #expect(try ParsedArguments(["x", "--help"], for: bare).has("help"))
    }

    @Test("Values are checked and say what is expected")
    func values() throws {
        let parsed = try parse("--from", "2025-03", "--top", "7", "--share", "2.5")
        #expect(try parsed.month("from") == Month(year: 2025, month: 3))
        #expect(try parsed.integer("top", in: 1...10) == 7)
        #expect(try parsed.number("share", in: 0...100) == 2.5)
        #expect(try parsed.month("output") == nil && parsed.integer("output", in: 1...2) == nil)

        for month in ["2025-3", "2025-13", "2025-00", "2025/03", "March", "2025-03-01"] {
            #expect(throws: WrongUse.self, "\(month)") { try parse("--from", month).month("from") }
        }
        for top in ["0", "11", "x", "1.5", "99999999999999999999"] {
            #expect(throws: WrongUse.self, "\(top)") { try parse("--top", top).integer("top", in: 1...10) }
        }
        for share in ["-1", "101", "nan", "inf", "x"] {
            #expect(throws: WrongUse.self, "\(share)") { try parse("--share", share).number("share", in: 0...100) }
        }
        #expect(throws: WrongUse.self) { try parse().required("output") }
    }

    @Test("The help names every option with its value, and is at most 100 columns wide")
    func help() {
        let text = Self.command.help(program: "concord")

        for option in Self.command.options {
            #expect(text.contains("  --\(option.name)" + (option.value.map { " \($0)" } ?? "")))
        }
        #expect(text.contains("Usage: concord make [options] [FILE…]") && text.contains("--help"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("Text is wrapped between words")
    func wrapping() {
        #expect(Wrapping.wrap("one two three", indent: 2, width: 9) == "one two\n  three")
        #expect(Wrapping.wrap("", indent: 2) == "")
        #expect(Wrapping.wrap("unbreakable", indent: 0, width: 4) == "unbreakable")
    }

    /// Levenshtein distances from the textbooks.
    @Test(
        "Misspelt words are found by edit distance",
        arguments: [("kitten", "sitting", 3), ("flaw", "lawn", 2), ("", "abc", 3), ("same", "same", 0)])
    func distance(a: String, b: String, edits: Int) {
        #expect(Spelling.distance(a, b) == edits && Spelling.distance(b, a) == edits)
        #expect(Spelling.nearest("xyzzy", among: ["records", "output"]) == nil)
    }
}
