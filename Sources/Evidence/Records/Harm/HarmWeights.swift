public import Files
public import Kernel

/// Harm weights: the days of harm of an offence, by the schemes of offences that sources use.
///
/// All weights are whole hundredths of a day, so that sums are exact and do not depend on their order.
public struct HarmWeights: Sendable {
    /// A weight, in hundredths of a day.
    public struct Weight: Hashable, Sendable {
        /// The weight used.
        public var days: Int64
        /// The lowest weight that the key can stand for.
        public var low: Int64
        /// The highest weight that the key can stand for.
        public var high: Int64

        /// A weight and its range, in hundredths of a day.
        public init(days: Int64, low: Int64, high: Int64) {
            self.days = days
            self.low = low
            self.high = high
        }
    }

    /// Short name.
    public let id: String
    /// Name for people.
    public let title: String
    /// Edition.
    public let version: String
    /// SHA-256 of the file, in hexadecimal.
    public let sha256: String
    /// Where the weights come from.
    public let sources: [String]
    /// Weights by scheme and folded key. The scheme "any" serves every source.
    private let schemes: [String: [String: Weight]]

    /// A set of weights.
    public init(
        id: String, title: String, version: String, sha256: String, sources: [String],
        schemes: [String: [String: Weight]]
    ) {
        self.id = id
        self.title = title
        self.version = version
        self.sha256 = sha256
        self.sources = sources
        self.schemes = schemes.mapValues { weights in
            Dictionary(weights.map { (Header.folded($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Reads a definition file.
    public init(_ file: DefinitionFile) throws(Fault) {
        let root = file.root
        var schemes: [String: [String: Weight]] = [:]
        for (scheme, node) in try root.required("schemes").members() {
            var weights: [String: Weight] = [:]
            for (key, child) in try node.members() where child.value != .null {
                if let weight = try HarmWeights.weight(child) { weights[key] = weight }
            }
            schemes[scheme] = weights
        }
        self.init(
            id: try root.required("id").text(), title: try root.required("title").text(),
            version: try root.required("version").text(), sha256: file.sha256,
            sources: try root.optional("sources").map { (node) throws(Fault) in try HarmWeights.texts(node) } ?? [],
            schemes: schemes)
    }

    /// The weight of an incident: by its offence where the set knows it, otherwise by its category; nil when neither.
    /// - Parameters:
    ///   - scheme: the scheme of the source's categories.
    ///   - category: the source's category.
    ///   - offence: the source's offence code or minor category, empty when there is none.
    public func weight(scheme: String, category: String, offence: String) -> Weight? {
        if !offence.isEmpty {
            let key = Header.folded(offence)
            for scheme in ["ho-code", "mps-minor", "any"] {
                if let weight = schemes[scheme]?[key] { return weight }
            }
        }
        let key = Header.folded(category)
        return schemes[scheme]?[key] ?? schemes["any"]?[key] ?? schemes["police-uk"]?[key]
    }

    private static func weight(_ node: DefinitionNode) throws(Fault) -> Weight? {
        if case .object = node.value {
            guard let days = try node.optional("days") else { return nil }
            let middle = try hundredths(days)
            let low = try node.optional("low").map { (node) throws(Fault) in try hundredths(node) } ?? middle
            let high = try node.optional("high").map { (node) throws(Fault) in try hundredths(node) } ?? middle
            guard low <= middle, middle <= high else {
                throw node.fault("days must lie between low and high")
            }
            return Weight(days: middle, low: low, high: high)
        }
        let days = try hundredths(node)
        return Weight(days: days, low: days, high: days)
    }

    private static func hundredths(_ node: DefinitionNode) throws(Fault) -> Int64 {
        guard let days = HarmWeights.hundredths(try node.number()) else {
            throw node.fault("a weight is a number of days from 0 to 100,000 with at most two decimals")
        }
        return days
    }

    /// Whole hundredths of a number of days; nil outside 0…100,000 or with more than two decimals.
    public static func hundredths(_ days: Double) -> Int64? {
        guard days >= 0, days <= 100_000, abs((days * 100).rounded() - days * 100) < 1e-6 else { return nil }
        return Int64((days * 100).rounded())
    }

    private static func texts(_ node: DefinitionNode) throws(Fault) -> [String] {
        var texts: [String] = []
        for item in try node.items() {
            if case .string(let text) = item.value {
                texts.append(text)
            } else if let title = try item.optional("title") {
                texts.append(try title.text())
            }
        }
        return texts
    }
}

extension HarmWeights {
    /// The set as a definition file.
    public func definition() -> JSON {
        let schemes = self.schemes.sorted { $0.key < $1.key }.map { scheme, weights in
            JSON.Member(
                scheme,
                .object(
                    weights.sorted { $0.key < $1.key }.map { key, weight in
                        JSON.Member(key, HarmWeights.json(weight))
                    }))
        }
        return .members(
            ("id", .string(id)), ("title", .string(title)), ("version", .string(version)), ("unit", .string("days")),
            ("sources", .array(sources.map(JSON.string))), ("schemes", .object(schemes)))
    }

    private static func json(_ weight: Weight) -> JSON {
        func days(_ hundredths: Int64) -> JSON { .number(Double(hundredths) / 100) }
        if weight.low == weight.high { return .members(("days", days(weight.days))) }
        return .members(("days", days(weight.days)), ("low", days(weight.low)), ("high", days(weight.high)))
    }
}
