/// A personal value that does not print itself: in logs, faults and pages it is "•••" until someone asks for it.
public struct Redacted<Value: Sendable>: Sendable {
    private let value: Value

    /// Covers a value.
    public init(_ value: Value) { self.value = value }

    /// The value. Ask only where the access policy has said yes and the audit knows.
    public func reveal() -> Value { value }
}

extension Redacted: Equatable where Value: Equatable {}
extension Redacted: Hashable where Value: Hashable {}

extension Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// "•••".
    public var description: String { "•••" }
    /// "•••".
    public var debugDescription: String { "•••" }
    /// No children: `dump` shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
