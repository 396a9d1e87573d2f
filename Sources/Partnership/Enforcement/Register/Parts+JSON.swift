internal import Governance
internal import Kernel
internal import Rules
internal import Storage

extension OrderSubject {
    var json: JSON { .members(("kind", .string(kind.rawValue)), ("text", .string(text))) }

    init(_ json: JSON) throws {
        let kind: OrderType.SubjectKind = try json.choice("kind")
        switch kind {
        case .person: self = .person(try json.id("text"))
        case .body: self = .body(try json.text("text"))
        case .premises: self = .premises(try json.text("text"))
        case .area: self = .area(try json.text("text"))
        case .tenancy: self = .tenancy(try json.text("text"))
        }
    }
}

extension OrderDates {
    var json: JSON {
        .members(
            ("issued", .moment(issued)), ("authorised", .moment(authorised)), ("served", .moment(served)),
            ("hearing", .moment(hearing)), ("adjourned", .moment(adjourned)), ("decided", .moment(decided)),
            ("from", .moment(from)), ("to", .moment(to)), ("varied", .moments(varied)),
            ("extended", .moments(extended)), ("reviewed", .moments(reviewed)), ("discharged", .moment(discharged)))
    }

    init(_ json: JSON) throws {
        issued = try json.optionalMoment("issued")
        authorised = try json.optionalMoment("authorised")
        served = try json.optionalMoment("served")
        hearing = try json.optionalMoment("hearing")
        adjourned = try json.optionalMoment("adjourned")
        decided = try json.optionalMoment("decided")
        from = try json.optionalMoment("from")
        to = try json.optionalMoment("to")
        varied = try json.moments("varied")
        extended = try json.moments("extended")
        reviewed = try json.moments("reviewed")
        discharged = try json.optionalMoment("discharged")
    }
}

extension OrderService {
    var json: JSON {
        .members(
            ("method", .string(method)), ("who", .string(who)), ("place", .string(place)), ("proof", .string(proof)),
            ("at", .moment(at)))
    }

    init(_ json: JSON) throws {
        self.init(
            method: try json.text("method"), who: try json.text("who"), place: try json.text("place"),
            proof: try json.text("proof"), at: try json.moment("at"))
    }
}

extension OrderBreach {
    var json: JSON {
        .members(
            ("at", .moment(at)), ("what", .string(what)), ("evidence", .string(evidence)),
            ("response", .string(response)), ("stage", .text(stage?.rawValue)), ("outcome", .string(outcome)),
            ("toCourt", .moment(toCourt)), ("enteredAt", .moment(enteredAt)))
    }

    init(_ json: JSON) throws {
        self.init(
            at: try json.moment("at"), what: try json.text("what"), evidence: try json.text("evidence"),
            response: try json.text("response"), stage: try json.has("stage") == nil ? nil : json.choice("stage"),
            outcome: try json.text("outcome"),
            toCourt: try json.optionalMoment("toCourt"), enteredAt: try json.moment("enteredAt"))
    }
}

extension OrderAssessment {
    var json: JSON {
        let circumstances = Circumstance.allCases.filter(circumstances.contains)
        return .members(
            ("circumstances", .array(circumstances.map { .string($0.rawValue) })), ("known", .string(known)),
            ("tried", .string(tried)), ("whyNotLess", .string(whyNotLess)), ("adjustments", .string(adjustments)),
            ("assessedBy", .string(assessedBy)), ("day", .string(day.description)), ("whyLate", .string(whyLate)),
            ("whyAgain", .string(whyAgain)), ("enteredAt", .moment(enteredAt)), ("enteredBy", .string(enteredBy.text)))
    }

    init(_ json: JSON) throws {
        let circumstances = try json.items("circumstances").compactMap { item -> Circumstance? in
            if case .string(let text) = item { Circumstance(rawValue: text) } else { nil }
        }
        guard let day = try json.optionalDay("day") else { throw StorageError.wrongValue(column: "proportionality") }
        self.init(
            circumstances: Set(circumstances), known: try json.text("known"), tried: try json.text("tried"),
            whyNotLess: try json.text("whyNotLess"), adjustments: try json.text("adjustments"),
            assessedBy: try json.text("assessedBy"), day: day, whyLate: try json.text("whyLate"),
            whyAgain: try json.text("whyAgain"), enteredAt: try json.moment("enteredAt"),
            enteredBy: try json.id("enteredBy"))
    }
}

extension UnassessedStep {
    var json: JSON {
        .members(
            ("step", .string(step.rawValue)), ("reason", .string(reason)), ("at", .moment(at)),
            ("by", .string(by.text)))
    }

    init(_ json: JSON) throws {
        self.init(
            try json.choice("step"), reason: try json.text("reason"), at: try json.moment("at"), by: try json.id("by"))
    }
}

extension OrderAppeal {
    var json: JSON {
        .members(
            ("at", .moment(at)), ("court", .string(court)), ("stayed", .bool(isStayed)),
            ("outcome", .text(outcome?.rawValue)), ("decidedAt", .moment(decidedAt)))
    }

    init(_ json: JSON) throws {
        self.init(
            at: try json.moment("at"), court: try json.text("court"), isStayed: try json.flag("stayed"),
            outcome: try json.has("outcome") == nil ? nil : json.choice("outcome"),
            decidedAt: try json.optionalMoment("decidedAt"))
    }
}

extension OrderPublicity {
    var json: JSON {
        .members(
            ("public", .bool(isPublic)), ("named", .bool(isNamed)), ("reason", .string(reason)),
            ("by", .string(decidedBy)), ("at", .moment(at)))
    }

    init(_ json: JSON) throws {
        self.init(
            isPublic: try json.flag("public"), isNamed: try json.flag("named"), reason: try json.text("reason"),
            decidedBy: try json.text("by"), at: try json.moment("at"))
    }
}

extension OrderBefore {
    var json: JSON {
        .members(
            ("id", .string(id.text)), ("type", .string(type.text)), ("subject", subject.json), ("at", .moment(at)))
    }

    init(_ json: JSON) throws {
        self.init(
            id: try json.id("id"), type: try json.code("type"), subject: try OrderSubject(json.has("subject") ?? .null),
            at: try json.optionalMoment("at"))
    }
}

extension ProtectedPerson {
    var json: JSON { .members(("person", .text(person?.text)), ("details", .string(details))) }

    init(_ json: JSON) throws {
        self.init(person: try json.optionalID("person"), details: try json.text("details"))
    }
}

extension KeptRule {
    var json: JSON {
        .members(("key", .string(key.text)), ("from", .string(from.description)), ("value", .string(value)))
    }

    init(_ json: JSON) throws {
        guard let key = RuleKey(try json.text("key")), let from = try json.optionalDay("from") else {
            throw StorageError.wrongValue(column: "rules")
        }
        self.init(key: key, from: from, value: try json.text("value"))
    }
}

extension OrderClock {
    var json: JSON {
        let length = clock.length
        let without = ClockLength.DayOff.allCases.filter(length.without.contains)
        let pauses: [JSON] = clock.pauses.map {
            .members(("from", .moment($0.from)), ("until", .moment($0.until)), ("reason", .string($0.reason)))
        }
        return .members(
            ("purpose", .string(purpose.rawValue)), ("rule", .string(clock.rule.text)),
            ("ruleFrom", .string(clock.ruleFrom.description)), ("count", .count(length.count)),
            ("counting", .string(length.counting.rawValue)), ("without", .array(without.map { .string($0.rawValue) })),
            ("startedAt", .moment(clock.startedAt)), ("pauses", .array(pauses)), ("metAt", .moment(clock.metAt)),
            ("breachReason", .text(clock.breachReason)))
    }

    init(_ json: JSON) throws {
        guard let rule = RuleKey(try json.text("rule")), let ruleFrom = try json.optionalDay("ruleFrom") else {
            throw StorageError.wrongValue(column: "clocks")
        }
        let without = try json.items("without").compactMap { item -> ClockLength.DayOff? in
            if case .string(let text) = item { ClockLength.DayOff(rawValue: text) } else { nil }
        }
        let length = ClockLength(try json.count("count"), try json.choice("counting"), without: Set(without))
        var clock = RunningClock(
            rule: rule, ruleFrom: ruleFrom, length: length, startedAt: try json.moment("startedAt"))
        clock.pauses = try json.items("pauses").map {
            ClockPause(
                from: try $0.moment("from"), until: try $0.optionalMoment("until"), reason: try $0.text("reason"))
        }
        clock.metAt = try json.optionalMoment("metAt")
        clock.breachReason = try json.optionalText("breachReason")
        self.init(purpose: try json.choice("purpose"), clock: clock)
    }
}

extension OrderTerm {
    var json: JSON {
        .members(
            ("sort", .string(sort.rawValue)), ("text", .string(text)), ("supervisor", .text(supervisor)),
            ("part", part?.json ?? .null))
    }

    init(_ json: JSON) throws {
        self.init(
            try json.choice("sort"), try json.text("text"), supervisor: try json.optionalText("supervisor"),
            part: try json.has("part").map(OrderTermPart.init))
    }
}

extension OrderTermPart {
    var json: JSON {
        .members(
            ("kind", .string(kind.rawValue)), ("place", place?.json ?? .null), ("person", .text(person?.text)),
            ("hours", .array(hours.map(\.json))))
    }

    init(_ json: JSON) throws {
        self.init(
            try json.choice("kind"), place: try json.has("place").map(OrderPlace.init),
            person: try json.optionalID("person"), hours: try json.items("hours").map(WeeklyHours.init))
    }
}

extension OrderPlace {
    var json: JSON {
        .members(
            ("name", .string(name)), ("within", .array(within.sorted().map(JSON.string))),
            ("point", point?.json ?? .null), ("outline", .array(outline.map(\.json))))
    }

    init(_ json: JSON) throws {
        let within = try json.items("within").compactMap { if case .string(let name) = $0 { name } else { nil } }
        self.init(
            try json.text("name"), within: Set(within), point: try json.has("point").map(Point.init),
            outline: try json.items("outline").map(Point.init))
    }
}

extension OrderPlace.Point {
    var json: JSON { .members(("north", .number(latitude)), ("east", .number(longitude))) }

    init(_ json: JSON) throws {
        self.init(latitude: try json.degrees("north"), longitude: try json.degrees("east"))
    }
}

extension WeeklyHours {
    var json: JSON {
        .members(("days", .array(days.sorted().map { .count($0) })), ("from", .count(from)), ("until", .count(until)))
    }

    init(_ json: JSON) throws {
        let days = try json.items("days").compactMap { if case .integer(let day) = $0 { Int(day) } else { nil } }
        guard let hours = WeeklyHours(days: Set(days), from: try json.count("from"), until: try json.count("until"))
        else { throw StorageError.wrongValue(column: "hours") }
        self = hours
    }
}
