import Kernel
import Testing

@Suite struct UKTimeTests {
    /// Days of March and October on which clocks in Europe/London changed at 01:00 UTC, 1996 to 2037, by the IANA time zone
    /// data that glibc's `localtime_r` reads (listed by Python's zoneinfo, which found no other change in these years).
    private static let march: [Int] = [
        31, 30, 29, 28, 26, 25, 31, 30, 28, 27, 26, 25, 30, 29, 28, 27, 25, 31, 30, 29, 27, 26, 25, 31, 29, 28, 27, 26,
        31, 30, 29, 28, 26, 25, 31, 30, 28, 27, 26, 25, 30, 29,
    ]
    private static let october: [Int] = [
        27, 26, 25, 31, 29, 28, 27, 26, 31, 30, 29, 28, 26, 25, 31, 30, 28, 27, 26, 25, 30, 29, 28, 27, 25, 31, 30, 29,
        27, 26, 25, 31, 29, 28, 27, 26, 31, 30, 29, 28, 26, 25,
    ]

    private static let changes: [(forward: Int64, back: Int64)] = (1996...2037).compactMap { year in
        guard let spring = LocalDate(year: year, month: 3, day: march[year - 1996]),
            let autumn = LocalDate(year: year, month: 10, day: october[year - 1996])
        else { return nil }
        return (Int64(spring.day) * 86_400 + 3600, Int64(autumn.day) * 86_400 + 3600)
    }

    @Test("Every half hour of 1996 to 2037 has the offset of the time zone data") func offsets() {
        #expect(UKTimeTests.changes.count == 42)
        var wrong: [Int64] = []
        for (i, (forward, back)) in UKTimeTests.changes.enumerated() {
            let start = Int64(LocalDate(year: 1996 + i, month: 1, day: 1)?.day ?? 0) * 86_400
            let end = Int64(LocalDate(year: 1997 + i, month: 1, day: 1)?.day ?? 0) * 86_400
            for utc in stride(from: start, to: end, by: 1800) {
                let expected: Int64 = utc >= forward && utc < back ? 3600 : 0
                if UKTime.offset(atUTC: utc) != expected { wrong.append(utc) }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }

    @Test("Clocks change on the second, and readings lead back to their instant") func seconds() {
        for (forward, back) in UKTimeTests.changes {
            #expect(UKTime.offset(atUTC: forward - 1) == 0 && UKTime.offset(atUTC: forward) == 3600)
            #expect(UKTime.offset(atUTC: back - 1) == 3600 && UKTime.offset(atUTC: back) == 0)
            for utc in [forward - 1, forward, forward + 3600, back - 3601, back - 3600, back - 1, back + 3600] {
                #expect(UKTime.utc(atWallClock: UKTime.wallClock(atUTC: utc)) == utc)
            }
            // 01:30 occurs twice in October: the first is meant. In March it never occurs.
            #expect(UKTime.utc(atWallClock: back + 1800) == back - 1800)
            #expect(UKTime.utc(atWallClock: forward + 1800) == forward + 1800)
        }
    }

    @Test("Division rounds down on both sides of zero") func floor() {
        for a in Int64(-200)...200 {
            let quotient = UKTime.floorDivide(a, 7)
            #expect(quotient * 7 <= a && (quotient + 1) * 7 > a)
        }
    }
}
