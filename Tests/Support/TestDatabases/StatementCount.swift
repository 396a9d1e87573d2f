public import Storage

private struct Counted: Error {}

extension TestDatabase {
    /// How many statements an act runs. Nothing of it is kept.
    public static func statements(in database: Database, _ act: (Connection) throws -> Void) throws -> Int {
        for count in 0..<100 {
            do {
                try database.write { connection in
                    connection.fail(after: count, with: .failed("counted"))
                    try act(connection)
                    throw Counted()
                }
            } catch is Counted {
                return count
            } catch StorageError.failed("counted") {}
        }
        throw StorageError.failed("The act ran more than a hundred statements")
    }
}
