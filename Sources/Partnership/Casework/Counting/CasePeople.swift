internal import Governance
public import Kernel
public import People
public import Storage

extension CaseStore {
    /// The people whom each case of a type is about in a role, whoever may see them: for counts that show nobody. Cases
    /// that are restricted or sealed are left out, as in histories.
    /// - Throws: `StorageError`.
    public func recordedPeople(
        in role: Code<PartyRole>, of type: Code<CaseType>, in connection: Connection
    ) throws -> [ID<CaseRecord>: [ID<Person>]] {
        var people: [ID<CaseRecord>: [ID<Person>]] = [:]
        for row in try connection.rows(
            """
            SELECT p.case_id, p.person FROM case_parties p
            JOIN cases c ON c.id = p.case_id JOIN register_records r ON r.id = c.id
            WHERE c.type = \(type) AND p.role = \(role) AND p.until_at IS NULL AND r.class IN ('normal', 'protected')
            ORDER BY p.case_id, p.ordinal
            """)
        {
            people[try row.get("case_id"), default: []].append(try row.get("person"))
        }
        return people
    }
}
