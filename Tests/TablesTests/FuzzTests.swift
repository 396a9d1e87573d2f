import Kernel
import Testing

@testable import Tables

/// Thousands of random and mutated texts; the reader must not crash and must agree with the oracle on every field.
@Suite("Random texts")
struct FuzzTests {
    private static let alphabet: [UInt8] = Array("\"\"\"\",,,\n\n\r\tab 1;".utf8) + [0xE9, 0xC3, 0xA9]

    private static func randomText(_ random: inout SeededRandom) -> [UInt8] {
        (0..<random.below(300)).map { _ in alphabet[random.below(alphabet.count)] }
    }

    /// A well-formed table with a few bytes changed, removed or doubled.
    private static func mutatedTable(_ random: inout SeededRandom) -> [UInt8] {
        var writer = DelimitedWriter()
        let width = 1 + random.below(5)
        for _ in 0..<(1 + random.below(20)) {
            writer.row(
                (0..<width).map { _ in
                    let bytes = (0..<random.below(12)).map { _ in alphabet[random.below(alphabet.count - 3)] }
                    return String(decoding: bytes, as: UTF8.self)
                })
        }
        var bytes = writer.bytes
        for _ in 0..<random.below(4) {
            let place = random.below(bytes.count)
            switch random.below(3) {
            case 0: bytes[place] = alphabet[random.below(alphabet.count)]
            case 1: bytes.remove(at: place)
            default: bytes.insert(bytes[place], at: place)
            }
            if bytes.isEmpty { bytes = [0x61] }
        }
        return bytes
    }

    @Test("rows, fields, lines and faults are those of a plain state machine", arguments: 0..<8)
    func differential(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let file = TemporaryFile("")
        for round in 0..<400 {
            let text = round % 2 == 0 ? Self.randomText(&random) : Self.mutatedTable(&random)
            // Whole and in tiny blocks, each on one thread and on two.
            let block = random.chance(0.3) ? 512 << 10 : 1 + random.below(150)
            file.write(Array("h1,\"h\n2\",h3\n".utf8) + text)
            let oracle = Oracle(Array("h1,\"h\n2\",h3\n".utf8) + text)
            let reading = try readTexts(file, delimiter: 0x2C, block: block, threads: 1 + random.below(2))

            if oracle.endsInsideQuotes {
                #expect(reading.failure?.contains("not closed") == true, "\(seed) \(round)")
                continue
            }
            let rows = oracle.rows.dropFirst()
            let expected = rows.map { row in
                (0..<3).map { $0 < row.fields.count ? trimmedText(row.fields[$0]) : nil }
            }
            #expect(reading.failure == nil, "\(seed) \(round)")
            #expect(reading.texts == expected, "\(seed) \(round)")
            #expect(reading.lines == rows.map(\.line), "\(seed) \(round)")
            #expect(reading.faults.count == rows.count { $0.fields.count != 3 }, "\(seed) \(round)")
        }
    }

    @Test("random bytes never crash any kind of column", arguments: 0..<4)
    func anyKind(seed: Int) throws {
        let kinds: [ColumnKind] = [
            .text, .identifier, .integer, .decimal, .decimalScaled(2), .date(.yearFirst), .date(.dayFirst), .month,
            .dateTime(.yearFirst, .uk), .dateTime(.dayFirst, .utc), .boolean,
        ]
        let near: [UInt8] = Array("0123456789-/: .+TZeEJanMarOct".utf8)
        var random = SeededRandom(seed: UInt64(seed))
        let file = TemporaryFile("")
        for _ in 0..<300 {
            var text = Array("value\tx\n".utf8)
            for _ in 0..<20 {
                text += (0..<random.below(24)).map { _ in
                    random.chance(0.95) ? near[random.below(near.count)] : UInt8(1 + random.below(255))
                }
                text += [0x0A]
            }
            file.write(text)
            let requests = kinds.map { ColumnRequest(field: 0, kind: $0) }
            do {
                try DelimitedFile(path: file.path, delimiter: 0x09).read(requests, threads: 1) { batch in
                    #expect(batch.columns.allSatisfy { $0.count == batch.rowCount })
                    #expect(batch.faults.allSatisfy { $0.row < batch.rowCount })
                }
            } catch {
                #expect(error is Fault)
            }
        }
    }

    @Test("random bytes as a file are read or refused")
    func anyBytes() {
        var random = SeededRandom(seed: 77)
        let file = TemporaryFile("")
        for round in 0..<1500 {
            var bytes = (0..<random.below(200)).map { _ in UInt8(random.below(256)) }
            if round % 3 == 0 { bytes = [0x1F, 0x8B] + bytes }
            file.write(bytes)
            do {
                let reading = try readTexts(file, block: 1 + random.below(100))
                #expect(reading.texts.count == reading.lines.count)
            } catch {
                #expect(error is Fault)
            }
        }
    }
}
