import Foundation
import Kernel
import OpenIDConnect
import Synchronization

/// Debian's glewlwyd, started for these tests by `Tests/Support/openid-provider` and stopped when they end.
final class RealProvider: Sendable {
    /// The provider, or why there is none.
    static let shared = Result<RealProvider, any Error> { try RealProvider() }

    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Support/openid-provider")
    static let redirect = "http://localhost:8080/sign-in/return"
    private let values: [String: String]
    // The script stops the provider when this end of its input closes.
    private let held: Mutex<(Process, Pipe)>

    private init() throws {
        let process = Process()
        process.executableURL = RealProvider.script
        process.arguments = [
            "run", NSTemporaryDirectory() + "concord-provider-\(UUID().uuidString)", "--redirect",
            RealProvider.redirect,
        ]
        let input = Pipe()
        let output = Pipe()
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
        var values: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
        }
        self.values = values
        held = Mutex((process, input))
    }

    subscript(name: String) -> String { values[name] ?? "" }

    func settings(isPublic: Bool = false, secret: String? = nil, asksUserInfo: Bool = false) throws -> ProviderSettings
    {
        try ProviderSettings(
            issuer: self["ISSUER"], clientID: self[isPublic ? "PUBLIC_CLIENT" : "CLIENT"],
            secret: isPublic ? nil : Redacted(secret ?? self["SECRET"]), redirect: RealProvider.redirect,
            asksUserInfo: asksUserInfo)
    }

    /// Does what a person does in a browser: goes to the address, is sent to the provider's own page, signs in there,
    /// and is sent back.
    /// - Returns: the parameters of the address to which the person is sent back.
    func signIn(at address: String, as user: Int = 1, password: String? = nil) throws -> [(name: String, value: String)]
    {
        let process = Process()
        process.executableURL = RealProvider.script
        process.arguments = [
            "visit", address, "--user", self["USER\(user)"], "--password", password ?? self["PASSWORD\(user)"],
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = Pipe()
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Refused(status: process.terminationStatus) }
        let place = String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard place.hasPrefix(RealProvider.redirect + "?") else { throw Refused(status: 0) }
        return (URLComponents(string: place)?.queryItems ?? []).map { (name: $0.name, value: $0.value ?? "") }
    }

    /// The script's exit status: 3 where glewlwyd is not installed, 4 where the provider did not take the password.
    struct Refused: Error, Equatable { let status: Int32 }
}
