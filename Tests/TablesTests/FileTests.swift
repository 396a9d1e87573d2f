import CZlib
import Glibc
import Kernel
import Testing

@testable import Tables

/// The gzip form of some bytes, by zlib in one call.
private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard deflateInit2_(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
    else { return [] }
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1000)
    let capacity = output.count
    input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            _ = deflate(&stream, Z_FINISH)
        }
    }
    return Array(output.prefix(capacity - Int(stream.avail_out)))
}

private func refusal(_ bytes: [UInt8]) -> Fault? {
    let file = TemporaryFile(bytes)
    do throws(Fault) {
        _ = try DelimitedFile(path: file.path)
        return nil
    } catch {
        return error
    }
}

@Suite("Files")
struct FileTests {
    /// Some ten thousand rows with a text of varied entropy.
    private static let table: [UInt8] = {
        var random = SeededRandom(seed: 9)
        var writer = DelimitedWriter()
        writer.row(["id", "note", "number"])
        for row in 0..<10_000 {
            writer.row(["\(row)", random.chance(0.5) ? "same \"old\"\nnote" : "\(random.next())", "\(row * 7)"])
        }
        return writer.bytes
    }()

    @Test("the delimiter is found in the first line, or given")
    func delimiters() throws {
        #expect(try opened(TemporaryFile("a,b;c,d\n")).delimiter == UInt8(ascii: ","))
        #expect(try opened(TemporaryFile("a;b,c;d\n")).header == ["a", "b,c", "d"])
        #expect(try opened(TemporaryFile("a\tb\n")).header == ["a", "b"])
        #expect(try opened(TemporaryFile("\"a,b,c\";d\n")).header == ["a,b,c", "d"])
        #expect(try opened(TemporaryFile("one\n1\n")).header == ["one"])
        #expect(try opened(TemporaryFile("sep=;\r\na;b,c,d\r\n")).header == ["a", "b,c,d"])
        #expect(try opened(TemporaryFile("a|b,c\n"), delimiter: 0x7C).header == ["a", "b,c"])
        let declared = try readTexts(TemporaryFile("sep=;\r\na;b\r\n1;2\r\n"))
        #expect(declared.texts == [["1", "2"]])
        #expect(declared.lines == [3])
    }

    @Test("headers are trimmed and unquoted, after a byte order mark and blank lines")
    func headers() throws {
        let file = TemporaryFile("\u{FEFF}\n \n\" Crime ID \", Month ,\"Two\nlines\"\n1,2,3\n")
        let table = try DelimitedFile(path: file.path)
        #expect(table.header == ["Crime ID", "Month", "Two\nlines"])
        #expect(table.field(named: "Month") == 1)
        #expect(try readTexts(file).lines == [5])
    }

    @Test("Windows-1252 is read as such")
    func windows1252() throws {
        // "Éva – £5 €" in Windows-1252, and in UTF-8.
        let file = TemporaryFile(
            Array("name,id\n".utf8) + [0xC9, 0x76, 0x61, 0x20, 0x96, 0x20, 0xA3, 0x35, 0x20, 0x80]
                + Array(",x\nÉva – £5 €,y\n".utf8))
        let reading = try readTexts(file)
        #expect(reading.texts == [["Éva – £5 €", "x"], ["Éva – £5 €", "y"]])
        #expect(reading.dictionaries[0] == ["Éva – £5 €"])
        #expect(try DelimitedFile(path: file.path).isUTF8 == false)
        var hashes: [UInt64] = []
        try DelimitedFile(path: file.path).read([ColumnRequest(field: 0, kind: .identifier)]) { batch in
            if case .hashes(let values) = batch.columns[0] { hashes += values }
        }
        #expect(hashes.count == 2 && hashes[0] == hashes[1])
    }

    @Test("files that hold no table are refused with the reason")
    func refusals() throws {
        #expect(refusal([])?.why == "it is empty")
        #expect(refusal(Array("\n\r\n  \n".utf8))?.why == "it has only blank lines")
        #expect(refusal([0xFF, 0xFE, 0x61, 0x00])?.why == "it is UTF-16 text")
        #expect(refusal([0xFE, 0xFF, 0x00, 0x61])?.why == "it is UTF-16 text")
        #expect(refusal(Array("a\0,\0b\0\n\0c\0,\0d\0".utf8))?.why == "it is UTF-16 text")
        #expect(refusal([0x50, 0x4B, 3, 4, 0, 0, 0, 0, 0x41])?.why == "it is a zip or Excel file")
        #expect(refusal(Array("a,b\n1,\0\n".utf8))?.why == "byte 7 of its text is zero")
        #expect(refusal(Array("\"a,b\n1,2\n".utf8))?.why == "a double quote in it is not closed")
        #expect(throws: Fault.self) { try DelimitedFile(path: "/") }
        #expect(throws: Fault.self) { try DelimitedFile(path: "/nowhere/nothing.csv") }
        for bytes in [[], Array("a\0".utf8)] { #expect(refusal(bytes)?.remedy.isEmpty == false) }
    }

    @Test("a zero byte far into a file is a fault")
    func lateZero() throws {
        let file = TemporaryFile(Array("a,b\n".utf8) + Self.repeated("1,2\n", 40_000) + [0, 0x0A])
        #expect(try readTexts(file).failure?.contains("byte 160005 of its text is zero") == true)
    }

    private static func repeated(_ text: String, _ count: Int) -> [UInt8] {
        (0..<count).flatMap { _ in Array(text.utf8) }
    }

    @Test("gzip of one and of several members is read like the text")
    func compressed() throws {
        let plain = try readTexts(TemporaryFile(Self.table))
        let middle = Self.table.count / 3
        let members = gzip(Array(Self.table[..<middle])) + gzip([]) + gzip(Array(Self.table[middle...]))
        for bytes in [gzip(Self.table), members, members + [0, 0, 0]] {
            let file = TemporaryFile(bytes, suffix: ".csv.gz")
            #expect(try DelimitedFile(path: file.path).isCompressed)
            #expect(try readTexts(file, threads: 2) == plain)
            #expect(try readTexts(file, block: 999) == plain)
        }
        #expect(plain.texts.count == 10_000)
    }

    @Test("cut off or damaged gzip is a fault that says how much was read")
    func truncated() throws {
        let whole = gzip(Self.table)
        for cut in [whole.count - 1, whole.count - 8, whole.count / 2] {
            let file = TemporaryFile(Array(whole.prefix(cut)), suffix: ".csv.gz")
            let failure = try readTexts(file).failure
            #expect(failure?.contains("\(cut) bytes of it gave") == true)
            #expect(failure?.contains("cut off") == true)
        }
        var damaged = whole
        damaged[whole.count - 5] ^= 1
        #expect(try readTexts(TemporaryFile(damaged)).failure?.contains("damaged (incorrect data check)") == true)
        let trailing = TemporaryFile(whole + Array("hello".utf8))
        #expect(try readTexts(trailing).failure?.contains("damaged") == true)
    }

    @Test("bytes and progress are told in order, as they lie on the disc")
    func rawBytes() throws {
        for bytes in [Self.table, gzip(Self.table)] {
            let file = TemporaryFile(bytes)
            var seen: [UInt8] = []
            var last: Int64 = 0
            try DelimitedFile(path: file.path).read(
                [ColumnRequest(field: 0, kind: .text)], threads: 2,
                bytesRead: { read, total in
                    #expect(read >= last && total == Int64(bytes.count))
                    last = read
                }, onBytes: { seen.append(contentsOf: $0) }, body: { _ in })
            #expect(seen == bytes)
            #expect(last == Int64(bytes.count))
        }
    }

    @Test("codes are those of first appearance, and one dictionary serves several files")
    func dictionaries() throws {
        let shared = TextDictionary(["York"])
        let first = TemporaryFile("town\nLeeds\nYork\n\nLeeds\nBath\n")
        let second = TemporaryFile("town\nBath\nRye\nYork\n")
        var codes: [Int32] = []
        for path in [first.path, second.path] {
            let request = ColumnRequest(field: 0, kind: .text)
            try DelimitedFile(path: path).read([request], dictionaries: [shared]) { batch in
                if case .codes(let values) = batch.columns[0] { codes += values }
            }
        }
        #expect(codes == [1, 0, 1, 2, 2, 3, 0])
        #expect(shared.texts == ["York", "Leeds", "Bath", "Rye"])
        #expect(shared.code(of: "Rye") == 3)
        #expect(shared.code(of: "Hull") == nil)
        #expect(shared.text(of: -1) == "")
    }

    @Test("a body that throws ends the reading")
    func bodyThrows() throws {
        struct Enough: Error {}
        let file = TemporaryFile(Self.table)
        var limits = ReadingLimits()
        limits.block = 1000
        let table = try DelimitedFile(path: file.path, limits: limits)
        for threads in [1, 3] {
            #expect(throws: Enough.self) {
                try table.read([ColumnRequest(field: 1, kind: .text)], threads: threads) { batch in
                    if batch.firstRow > 100 { throw Enough() }
                }
            }
        }
    }

    @Test("whole small files as rows of text")
    func allRows() throws {
        let file = TemporaryFile("a,b\n 1 ,\"x \"\"y\"\"\"\n\n2\n3,4,5")
        let table = try DelimitedFile(path: file.path)
        #expect(try table.allRows() == [[" 1 ", "x \"y\""], ["2"], ["3", "4", "5"]])
        #expect(try table.allRows(limitRows: 2).count == 2)
        let headerOnly = TemporaryFile("a,b\n")
        #expect(try DelimitedFile(path: headerOnly.path).allRows() == [])
        withExtendedLifetime((file, headerOnly)) {}
    }

    @Test("rows with the same bytes have the same hash")
    func rowHashes() throws {
        let reading = try readTexts(TemporaryFile("a,b\r\n1,2\r\n1,2\n1,3\n\"1\",2\n1,2"))
        #expect(reading.rowHashes[0] == reading.rowHashes[1])
        #expect(reading.rowHashes[0] == reading.rowHashes[4])
        #expect(Set(reading.rowHashes).count == 3)
    }
}
