internal import Digests
public import Kernel
public import Storage

/// A definition file as it was when it was in use: kept by its digest, so that what a figure or a decision was made
/// with stays readable when the file has moved on.
public struct KeptDefinition: Sendable {
    /// The path in the `Definitions` folder: `roles/default.json`.
    public let path: String
    /// The version it gives itself; nil when it gives none.
    public let version: String?
    /// SHA-256 of its bytes, in hexadecimal.
    public let sha256: String
    /// Its bytes.
    public let bytes: [UInt8]
    /// When it was first seen in use.
    public let keptAt: Instant

    /// Whether it is a partnership's file. These name sealed panels, so administrators and auditors alone read them as
    /// they are. They lie in `partnerships/`, or outside the folder of the definitions, and then their path is a bare name.
    public static func namesPanels(_ path: String) -> Bool { path.hasPrefix("partnerships/") || !path.contains("/") }

    /// A definition as it is now.
    /// - Parameter version: what the member `version` of its outermost object says.
    public init(path: String, version: String?, bytes: [UInt8], at now: Instant) {
        self.path = path
        self.version = version
        sha256 = SHA256.hex(bytes)
        self.bytes = bytes
        keptAt = now
    }

    init(_ row: Row) throws {
        path = try row.get("path")
        version = try row.optional("version")
        sha256 = try row.get("sha256")
        bytes = try row.get("content")
        keptAt = try row.get("kept_at")
    }
}

/// Every version of every definition that was ever in use. Rows are added and never changed.
public enum KeptDefinitions {
    /// The migration, 330.
    public static let migrations: [Migration] = [
        Migration(
            number: 330, name: "kept definitions",
            statements: [
                """
                CREATE TABLE kept_definitions (
                    path TEXT NOT NULL,
                    sha256 TEXT NOT NULL,
                    version TEXT,
                    kept_at BIGINT NOT NULL,
                    content BYTEA NOT NULL,
                    PRIMARY KEY (path, sha256)
                )
                """
            ], appendOnly: ["kept_definitions"])
    ]

    /// Keeps those that are not kept yet.
    /// - Returns: those whose content is new under a version that was in use with other content: the version should have
    ///   been raised.
    /// - Throws: `StorageError`.
    @discardableResult
    public static func keep(_ definitions: [KeptDefinition], in connection: Connection) throws -> [KeptDefinition] {
        var repeated: [KeptDefinition] = []
        for definition in definitions {
            let known = try connection.rows(
                "SELECT sha256, version FROM kept_definitions WHERE path = \(definition.path)"
            ).map { row in
                (sha256: try row.get("sha256", as: String.self), version: try row.optional("version") as String?)
            }
            if known.contains(where: { $0.sha256 == definition.sha256 }) { continue }
            if known.contains(where: { $0.version == definition.version }) { repeated.append(definition) }
            try connection.run(
                """
                INSERT INTO kept_definitions (path, sha256, version, kept_at, content)
                VALUES (\(definition.path), \(definition.sha256), \(definition.version), \(definition.keptAt),
                    \(definition.bytes))
                """)
        }
        return repeated
    }

    /// All of them without their content: path by path, the newest of each first.
    /// - Throws: `StorageError`.
    public static func all(
        in connection: Connection
    ) throws -> [(path: String, version: String?, sha256: String, keptAt: Instant)] {
        try connection.rows(
            "SELECT path, version, sha256, kept_at FROM kept_definitions ORDER BY path, kept_at DESC, sha256"
        ).map { row in
            (
                path: try row.get("path"), version: try row.optional("version"), sha256: try row.get("sha256"),
                keptAt: try row.get("kept_at")
            )
        }
    }

    /// The definition with a digest, or nil. The same content under several paths is found once.
    /// - Throws: `StorageError`.
    public static func definition(sha256: String, in connection: Connection) throws -> KeptDefinition? {
        try connection.first(
            """
            SELECT path, version, sha256, kept_at, content FROM kept_definitions WHERE sha256 = \(sha256)
            ORDER BY kept_at, path LIMIT 1
            """
        ).map(KeptDefinition.init)
    }
}
