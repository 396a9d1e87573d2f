public import HTTP
internal import Kernel

/// Whether the parts that a server needs work: for /health, which proxies and systemd ask.
public struct Health: Sendable {
    /// One part: a name for operators, and a check that throws when it does not work.
    public typealias Check = (name: String, run: @Sendable () throws -> Void)

    private let checks: [Check]

    /// A server without checks is in health when it answers.
    public init(_ checks: [Check] = []) { self.checks = checks }

    /// 200 when all parts work, otherwise 503; each part with `ok` or `failing` and nothing more, for anybody may ask.
    public func response() -> Response {
        var parts: [JSON.Member] = []
        var isWell = true
        for check in checks {
            let works = (try? check.run()) != nil
            isWell = isWell && works
            parts.append(.init(check.name, .string(works ? "ok" : "failing")))
        }
        let json = JSON.members(("status", .string(isWell ? "ok" : "failing")), ("parts", .object(parts)))
        return .json(json, status: isWell ? .ok : .serviceUnavailable)
    }
}
