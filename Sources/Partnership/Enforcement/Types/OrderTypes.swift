public import Files
public import Kernel
public import Rules

/// All order types.
public struct OrderTypes: Sendable {
    /// The types, in the order of their names.
    public let all: [OrderType]
    private let byCode: [Code<OrderType>: OrderType]

    /// Reads order types.
    /// - Parameter rules: the rules that the types may name.
    /// - Throws: a `Fault` that names the place in the file: a wrong value, a code used twice, a rule or a type that is
    ///   not there.
    public init(_ files: [DefinitionFile], rules: PolicyRules) throws(Fault) {
        let known = Set(rules.all.map(\.key))
        var byCode: [Code<OrderType>: OrderType] = [:]
        var nodes: [(OrderType, DefinitionNode)] = []
        for file in files {
            try file.root.allow(only: ["name", "version", "notes", "types"])
            for node in try file.root.required("types").items() {
                let type = try OrderType(node)
                if byCode[type.code] != nil { throw node.fault("the code \(type.code) is used twice") }
                for key in type.rules.sorted() where !known.contains(key) {
                    throw node.fault("there is no rule \(key)", remedy: "Add the rule, or correct its name here.")
                }
                byCode[type.code] = type
                nodes.append((type, node))
            }
        }
        for (type, node) in nodes {
            if let before = type.before, byCode[before.type] == nil {
                throw try node.required("before").fault("there is no order type \(before.type)")
            }
        }
        self.byCode = byCode
        all = byCode.values.sorted { ($0.name, $0.code) < ($1.name, $1.code) }
    }

    /// The types of a folder such as `Definitions/order-types`.
    /// - Throws: a `Fault` that names the place in the file.
    public init(folder: String, rules: PolicyRules) throws(Fault) {
        var files: [DefinitionFile] = []
        for name in try FileSystem.names(in: folder).sorted() where name.hasSuffix(".json") {
            files.append(try DefinitionFile(path: "\(folder)/\(name)"))
        }
        try self.init(files, rules: rules)
    }

    /// A type, or nil.
    public subscript(_ code: Code<OrderType>) -> OrderType? { byCode[code] }

    /// The lines of the report in their order, each with the types that it counts.
    public var lines: [(name: String, types: Set<Code<OrderType>>)] {
        let lined = all.compactMap { type in type.line.map { (line: $0, code: type.code) } }
        let places = Dictionary(grouping: lined) { $0.line.name }
        let sorted = places.sorted { a, b in
            (a.value.map(\.line.place).min() ?? 0, a.key) < (b.value.map(\.line.place).min() ?? 0, b.key)
        }
        return sorted.map { (name: $0.key, types: Set($0.value.map(\.code))) }
    }
}

/// What orders are judged by: the types, the rules and the calendar.
public struct OrderLaw: Sendable {
    /// The types.
    public let types: OrderTypes
    /// The rules.
    public let rules: PolicyRules
    /// The calendar.
    public let calendar: ClockCalendar

    /// A law.
    public init(types: OrderTypes, rules: PolicyRules, calendar: ClockCalendar) {
        self.types = types
        self.rules = rules
        self.calendar = calendar
    }
}
