import Kernel
import Testing

@Suite struct DelimitedWriterTests {
    private func text(_ write: (inout DelimitedWriter) -> Void) -> String {
        var writer = DelimitedWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("Fields are quoted only where RFC 4180 asks for it") func quoting() {
        let row = text { $0.row(["plain", "a,b", "say \"hi\"", "two\nlines", "cr\r", "", "it's; é"]) }
        #expect(row == "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"cr\r\",,it's; é\n")
    }

    @Test("Numbers, empty fields and rows stand one after the other") func fields() {
        let written = text { writer in
            writer.field(-5)
            writer.field(0.1)
            writer.field(3.0)
            writer.endRow()
            writer.empty()
            writer.empty()
            writer.field("x")
            writer.endRow()
        }
        #expect(written == "-5,0.1,3\n,,x\n")
    }

    @Test("After forgetting, writing goes on where it was") func forgetting() {
        var writer = DelimitedWriter()
        writer.field("a")
        writer.removeAll()
        writer.field("b")
        writer.endRow()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == ",b\n")
    }
}

@Suite struct FaultTests {
    @Test("A fault reads as sentences with what is known of it") func description() {
        let full = Fault(
            "The file could not be read", at: "a.csv, line 3", because: "it is empty", remedy: "Ask again.")
        #expect(full.description == "The file could not be read (a.csv, line 3): it is empty. Ask again.")
        #expect(Fault("It failed").description == "It failed.")
        #expect(Fault("Really?", remedy: "Yes.").description == "Really? Yes.")
    }
}

@Suite struct NumberTextTests {
    @Test("Digits are read, and nothing else is") func digits() {
        #expect(decimalNumber("0042".utf8) == 42)
        #expect(decimalNumber("999999999999999999".utf8) == 999_999_999_999_999_999)
        for wrong in ["", "-1", "+1", "1.0", " 1", "1234567890123456789", "٣"] {
            #expect(decimalNumber(wrong.utf8) == nil, "\(wrong)")
        }
        #expect(padded(7, to: 3) == "007" && padded(1234, to: 3) == "1234" && padded(0, to: 1) == "0")
    }

    @Test("The shortest text of a number reads back the same", arguments: 1...4) func shortestText(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<500 {
            let number = Double(bitPattern: random.next())
            guard number.isFinite else { continue }
            #expect(Double(shortest(number)) == number)
            let whole = Double(Int64(bitPattern: random.next()) >> (random.below(40) + 14))
            #expect(shortest(whole) == String(Int64(whole)))
        }
    }
}
