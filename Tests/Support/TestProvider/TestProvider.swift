public import Foundation
import Synchronization

/// Debian's glewlwyd, started for tests by `Tests/Support/openid-provider` and stopped when they end.
public final class TestProvider: Sendable {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("openid-provider")
    /// The address to which people are sent back.
    public let redirect: String
    private let values: [String: String]
    // The script stops the provider when this end of its input closes.
    private let held: Mutex<(Process, Pipe)>

    /// Starts a provider of its own.
    /// - Throws: `Refused` when there is none.
    public init(redirect: String) throws {
        let process = Process()
        process.executableURL = TestProvider.script
        process.arguments = [
            "run", NSTemporaryDirectory() + "concord-provider-\(UUID().uuidString)", "--redirect", redirect,
        ]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var text = ""
        while !text.contains("ready\n") {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { break }
            text += String(decoding: more, as: UTF8.self)
        }
        guard text.contains("ready\n") else {
            process.waitUntilExit()
            throw Refused(status: process.terminationStatus)
        }
        let pairs = text.split(separator: "\n").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        values = Dictionary(uniqueKeysWithValues: pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) })
        held = Mutex((process, input))
        self.redirect = redirect
    }

    /// What the script says of it: `ISSUER`, `CLIENT`, `SECRET`, `USER1`.
    public subscript(name: String) -> String { values[name] ?? "" }

    /// Does what a person does in a browser: goes to the address, is sent to the provider's own page, signs in there,
    /// and is sent back.
    /// - Returns: the address to which the person is sent back.
    public func visit(_ address: String, as user: Int = 1, password: String? = nil) throws -> URL {
        let process = Process()
        process.executableURL = TestProvider.script
        process.arguments = [
            // A password may begin with a hyphen.
            "visit", address, "--user=\(self["USER\(user)"])", "--password=\(password ?? self["PASSWORD\(user)"])",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = Pipe()
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let place = String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard process.terminationStatus == 0, place.hasPrefix(redirect + "?"), let address = URL(string: place) else {
            throw Refused(status: process.terminationStatus)
        }
        return address
    }

    /// The script's exit status: 3 where glewlwyd is not installed, 4 where the provider did not take the password.
    public struct Refused: Error, Equatable {
        /// The status.
        public let status: Int32
    }
}
