internal import Governance
internal import Kernel
internal import Storage

/// An order as it lies in the table.
struct OrderRow {
    let id: ID<Order>
    var order: Order
    var version: Int64
    var changedAt: Instant
    var changedBy: ID<Account>
}

/// How orders lie in their tables. Nothing here asks who may see it.
enum OrderRows {
    private static let columns: SQL = "o.id, o.personal, o.criminal, o.safety, o.version, o.changed_at, o.changed_by"

    static func row(_ id: ID<Order>, in connection: Connection) throws -> OrderRow? {
        try connection.first("SELECT \(columns) FROM orders o WHERE o.id = \(id)").map(order)
    }

    /// The order as it was at a version.
    static func row(_ id: ID<Order>, version: Int64, in connection: Connection) throws -> OrderRow? {
        try connection.first(
            "SELECT \(columns) FROM order_versions o WHERE o.id = \(id) AND o.version = \(version)"
        ).map(order)
    }

    static func rows(_ ids: [ID<Order>], in connection: Connection) throws -> [ID<Order>: OrderRow] {
        guard !ids.isEmpty else { return [:] }
        var found: [ID<Order>: OrderRow] = [:]
        for row in try connection.rows("SELECT \(columns) FROM orders o WHERE o.id IN (\(list: ids))") {
            let order = try order(row)
            found[order.id] = order
        }
        return found
    }

    /// The orders of which something holds, in the order of their identifiers.
    static func ids(where condition: SQL, in connection: Connection) throws -> [ID<Order>] {
        try connection.rows("SELECT o.id FROM orders o WHERE \(condition) ORDER BY o.id").map { try $0.get("id") }
    }

    private static func order(_ row: Row) throws -> OrderRow {
        var members: [JSON.Member] = []
        for column in ["personal", "criminal", "safety"] {
            let text: String = try row.get(column)
            guard case .object(let part) = try JSON(parsing: Array(text.utf8), from: "orders.\(column)") else {
                throw StorageError.wrongValue(column: column)
            }
            members += part
        }
        return OrderRow(
            id: try row.get("id"), order: try Order(.object(members)), version: try row.get("version"),
            changedAt: try row.get("changed_at"), changedBy: try row.get("changed_by"))
    }

    private static func text(_ order: Order, _ fieldClass: FieldClass) -> String {
        let json = order.json { $0.fieldClass == fieldClass }
        return String(decoding: json.encoded(indented: false), as: UTF8.self)
    }

    static func insert(_ row: OrderRow, in connection: Connection) throws {
        let order = row.order
        try connection.run(
            """
            INSERT INTO orders (id, type, subject_kind, subject, step, made_at, starts_at, ends_at, discharged_at,
                personal, criminal, safety, version, changed_at, changed_by)
            VALUES (\(row.id), \(order.type), \(order.subject.kind.rawValue), \(order.subject.text),
                \(order.step.rawValue), \(order.madeAt), \(order.dates.from), \(order.dates.to),
                \(order.dates.discharged), \(text(order, .p1)), \(text(order, .p2)), \(text(order, .p3)),
                \(row.version), \(row.changedAt), \(row.changedBy))
            """)
        try insertVersion(row, in: connection)
        try writeCases(row, in: connection)
    }

    /// Writes a changed order, whose version must be one above that in the table.
    /// - Returns: whether it was.
    static func update(_ row: OrderRow, in connection: Connection) throws -> Bool {
        let order = row.order
        let changed = try connection.run(
            """
            UPDATE orders
            SET subject_kind = \(order.subject.kind.rawValue), subject = \(order.subject.text),
                step = \(order.step.rawValue), made_at = \(order.madeAt), starts_at = \(order.dates.from),
                ends_at = \(order.dates.to), discharged_at = \(order.dates.discharged),
                personal = \(text(order, .p1)), criminal = \(text(order, .p2)), safety = \(text(order, .p3)),
                version = \(row.version), changed_at = \(row.changedAt), changed_by = \(row.changedBy)
            WHERE id = \(row.id) AND version = \(row.version - 1)
            """)
        guard changed == 1 else { return false }
        try insertVersion(row, in: connection)
        try writeCases(row, in: connection)
        return true
    }

    /// Writes the cases that it belongs to, so that a case finds its orders.
    private static func writeCases(_ row: OrderRow, in connection: Connection) throws {
        try connection.run("DELETE FROM order_cases WHERE id = \(row.id)")
        for record in Set(row.order.cases) {
            try connection.run("INSERT INTO order_cases (record, id) VALUES (\(record), \(row.id))")
        }
    }

    /// Every version, the oldest first.
    static func versions(_ id: ID<Order>, in connection: Connection) throws -> [OrderRow] {
        try connection.rows(
            "SELECT \(columns) FROM order_versions o WHERE o.id = \(id) ORDER BY o.version"
        ).map(order)
    }

    private static func insertVersion(_ row: OrderRow, in connection: Connection) throws {
        let order = row.order
        try connection.run(
            """
            INSERT INTO order_versions (id, version, personal, criminal, safety, changed_at, changed_by)
            VALUES (\(row.id), \(row.version), \(text(order, .p1)), \(text(order, .p2)), \(text(order, .p3)),
                \(row.changedAt), \(row.changedBy))
            """)
    }
}
