internal import Files
internal import Kernel

/// What a group asks of the people of an incident: that a suspect, or a victim, be of some ages.
struct PeopleCondition: Sendable {
    private let suspectAge: ClosedRange<Int>?
    private let victimAge: ClosedRange<Int>?
    /// Whether one of the two suffices where both are given; otherwise both must hold.
    private let either: Bool

    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["suspectAge", "victimAge", "either"])
        suspectAge = try node.optional("suspectAge").map { (node) throws(Fault) in try PeopleCondition.range(node) }
        victimAge = try node.optional("victimAge").map { (node) throws(Fault) in try PeopleCondition.range(node) }
        either = try node.optional("either")?.bool() ?? false
        guard suspectAge != nil || victimAge != nil else {
            throw node.fault("suspectAge or victimAge is needed")
        }
    }

    private static func range(_ node: DefinitionNode) throws(Fault) -> ClosedRange<Int> {
        let ends = try node.items()
        guard ends.count == 2 else { throw node.fault("a range is a list of two ages, such as [0, 24]") }
        let (low, high) = (try ends[0].integer(), try ends[1].integer())
        guard low <= high else { throw node.fault("the first age is above the second") }
        return low...high
    }

    /// Identifiers of the incidents whose people fulfil the condition. People without a known age fulfil none.
    func incidents(in people: [RecordTable]) -> Set<UInt64> {
        let suspects = suspectAge.map { PeopleCondition.incidents(of: "suspect", aged: $0, in: people) }
        let victims = victimAge.map { PeopleCondition.incidents(of: "victim", aged: $0, in: people) }
        guard let suspects else { return victims ?? [] }
        guard let victims else { return suspects }
        return either ? suspects.union(victims) : suspects.intersection(victims)
    }

    private static func incidents(of role: String, aged range: ClosedRange<Int>, in people: [RecordTable]) -> Set<
        UInt64
    > {
        var found = Set<UInt64>()
        for table in people {
            guard let age = table.attributeNames.firstIndex(of: "age"), !table.attributes[age].isEmpty,
                !table.identifier.isEmpty
            else { continue }
            let fits = table.attributeValues[age].map { Int($0).map(range.contains) ?? false }
            let isRole = table.categories.map { Header.folded($0) == role }
            for row in 0..<table.rowCount where table.attributes[age][row] >= 0 {
                if isRole[Int(table.category[row])], fits[Int(table.attributes[age][row])] {
                    found.insert(table.identifier[row])
                }
            }
        }
        return found
    }
}
