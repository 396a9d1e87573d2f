public import Files
public import Kernel

/// All rules, with those of the partnership before those that every partnership starts with.
public struct PolicyRules: Sendable {
    /// The files, the partnership's own first.
    private let layers: [[RuleKey: [PolicyRule]]]
    /// The files they were read from, the partnership's own first.
    public let files: [(name: String, version: String?, sha256: String)]
    /// The groups in which readers are shown them, in their order.
    public let groups: [PolicyRuleGroup]

    /// Reads the rules.
    /// - Parameter files: `Definitions/rules/default.json`, then those of the partnership, each of which goes before the
    ///   ones that come earlier.
    /// - Throws: a `Fault` that names the place in the file: two rules of one name for one day, a wrong value.
    public init(_ files: [DefinitionFile]) throws(Fault) {
        var layers: [[RuleKey: [PolicyRule]]] = []
        var groups: [PolicyRuleGroup] = []
        var read: [(name: String, version: String?, sha256: String)] = []
        for file in files {
            let version = try file.root.optional("version")?.text()
            read.insert((FileSystem.name(of: file.path), version, file.sha256), at: 0)
            layers.insert(try PolicyRules.layer(file), at: 0)
            groups += try PolicyRules.groups(file)
        }
        self.layers = layers
        self.groups = groups
        self.files = read
    }

    /// The rules of a folder such as `Definitions/rules`.
    /// - Parameter own: the partnership's own file in it, without its ending; nil when it has none.
    /// - Throws: a `Fault` that names the place in the file.
    public init(folder: String, own: String?) throws(Fault) {
        var files = [try DefinitionFile(path: "\(folder)/default.json")]
        if let own { files.append(try DefinitionFile(path: "\(folder)/\(own).json")) }
        try self.init(files)
    }

    /// Every rule, by name and then by date; those of the partnership before the ones they stand for.
    public var all: [PolicyRule] {
        let keys = Set(layers.flatMap(\.keys)).sorted()
        return keys.flatMap { key in layers.flatMap { $0[key] ?? [] } }
    }

    /// Every rule with its group, in the order of the groups; those of no group come last, under "Others".
    public var grouped: [(title: String, rules: [PolicyRule])] {
        let all = self.all
        var parts = groups.map { group in (title: group.title, rules: all.filter(group.holds)) }
        parts.append(("Others", all.filter { rule in !groups.contains { $0.holds(rule) } }))
        return parts.filter { !$0.rules.isEmpty }
    }

    /// The rule that holds on a day; nil when none does.
    public func rule(_ key: RuleKey, on day: LocalDate) -> PolicyRule? {
        for layer in layers {
            if let rule = layer[key]?.first(where: { $0.holds(on: day) }) { return rule }
        }
        return nil
    }

    /// The first day on which a rule of this name holds; nil when there is none.
    public func begin(of key: RuleKey) -> LocalDate? { layers.compactMap { $0[key]?.map(\.from).min() }.min() }

    /// The rule that must hold on a day.
    /// - Throws: a `Fault` when none does.
    public func required(_ key: RuleKey, on day: LocalDate) throws(Fault) -> PolicyRule {
        guard let rule = rule(key, on: day) else {
            throw Fault(
                "A rule is missing", at: key.text, because: "no approved rule of this name holds on \(day.inWords)",
                remedy: "Add it to the partnership's rules, with its source and who approved it.")
        }
        return rule
    }

    /// A count, a score or an age.
    /// - Throws: a `Fault` when no such rule holds or it says something else.
    public func number(_ key: RuleKey, on day: LocalDate) throws(Fault) -> Int {
        try value(key, on: day, "a number") { if case .number(let number) = $0 { number } else { nil } }
    }

    /// Money, in pence.
    /// - Throws: a `Fault` when no such rule holds or it says something else.
    public func pence(_ key: RuleKey, on day: LocalDate) throws(Fault) -> Int {
        try value(key, on: day, "an amount") { if case .pence(let pence) = $0 { pence } else { nil } }
    }

    /// Yes or no.
    /// - Throws: a `Fault` when no such rule holds or it says something else.
    public func flag(_ key: RuleKey, on day: LocalDate) throws(Fault) -> Bool {
        try value(key, on: day, "true or false") { if case .flag(let flag) = $0 { flag } else { nil } }
    }

    /// One of several definitions.
    /// - Throws: a `Fault` when no such rule holds or it says something else.
    public func choice(_ key: RuleKey, on day: LocalDate) throws(Fault) -> String {
        try value(key, on: day, "a choice") { if case .choice(let code) = $0 { code } else { nil } }
    }

    /// A time in which something must be done.
    /// - Throws: a `Fault` when no such rule holds or it says something else.
    public func length(_ key: RuleKey, on day: LocalDate) throws(Fault) -> ClockLength {
        try value(key, on: day, "a clock") { if case .clock(let length) = $0 { length } else { nil } }
    }

    /// The first day of a window of so many months or days that ends with a day: the corresponding date so many months
    /// before, or the day so many days before.
    /// - Parameter ruled: the day whose rule is asked; nil for the day with which it ends.
    /// - Throws: a `Fault` when no such rule holds or it says something else.
    public func windowStart(
        _ key: RuleKey, endingOn day: LocalDate, under ruled: LocalDate? = nil
    ) throws(Fault) -> LocalDate {
        try value(key, on: ruled ?? day, "months or days") { value in
            switch value {
            case .months(let count): day.addingMonths(-count)
            case .days(let count): day.advanced(by: -count)
            case .number, .flag, .choice, .clock, .pence: nil
            }
        }
    }

    /// A clock that begins at a moment, under the rule of its day.
    /// - Throws: a `Fault` when no such rule holds or it says something else.
    public func start(_ key: RuleKey, at moment: Instant) throws(Fault) -> RunningClock {
        let length = try length(key, on: moment.ukDate)
        return RunningClock(try required(key, on: moment.ukDate), length, startedAt: moment)
    }

    private func value<Value>(
        _ key: RuleKey, on day: LocalDate, _ needed: String, _ take: (PolicyRule.Value) -> Value?
    ) throws(Fault) -> Value {
        let rule = try required(key, on: day)
        if let value = take(rule.value) { return value }
        throw Fault(
            "A rule cannot be used", at: rule.key.text,
            because: "it says \(rule.value.inWords), and \(needed) is needed",
            remedy: "Correct it in the partnership's rules.")
    }
}

// MARK: - Reading

extension PolicyRules {
    private static func layer(_ file: DefinitionFile) throws(Fault) -> [RuleKey: [PolicyRule]] {
        try file.root.allow(only: ["name", "version", "notes", "approvedBy", "approvedOn", "groups", "rules"])
        let approval = try self.approval(file.root)
        var rules: [RuleKey: [PolicyRule]] = [:]
        for node in try file.root.required("rules").items() {
            let rule = try self.rule(node, approval)
            let others = rules[rule.key] ?? []
            if rule.approvedBy != nil, others.contains(where: { $0.overlaps(rule) }) {
                throw node.fault("two rules \(rule.key) hold on the same day")
            }
            rules[rule.key] = (others + [rule]).sorted { $0.from < $1.from }
        }
        return rules
    }

    private static func groups(_ file: DefinitionFile) throws(Fault) -> [PolicyRuleGroup] {
        var groups: [PolicyRuleGroup] = []
        for node in try file.root.optional("groups")?.items() ?? [] {
            try node.allow(only: ["title", "begins"])
            var begins: Set<String> = []
            for item in try node.required("begins").items() { begins.insert(try item.text()) }
            groups.append(PolicyRuleGroup(title: try node.required("title").text(), begins: begins))
        }
        return groups
    }

    private static func approval(_ node: DefinitionNode) throws(Fault) -> (by: String, on: LocalDate)? {
        guard let by = try node.optional("approvedBy") else { return nil }
        return (try by.text(), try node.required("approvedOn").date())
    }

    private static func rule(_ node: DefinitionNode, _ common: (by: String, on: LocalDate)?) throws(Fault) -> PolicyRule
    {
        try node.allow(only: [
            "key", "name", "value", "from", "until", "source", "standing", "approvedBy", "approvedOn", "awaits", "note",
        ])
        let name = try node.required("key")
        guard let key = RuleKey(try name.text()) else {
            throw name.fault("a name such as caseReview.complaints.n is needed here")
        }
        let standing = try node.required("standing")
        guard let known = PolicyRule.Standing(rawValue: try standing.text()) else {
            let names = PolicyRule.Standing.allCases.map(\.rawValue).joined(separator: ", ")
            throw standing.fault("one of \(names) is needed here")
        }
        let awaits = try node.optional("awaits")?.text()
        let note = try node.optional("note")?.text()
        var approval = try self.approval(node)
        if approval == nil { approval = common }
        if awaits != nil { approval = nil }
        let from = try node.required("from").date()
        var until: LocalDate?
        if let last = try node.optional("until") {
            let day = try last.date()
            guard day >= from else { throw last.fault("the last day lies before the first") }
            until = day
        }
        return PolicyRule(
            key: key, name: try node.required("name").text(), value: try value(node.required("value")), from: from,
            until: until, source: try node.required("source").text(), standing: known, approvedBy: approval?.by,
            approvedOn: approval?.on, note: awaits ?? note)
    }

    private static func value(_ node: DefinitionNode) throws(Fault) -> PolicyRule.Value {
        switch node.value {
        case .bool(let flag): return .flag(flag)
        case .integer: return .number(try node.integer(in: 0...1_000_000))
        case .string(let code): return .choice(code)
        case .object: break
        default:
            throw node.fault("a number, true or false, a text, or an object such as { \"months\": 6 } is needed here")
        }
        if let months = try node.optional("months") {
            try node.allow(only: ["months"])
            return .months(try months.integer(in: 1...1200))
        }
        if let days = try node.optional("days") {
            try node.allow(only: ["days"])
            return .days(try days.integer(in: 1...36_600))
        }
        if let pence = try node.optional("pence") {
            try node.allow(only: ["pence"])
            return .pence(try pence.integer(in: 0...100_000_000))
        }
        return .clock(try length(node))
    }

    private static func length(_ node: DefinitionNode) throws(Fault) -> ClockLength {
        try node.allow(only: ["count", "counting", "without"])
        let counting = try node.required("counting")
        guard let known = ClockLength.Counting(rawValue: try counting.text()) else {
            let names = ClockLength.Counting.allCases.map(\.rawValue).joined(separator: ", ")
            throw counting.fault("one of \(names) is needed here")
        }
        var without: Set<ClockLength.DayOff> = []
        for item in try node.optional("without")?.items() ?? [] {
            guard known == .hoursExcluding else { throw item.fault("only hours leave days out") }
            guard let kind = ClockLength.DayOff(rawValue: try item.text()) else {
                let names = ClockLength.DayOff.allCases.map(\.rawValue).joined(separator: ", ")
                throw item.fault("one of \(names) is needed here")
            }
            without.insert(kind)
        }
        return ClockLength(try node.required("count").integer(in: 1...3660), known, without: without)
    }
}

extension PolicyRule {
    fileprivate func overlaps(_ other: PolicyRule) -> Bool {
        guard approvedBy != nil, other.approvedBy != nil else { return false }
        let begins = max(from, other.from)
        return (until.map { begins <= $0 } ?? true) && (other.until.map { begins <= $0 } ?? true)
    }
}
