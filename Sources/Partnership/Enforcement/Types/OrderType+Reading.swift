internal import Files
internal import Kernel
internal import Rules

extension OrderType {
    private static let members: Set<String> = [
        "code", "name", "group", "purpose", "course", "bases", "saving", "areas", "subjects", "youngest", "makers",
        "authority",
        "seniorAuthority", "lengths", "extension", "clocks", "highestPenalty", "continuation",
        "before", "riskAssessment", "proportionality",
        "supervisors", "lastsUntilHeard", "continuedByAdjournment", "appealSuspends", "breach", "offence",
        "line", "note",
    ]

    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: Self.members)
        code = try Self.code(node.required("code"))
        name = try Self.filled(node.required("name"))
        group = try node.optional("group")?.text() ?? "Others"
        purpose = try node.optional("purpose")?.text()
        course = try Self.choice(node.required("course"))
        bases = try Self.bases(node.required("bases"))
        saving = try node.optional("saving").map { (part) throws(Fault) in try Self.saving(part) }
        areas = try Self.list(node.optional("areas")) { (item) throws(Fault) in try Self.area(item) }
        subjects = Set(try Self.list(node.required("subjects")) { (item) throws(Fault) in try Self.choice(item) })
        youngest = try Self.rule(node.optional("youngest"))
        makers = Set(try Self.list(node.required("makers")) { (item) throws(Fault) in try Self.filled(item) })
        authority = try Self.filled(node.required("authority"))
        seniorAuthority = try node.optional("seniorAuthority")?.text()
        lengths = try Self.list(node.optional("lengths")) { (item) throws(Fault) in try Self.length(item) }
        extensions = try node.optional("extension").map { (part) throws(Fault) in try Self.extending(part) }
        clocks = try Self.list(node.optional("clocks")) { (item) throws(Fault) in try Self.clock(item) }
        highestPenalty = try Self.rule(node.optional("highestPenalty"))
        continuation = try Self.rule(node.optional("continuation"))
        before = try node.optional("before").map { (part) throws(Fault) in try Self.before(part) }
        needsRiskAssessment = try node.optional("riskAssessment")?.bool() ?? false
        proportionality = try node.optional("proportionality").map { (part) throws(Fault) in
            try Self.proportionality(part)
        }
        needsSupervisors = try node.optional("supervisors")?.bool() ?? false
        lastsUntilHeard = try node.optional("lastsUntilHeard")?.bool() ?? false
        isContinuedByAdjournment = try node.optional("continuedByAdjournment")?.bool() ?? false
        appealSuspends = try node.optional("appealSuspends")?.bool() ?? false
        breach = try Self.choice(node.required("breach"))
        offence = try node.optional("offence").map { (part) throws(Fault) in try Self.offence(part) }
        line = try node.optional("line").map { (part) throws(Fault) in try Self.line(part) }
        note = try node.optional("note")?.text()
        if subjects.isEmpty { throw try node.required("subjects").fault("at least one kind of subject is needed") }
        if makers.isEmpty { throw try node.required("makers").fault("at least one kind of agency is needed") }
        if proportionality != nil, subjects.isDisjoint(with: Proportionality.kinds) {
            throw try node.required("proportionality").fault("it is never about a person or a tenancy")
        }
        if offence != nil, breach != .criminal || !subjects.contains(.person) {
            throw try node.required("offence").fault("a breach of it is no offence of a person")
        }
        if let lengths = try node.optional("lengths"), seniorAuthority == nil, self.lengths.contains(where: \.isSenior)
        {
            throw lengths.fault("a length is for a senior rank, and \"seniorAuthority\" does not say which")
        }
    }

    private static func bases(_ node: DefinitionNode) throws(Fault) -> [Basis] {
        var bases: [Basis] = []
        for item in try node.items() {
            try item.allow(only: ["text", "from", "until", "awaits"])
            let days = try days(item)
            if let last = bases.last, last.until.map({ $0 >= days.from }) ?? true {
                throw item.fault("it begins before the one above it has ended")
            }
            bases.append(
                Basis(
                    text: try filled(item.required("text")), from: days.from, until: days.until,
                    awaits: try item.optional("awaits")?.text()))
        }
        guard !bases.isEmpty else { throw node.fault("at least one Act or guidance is needed") }
        return bases
    }

    private static func saving(_ node: DefinitionNode) throws(Fault) -> Saving {
        try node.allow(only: ["orders", "proceedings", "source"])
        return Saving(
            orders: try node.required("orders").bool(), proceedings: try node.required("proceedings").bool(),
            source: try filled(node.required("source")))
    }

    private static func area(_ node: DefinitionNode) throws(Fault) -> Area {
        try node.allow(only: ["code", "name", "from", "until"])
        let days = try days(node)
        return Area(
            code: try code(node.required("code")), name: try filled(node.required("name")), from: days.from,
            until: days.until)
    }

    private static func length(_ node: DefinitionNode) throws(Fault) -> Length {
        try node.allow(only: ["who", "senior", "shortest", "longest", "fromMade", "endNeeded"])
        let shortest = try rule(node.optional("shortest"))
        let longest = try rule(node.optional("longest"))
        return Length(
            who: try node.optional("who").map { (part) throws(Fault) in try choice(part) } ?? .anyone,
            isSenior: try node.optional("senior")?.bool() ?? false, shortest: shortest, longest: longest,
            isFromMade: try node.optional("fromMade")?.bool() ?? false,
            isEndNeeded: try node.optional("endNeeded")?.bool() ?? (longest != nil))
    }

    private static func extending(_ node: DefinitionNode) throws(Fault) -> Extension {
        try node.allow(only: ["each", "total"])
        return Extension(each: try rule(node.optional("each")), total: try rule(node.optional("total")))
    }

    private static func clock(_ node: DefinitionNode) throws(Fault) -> Clock {
        try node.allow(only: ["purpose", "rule", "from", "who", "repeats"])
        guard let key = try rule(node.required("rule")) else { throw node.fault("a rule is needed") }
        return Clock(
            purpose: try choice(node.required("purpose")), rule: key, from: try choice(node.required("from")),
            who: try node.optional("who").map { (part) throws(Fault) in try choice(part) } ?? .anyone,
            repeats: try node.optional("repeats")?.bool() ?? false)
    }

    private static func before(_ node: DefinitionNode) throws(Fault) -> Before {
        try node.allow(only: ["type", "optional", "sameSubject"])
        return Before(
            type: try code(node.required("type")), isOptional: try node.optional("optional")?.bool() ?? false,
            isSameSubject: try node.optional("sameSubject")?.bool() ?? true)
    }

    private static func offence(_ node: DefinitionNode) throws(Fault) -> Offence {
        try node.allow(only: ["text", "standing"])
        return Offence(text: try filled(node.required("text")), standing: try choice(node.required("standing")))
    }

    private static func proportionality(_ node: DefinitionNode) throws(Fault) -> Proportionality {
        try node.allow(only: ["before", "after", "exempt"])
        func steps(_ member: String) throws(Fault) -> Set<Order.State> {
            Set(
                try list(node.optional(member)) { (item) throws(Fault) in
                    let step: Order.State = try choice(item)
                    guard Proportionality.steps.contains(step) else {
                        throw item.fault("authorised or served is needed here")
                    }
                    return step
                })
        }
        let asked = Proportionality(
            before: try steps("before"), after: try steps("after"),
            exempt: Set(try list(node.optional("exempt")) { (item) throws(Fault) in try filled(item) }))
        guard !asked.before.union(asked.after).isEmpty else { throw node.fault("at least one step is needed") }
        guard asked.before.isDisjoint(with: asked.after) else {
            throw node.fault("a step cannot come both before and after it")
        }
        return asked
    }

    private static func line(_ node: DefinitionNode) throws(Fault) -> ReportLine {
        try node.allow(only: ["name", "place"])
        let place = try node.required("place").integer()
        guard place > 0 else { throw try node.required("place").fault("a place from 1 is needed") }
        return ReportLine(name: try filled(node.required("name")), place: place)
    }

    // MARK: - Values

    private static func list<Item>(
        _ node: DefinitionNode?, _ read: (DefinitionNode) throws(Fault) -> Item
    ) throws(Fault) -> [Item] {
        var items: [Item] = []
        for item in try node?.items() ?? [] { items.append(try read(item)) }
        return items
    }

    private static func code<Tag>(_ node: DefinitionNode) throws(Fault) -> Code<Tag> {
        guard let code = Code<Tag>(try node.text()) else {
            throw node.fault("a code of small letters, digits and hyphens is needed here")
        }
        return code
    }

    private static func filled(_ node: DefinitionNode) throws(Fault) -> String {
        let text = try node.text()
        guard text.contains(where: { !$0.isWhitespace }) else { throw node.fault("a text is needed here") }
        return text
    }

    private static func choice<Choice: CaseIterable & RawRepresentable>(
        _ node: DefinitionNode
    ) throws(Fault) -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: try node.text()) else {
            throw node.fault("one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")) is needed here")
        }
        return choice
    }

    private static func rule(_ node: DefinitionNode?) throws(Fault) -> RuleKey? {
        guard let node else { return nil }
        guard let key = RuleKey(try node.text()) else {
            throw node.fault("the name of a rule such as cpn.appeal is needed here")
        }
        return key
    }

    private static func days(_ node: DefinitionNode) throws(Fault) -> (from: LocalDate, until: LocalDate?) {
        func day(_ node: DefinitionNode) throws(Fault) -> LocalDate {
            guard let day = LocalDate(try node.text()) else {
                throw node.fault("a day such as 2014-10-20 is needed here")
            }
            return day
        }
        let from = try day(node.required("from"))
        guard let last = try node.optional("until") else { return (from, nil) }
        let until = try day(last)
        guard until >= from else { throw last.fault("the last day lies before the first") }
        return (from, until)
    }
}
