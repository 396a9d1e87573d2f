import Files
import Kernel
import Testing

@testable import Governance

/// The table of AccessTable.txt, as the test reads it.
struct AccessTable {
    static let path = "\(AccessWorld.root)/Tests/GovernanceTests/AccessTable.txt"
    static let everyone = [
        "member", "intake", "case-officer", "supervisor", "panel-coordinator", "panel-chair", "panel-member",
        "advocate",
        "lawyer", "analyst", "strategy-lead", "administrator", "data-protection-officer", "auditor",
    ]
    static let roles = everyone + ["operator"]

    struct Cell: Hashable {
        let role: String
        let kind: String
        let standing: String
        let action: AccessAction
    }

    private(set) var highest: [Cell: Int] = [:]
    private(set) var purposes: [Cell: String] = [:]
    private(set) var kinds: Set<String> = []

    static let letters: [Character: AccessAction] = [
        "C": .create, "R": .read, "L": .list, "S": .search, "N": .count, "U": .update, "E": .export, "P": .print,
        "T": .notify, "A": .attach, "H": .share, "M": .merge, "D": .delete, "G": .grant, "B": .breakGlass,
        "V": .reviewBreakGlass, "X": .administer, "K": .run, "W": .publish,
    ]

    init() throws {
        for line in String(decoding: try FileSystem.read(AccessTable.path, limit: 1 << 20), as: UTF8.self).split(
            separator: "\n")
        {
            let words = line.split(separator: " ").map(String.init)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            try #require(words.count >= 4, "\(line)")
            let standings =
                words[2] == "home" ? ["own", "team", "agency"] : words[2].split(separator: ",").map(String.init)
            let last = words.firstIndex(of: "for") ?? words.count
            kinds.insert(words[1])
            for role in first == "everyone" ? AccessTable.everyone : [first] {
                for group in words[3..<last] {
                    let parts = group.split(separator: ":")
                    let depth = try #require(Int(parts[1]), "\(line)")
                    for letter in parts[0] {
                        let action = try #require(AccessTable.letters[letter], "\(line)")
                        for standing in standings {
                            let cell = Cell(role: role, kind: words[1], standing: standing, action: action)
                            highest[cell] = max(highest[cell] ?? 0, depth)
                            if last < words.count { purposes[cell] = words[last + 1] }
                        }
                    }
                }
            }
        }
    }

    /// How deep each action goes for someone standing so; -1 where the table does not have it.
    func depths(
        _ role: String, _ kind: String, _ standing: AccessStanding, isProtected: Bool, isGranted: Bool,
        purpose: String?
    ) -> Depths {
        // A broken glass is nothing where there is no glass, and a grant where nothing is sealed.
        let isNothing = standing == .glass && !isProtected || standing == .granted
        var rows = isNothing ? AccessStanding.none.rows : standing.rows
        if isGranted { rows.insert("granted") }
        if isProtected {
            if !rows.isDisjoint(with: ["own", "team", "agency", "shared", "listed"]) { rows.insert("near-protected") }
            rows.insert("any-protected")
        }
        return AccessAction.allCases.map { action in
            rows.map { row in
                let cell = Cell(role: role, kind: kind, standing: row, action: action)
                guard let depth = highest[cell], purposes[cell] == nil || purposes[cell] == purpose else { return -1 }
                return depth
            }.max() ?? -1
        }
    }

    /// Whether the table has anything for the role on the kind.
    func touches(_ role: String, _ kind: String) -> Bool {
        highest.keys.contains { $0.role == role && $0.kind == kind }
    }

    /// The depth of each action, in the order of `AccessAction.allCases`.
    typealias Depths = [Int]
}
