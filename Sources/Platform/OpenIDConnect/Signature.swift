internal import CJose
internal import Kernel

/// Checks signatures with libjose.
enum Signature {
    /// Whether a token's signature was made with the key, by that algorithm and no other.
    static func isValid(
        protected: String, payload: String, signature: String, key: KeySet.Key, _ algorithm: SigningAlgorithm
    ) -> Bool {
        let members = [JSON.Member("kty", .string(key.type)), JSON.Member("alg", .string(algorithm.rawValue))]
        let token = JSON.members(
            ("protected", .string(protected)), ("payload", .string(payload)), ("signature", .string(signature)))
        guard let jwk = loaded(.object(members + key.numbers)) else { return false }
        defer { json_decref(jwk) }
        guard let jws = loaded(token) else { return false }
        defer { json_decref(jws) }
        return jose_jws_ver(nil, jws, nil, jwk, false)
    }

    private static func loaded(_ json: JSON) -> UnsafeMutablePointer<json_t>? {
        let bytes = json.encoded(indented: false)
        return bytes.withUnsafeBytes { raw in
            json_loadb(raw.bindMemory(to: CChar.self).baseAddress, raw.count, 0, nil)
        }
    }
}
