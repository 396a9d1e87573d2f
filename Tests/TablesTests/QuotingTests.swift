import Kernel
import Testing

@testable import Tables

@Suite("Quotes, lines and chunks")
struct QuotingTests {
    /// Every kind of quoting and line end, in a few hundred bytes.
    static let awkward: String =
        "\u{FEFF}name,note,town\r\n\"Smith, Ann\",\"said \"\"no\"\"\",Leeds\r\n\r\nBrown,\"two\nlines\r\nthree\",York\n"
        + "  \nJones,5\" pipe,\"Bath\"\nLee,\"\",\"\"\"\"\nÉva,naïve – ‘quoted’,Zürich\n\"a\"b\"c,d\"e,\"x\"\"\",\"y\n\nz\"\n"
        + ",,\nshort\nlong,1,2,3\n\" padded \", b ,\t\nlast,\"no newline\",end"

    @Test("fields are those that RFC 4180 says, whatever the chunk size and the number of threads")
    func everyChunkSize() throws {
        let bytes = Array(Self.awkward.utf8)
        let file = TemporaryFile(bytes)
        let expected = expectedTexts(Array(bytes.dropFirst(3)))

        let whole = try readTexts(file)

        #expect(whole.texts == expected.texts)
        #expect(whole.lines == expected.lines)
        #expect(whole.failure == nil)
        #expect(whole.texts[0] == ["Smith, Ann", "said \"no\"", "Leeds"])
        #expect(whole.texts[1] == ["Brown", "two\nlines\r\nthree", "York"])
        #expect(whole.texts[2] == ["Jones", "5\" pipe", "Bath"])
        #expect(whole.lines[0...2] == [2, 4, 8])
        for size in 1...(bytes.count + 1) {
            for threads in 1...2 {
                let reading = try readTexts(file, block: size, threads: threads)
                #expect(reading == whole, "blocks of \(size) bytes, \(threads) threads")
            }
        }
    }

    @Test("a quote that is not closed is a fault with its line", arguments: [1, 7, 64, 4096])
    func openQuote(size: Int) throws {
        let file = TemporaryFile("a,b\n1,2\n\"3\n3\",4\n5,\"6\n7,8\n")
        let reading = try readTexts(file, block: size)
        #expect(reading.failure?.contains("line 5") == true)
        #expect(reading.failure?.contains("not closed") == true)
    }

    @Test("a field longer than allowed is a fault with its line")
    func longField() throws {
        let file = TemporaryFile("a,b\n1,2\n3,\"" + String(repeating: "x\n", count: 600) + "\"\n5,6\n")
        for size in [16, 100, 4096] {
            let reading = try readTexts(file, block: size, field: 1000)
            #expect(reading.failure?.contains("longer than 1000 bytes") == true)
            #expect(reading.failure?.contains("line 3") == true)
        }
        let allowed = try readTexts(file, block: 16, field: 2000)
        #expect(allowed.failure == nil)
        #expect(allowed.texts.count == 3)
    }

    @Test("rows with the wrong number of fields are reported and kept")
    func ragged() throws {
        let file = TemporaryFile("a,b,c\n1,2,3\n1,2\n1,2,3,4\n\n1\n")
        let reading = try readTexts(file)
        #expect(reading.texts == [["1", "2", "3"], ["1", "2", nil], ["1", "2", "3"], ["1", nil, nil]])
        #expect(
            reading.faults == [
                "1 3 -1  has 2 fields where the first line has 3", "2 4 -1  has 4 fields where the first line has 3",
                "3 6 -1  has 1 fields where the first line has 3",
            ])
    }

    @Test("lines may end with CR alone")
    func carriageReturns() throws {
        let file = TemporaryFile("a,b\r1,\"x\ry\"\r\r3,4")
        let reading = try readTexts(file)
        #expect(reading.texts == [["1", "x\ry"], ["3", "4"]])
        #expect(reading.lines == [2, 5])
    }

    @Test("the vector masks equal the portable ones and a plain loop")
    func masks() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<200 {
            let bytes = (0..<64).map { _ in [UInt8(0), 0x22, 0x2C, 0x2D, 0x80, 0xAC, 0xFF][random.below(7)] }
            for value in [UInt8(0), 0x22, 0x2C, 0x80, 0xAC, 0xFF] {
                let expected = (0..<64).reduce(UInt64(0)) { $0 | (bytes[$1] == value ? 1 << UInt64($1) : 0) }
                bytes.withUnsafeBufferPointer { buffer in
                    guard let start = buffer.baseAddress else { return }
                    #expect(ByteMasks.equal(start, value) == expected)
                    #expect(ByteMasks.equalPortably(start, value) == expected)
                }
                var running: UInt64 = 0
                var prefix: UInt64 = 0
                for i in 0..<64 {
                    running ^= expected >> UInt64(i) & 1
                    prefix |= running << UInt64(i)
                }
                #expect(ByteMasks.prefixXor(expected) == prefix)
            }
        }
    }
}
