import Kernel
import Rules
import Testing

@testable import Enforcement

@Suite("Limits of orders")
struct OrderLimitTests {
    @Test(
        "A protection order against violence lasts 14 to 28 days beginning with the day it is made",
        arguments: [("2025-06-13", false), ("2025-06-14", true), ("2025-06-28", true), ("2025-06-29", false)])
    func dvpo(last: String, isAllowed: Bool) throws {
        let law = try Law.shipped()
        // Beginning with 1 June: the fourteenth day is 14 June, the twenty-eighth 28 June.
        var order = try Law.applied(
            "dvpo", born: "1990-01-01", at: "2025-06-01 10:00", before: "dvpn", beforeAt: "2025-05-30 10:00", law)
        let end = try endOf(last)
        guard !isAllowed else { return try order.make(at: try uk("2025-06-01 10:00"), to: end, law) }
        let refused = try refusal { try order.make(at: try uk("2025-06-01 10:00"), to: end, law) }
        #expect(refused.rule == (last < "2025-06-20" ? "dvpo.min" : "dvpo.max"))
        #expect(refused.source == "Crime and Security Act 2010, s.28")
        #expect(refused.allowed.contains("14 June 2025") && refused.allowed.contains("28 June 2025"))
        #expect(order.step == .hearingSet)
    }

    @Test("An injunction on a child lasts at most twelve months and names its end; on an adult it may do without")
    func injunction() throws {
        let law = try Law.shipped()
        let at = "2025-06-01 10:00"
        _ = try Law.made("injunction", born: "2009-01-01", at: at, to: try endOf("2026-05-31"), law)
        let long = try refusal {
            _ = try Law.made("injunction", born: "2009-01-01", at: at, to: try endOf("2026-06-01"), law)
        }
        #expect(long.rule == "injunction.under18.max")
        #expect(long.allowed.contains("31 May 2026"))
        let open = try refusal { _ = try Law.made("injunction", born: "2009-01-01", at: at, to: nil, law) }
        #expect(open.what.contains("no end"))
        _ = try Law.made("injunction", born: "1990-01-01", at: at, to: nil, law)
        // An extension cannot bring it beyond twelve months either.
        var order = try Law.made("injunction", born: "2009-01-01", at: at, to: try endOf("2025-12-31"), law)
        let extended = try refusal {
            try order.extend(to: try endOf("2026-06-01"), at: try uk("2025-12-01 10:00"), law)
        }
        #expect(extended.rule == "injunction.under18.max")
        try order.extend(to: try endOf("2026-05-31"), at: try uk("2025-12-01 10:00"), law)
        #expect(try order.lastDay == day("2026-05-31"))
    }

    @Test(
        "Who was a child when it was made is judged as a child when it is extended, and a refused step changes nothing")
    func ageWhenMade() throws {
        let law = try Law.shipped()
        // 18 on 1 October 2025.
        var order = try Law.made(
            "injunction", born: "2007-10-01", at: "2025-06-01 10:00", to: try endOf("2025-12-31"), law)
        let kept = order
        let refused = try refusal { try order.extend(to: try endOf("2026-06-01"), at: try uk("2025-12-01 10:00"), law) }
        #expect(refused.rule == "injunction.under18.max")
        #expect(order == kept)
    }

    @Test("Without a date of birth nobody knows which length holds, and that is said")
    func unknownAge() throws {
        let law = try Law.shipped()
        let refused = try refusal {
            _ = try Law.made("injunction", at: "2025-06-01 10:00", to: try endOf("2025-12-31"), law)
        }
        #expect(refused.what.contains("date of birth"))
    }

    @Test(
        "A criminal behaviour order lasts two years or more on adults, one to three on children",
        arguments: [
            ("1990-01-01", "2027-01-31", true, nil), ("1990-01-01", "2027-01-30", false, "cbo.adult.min"),
            ("1990-01-01", nil, true, nil), ("2010-01-01", "2026-01-31", true, nil),
            ("2010-01-01", "2026-01-30", false, "cbo.youth.min"), ("2010-01-01", "2028-01-31", true, nil),
            ("2010-01-01", "2028-02-01", false, "cbo.youth.max"), ("2010-01-01", nil, false, "cbo.youth.max"),
            // 18 on the very day it is made, and one day short of it.
            ("2007-02-01", "2026-01-31", false, "cbo.adult.min"), ("2007-02-02", "2026-01-31", true, nil),
        ] as [(String, String?, Bool, String?)])
    func cbo(born: String, last: String?, isAllowed: Bool, rule: String?) throws {
        let law = try Law.shipped()
        let end = try last.map(endOf)
        func make() throws { _ = try Law.made("cbo", born: born, at: "2025-02-01 10:00", to: end, law) }
        guard !isAllowed else { return try make() }
        #expect(try refusal(make).rule?.text == rule)
    }

    @Test("A closure lasts three months, and six in all, however often it is extended")
    func closure() throws {
        let law = try Law.shipped()
        func made(_ last: String) throws -> Order {
            try Law.made(
                "closure-order", at: "2025-01-10 10:00", to: try endOf(last), before: "closure-notice",
                beforeAt: "2025-01-09 10:00", law)
        }
        // Three months beginning with 10 January end with 9 April; six with 9 July.
        #expect(try refusal { _ = try made("2025-04-10") }.rule == "closure.order.max")
        var order = try made("2025-03-09")
        let each = try refusal { try order.extend(to: try endOf("2025-06-10"), at: try uk("2025-03-01 10:00"), law) }
        #expect(each.rule == "closure.order.max")
        try order.extend(to: try endOf("2025-06-09"), at: try uk("2025-03-01 10:00"), law)
        let total = try refusal { try order.extend(to: try endOf("2025-07-10"), at: try uk("2025-06-01 10:00"), law) }
        #expect(total.rule == "closure.order.total")
        #expect(total.allowed.contains("9 July 2025"))
        try order.extend(to: try endOf("2025-07-09"), at: try uk("2025-06-01 10:00"), law)
        #expect(try order.lastDay == day("2025-07-09"))
    }

    @Test("A closure notice lasts 24 hours, or 48 when a senior rank issues it")
    func closureNotice() throws {
        let law = try Law.shipped()
        for (isSenior, hours, isAllowed) in [
            (false, 24, true), (false, 25, false), (true, 48, true), (true, 49, false),
        ] {
            var order = try Law.draft("closure-notice")
            try order.authorise(by: "Officer", isSenior: isSenior, at: try uk("2025-06-02 09:00"), law)
            let end = try uk("2025-06-02 10:00").advanced(bySeconds: Int64(hours) * 3600)
            func serve() throws { try order.serve(try Law.service("2025-06-02 10:00"), to: end, law) }
            if isAllowed {
                try serve()
            } else {
                #expect(try refusal(serve).rule == (isSenior ? "closure.seniorNotice" : "closure.notice"))
            }
        }
    }

    @Test("A dispersal lasts 48 hours, and 72 from the day on which that was approved to hold")
    func dispersal() throws {
        let own = try Law.shipped(own: Law.hours("dispersal.max", 72, from: "2026-06-29"))
        let shipped = try Law.shipped()
        func make(_ at: String, _ hours: Int64, _ law: OrderLaw) throws {
            _ = try Law.made("dispersal", at: at, to: try uk(at).advanced(bySeconds: hours * 3600), law)
        }
        try make("2026-06-28 18:00", 48, own)
        #expect(try refusal { try make("2026-06-28 18:00", 49, own) }.rule == "dispersal.max")
        try make("2026-06-29 18:00", 72, own)
        #expect(try refusal { try make("2026-06-29 18:00", 73, own) }.rule == "dispersal.max")
        // Nobody approved the 72 hours here.
        #expect(try refusal { try make("2026-06-29 18:00", 72, shipped) }.allowed.contains("48 hours"))
    }

    @Test("A hearing about a closure is put off for fourteen days at most")
    func adjourned() throws {
        let law = try Law.shipped()
        var order = try Law.applied(
            "closure-order", at: "2025-01-10 10:00", before: "closure-notice", beforeAt: "2025-01-09 10:00", law)
        let refused = try refusal {
            try order.adjourn(to: try uk("2025-01-25 10:00"), at: try uk("2025-01-10 11:00"), law)
        }
        #expect(refused.rule == "closure.adjourn")
        #expect(order.clocks.isEmpty)
        try order.adjourn(to: try uk("2025-01-24 10:00"), at: try uk("2025-01-10 11:00"), law)
        #expect(try order.dates.hearing == uk("2025-01-24 10:00"))
    }

    @Test("A fixed penalty is at most what the rule of its day says, and the early amount lies below it")
    func penalty() throws {
        let law = try Law.shipped()
        func issue(_ pence: Int?, early: Int? = nil) throws {
            var order = try Law.draft("pspo-fpn", before: "pspo", beforeAt: "2025-02-01 10:00")
            order.penalty = pence
            order.earlyPenalty = early
            try order.authorise(by: "Officer", at: try uk("2025-03-01 10:00"), law)
        }
        try issue(10_000, early: 6_000)
        #expect(try refusal { try issue(10_001) }.rule == "pspo.fpn.max")
        #expect(try refusal { try issue(nil) }.allowed == "Up to £100")
        #expect(try refusal { try issue(8_000, early: 9_000) }.allowed == "Up to £80")
    }

    @Test("Someone too young, a subject or an agency for whom the type is not, are refused with what is allowed")
    func parties() throws {
        let law = try Law.shipped()
        let at = try uk("2025-03-01 10:00")
        // 16 on 2 March 2025.
        var young = try Law.draft("cpw", born: "2009-03-02")
        let age = try refusal { try young.authorise(by: "Officer", at: at, law) }
        #expect(age.rule == "cpn.minAge")
        #expect(age.allowed == "From 16 years of age")
        var area = try Law.draft("cpw", about: .area("The park"))
        #expect(
            try refusal { try area.authorise(by: "Officer", at: at, law) }.allowed
                == "About a person, a business or other body")
        var maker = try Law.draft("dispersal", maker: "local authority")
        #expect(try refusal { try maker.authorise(by: "Officer", at: at, law) }.allowed == "police")
        var body = try Law.draft("cpw", about: .body("Noise Ltd"))
        try body.authorise(by: "Officer", at: at, law)
        #expect(body.step == .authorised)
    }

    @Test("A notice needs the warning before it, about the same person and earlier")
    func before() throws {
        let law = try Law.shipped()
        let at = try uk("2025-03-01 10:00")
        func issue(_ order: Order) throws {
            var order = order
            try order.authorise(by: "Officer", at: at, law)
        }
        #expect(try refusal { try issue(Law.draft("cpn")) }.allowed.contains("Community protection warning"))
        #expect(throws: OrderRefusal.self) { try issue(Law.draft("cpn", before: "cpw")) }
        #expect(throws: OrderRefusal.self) { try issue(Law.draft("cpn", before: "cpw", beforeAt: "2025-03-01 10:00")) }
        var other = try Law.draft("cpn", before: "cpw", beforeAt: "2025-02-01 10:00")
        other.subject = .person(Law.id(2))
        #expect(try refusal { try issue(other) }.what.contains("someone or something else"))
        try issue(Law.draft("cpn", before: "cpw", beforeAt: "2025-02-01 10:00"))
    }

    @Test("What the Crime and Policing Act 2026 brings waits for the lawyer's word")
    func waiting() throws {
        let law = try Law.shipped()
        var order = try Law.draft("respect-order", born: "1990-01-01")
        let refused = try refusal { try order.authorise(by: "Officer", at: try uk("2026-11-01 10:00"), law) }
        #expect(refused.source == "Crime and Policing Act 2026")
        #expect(refused.allowed.contains("lawyer"))
    }

    @Test("An order of the pilot is made only in its areas and days, and stays enforceable afterwards")
    func pilot() throws {
        let law = try Law.shipped()
        func make(_ at: String, area: String?, beforeAt: String? = nil) throws -> Order {
            try Law.made(
                "dapo", born: "1990-01-01", at: at, to: nil, area: area, before: "dapn", beforeAt: beforeAt, law)
        }
        #expect(try refusal { _ = try make("2025-03-01 10:00", area: nil) }.allowed.contains("Croydon"))
        #expect(
            try refusal { _ = try make("2025-03-01 10:00", area: "cleveland") }.allowed
                == "From 11 March 2025 to 31 March 2026")
        #expect(
            try refusal { _ = try make("2026-04-01 10:00", area: "croydon") }.allowed
                == "From 27 November 2024 to 31 March 2026")
        var order = try make("2026-03-31 10:00", area: "croydon")
        #expect(try order.state(at: uk("2027-06-01 10:00")) == .inForce)
        let breach = OrderBreach(
            at: try uk("2027-06-01 10:00"), what: "Went to the house", evidence: "Camera",
            enteredAt: try uk("2027-06-01 12:00"))
        try order.enter(breach, law)
        #expect(order.breaches == [breach])
        // What was served in the pilot may still lead to an order: savings for live cases.
        let late = try make("2026-04-10 10:00", area: "croydon", beforeAt: "2026-03-30 10:00")
        #expect(late.step == .made)
    }

    @Test("A notice in the pilot carries an order only where it is the notice that leads to one, and none is needed")
    func withoutNotice() throws {
        let law = try Law.shipped()
        func make(_ at: String, before: String?, beforeAt: String?) throws -> Order {
            try Law.made(
                "dapo", born: "1990-01-01", at: at, to: nil, area: "croydon", before: before, beforeAt: beforeAt, law)
        }
        #expect(try make("2026-03-31 10:00", before: nil, beforeAt: nil).step == .made)
        #expect(throws: OrderRefusal.self) { try make("2026-04-01 10:00", before: nil, beforeAt: nil) }
        #expect(throws: OrderRefusal.self) {
            try make("2026-04-01 10:00", before: "dvpn", beforeAt: "2026-03-30 10:00")
        }
        // Other orders still need theirs.
        #expect(throws: OrderRefusal.self) {
            try Law.applied("dvpo", born: "1990-01-01", at: "2025-06-01 10:00", law)
        }
    }

    // Anti-social Behaviour, Crime and Policing Act 2014, ss.22, 25 and 28, in force from 20 October 2014; from 1 December
    // 2020 the same limits stand in the Sentencing Act 2020.
    @Test("A criminal behaviour order made before the Sentencing Act has the limits of the Act of 2014")
    func earlier() throws {
        let law = try Law.shipped()
        let at = "2018-05-01 10:00"
        let adult = try Law.made("cbo", born: "1990-01-01", at: at, to: try endOf("2020-04-30"), law)
        #expect(adult.basis == "Anti-social Behaviour, Crime and Policing Act 2014, s.22")
        let short = try refusal {
            _ = try Law.made("cbo", born: "1990-01-01", at: at, to: try endOf("2020-04-29"), law)
        }
        #expect(short.rule == "cbo.adult.min")
        #expect(short.source == "Anti-social Behaviour, Crime and Policing Act 2014, s.25")
        let child = try Law.made("cbo", born: "2004-01-01", at: at, to: try endOf("2021-04-30"), law)
        #expect(try child.deadline(.review, on: law.calendar)?.lastDay == day("2019-04-30"))
        #expect(child.rules.map(\.from) == Array(repeating: try day("2014-10-20"), count: child.rules.count))
        let long = try refusal {
            _ = try Law.made("cbo", born: "2004-01-01", at: at, to: try endOf("2021-05-01"), law)
        }
        #expect(long.rule == "cbo.youth.max")
        let last = try Law.made("cbo", born: "1990-01-01", at: "2020-11-30 10:00", to: nil, law)
        let first = try Law.made("cbo", born: "1990-01-01", at: "2020-12-01 10:00", to: nil, law)
        #expect(last.basis.hasPrefix("Anti-social") && first.basis.hasPrefix("Sentencing Act 2020"))
    }
}
