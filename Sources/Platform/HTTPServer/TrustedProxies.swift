internal import HTTP
internal import Kernel

/// The proxies before the server, and what they say of a client.
struct TrustedProxies: Sendable {
    private struct Network {
        let address: NetworkAddress
        let bits: Int
    }

    private let networks: [Network]

    /// - Throws: a `Fault` that names the entry that is no address and no network.
    init(_ entries: [String]) throws(Fault) {
        var networks: [Network] = []
        for entry in entries {
            let parts = entry.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            let isFour = !entry.contains(":")
            let most = isFour ? 32 : 128
            let bits = parts.count == 2 ? Int(parts[1]) : most
            guard let address = NetworkAddress(parts[0]), let bits, (0...most).contains(bits) else {
                throw Fault(
                    "A trusted proxy is not an address", at: entry, because: "it is neither an address nor a network",
                    remedy: "Write it as 10.1.2.3 or 10.1.0.0/16.")
            }
            networks.append(Network(address: address, bits: bits + (isFour ? 96 : 0)))
        }
        self.networks = networks
    }

    /// Whether a peer is believed; nil is a peer on a Unix socket.
    func trusts(_ peer: NetworkAddress?) -> Bool {
        guard let peer else { return true }
        return networks.contains { peer.isWithin($0.address, bits: $0.bits) }
    }

    /// The client's address: that of the peer or, from a trusted one, the last in X-Forwarded-For that is not itself a
    /// trusted proxy. What stands before it was written by the client and is not believed.
    func client(of peer: NetworkAddress?, _ headers: Headers) -> (address: String, isSecure: Bool) {
        guard trusts(peer) else { return (peer?.text ?? "", false) }
        let isSecure = headers.joined("X-Forwarded-Proto")
            .flatMap { $0.split(separator: ",").last }
            .map { $0.filter { $0 != " " }.lowercased() == "https" }
        var client = peer
        for hop in (headers.joined("X-Forwarded-For") ?? "").split(separator: ",").suffix(20).reversed() {
            guard let address = NetworkAddress(hop.filter { $0 != " " }) else { break }
            client = address
            if !trusts(address) { break }
        }
        return (client?.text ?? "unix", isSecure ?? false)
    }

    /// The request's id that a trusted proxy gave, when it is well-formed: 8 to 64 letters, digits, hyphens, dots or
    /// underscores.
    func requestID(from peer: NetworkAddress?, _ headers: Headers) -> String? {
        guard trusts(peer), let id = headers["X-Request-Id"], (8...64).contains(id.utf8.count) else { return nil }
        let isPlain = id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isPlain ? id : nil
    }
}
