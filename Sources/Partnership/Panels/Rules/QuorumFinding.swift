public import Governance
public import Kernel

/// Whether enough agencies are there.
public struct QuorumFinding: Hashable, Sendable {
    /// How many are there.
    public let present: Int
    /// How many are needed.
    public let needed: Int
    /// Kinds of which one must be there and none is.
    public let missingKinds: [String]

    /// Whether the panel may decide.
    public var isMet: Bool { present >= needed && missingKinds.isEmpty }

    /// What an attendance comes to. Two people of one agency are one agency; a deputy counts for their own.
    /// - Parameter agencies: the kind of each agency of which someone is there.
    public init(_ quorum: PanelQuorum, _ agencies: [Code<Agency>: String]) {
        present = agencies.count
        needed = quorum.agencies
        missingKinds = quorum.kinds.filter { kind in !agencies.values.contains { PanelQuorum.isOf($0, kind) } }
    }
}

extension PanelQuorum {
    /// Whether an agency's kind is a kind: "voluntary: domestic abuse service" is "voluntary" too.
    static func isOf(_ agencyKind: String, _ kind: String) -> Bool {
        agencyKind == kind || agencyKind.hasPrefix(kind + ":")
    }
}
