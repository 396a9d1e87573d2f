public import Kernel

/// Why the database did not do what it was asked. Never holds values of a statement.
public enum StorageError: Error, Hashable, Sendable {
    /// Another writer was in the way, time and again.
    case busy
    /// A rule of the tables: what kind, and the name of the table, column or constraint.
    case constraint(Constraint, String)
    /// There is no room left.
    case diskFull(String)
    /// It cannot be reached or opened, and what to do about it.
    case unavailable(Fault)
    /// Its files are damaged.
    case corrupt(String)
    /// The serving role, or a rule of the tables, does not let this be done.
    case notPermitted(String)
    /// A row does not hold what the program expects in a column.
    case wrongValue(column: String)
    /// A statement took longer than its limit, in seconds.
    case tooSlow(seconds: Int)
    /// Anything else, in the engine's words.
    case failed(String)

    /// A rule of the tables.
    public enum Constraint: String, Hashable, Sendable {
        case unique, foreignKey, notNull, check, other
    }
}

extension StorageError: CustomStringConvertible {
    /// One sentence for people, with what to do.
    public var description: String {
        switch self {
        case .busy: "The database is busy. Try again in a moment."
        case .constraint(let kind, let name): "The database refuses this: its rule of kind \(kind.rawValue) (\(name))."
        case .diskFull(let place): "The disk is full (\(place)). Nothing was changed. Make room and try again."
        case .unavailable(let fault): fault.description
        case .corrupt(let detail):
            "The database is damaged: \(detail). Stop the program and restore the latest backup with concord restore."
        case .notPermitted(let detail): "The database does not permit this: \(detail)."
        case .wrongValue(let column): "The database holds something unexpected in column \(column)."
        case .tooSlow(let seconds):
            "The database was given \(seconds) seconds for one statement and needed more. Ask for less at once."
        case .failed(let detail): "The database failed: \(detail)."
        }
    }
}

extension StorageError {
    /// A statement or row with more or fewer values than places for them.
    static let wrongCount = StorageError.failed("a statement has another number of values than places for them")
    /// Neither engine keeps the character U+0000 in texts.
    static let holdsNUL = StorageError.failed("a text holds a NUL character")
    /// SQLite would keep it as NULL.
    static let notANumber = StorageError.failed("a value is not a number")
}
