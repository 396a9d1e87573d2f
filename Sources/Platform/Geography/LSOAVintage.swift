public import Kernel

/// Resolves records that carry Lower layer Super Output Area codes of the 2011 and of the 2021 census.
///
/// Nine LSOAs in ten kept code and border in 2021. The others were split, merged or redrawn, and their codes changed.
/// The look-up of the ONS (LSOA 2011 to LSOA 2021, exact fit) tells which belong together; areas connected by it form a
/// component, on whose outer border both censuses agree. See `resolve(used:known:)`.
public struct LSOAVintage: Sendable {
    /// One line of the look-up.
    public struct Pair: Hashable, Sendable {
        /// The code of 2011.
        public let lsoa11: String
        /// The code of 2021.
        public let lsoa21: String
        /// The change that the look-up states.
        public let change: Change
        /// The name of 2011, may be empty.
        public let name11: String
        /// The name of 2021, may be empty.
        public let name21: String

        /// A line.
        public init(lsoa11: String, lsoa21: String, change: Change, name11: String = "", name21: String = "") {
            self.lsoa11 = lsoa11
            self.lsoa21 = lsoa21
            self.change = change
            self.name11 = name11
            self.name21 = name21
        }
    }

    /// What the look-up's change indicator says of a line.
    public enum Change: String, Sendable {
        /// Not changed.
        case unchanged = "U"
        /// The 2011 area was split into several.
        case split = "S"
        /// Several 2011 areas were merged into one.
        case merged = "M"
        /// Redrawn in another way.
        case irregular = "X"
    }

    /// What a code is.
    public enum Vintage: Hashable, Sendable {
        /// An LSOA of both censuses.
        case unchanged
        /// Only an LSOA of 2011.
        case only2011
        /// Only an LSOA of 2021.
        case only2021
        /// Not in the look-up.
        case unlisted(Reason)
    }

    /// Why a code is not in the look-up.
    public enum Reason: Hashable, Sendable {
        /// Formed like an LSOA code of England or Wales, but not listed there.
        case notListed
        /// A Scottish code; Scotland has data zones (S01) instead.
        case scotland
        /// A code of Northern Ireland.
        case northernIreland
        /// The code of another kind of area, such as a ward or a borough.
        case otherArea
        /// Not an area code.
        case malformed
    }

    /// Areas that the look-up connects.
    struct Component: Sendable {
        /// Sorted.
        var lsoa11: [String] = []
        /// Sorted.
        var lsoa21: [String] = []
    }

    let components: [Component]
    /// The component of each code of 2011, and of 2021.
    let componentOf11: [String: Int]
    let componentOf21: [String: Int]
    let names11: [String: String]
    let names21: [String: String]

    /// The resolver of a look-up. A line may stand more than once, as in look-ups by output area.
    /// - Parameters:
    ///   - pairs: the lines.
    ///   - source: the file they come from, for messages.
    /// - Throws: a `Fault` when there are no lines, a code is empty, or a line marked as unchanged has two codes.
    public init(_ pairs: some Sequence<Pair>, source: String = "") throws(Fault) {
        var links = Links()
        var names11: [String: String] = [:]
        var names21: [String: String] = [:]
        for pair in pairs {
            try LSOAVintage.check(pair, source)
            links.join(pair.lsoa11, pair.lsoa21)
            names11[pair.lsoa11] = pair.name11
            names21[pair.lsoa21] = pair.name21
        }
        guard !names11.isEmpty else {
            throw LSOAVintage.fault(
                source, "it holds no lines", "Use the ONS look-up LSOA 2011 to LSOA 2021 (exact fit).")
        }
        let components = links.components()
        var componentOf11: [String: Int] = [:]
        var componentOf21: [String: Int] = [:]
        for (i, component) in components.enumerated() {
            for code in component.lsoa11 { componentOf11[code] = i }
            for code in component.lsoa21 { componentOf21[code] = i }
        }
        self.components = components
        self.componentOf11 = componentOf11
        self.componentOf21 = componentOf21
        self.names11 = names11
        self.names21 = names21
    }

    private static func check(_ pair: Pair, _ source: String) throws(Fault) {
        if pair.lsoa11.isEmpty || pair.lsoa21.isEmpty {
            throw fault(
                source, "a line has no code for 2011 or 2021 (\(pair.lsoa11)\(pair.lsoa21))",
                "Use lines with both codes.")
        }
        if pair.change == .unchanged, pair.lsoa11 != pair.lsoa21 {
            throw fault(
                source, "\(pair.lsoa11) is marked as unchanged (U) but becomes \(pair.lsoa21)",
                "Check that the columns are the right ones.")
        }
    }

    private static func fault(_ source: String, _ why: String, _ remedy: String) -> Fault {
        Fault("The look-up of LSOA codes could not be used", at: source, because: why, remedy: remedy)
    }

    /// What a code is.
    public func vintage(of code: String) -> Vintage {
        switch (componentOf11[code] != nil, componentOf21[code] != nil) {
        case (true, true): .unchanged
        case (true, false): .only2011
        case (false, true): .only2021
        case (false, false): .unlisted(LSOAVintage.reason(code))
        }
    }

    private static func reason(_ code: String) -> Reason {
        let bytes = Array(code.utf8)
        if bytes.count == 8, bytes.starts(with: "95".utf8) { return .northernIreland }
        guard let level = AreaLevel(ofCode: code) else { return .malformed }
        if level == .lsoa { return .notListed }
        if code.hasPrefix("S") { return .scotland }
        return code.hasPrefix("N") ? .northernIreland : .otherArea
    }

    /// The name of a code, the 2021 one first; nil when it is not listed or has no name.
    public func name(of code: String) -> String? {
        [names21[code], names11[code]].lazy.compactMap(\.self).first { !$0.isEmpty }
    }
}

/// Joins codes of two censuses into components (union by path halving). A code of 2011 and the same code of 2021 are
/// two nodes: they are joined only when a line says so.
private struct Links {
    private var parents: [Int] = []
    private var nodes11: [String: Int] = [:]
    private var nodes21: [String: Int] = [:]

    mutating func join(_ lsoa11: String, _ lsoa21: String) {
        let a = root(node(lsoa11, \.nodes11))
        let b = root(node(lsoa21, \.nodes21))
        parents[max(a, b)] = min(a, b)
    }

    private mutating func node(_ code: String, _ nodes: WritableKeyPath<Links, [String: Int]>) -> Int {
        if let known = self[keyPath: nodes][code] { return known }
        parents.append(parents.count)
        self[keyPath: nodes][code] = parents.count - 1
        return parents.count - 1
    }

    private mutating func root(_ node: Int) -> Int {
        var node = node
        while parents[node] != node {
            parents[node] = parents[parents[node]]
            node = parents[node]
        }
        return node
    }

    /// The components, in the order of their smallest 2021 codes.
    mutating func components() -> [LSOAVintage.Component] {
        var byRoot: [Int: LSOAVintage.Component] = [:]
        for (code, node) in nodes11.sorted(by: { $0.key < $1.key }) {
            byRoot[root(node), default: .init()].lsoa11.append(code)
        }
        for (code, node) in nodes21.sorted(by: { $0.key < $1.key }) {
            byRoot[root(node), default: .init()].lsoa21.append(code)
        }
        return byRoot.values.sorted { ($0.lsoa21.first ?? "") < ($1.lsoa21.first ?? "") }
    }
}
