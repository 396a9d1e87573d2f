import Foundation
import Kernel
import Secrets
import Testing

@Suite struct SealingKeyTests {
    static let key = SealingKey(bytes: Array(1...32))
    // Sealed with PyNaCl: key number 1, nonce 40…57, "1" and the context as the associated data.
    static let sealed: [UInt8] =
        [1] + Array(0x40...0x57)
        + [
            0x7B, 0x7A, 0x51, 0x9D, 0xA3, 0x8F, 0xA0, 0x7F, 0xE7, 0x10, 0xB7, 0xE4, 0xDD, 0x91, 0x24, 0x4D, 0x2D, 0x59,
            0x4E, 0xE8, 0x33, 0x26, 0xAC, 0x5D, 0xA8, 0xA8, 0x45, 0x15, 0x6D, 0xB2, 0x50, 0x04, 0xD4, 0xA0, 0x8A, 0x22,
        ]
    static let context = "second factor 7"

    @Test("What another implementation sealed is opened")
    func opens() throws {
        let bytes = try SealingKeyTests.key.open(SealingKeyTests.sealed, context: SealingKeyTests.context)
        #expect(String(decoding: bytes, as: UTF8.self) == "twenty secret bytes!")
    }

    @Test("Any altered, missing or added byte is noticed")
    func altered() {
        let sealed = SealingKeyTests.sealed
        for index in sealed.indices {
            var other = sealed
            other[index] ^= 1
            #expect(throws: SecretError.altered) {
                try SealingKeyTests.key.open(other, context: SealingKeyTests.context)
            }
            #expect(throws: SecretError.altered) {
                try SealingKeyTests.key.open(Array(sealed[..<index]), context: SealingKeyTests.context)
            }
        }
        #expect(throws: SecretError.altered) {
            try SealingKeyTests.key.open(sealed + [0], context: SealingKeyTests.context)
        }
    }

    @Test("It opens for the same purpose and with the same key only")
    func purposes() throws {
        for context in ["", "second factor 8", "second factor 7 ", "Second factor 7"] {
            #expect(throws: SecretError.altered) {
                try SealingKeyTests.key.open(SealingKeyTests.sealed, context: context)
            }
        }
        #expect(throws: SecretError.altered) {
            try SealingKey(bytes: Array(2...33)).open(SealingKeyTests.sealed, context: SealingKeyTests.context)
        }
    }

    @Test("Sealing the same twice gives different texts, and both open, empty ones too")
    func seals() throws {
        for bytes in [[], [7], Array(repeating: UInt8(9), count: 5000)] as [[UInt8]] {
            let first = try SealingKeyTests.key.seal(bytes, context: "a")
            let second = try SealingKeyTests.key.seal(bytes, context: "a")
            #expect(first != second)
            #expect(first.count == bytes.count + 41)
            #expect(try SealingKeyTests.key.open(first, context: "a") == bytes)
            #expect(try SealingKeyTests.key.open(second, context: "a") == bytes)
        }
    }

    @Test("A key never shows itself")
    func silent() {
        var dumped = ""
        dump(SealingKeyTests.key, to: &dumped)
        #expect(
            "\(SealingKeyTests.key) \(String(reflecting: SealingKeyTests.key))"
                == "sealing key 1 of 1 sealing key 1 of 1")
        #expect(!dumped.contains("17"))
    }
}

@Suite struct KeyFileTests {
    private func withFile(_ bytes: [UInt8], mode: Int = 0o600, _ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "concord-key-\(UUID().uuidString)"
        #expect(
            FileManager.default.createFile(atPath: path, contents: Data(bytes), attributes: [.posixPermissions: mode]))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test("After a rotation the new key seals and the old one still opens")
    func rotation() throws {
        let file = SealingKey.newFile()
        try withFile(file) { path in
            let old = try SealingKey(contentsOf: path)
            let sealed = try old.seal([1, 2, 3], context: "c")
            #expect(!old.needsResealing(sealed))

            try withFile(try SealingKey.rotated(file)) { newPath in
                let new = try SealingKey(contentsOf: newPath)
                #expect(try new.open(sealed, context: "c") == [1, 2, 3])
                #expect(new.needsResealing(sealed))
                let again = try new.seal([1, 2, 3], context: "c")
                #expect(!new.needsResealing(again))
                #expect(throws: SecretError.altered) { try old.open(again, context: "c") }
                #expect(old.derived(for: "forms") != new.derived(for: "forms"))
                #expect(new.derived(for: "forms") != new.derived(for: "other"))
            }
        }
    }

    @Test("A file that others may read is refused with what to run", arguments: [0o640, 0o604, 0o660, 0o644, 0o601])
    func modes(_ mode: Int) throws {
        try withFile(SealingKey.newFile(), mode: mode) { path in
            let fault = #expect(throws: Fault.self) { try SealingKey(contentsOf: path) }
            #expect(fault?.remedy == "Run: chmod 600 \(path)")
        }
    }

    @Test("A broken file is refused by its line, without showing it")
    func broken() throws {
        let good = String(decoding: SealingKey.newFile(), as: UTF8.self)
        let texts = [
            "", "\n\n", "1 short\n", good + "two AAAA\n", good + good, "256" + good.dropFirst(), good + "x",
            good.replacing("1 ", with: "1  "), " " + good,
        ]
        for text in texts {
            try withFile(Array(text.utf8)) { path in
                let fault = #expect(throws: Fault.self, "\(text)") { try SealingKey(contentsOf: path) }
                #expect(fault?.place.hasPrefix(path) == true)
                #expect(fault?.description.contains(good.dropFirst(2).prefix(20)) == false)
            }
        }
        #expect(throws: Fault.self) { try SealingKey(contentsOf: "/nonexistent/key") }
        #expect(throws: Fault.self) { try SealingKey(contentsOf: NSTemporaryDirectory()) }
    }
}
