internal import Governance
internal import Kernel
internal import Rules

// What limits an order. Each check keeps the rule that it was judged under.
extension Order {
    /// A rule that holds on a day.
    func rule(_ key: RuleKey, on day: LocalDate, _ law: OrderLaw) throws(OrderRefusal) -> PolicyRule {
        do { return try law.rules.required(key, on: day) } catch { throw OrderRefusal(error) }
    }

    mutating func keep(_ rule: PolicyRule) {
        let kept = KeptRule(key: rule.key, from: rule.from, value: rule.value.inWords)
        if !rules.contains(kept) { rules.append(kept) }
    }

    /// The length that a rule names.
    func length(_ key: RuleKey, on day: LocalDate, _ law: OrderLaw) throws(OrderRefusal) -> ClockLength {
        do { return try law.rules.length(key, on: day) } catch { throw OrderRefusal(error) }
    }

    /// Refuses a type that is not to be had on that day and in that area, unless what began in time is saved.
    mutating func checkAvailable(_ type: OrderType, on day: LocalDate) throws(OrderRefusal) {
        let earlier = before.flatMap { $0.type == type.before?.type ? $0.at : nil }
        let begun = [earlier, dates.served].compactMap { $0?.ukDate }.filter { $0 <= day }.min()
        let usable = [type.saving?.proceedings == true ? begun : nil, day].compactMap { $0 }
        guard let basis = usable.compactMap(type.basis).first else {
            let last = type.bases.last
            throw OrderRefusal(
                "\(type.name): not available on \(day.inWords)", source: last?.text ?? type.name,
                allowed: last?.awaits ?? Order.days(last?.from, last?.until))
        }
        guard !type.areas.isEmpty else { return self.basis = basis.text }
        guard let place = type.areas.first(where: { $0.code == area }) else {
            throw OrderRefusal(
                "\(type.name): not available in this area", source: basis.text,
                allowed: type.areas.map(\.name).joined(separator: ", "))
        }
        guard usable.contains(where: place.holds) else {
            throw OrderRefusal(
                "\(type.name): not available in \(place.name) on \(day.inWords)", source: basis.text,
                allowed: Order.days(place.from, place.until))
        }
        self.basis = basis.text
    }

    private static func days(_ from: LocalDate?, _ until: LocalDate?) -> String {
        guard let from else { return "" }
        return "From \(from.inWords)" + (until.map { " to \($0.inWords)" } ?? "")
    }

    /// Refuses a subject or a maker for whom the type is not, and a person who is too young.
    mutating func checkParties(_ type: OrderType, on day: LocalDate, _ law: OrderLaw) throws(OrderRefusal) {
        guard type.subjects.contains(subject.kind) else {
            let kinds = OrderType.SubjectKind.allCases.filter(type.subjects.contains).map(\.inWords)
            throw OrderRefusal(
                "\(type.name): not about \(subject.kind.inWords)", source: basis,
                allowed: "About \(kinds.joined(separator: ", "))")
        }
        guard type.makers.contains(maker) else {
            throw OrderRefusal(
                "\(type.name): not by this kind of agency (\(maker))", source: basis,
                allowed: type.makers.sorted().joined(separator: ", "))
        }
        guard let key = type.youngest, subject.kind == .person, let born else { return }
        let rule = try rule(key, on: day, law)
        let youngest: Int
        do { youngest = try law.rules.number(key, on: day) } catch { throw OrderRefusal(error) }
        let age = Order.age(born, on: day)
        guard age >= youngest else {
            throw OrderRefusal("\(type.name): the person is \(age)", by: rule, allowed: "From \(youngest) years of age")
        }
        keep(rule)
    }

    /// Refuses an order without what must have come before it.
    func checkBefore(_ type: OrderType, at moment: Instant, _ law: OrderLaw) throws(OrderRefusal) {
        guard let needed = type.before else { return }
        let isThere = before.map { $0.type == needed.type && $0.at.map { $0 < moment } ?? false } ?? false
        if needed.isOptional, !isThere { return }
        let name = law.types[needed.type]?.name ?? needed.type.text
        guard let before, isThere else {
            throw OrderRefusal(
                "\(type.name): nothing came before it", source: basis, allowed: "After this was served or made: \(name)"
            )
        }
        guard !needed.isSameSubject || before.subject == subject else {
            throw OrderRefusal(
                "\(type.name): what came before it is about someone or something else", source: basis,
                allowed: "After this about the same subject: \(name)")
        }
    }

    /// Refuses a fixed penalty above the highest.
    mutating func checkPenalty(_ type: OrderType, on day: LocalDate, _ law: OrderLaw) throws(OrderRefusal) {
        guard let key = type.highestPenalty else { return }
        let rule = try rule(key, on: day, law)
        let highest: Int
        do { highest = try law.rules.pence(key, on: day) } catch { throw OrderRefusal(error) }
        guard let penalty, (1...highest).contains(penalty) else {
            throw OrderRefusal(
                "\(type.name): \(penalty.map { PolicyRule.Value.pence($0).inWords } ?? "no amount")", by: rule,
                allowed: "Up to \(rule.value.inWords)")
        }
        if let earlyPenalty, !(1...penalty).contains(earlyPenalty) {
            throw OrderRefusal(
                "The amount for early payment is above the penalty", by: rule,
                allowed: "Up to \(PolicyRule.Value.pence(penalty).inWords)")
        }
        keep(rule)
    }

    /// Refuses an order that is shorter or longer than its type allows for this subject.
    /// - Parameters:
    ///   - to: the first moment at which it no longer holds; nil for until further order.
    ///   - made: when it is made; the rules of that day hold.
    mutating func checkLength(
        _ type: OrderType, from: Instant, to: Instant?, made: Instant, _ law: OrderLaw
    ) throws(OrderRefusal) {
        let day = made.ukDate
        if let to, to <= from {
            throw OrderRefusal(
                "\(type.name): it ends before it begins", source: "The register", allowed: "After \(from.inWords)")
        }
        try checkWindow(type, to: to, on: day)
        // An extension later on is judged by the age on the day it was first made.
        let first = dates.decided ?? made
        let isUnder18 = isUnder18(on: first.ukDate)
        if isUnder18 == nil, subject.kind == .person, type.lengths.contains(where: { $0.who != .anyone }) {
            throw OrderRefusal(
                "\(type.name): the person's date of birth is not known", source: basis,
                allowed: "Enter it: the length depends on whether the person is under 18")
        }
        guard let limit = type.length(isUnder18: isUnder18, isSenior: isSenior) else { return }
        let from = limit.isFromMade ? first : from
        guard let to else {
            guard limit.isEndNeeded, !isInterim else { return }
            throw OrderRefusal(
                "\(type.name): no end is named", by: limit.longest, source: basis,
                allowed: try allowed(limit, from: from, on: day, law))
        }
        if let key = limit.shortest, !isInterim {
            let rule = try rule(key, on: day, law)
            if let end = law.calendar.deadline(try length(key, on: day, law), from: from), to < end.at {
                throw OrderRefusal(
                    "\(type.name): shorter than allowed", by: rule,
                    allowed: try allowed(limit, from: from, on: day, law))
            }
            keep(rule)
        }
        if let key = limit.longest {
            let rule = try rule(key, on: day, law)
            if let end = law.calendar.deadline(try length(key, on: day, law), from: from), to > end.at {
                throw OrderRefusal(
                    "\(type.name): longer than allowed", by: rule, allowed: try allowed(limit, from: from, on: day, law)
                )
            }
            keep(rule)
        }
    }

    /// Refuses an extension beyond what the type allows each time and in all.
    mutating func checkExtension(
        _ type: OrderType, to: Instant, made: Instant, _ law: OrderLaw
    ) throws(OrderRefusal) {
        let day = made.ukDate
        guard let extending = type.extensions, let from = dates.from, let end = dates.to else {
            throw OrderRefusal("\(type.name): it cannot be extended", source: basis, allowed: "A new order")
        }
        guard to > end else {
            throw OrderRefusal(
                "\(type.name): the new end is not after the present one", source: "The register",
                allowed: "After \(end.inWords)")
        }
        guard extending.each != nil || extending.total != nil else {
            return try checkLength(type, from: from, to: to, made: made, law)
        }
        try checkWindow(type, to: to, on: day)
        for (key, start) in [(extending.each, end), (extending.total, from)] {
            guard let key else { continue }
            let rule = try rule(key, on: day, law)
            guard let latest = law.calendar.deadline(try length(key, on: day, law), from: start), to <= latest.at else {
                let longest = law.calendar.deadline(try length(key, on: day, law), from: start)
                throw OrderRefusal(
                    "\(type.name): the extension is longer than allowed", by: rule,
                    allowed: "\(rule.value.inWords): until \(longest?.inWords ?? "")")
            }
            keep(rule)
        }
    }

    /// Refuses to let a notice run on where its type does not know of it, or for longer than the court may.
    mutating func checkContinuation(
        _ type: OrderType, to end: Instant, heard moment: Instant, _ law: OrderLaw
    ) throws(OrderRefusal) {
        guard let key = type.continuation else {
            throw OrderRefusal("\(type.name): it cannot run on", source: basis, allowed: "Nothing: it ends")
        }
        let rule = try rule(key, on: moment.ukDate, law)
        let latest = law.calendar.deadline(try length(key, on: moment.ukDate, law), from: moment)
        guard end > moment, let latest, end <= latest.at else {
            throw OrderRefusal(
                "\(type.name): it would run on for longer than allowed", by: rule,
                allowed: "\(rule.value.inWords): until \(latest?.inWords ?? "")")
        }
        keep(rule)
    }

    /// Without a saving, nothing outlasts the days of the type.
    private func checkWindow(_ type: OrderType, to: Instant?, on day: LocalDate) throws(OrderRefusal) {
        guard type.saving?.orders != true, let last = type.basis(on: day)?.until else { return }
        guard let to, to <= Deadline(endOf: last).at else {
            throw OrderRefusal(
                "\(type.name): it would outlast what it rests on", source: basis, allowed: "Until \(last.inWords)")
        }
    }

    private func allowed(
        _ limit: OrderType.Length, from: Instant, on day: LocalDate, _ law: OrderLaw
    ) throws(OrderRefusal) -> String {
        var parts: [String] = []
        if let key = limit.shortest {
            let length = try length(key, on: day, law)
            parts.append("at least \(length.inWords) (\(law.calendar.deadline(length, from: from)?.inWords ?? ""))")
        }
        if let key = limit.longest {
            let length = try length(key, on: day, law)
            parts.append("at most \(length.inWords) (\(law.calendar.deadline(length, from: from)?.inWords ?? ""))")
        }
        return "From \(from.inWords): " + parts.joined(separator: ", ")
    }
}
