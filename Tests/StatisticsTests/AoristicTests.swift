import Kernel
import Statistics
import Testing

@Suite struct AoristicTests {
    static let present: Bool = Reference.isPresent

    /// Seconds of "YYYY-MM-DD hh:mm:ss", or nil for an empty text.
    private func wall(_ text: String) throws -> Int64? {
        guard !text.isEmpty else { return nil }
        let date = try #require(LocalDate(String(text.prefix(10))))
        let clock = text.suffix(8).split(separator: ":").compactMap { Int64($0) }
        return Int64(date.day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }

    @Test("The weights are those of a minute-by-minute split", .enabled(if: present, "no reference folder"))
    func reference() throws {
        let cases = try Reference.table("aoristic/cases.csv")
        let expected = try Reference.text("aoristic/exact_weights_11x168.csv").split(separator: "\n").map { line in
            line.split(separator: ",").compactMap { Double($0) }
        }
        let begins = try #require(cases["begin"])
        let ends = try #require(cases["end"])
        var totals = AoristicTotals()

        for i in begins.indices {
            let begin = try #require(try wall(begins[i]))
            let end = try wall(ends[i])
            let weights = Aoristic.weights(begin: begin, end: end)
            totals.add(begin: begin, end: end)
            for cell in 0..<168 { #expect(agree(weights[cell], expected[i][cell], absolute: 1e-14)) }
        }

        for cell in 0..<168 {
            #expect(agree(totals.hours[cell], expected.reduce(0) { $0 + $1[cell] }, absolute: 1e-13))
        }
        let days = try Reference.text("aoristic/dow_by_3h.csv").split(separator: "\n").dropFirst()
        let bands = days.flatMap { line in line.split(separator: ",").dropFirst().compactMap { Double($0) } }
        #expect(bands.count == 56)
        for (band, value) in bands.enumerated() {
            // The file gives 12 decimals.
            #expect(agree(totals.threeHourBands[band], value, absolute: 1e-12))
        }
        #expect(totals.events == 11 && totals.reversed == 1 && totals.instants == 2 && totals.weekOrLonger == 1)
    }

    @Test("Totals agree with the sum of single weights, and with one second after another", arguments: 1...8)
    func totals(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var totals = AoristicTotals()
        var sums: [Double] = Array(repeating: 0, count: 168)
        for _ in 0..<50 {
            let begin = Int64(random.below(4_000_000)) - 2_000_000
            let longest = [1, 4000, 90_000, 2_000_000][random.below(4)]
            let end = begin + Int64(random.below(longest))
            let weights = Aoristic.weights(begin: begin, end: end)
            totals.add(begin: begin, end: end)
            for cell in 0..<168 { sums[cell] += weights[cell] }
            if end - begin < 5000 { expectSeconds(begin, end, weights) }
        }

        for cell in 0..<168 { #expect(agree(totals.hours[cell], sums[cell], absolute: 1e-11)) }
        #expect(agree(totals.hours.reduce(0, +), 50, absolute: 1e-10))
        #expect(agree(totals.threeHourBands.reduce(0, +), 50, absolute: 1e-10))
    }

    private func expectSeconds(_ begin: Int64, _ end: Int64, _ weights: [Double]) {
        var seconds: [Int: Int64] = [:]
        for second in begin..<max(end, begin + 1) {
            let day = LocalDate(day: Int32(UKTime.floorDivide(second, 86_400)))
            let hour = Int(UKTime.floorDivide(second, 3600) - Int64(day.day) * 24)
            seconds[day.weekday * 24 + hour, default: 0] += 1
        }
        for (cell, count) in seconds {
            #expect(agree(weights[cell], Double(count) / Double(max(1, end - begin)), absolute: 1e-14))
        }
    }

    @Test("Counts multiply, and merged parts equal the whole") func merged() {
        var whole = AoristicTotals()
        var one = AoristicTotals()
        var other = AoristicTotals()
        for i in 0..<100 {
            let begin = Int64(i * 7919 * 60)
            whole.add(begin: begin, end: begin + Int64(i * 1800))
            if i < 50 { one.add(begin: begin, end: begin + Int64(i * 1800)) }
            if i >= 50 { other.add(begin: begin, end: begin + Int64(i * 1800)) }
        }
        one.merge(other)
        for cell in 0..<168 { #expect(agree(one.hours[cell], whole.hours[cell], absolute: 1e-12)) }
        #expect(one.events == 100)

        var three = AoristicTotals()
        three.add(begin: 0, end: 7200, count: 3)
        // 1970-01-01 was a Thursday.
        #expect(three.hours[72] == 1.5 && three.hours[73] == 1.5)
    }

    @Test("Midnight and full-hour placeholders are counted") func placeholders() {
        var totals = AoristicTotals()
        totals.add(begin: 86_400, end: nil)
        totals.add(begin: 3600, end: 3600)
        totals.add(begin: 3601, end: nil)
        #expect(totals.instantsAtMidnight == 1 && totals.instantsOnTheHour == 2 && totals.instants == 3)
    }
}
