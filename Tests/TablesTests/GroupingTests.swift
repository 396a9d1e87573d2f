import Kernel
import Testing

@testable import Tables

@Suite("Grouping")
struct GroupingTests {
    @Test("tables of one and two columns equal counting with dictionaries", arguments: 1...4)
    func tables(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var table = Grouping.Table()
        var single = Grouping.Table(rows: 2)
        var counts: [[Int32]: Int64] = [:]
        var sums: [[Int32]: Int64] = [:]
        for batch in 1...5 {
            // Later batches bring higher codes, so that tables grow.
            let rows = (0..<500).map { _ in Int32(random.below(batch * 9)) - 1 }
            let columns = (0..<500).map { _ in Int32(random.below(batch * 4)) - 1 }
            let weights = (0..<500).map { _ in random.chance(0.1) ? Int64.min : Int64(random.below(1000)) - 300 }
            table.add(rows, columns, weights: weights)
            single.add(rows)
            for i in rows.indices {
                counts[[rows[i], columns[i]], default: 0] += 1
                sums[[rows[i], columns[i]], default: 0] += weights[i] == .min ? 0 : weights[i]
            }
        }

        for row in -1...50 {
            for column in -1...25 {
                let key = [Int32(row), Int32(column)]
                #expect(table.count(row, column) == counts[key, default: 0])
                #expect(table.sum(row, column) == sums[key, default: 0])
            }
            let rowCount = counts.filter { $0.key[0] == Int32(row) }.values.reduce(0, +)
            #expect(single.count(row) == rowCount)
            #expect(single.sum(row) == 0)
        }
        let known = counts.filter { $0.key[0] >= 0 }
        #expect(table.rowCounts.reduce(0, +) == known.values.reduce(0, +))
        #expect(table.rowSums[3] == sums.filter { $0.key[0] == 3 }.values.reduce(0, +))
        #expect(!table.hasOverflowed)
    }

    @Test("sums beyond Int64 are told and do not crash")
    func overflow() {
        var table = Grouping.Table()
        table.add([0, 0], [0, 0], weights: [.max, 1])
        #expect(table.hasOverflowed)
        var totals = IdentifierTotals()
        totals.add([5, 5], weights: [.max, 1])
        totals.finish()
        #expect(totals.hasOverflowed)
    }

    @Test("pairs keep both numbers, and missing when either is")
    func pairs() {
        #expect(Grouping.pairs([0, 2, -1, 3], [4, -1, 1, 0], groups: 5) == [4, -1, -1, 15])
        #expect(Grouping.groupCount(of: [3, -1, 7]) == 8)
        #expect(Grouping.groupCount(of: []) == 0)
    }

    @Test("the highest totals, equal ones in order")
    func top() {
        let top = Grouping.top(3, of: [4, 9, 1, 9, 4])
        #expect(top.map(\.group) == [1, 3, 0])
        #expect(top.map(\.total) == [9, 9, 4])
        #expect(Grouping.top(9, of: [1]).count == 1)
    }

    @Test("the smallest number that holds a share equals adding up a sorted list", arguments: 0..<60)
    func smallestNumber(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let spread = [1, 3, 50, 100_000][seed % 4]
        let values = (0..<random.below(200)).map { _ in Int64(random.below(spread)) }
        for (part, whole) in [(Int64(1), Int64(2)), (1, 1), (4, 5), (1, 10), (0, 1)] {
            let total = values.reduce(0, +)
            var reached: Int64 = 0
            var expected = 0
            for value in values.sorted(by: >) where reached * whole < total * part {
                reached += value
                expected += 1
            }
            #expect(Grouping.smallestNumber(of: values, holding: part, of: whole) == expected)
        }
    }

    @Test("half of 1, 1, 1, 3 is one value, and the law does not overflow")
    func half() {
        #expect(Grouping.smallestNumber(of: [1, 1, 1, 3], holding: 1, of: 2) == 1)
        #expect(Grouping.smallestNumber(of: [.max, .max, .max], holding: 2, of: 3) == 2)
    }

    @Test("totals of identifiers equal counting with a dictionary")
    func identifierTotals() {
        var random = SeededRandom(seed: 4)
        var totals = IdentifierTotals()
        var expected: [UInt64: (count: Int64, sum: Int64)] = [:]
        for _ in 0..<40 {
            let size = 1 + random.below(20_000)
            // Some frequent, some rare, some small numbers, some missing.
            let identifiers = (0..<size).map { _ -> UInt64 in
                random.chance(0.5) ? UInt64(random.below(300)) : UInt64(random.below(100_000)) << 40 | 1
            }
            let weights = identifiers.map { _ in random.chance(0.05) ? Int64.min : Int64(random.below(100)) }
            totals.add(identifiers, weights: weights)
            for (identifier, weight) in zip(identifiers, weights) where identifier != 0 {
                expected[identifier, default: (0, 0)].count += 1
                expected[identifier, default: (0, 0)].sum += weight == .min ? 0 : weight
            }
        }

        totals.finish()

        let (identifiers, counts, sums) = (totals.identifiers, totals.counts, totals.sums)
        #expect(totals.identifierCount == expected.count)
        #expect(Set(identifiers).count == expected.count)
        for (i, identifier) in identifiers.enumerated() {
            #expect(counts[i] == expected[identifier]?.count)
            #expect(sums[i] == expected[identifier]?.sum)
        }
    }
}

@Suite("Codes of texts")
struct CodeTests {
    @Test("a column with more distinct texts than a worker remembers keeps its codes in order")
    func manyTexts() throws {
        var writer = DelimitedWriter()
        writer.row(["id", "long"])
        for row in 0..<3000 { writer.row(["\(row % 1500)", "a text that is longer than sixteen bytes \(row % 700)"]) }
        let file = TemporaryFile(writer.bytes)
        let whole = try readTexts(file)
        for threads in 1...4 {
            #expect(try readTexts(file, block: 900, threads: threads) == whole)
            #expect(try readTexts(file, block: 900, threads: threads, texts: 10) == whole)
            #expect(try readTexts(file, texts: 1) == whole)
        }
        #expect(whole.dictionaries[0] == (0..<1500).map(String.init))
        #expect(whole.dictionaries[1].count == 700)
    }

    @Test("long texts that differ in one byte anywhere have their own codes")
    func longTexts() throws {
        let base = Array(String(repeating: "abcdefgh", count: 9).utf8)
        let texts = (0..<base.count).map { place in
            var bytes = base
            bytes[place] = UInt8(ascii: "!")
            return String(decoding: bytes, as: UTF8.self)
        }
        let file = TemporaryFile("text\n" + (texts + texts).joined(separator: "\n"))
        #expect(try readTexts(file).dictionaries[0] == texts)
    }
}
