/// Finds the route of a request: segment by segment, a literal before a parameter.
public struct Router<Handler> {
    /// What a request leads to.
    public enum Match {
        /// A route, with the values of its parameters. HEAD finds the route of GET.
        case found(Route<Handler>, PathParameters)
        /// The same path without, or with, its last slash: to be redirected to.
        case redirect(String)
        /// There are routes for the path but not for the method.
        case notAllowed(allow: [Method])
        /// No route.
        case none
    }

    /// All routes, as given.
    public let routes: [Route<Handler>]
    private let root: RouteNode

    /// A router. Two routes of the same method and path stop the program: one would never be reached.
    public init(_ routes: [Route<Handler>]) {
        let fault = Router.fault(in: routes)
        precondition(fault == nil, fault ?? "")
        self.routes = routes
        var root = RouteNode()
        for (index, route) in routes.enumerated() {
            root.insert(route.segments.map(\.literal)[...], route.method, index)
        }
        self.root = root
    }

    /// The first route that is never reached because another takes the same requests, or nil.
    static func fault(in routes: [Route<Handler>]) -> String? {
        var known: Set<[String?]> = []
        let again = routes.first { !known.insert([$0.method.rawValue] + $0.segments.map(\.literal)).inserted }
        return again.map { "two routes for \($0.method.rawValue) \($0.pattern)" }
    }

    /// Finds the route.
    /// - Parameter path: the path as it was sent, percent-encoded.
    public func match(_ method: Method, _ path: String) -> Match {
        guard path.utf8.first == UInt8(ascii: "/") else { return .none }
        var parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let endsWithSlash = parts.count > 1 && parts.last?.isEmpty == true
        if endsWithSlash { parts.removeLast() }
        if endsWithSlash, parts == [""] { return .none }
        guard parts.count <= 32, let segments = decoded(parts), let node = root.find(segments[...]) else {
            return .none
        }
        let wanted = method == .head && node.methods[.head] == nil ? .get : method
        if endsWithSlash {
            return method.isSafe ? .redirect("/" + parts.joined(separator: "/")) : .none
        }
        guard let index = node.methods[wanted] else { return .notAllowed(allow: node.allowed) }
        let route = routes[index]
        var values: [FormFields.Field] = []
        for (segment, value) in zip(route.segments, segments) {
            if case .parameter(let name) = segment { values.append(.init(name, value)) }
        }
        return .found(route, PathParameters(values))
    }

    // Nil when a segment is not well encoded. An encoded slash stays inside its segment.
    private func decoded(_ parts: [Substring]) -> [String]? {
        var segments: [String] = []
        for part in parts {
            guard let segment = PercentCoding.decode(part) else { return nil }
            segments.append(segment)
        }
        return segments
    }
}

extension Router: Sendable where Handler: Sendable {}

/// The routes below one segment, by their place in the router's list.
private struct RouteNode {
    var literals: [String: RouteNode] = [:]
    // At most one node: a box that a value type can hold.
    var parameter: [RouteNode] = []
    var methods: [Method: Int] = [:]

    // A nil segment is a parameter.
    mutating func insert(_ segments: ArraySlice<String?>, _ method: Method, _ index: Int) {
        guard let first = segments.first else {
            methods[method] = index
            return
        }
        if let literal = first {
            literals[literal, default: RouteNode()].insert(segments.dropFirst(), method, index)
        } else {
            if parameter.isEmpty { parameter = [RouteNode()] }
            parameter[0].insert(segments.dropFirst(), method, index)
        }
    }

    // The first node with routes, literals before parameters, going back where a literal leads nowhere.
    func find(_ segments: ArraySlice<String>) -> RouteNode? {
        guard let first = segments.first else { return methods.isEmpty ? nil : self }
        if let found = literals[first]?.find(segments.dropFirst()) { return found }
        return first.isEmpty ? nil : parameter.first?.find(segments.dropFirst())
    }

    var allowed: [Method] {
        var all = Set(methods.keys).union([.options])
        if methods[.get] != nil { all.insert(.head) }
        return all.sorted()
    }
}
