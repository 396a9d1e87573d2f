import Kernel
import Testing

@Suite struct JSONTests {
    private func parse(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8), from: "test.json") }

    private func why(_ text: String) -> Fault? {
        do throws(Fault) {
            _ = try JSON(parsing: Array(text.utf8), from: "test.json")
            return nil
        } catch { return error }
    }

    /// A random value of at most this depth.
    private func random(_ source: inout SeededRandom, depth: Int) -> JSON {
        switch source.below(depth > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .bool(source.chance(0.5))
        case 2: return .integer(Int64(bitPattern: source.next()))
        case 3: return .number(source.normal() * [1e-30, 1, 1e30][source.below(3)])
        case 4: return .string(text(&source))
        case 5: return .array((0..<source.below(5)).map { _ in random(&source, depth: depth - 1) })
        default:
            let names = Set((0..<source.below(5)).map { _ in text(&source) }).sorted()
            return .object(names.map { JSON.Member($0, random(&source, depth: depth - 1)) })
        }
    }

    private func text(_ source: inout SeededRandom) -> String {
        let alphabet: [Character] = [
            "a", "\"", "\\", "\n", "\t", "\r", "\u{1}", "\u{1F}", "é", "漢", "😀", "/", " ", "\u{7F}",
        ]
        return String((0..<source.below(9)).map { _ in alphabet[source.below(alphabet.count)] })
    }

    @Test("What is written reads back the same, indented or not", arguments: 1...60)
    func roundTrip(seed: UInt64) throws {
        var source = SeededRandom(seed: seed)
        let value = random(&source, depth: 4)
        for indented in [true, false] {
            let bytes = value.encoded(indented: indented)
            #expect(try JSON(parsing: bytes, from: "test.json") == value)
        }
    }

    @Test("All kinds of values are read") func kinds() throws {
        let value = try parse(
            #"{"a": [1, -2.5, 1e3, true, false, null, ""], "b": {"c": "\u00e9\ud83d\ude00\/\b\f\n\r\t"}}"#)
        let expected: [JSON] = [
            .integer(1), .number(-2.5), .number(1000), .bool(true), .bool(false), .null, .string(""),
        ]
        #expect(value["a"] == .array(expected))
        #expect(value["b"]?["c"] == .string("é😀/\u{8}\u{C}\n\r\t"))
        #expect(value["missing"] == nil && JSON.null["a"] == nil)
        #expect(try parse("\u{FEFF} 9223372036854775807 ") == .integer(.max))
        #expect(try parse("9223372036854775808") == .number(0x1p63))
    }

    @Test("Numbers are written in full, and what is no number as null") func numbers() {
        let value = JSON.array([.number(0.1), .number(3), .number(1e300), .number(.nan), .number(.infinity)])
        #expect(String(decoding: value.encoded(indented: false), as: UTF8.self) == "[0.1, 3, 1e+300, null, null]")
        #expect(shortest(-0.0) == "0" && shortest(1.5e-7) == "1.5e-07" && shortest(123_456_789) == "123456789")
    }

    @Test("Indented text puts members on lines and plain lists on one") func layout() {
        let value = JSON.members(
            ("a", .array([.integer(1), .integer(2)])), ("b", .object([])), ("c", .array([.object([])])))
        let expected = """
            {
              "a": [1, 2],
              "b": {},
              "c": [
                {}
              ]
            }

            """
        #expect(String(decoding: value.encoded(), as: UTF8.self) == expected)
    }

    @Test(
        "Invalid text is refused",
        arguments: [
            "", " ", "{", "[", "[1", "[1,", "[1,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "nul",
            "tru", "+1", ".5", "-", "1e", "--1", "1 2", "[1]]", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"",
            "\"\\u+123\"",
            "\"a\nb\"", "{\"a\":1,\"a\":2}", "1e999", "NaN", "// x", "\"\\ud800\\u0041\"",
        ])
    func faults(text: String) {
        let fault = why(text)
        #expect(fault?.place.hasPrefix("test.json, line ") == true)
        #expect(fault?.why.isEmpty == false)
    }

    @Test("A fault names its line and column") func place() {
        #expect(why("{\n  \"a\": 1,\n  \"b\": x\n}")?.place == "test.json, line 3, column 8")
        #expect(why("[1 2]")?.place == "test.json, line 1, column 4")
    }

    @Test("Bytes that are not UTF-8 and nesting without end are refused") func hostile() {
        #expect(throws: Fault.self) { try JSON(parsing: [0x22, 0xC3, 0x28, 0x22], from: "x") }
        let deep: [UInt8] = Array(repeating: 0x5B, count: 100_000)
        #expect(throws: Fault.self) { try JSON(parsing: deep, from: "x") }
    }
}
