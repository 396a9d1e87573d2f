public import Kernel
public import Storage

extension PersonStore {
    /// All records of a person and of those who live in a household with them on a day, whoever may see them: for counts
    /// that show no record.
    /// - Throws: `StorageError`.
    public static func sameHousehold(
        _ id: ID<Person>, on day: LocalDate, in connection: Connection
    ) throws -> [ID<Person>] {
        let own = try sameRecords(id, in: connection)
        let others: [ID<Person>] = try connection.rows(
            """
            SELECT DISTINCT o.person FROM household_members m
            JOIN household_members o ON o.household = m.household
            WHERE m.person IN (\(list: own))
                AND (m.from_day IS NULL OR m.from_day <= \(day)) AND (m.until_day IS NULL OR m.until_day >= \(day))
                AND (o.from_day IS NULL OR o.from_day <= \(day)) AND (o.until_day IS NULL OR o.until_day >= \(day))
            """
        ).map { try $0.get("person") }
        var all = Set(own)
        for other in others where !all.contains(other) { all.formUnion(try sameRecords(other, in: connection)) }
        return all.sorted()
    }
}
