public import HTTP
public import Kernel

/// Where a server listens and what it bears.
public struct ServerConfiguration: Sendable {
    /// An IPv4 or IPv6 address, or `unix:` and the path of a socket.
    public var address: String
    /// The port; 0 takes a free one. Not used with a socket.
    public var port: Int
    /// The threads that answer, each with its own connections. One that waits in a handler keeps its connections waiting.
    public var threads: Int
    /// The threads for slow routes.
    public var slowThreads: Int
    /// The most connections at a time; more wait in the system's queue.
    public var connectionLimit: Int
    /// The most connections of one address at a time, trusted proxies excepted; more are closed at once.
    public var connectionsPerAddress: Int
    /// How long a connection may be silent, in seconds.
    public var idleSeconds: Int
    /// How long the head of a request may take, in seconds.
    public var headSeconds: Int
    /// How long a body or an answer may take besides the time that its bytes have at the least rate, in seconds.
    public var transferSeconds: Int
    /// The least rate of bodies and answers, in bytes a second.
    public var leastRate: Int
    /// The largest head of a request, in bytes.
    public var headLimit: Int
    /// The largest body of any request, whatever its route allows, in bytes.
    public var bodyLimit: Int
    /// The proxies whose X-Forwarded-For, X-Forwarded-Proto and X-Request-Id are believed: addresses or networks such as
    /// `10.1.0.0/16`. Peers on a Unix socket always are.
    public var trustedProxies: [String]
    /// How long running requests have when the server stops, in seconds.
    public var stopSeconds: Int
    /// The time between heartbeats of event streams, in seconds.
    public var heartbeatSeconds: Int
    /// The fields for browsers' safety, put on every answer.
    public var security: SecurityHeaders
    /// Tells the time for logs.
    public var clock: Clock

    /// A configuration fit for a partnership's server behind a proxy on the same machine.
    public init(address: String = "127.0.0.1", port: Int = 8080, clock: Clock = .system) {
        self.address = address
        self.port = port
        self.clock = clock
        threads = 8
        slowThreads = 4
        connectionLimit = 1000
        connectionsPerAddress = 64
        idleSeconds = 30
        headSeconds = 10
        transferSeconds = 30
        leastRate = 1024
        headLimit = 16 << 10
        bodyLimit = 256 << 20
        trustedProxies = []
        stopSeconds = 10
        heartbeatSeconds = 15
        security = SecurityHeaders()
    }
}
