import Foundation
import Synchronization
import TestSite

/// Debian's glewlwyd, started for these tests by `Tests/Support/openid-provider` and stopped when they end.
final class TestProvider: Sendable {
    /// The provider, or why there is none.
    static let shared = Result<TestProvider, any Error> { try TestProvider() }
    /// What people type to reach the site.
    static let address = "http://localhost:8080"

    private static let script = URL(fileURLWithPath: "\(TestSite.root)/Tests/Support/openid-provider")
    private let values: [String: String]
    // The script stops the provider when this end of its input closes.
    private let held: Mutex<(Process, Pipe)>

    private init() throws {
        let process = Process()
        process.executableURL = TestProvider.script
        process.arguments = [
            "run", NSTemporaryDirectory() + "concord-provider-\(UUID().uuidString)", "--redirect",
            "\(TestProvider.address)/sign-in/provider/obbwade-council/return",
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
    }

    subscript(name: String) -> String { values[name] ?? "" }

    /// Does what a person does at the provider, and says where they are sent back to, as path and query.
    func visit(_ address: String, as user: Int = 1) throws -> String {
        let process = Process()
        process.executableURL = TestProvider.script
        process.arguments = [
            "visit", address, "--user", self["USER\(user)"], "--password", self["PASSWORD\(user)"],
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = Pipe()
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let place = String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard process.terminationStatus == 0, place.hasPrefix(TestProvider.address + "/") else {
            throw Refused(status: process.terminationStatus)
        }
        return String(place.dropFirst(TestProvider.address.count))
    }

    /// The script's exit status: 3 where glewlwyd is not installed.
    struct Refused: Error, Equatable { let status: Int32 }
}
