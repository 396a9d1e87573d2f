/// How much a form with files may hold.
public struct MultipartLimits: Hashable, Sendable {
    /// The folder for files while they are looked at. It must exist; give it to the server alone.
    public let folder: String
    /// The whole body, in bytes.
    public let total: Int
    /// One file, in bytes.
    public let file: Int
    /// One field that is no file, in bytes.
    public let field: Int
    /// Fields and files together.
    public let parts: Int

    /// Limits.
    public init(
        folder: String, total: Int = 64 << 20, file: Int = 32 << 20, field: Int = 64 << 10, parts: Int = 200
    ) {
        self.folder = folder
        self.total = total
        self.file = file
        self.field = field
        self.parts = parts
    }
}
