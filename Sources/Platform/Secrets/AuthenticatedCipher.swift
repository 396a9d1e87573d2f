internal import CCrypto

/// AES-256-GCM (NIST SP 800-38D) by OpenSSL's libcrypto.
enum AuthenticatedCipher {
    /// Bytes of a key.
    static let keyLength = 32
    /// Bytes of a nonce.
    static let nonceLength = 12
    /// Bytes by which the cipher is longer than the text: what proves that nothing was altered.
    static let tagLength = 16

    /// The cipher with its proof at the end.
    /// - Parameter about: data that is not in the cipher and must be the same when it is opened.
    /// - Throws: `SecretError.unavailable`.
    static func seal(_ bytes: [UInt8], key: [UInt8], nonce: [UInt8], about: [UInt8]) throws -> [UInt8] {
        guard key.count == keyLength, nonce.count == nonceLength, let context = EVP_CIPHER_CTX_new() else {
            throw SecretError.unavailable
        }
        defer { EVP_CIPHER_CTX_free(context) }
        var out = [UInt8](repeating: 0, count: bytes.count)
        var tag = [UInt8](repeating: 0, count: tagLength)
        var count: Int32 = 0
        guard EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
            EVP_EncryptUpdate(context, nil, &count, about, Int32(about.count)) == 1,
            EVP_EncryptUpdate(context, &out, &count, bytes, Int32(bytes.count)) == 1, count == bytes.count,
            EVP_EncryptFinal_ex(context, &tag, &count) == 1,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagLength), &tag) == 1
        else { throw SecretError.unavailable }
        return out + tag
    }

    /// What was sealed.
    /// - Throws: `SecretError.altered`, and `.unavailable`.
    static func open(_ sealed: [UInt8], key: [UInt8], nonce: [UInt8], about: [UInt8]) throws -> [UInt8] {
        guard key.count == keyLength, nonce.count == nonceLength, sealed.count >= tagLength else {
            throw SecretError.altered
        }
        guard let context = EVP_CIPHER_CTX_new() else { throw SecretError.unavailable }
        defer { EVP_CIPHER_CTX_free(context) }
        let bytes = Array(sealed.dropLast(tagLength))
        var tag = Array(sealed.suffix(tagLength))
        var out = [UInt8](repeating: 0, count: bytes.count)
        var rest = [UInt8](repeating: 0, count: tagLength)
        var count: Int32 = 0
        guard EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
            EVP_DecryptUpdate(context, nil, &count, about, Int32(about.count)) == 1,
            EVP_DecryptUpdate(context, &out, &count, bytes, Int32(bytes.count)) == 1, count == bytes.count,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagLength), &tag) == 1
        else { throw SecretError.unavailable }
        guard EVP_DecryptFinal_ex(context, &rest, &count) == 1 else { throw SecretError.altered }
        return out
    }
}
