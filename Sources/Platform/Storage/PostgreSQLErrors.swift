internal import CPostgreSQL
internal import Kernel

extension PostgreSQLSession {
    /// What a failed result says. Never the values of the statement: those stand in its detail, which is not read.
    func error(of result: OpaquePointer) -> StorageError {
        func field(_ code: Int32) -> String { PQresultErrorField(result, code).map { String(cString: $0) } ?? "" }
        let state = field(PG_DIAG_SQLSTATE_)
        let message = PostgreSQLSession.line(PQresultErrorMessage(result))
        // Only libpq's own errors have no SQLSTATE.
        guard PQstatus(handle) == CONNECTION_OK, !state.isEmpty else {
            isBroken = true
            return lost()
        }
        let constraint = field(PG_DIAG_CONSTRAINT_NAME_)
        switch state {
        case "23505": return .constraint(.unique, constraint)
        case "23503": return .constraint(.foreignKey, constraint)
        case "23502": return .constraint(.notNull, field(PG_DIAG_COLUMN_NAME_))
        case "23514": return .constraint(.check, constraint)
        case "40001", "40P01", "55P03": return .busy
        case "57014": return .tooSlow(seconds: limit)
        case "57P01", "57P02", "57P03", "25P03":
            isBroken = true
            return PostgreSQLSession.lost(because: message)
        case "0A000" where message.contains("cached plan"):
            // Another program migrated: this connection's prepared statements are out of date.
            isBroken = true
            return .busy
        case "53100": return .diskFull("PostgreSQL's own disk")
        case "42501", "25006", "P0001": return .notPermitted(field(PG_DIAG_MESSAGE_PRIMARY_))
        case "XX001", "XX002": return .corrupt(field(PG_DIAG_MESSAGE_PRIMARY_))
        default:
            // Messages of class 22 (data exception) quote the value.
            return .failed(
                state.hasPrefix("22")
                    ? "a value is not of the column's kind (SQLSTATE \(state))"
                    : "\(field(PG_DIAG_MESSAGE_PRIMARY_)) (SQLSTATE \(state))")
        }
    }

    static func line(_ message: UnsafeMutablePointer<CChar>?) -> String {
        guard let message else { return "no reason was given" }
        return String(cString: message).split(separator: "\n").first.map(String.init) ?? "no reason was given"
    }

    func lost() -> StorageError { PostgreSQLSession.lost(because: PostgreSQLSession.line(PQerrorMessage(handle))) }

    private static func lost(because why: String) -> StorageError {
        .unavailable(
            Fault(
                "The connection to the database was lost", because: why,
                remedy: "Check that PostgreSQL runs, and try again."))
    }

    static func unreached(_ place: String, because why: String) -> StorageError {
        .unavailable(
            Fault(
                "The database could not be reached", at: place, because: why,
                remedy: "Start PostgreSQL, or correct database.address in concord.json."))
    }
}

// Character constants of postgres_ext.h, which are not imported.
private let PG_DIAG_SQLSTATE_ = Int32(UInt8(ascii: "C"))
private let PG_DIAG_MESSAGE_PRIMARY_ = Int32(UInt8(ascii: "M"))
private let PG_DIAG_COLUMN_NAME_ = Int32(UInt8(ascii: "c"))
private let PG_DIAG_CONSTRAINT_NAME_ = Int32(UInt8(ascii: "n"))
