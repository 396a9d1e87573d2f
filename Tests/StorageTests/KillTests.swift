import Foundation
import Kernel
import Storage
import TestDatabases
import Testing

/// What a program that dies in the middle of its writes leaves behind.
@Suite("Kill", .serialized)
struct KillTests {
    static let pairs = [
        Migration(
            number: 1, name: "pairs",
            statements: [
                "CREATE TABLE left_rows (number BIGINT PRIMARY KEY, filling BYTEA NOT NULL)",
                "CREATE TABLE right_rows (number BIGINT PRIMARY KEY, filling BYTEA NOT NULL)",
            ])
    ]

    /// The program beside the tests.
    static var writer: String {
        Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") }
            .map { URL(fileURLWithPath: $0).deletingLastPathComponent().path + "/storage-writer" }
            ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/storage-writer"
    }

    @Test("kill -9 in the middle of writes loses nothing that was acknowledged", arguments: Engine.allCases)
    func killed(_ engine: Engine) throws {
        // Durable as in service: this is what is proved.
        let cluster = engine == .postgreSQL ? try TestCluster(isDurable: true) : nil
        let test = try TestDatabase(engine, migrations: Self.pairs, cluster: cluster)
        defer { test.remove() }
        var generator = SeededRandom(seed: 20)
        var acknowledged = 0
        for round in 0..<24 {
            let milliseconds = UInt32.random(in: 1...60, using: &generator)
            acknowledged = try write(to: test, from: acknowledged + 1, forMilliseconds: milliseconds)
            if round % 8 == 7 { try cluster?.crash() }
            acknowledged = try check(test, acknowledged: acknowledged, round: round)
        }
        #expect(acknowledged > 24)
    }

    /// Lets the program write and kills it.
    /// - Returns: the last number that it said was written.
    private func write(to test: TestDatabase, from first: Int, forMilliseconds milliseconds: UInt32) throws -> Int {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: Self.writer)
        process.arguments = [test.address, String(first)]
        process.standardOutput = output
        try process.run()
        // The time runs from the first acknowledgement, so that every round is killed while it writes.
        var said = output.fileHandleForReading.availableData
        usleep(milliseconds * 1000)
        kill(process.processIdentifier, SIGKILL)
        said += output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        // A last line without its end was not acknowledged.
        let lines = String(decoding: said, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let numbers = lines.dropLast().compactMap { Int($0) }
        #expect(numbers.count == lines.count - 1, "\(lines.suffix(3))")
        #expect(numbers == Array(first..<first + numbers.count))
        return numbers.last ?? first - 1
    }

    /// - Returns: the last number that is there: the acknowledged one, or one more whose acknowledgement was cut off.
    private func check(_ test: TestDatabase, acknowledged: Int, round: Int) throws -> Int {
        // PostgreSQL may still be at the killed program's last commit: wait for its turn to end.
        try test.database.write { _ in }
        return try test.database.read { connection in
            let left = try connection.rows("SELECT number FROM left_rows ORDER BY number").map(\.values)
            let right = try connection.rows("SELECT number FROM right_rows ORDER BY number").map(\.values)
            #expect(left == right, "half a transaction in round \(round)")
            #expect(left == (0..<left.count).map { [.integer(Int64($0 + 1))] })
            #expect((acknowledged...acknowledged + 1).contains(left.count), "round \(round)")
            try connection.each("SELECT number, filling FROM right_rows") { row in
                let (number, filling) = (try row.get("number", as: Int.self), try row.get("filling", as: [UInt8].self))
                let whole = [UInt8](repeating: UInt8(number % 251), count: number * 7919 % 12_000)
                if filling != whole { Issue.record("row \(number) is damaged in round \(round)") }
            }
            if test.engine == .sqlite {
                #expect(try connection.first("PRAGMA integrity_check")?.get("integrity_check") == "ok")
            }
            return left.count
        }
    }
}
