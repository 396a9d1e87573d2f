public import Kernel

// MARK: - As it is kept

extension CohortFigures {
    /// The figures as they are kept.
    public var json: JSON {
        func counts(_ counts: [String: Int]) -> JSON {
            .object(counts.sorted { $0.key < $1.key }.map { .init($0.key, .integer(Int64($0.value))) })
        }
        func share(_ share: CohortShare) -> JSON { .array([.integer(Int64(share.count)), .integer(Int64(share.of))]) }
        func shares(_ shares: [String: CohortShare]) -> JSON {
            .object(shares.sorted { $0.key < $1.key }.map { .init($0.key, share($0.value)) })
        }
        return .object([
            .init("month", .string(month.description)), .init("caseload", .integer(Int64(caseload))),
            .init("byState", counts(byState)), .init("byGroup", counts(byGroup)), .init("byColour", counts(byColour)),
            .init("taken", .integer(Int64(taken))), .init("left", counts(left)),
            .init("takenInYear", .integer(Int64(takenInYear))), .init("managed", .integer(Int64(managed))),
            .init("starts", shares(starts)), .init("contacts", share(contacts)), .init("needs", shares(needs)),
            .init("notOffended", share(notOffended)), .init("offencesBefore", .integer(Int64(offencesBefore))),
            .init("offencesAfter", .integer(Int64(offencesAfter))), .init("unfollowed", .integer(Int64(unfollowed))),
            .init("breachesAfter", breachesAfter.map { .integer(Int64($0)) } ?? .null),
        ])
    }

    /// Figures that were kept; nil for what is none.
    public init?(json: JSON) {
        func number(_ name: String) -> Int? { json[name]?.wholeNumber }
        func counts(_ name: String) -> [String: Int]? {
            guard case .object(let members)? = json[name] else { return nil }
            var counts: [String: Int] = [:]
            for member in members {
                guard let count = member.value.wholeNumber else { return nil }
                counts[member.name] = count
            }
            return counts
        }
        func share(_ json: JSON?) -> CohortShare? {
            guard case .array(let parts)? = json, parts.count == 2, let count = parts[0].wholeNumber,
                let whole = parts[1].wholeNumber
            else { return nil }
            return CohortShare(count, of: whole)
        }
        func shares(_ name: String) -> [String: CohortShare]? {
            guard case .object(let members)? = json[name] else { return nil }
            var shares: [String: CohortShare] = [:]
            for member in members {
                guard let share = share(member.value) else { return nil }
                shares[member.name] = share
            }
            return shares
        }
        guard case .string(let name)? = json["month"], let month = Month(name), let caseload = number("caseload"),
            let byState = counts("byState"), let byGroup = counts("byGroup"), let byColour = counts("byColour"),
            let taken = number("taken"), let left = counts("left"), let takenInYear = number("takenInYear"),
            let managed = number("managed"), let starts = shares("starts"), let contacts = share(json["contacts"]),
            let needs = shares("needs"), let notOffended = share(json["notOffended"]),
            let before = number("offencesBefore"), let after = number("offencesAfter"),
            let unfollowed = number("unfollowed")
        else { return nil }
        self.init(month)
        self.caseload = caseload
        self.byState = byState
        self.byGroup = byGroup
        self.byColour = byColour
        self.taken = taken
        self.left = left
        self.takenInYear = takenInYear
        self.managed = managed
        self.starts = starts
        self.contacts = contacts
        self.needs = needs
        self.notOffended = notOffended
        offencesBefore = before
        offencesAfter = after
        self.unfollowed = unfollowed
        // Figures that were kept before orders were looked at have none.
        breachesAfter = number("breachesAfter")
    }
}

extension JSON {
    fileprivate var wholeNumber: Int? {
        guard case .integer(let number) = self else { return nil }
        return Int(exactly: number)
    }
}
