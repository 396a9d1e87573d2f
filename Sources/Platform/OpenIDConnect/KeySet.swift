public import Kernel
internal import Secrets

/// The algorithms by which a token may be signed. Never `none`, and none with a shared secret (RFC 8725, 3.1).
public enum SigningAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// RSA PKCS #1 v1.5 with SHA-256.
    case rs256 = "RS256"
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// RSA-PSS with SHA-256.
    case ps256 = "PS256"

    var keyType: String { self == .es256 ? "EC" : "RSA" }
}

/// A provider's public keys (RFC 7517).
public struct KeySet: Hashable, Sendable {
    /// The keys that can check a token's signature.
    let keys: [Key]

    /// A public key.
    struct Key: Hashable, Sendable {
        let id: String?
        let type: String
        /// The one algorithm that it is for, when it says so.
        let algorithm: String?
        /// Only the public numbers, checked: `n` and `e`, or `crv`, `x` and `y`.
        let numbers: [JSON.Member]
    }

    /// Reads a key set. Keys for other uses, of other kinds, too short or broken are left out; no more than 100 are
    /// read.
    /// - Throws: a `Fault` when it is no key set.
    public init(_ document: JSON) throws(Fault) {
        guard case .array(let items)? = document["keys"] else {
            throw Fault("The sign-in provider's keys could not be read", because: "they are not a JSON Web Key set")
        }
        keys = items.prefix(100).compactMap(KeySet.key)
    }

    /// How many keys can be used.
    public var count: Int { keys.count }

    /// The keys with which a token may have been signed: those of its key id, or without one, all of the kind.
    func candidates(id: String?, _ algorithm: SigningAlgorithm) -> [Key] {
        keys.filter { key in
            key.type == algorithm.keyType && (key.algorithm.map { $0 == algorithm.rawValue } ?? true)
                && (id.map { wanted in key.id.map { isSame($0, wanted) } ?? false } ?? true)
        }
    }

    private static func key(_ item: JSON) -> Key? {
        if let use = item["use"], use != .string("sig") { return nil }
        if item["key_ops"] != nil, item.texts("key_ops")?.contains("verify") != true { return nil }
        guard let type = item.text("kty") else { return nil }
        let numbers: [JSON.Member]
        switch type {
        case "RSA":
            guard let modulus = item.text("n"), let exponent = item.text("e"), isRSA(modulus, exponent) else {
                return nil
            }
            numbers = [JSON.Member("n", .string(modulus)), JSON.Member("e", .string(exponent))]
        case "EC":
            guard item.text("crv") == "P-256", let x = item.text("x"), let y = item.text("y"),
                Base64URL.decode(x)?.count == 32, Base64URL.decode(y)?.count == 32
            else { return nil }
            numbers = [
                JSON.Member("crv", .string("P-256")), JSON.Member("x", .string(x)), JSON.Member("y", .string(y)),
            ]
        default: return nil
        }
        return Key(id: item.text("kid"), type: type, algorithm: item.text("alg"), numbers: numbers)
    }

    // 2048 bits at least (RFC 7518, 3.3), and no more than makes a check slow; an odd exponent from 3 up.
    private static func isRSA(_ modulus: String, _ exponent: String) -> Bool {
        guard let n = Base64URL.decode(modulus)?.drop(while: { $0 == 0 }), let e = Base64URL.decode(exponent),
            let first = n.first, let last = e.last
        else { return false }
        let bits = n.count * 8 - first.leadingZeroBitCount
        return (2048...8192).contains(bits) && e.count <= 8 && last % 2 == 1 && (e.count > 1 || last >= 3)
    }
}
