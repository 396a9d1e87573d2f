import Kernel
import Rules
import Testing

@testable import Enforcement

@Suite("The register's report")
struct OrderReportTests {
    /// An order that was issued, made and ended on these days, as the tables hold it.
    private func order(
        _ type: String, issued: String = "2016-05-01", made: String = "2016-06-01", to: String? = nil,
        breached: [String] = [], born: String? = nil, sex: String? = nil
    ) throws -> Order {
        var order = try Law.draft(type, born: born)
        order.step = .made
        order.dates.issued = try uk("\(issued) 09:00")
        order.dates.decided = try uk("\(made) 12:00")
        order.dates.from = order.dates.decided
        order.dates.to = try to.map(endOf)
        order.breaches = try breached.map {
            OrderBreach(at: try uk("\($0) 10:00"), what: "W", evidence: "E", enteredAt: try uk("\($0) 11:00"))
        }
        order.equality.sex = sex
        return order
    }

    private func report(_ orders: [Order], minimum: Int? = nil) throws -> OrderReport {
        OrderReport(
            of: orders, from: try day("2016-04-01"), to: try day("2017-03-31"), types: try Law.shipped().types,
            minimum: minimum)
    }

    private func line(_ name: String, _ report: OrderReport) throws -> OrderReport.Line {
        try #require(report.lines.first { $0.name == name })
    }

    @Test("The counts that Southwark printed come out in its lines")
    func southwark() throws {
        // Southwark's plan 2017-20: 25 behaviour orders, 7 injunctions, 21 closures, 20 notices, 7 evictions.
        let counts = [
            ("cbo", 25), ("injunction", 5), ("s222", 2), ("closure-order", 21), ("nosp", 20), ("eviction", 7),
        ]
        var orders: [Order] = []
        for (type, count) in counts { for _ in 0..<count { orders.append(try order(type)) } }
        // Not in the year, and not counted.
        orders += [try order("cbo", made: "2016-03-31"), try order("cbo", made: "2017-04-01"), try order("warning")]
        let report = try report(orders)
        let printed = report.lines.filter { $0.made != .shown(0) }.map { "\($0.name) \($0.made.inWords)" }
        #expect(
            printed == [
                "Criminal behaviour orders 25", "Injunctions 7", "Closures 21", "Notices seeking possession 20",
                "Evictions 7",
            ])
        #expect(report.made == .shown(80))
        // An eviction is done once: it does not hold.
        #expect(try line("Evictions", report).live == nil)
        #expect(try line("Injunctions", report).live == .shown(7))
    }

    @Test("Made in the period is not live at its end: the pilot's figures differ so too")
    func madeAndLive() throws {
        let report = try report([
            try order("cbo", made: "2014-11-01"), try order("cbo", made: "2015-11-01", to: "2016-12-31"),
            try order("cbo", made: "2016-06-01", to: "2017-03-30"),
            try order("cbo", made: "2016-07-01", to: "2017-03-31"),
        ])
        let cbo = try line("Criminal behaviour orders", report)
        #expect(cbo.made == .shown(2))
        #expect(cbo.live == .shown(2))
        #expect(cbo.held == .shown(4))
    }

    @Test("A rate counts orders that were breached in the period; the median is of days from issue to made")
    func rates() throws {
        let report = try report([
            try order("cbo", issued: "2016-05-01", made: "2016-05-11", breached: ["2016-06-01", "2016-07-01"]),
            try order("cbo", issued: "2016-05-01", made: "2016-05-31", breached: ["2017-04-01"]),
            try order("cbo", issued: "2016-05-01", made: "2016-06-30"),
            try order("cbo", issued: "2016-05-01", made: "2016-05-03"),
        ])
        let cbo = try line("Criminal behaviour orders", report)
        // One of four; 2, 10, 30 and 60 days.
        #expect(cbo.breachRate == 0.25)
        #expect(cbo.medianDays == 20)
        #expect(try line("Injunctions", report).breachRate == nil)
    }

    @Test("Appeals are counted by what came of them in the period")
    func appeals() throws {
        var one = try order("cbo")
        one.appeals = [
            OrderAppeal(
                at: try uk("2016-07-01 10:00"), court: "C", outcome: .dismissed, decidedAt: try uk("2016-09-01 10:00")),
            OrderAppeal(
                at: try uk("2017-01-01 10:00"), court: "C", outcome: .allowed, decidedAt: try uk("2017-04-02 10:00")),
        ]
        let cbo = try line("Criminal behaviour orders", report([one]))
        #expect(cbo.appeals[.dismissed] == .shown(1))
        #expect(cbo.appeals[.allowed] == .shown(0))
    }

    @Test(
        "A small count is kept back with so many others that none can be worked out",
        arguments: [
            ([25, 7, 21, 0], "25 7 21 0 = 53"), ([25, 3, 21], "25 c c = 49"), ([4, 4, 9], "c c 9 = 17"),
            ([1, 1, 9, 8], "c c 9 c = 19"), ([3, 0, 0], "c 0 0 = c"), ([0, 0], "0 0 = 0"), ([1, 2, 0], "c c 0 = c"),
            ([5, 6], "5 6 = 11"),
        ])
    func suppression(counts: [Int], shown: String) {
        let column = OrderFigure.column(counts, minimum: 5)
        #expect("\(column.figures.map(\.inWords).joined(separator: " ")) = \(column.total.inWords)" == shown)
    }

    @Test("In print, a few orders show neither rate nor median")
    func publicReport() throws {
        let orders = try (0..<4).map { _ in try order("cbo", breached: ["2016-07-01"]) }
        let cbo = try line("Criminal behaviour orders", report(orders, minimum: 5))
        #expect(cbo.made == .suppressed && cbo.breached == .suppressed)
        #expect(cbo.breachRate == nil && cbo.medianDays == nil)
    }

    @Test("Who is made subject to orders, by age on the day, with small groups kept back")
    func profile() throws {
        // 17 on 1 June 2016, and 18 on that very day.
        var orders = try (0..<6).map { _ in try order("cbo", born: "1998-06-02", sex: "Female") }
        orders += try (0..<9).map { _ in try order("cbo", born: "1998-06-01", sex: "Male") }
        orders += try (0..<2).map { _ in try order("cbo") } + [try order("pspo")]
        let profile = OrderProfile(of: orders, from: try day("2016-04-01"), to: try day("2017-03-31"), minimum: 5)
        // Two without a birth are kept back, and with them the smallest other group.
        #expect(profile.ages.rows.map { "\($0.name) \($0.count.inWords)" }.prefix(2) == ["Under 18 c", "18 to 24 9"])
        #expect(profile.ages.rows.last?.name == "Not recorded")
        #expect(
            profile.sexes.rows.map { "\($0.name) \($0.count.inWords)" } == ["Female c", "Male 9", "Not recorded c"])
        #expect(profile.sexes.total == .shown(17))
    }
}
