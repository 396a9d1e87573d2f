import Kernel
import Storage
import Testing

@testable import Governance

@Suite("Throttling", .serialized)
struct ThrottleTests {
    private let rule = ThrottleRule(free: 3, firstDelay: 2, longestDelay: 60, halfLife: 600)

    @Test(
        "The delay after n failures at once",
        arguments: zip(1...12, [0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60, 60] as [Double]))
    func delays(failures: Int, delay: Double) {
        var state = ThrottleState(at: morning)
        for _ in 0..<failures { state = state.failed(rule, at: morning) }
        #expect(state.wait(rule, at: morning) == delay)
        #expect(state.wait(rule, at: morning.advanced(byMilliseconds: Int64(delay * 1000))) == 0)
    }

    @Test("Half of the score is forgotten in a half-life")
    func decay() {
        var state = ThrottleState(at: morning)
        for _ in 0..<8 { state = state.failed(rule, at: morning) }
        #expect(state.score(rule, at: morning) == 8)
        #expect(state.score(rule, at: morning.advanced(bySeconds: 600)) == 4)
        #expect(state.score(rule, at: morning.advanced(bySeconds: 1200)) == 2)
        let later = state.failed(rule, at: morning.advanced(bySeconds: 1800))
        #expect(later.wait(rule, at: morning.advanced(bySeconds: 1800)) == 0)
    }

    @Test("A clock set back neither lengthens the wait beyond the longest nor raises the score")
    func clockBack() {
        var state = ThrottleState(at: morning)
        for _ in 0..<12 { state = state.failed(rule, at: morning) }
        let before = morning.advanced(bySeconds: -86_400)
        #expect(state.wait(rule, at: before) == 60)
        #expect(state.score(rule, at: before) == 12)
    }

    @Test("Failures of any number and age give finite waits")
    func extremes() {
        var state = ThrottleState(at: morning)
        for _ in 0..<3000 { state = state.failed(rule, at: morning) }
        #expect(state.wait(rule, at: morning) == 60)
        #expect(state.score(rule, at: Instant(milliseconds: 253_402_300_799_000)) < 1e-9)
    }

    @Test(
        "An attempt is counted when it begins, so those made side by side do not pass together",
        arguments: TestEngine.all)
    func sideBySide(engine: TestEngine) throws {
        try engine.use { database in
            let keys = [ThrottleKey.account("a@b.example", from: "192.0.2.1")]
            let begun = try (0..<20).map { _ in
                try database.write { try ThrottleStore.begin(keys, at: morning, in: $0) }
            }
            // Five are free, the sixth begins and makes the next ones wait.
            #expect(begun.filter { $0 == 0 }.count == 6)
            #expect(begun.last == 2)
        }
    }

    @Test("Addresses of one IPv6 network count together, IPv4 ones and other networks apart")
    func networks() {
        #expect(ThrottleKey.network(of: "192.0.2.7") == "192.0.2.7")
        #expect(ThrottleKey.network(of: "2001:db8:1:2::7") == "20010db800010002/64")
        #expect(ThrottleKey.network(of: "2001:DB8:1:2:ffff::1") == "20010db800010002/64")
        #expect(ThrottleKey.network(of: "2001:db8:1:3::7") != ThrottleKey.network(of: "2001:db8:1:2::7"))
        #expect(ThrottleKey.network(of: "::ffff:192.0.2.7") == "192.0.2.7")
        #expect(ThrottleKey.network(of: "fe80::1%eth0") == "fe80000000000000/64")
        #expect(ThrottleKey.network(of: "unix:") == "unix:")
    }

    @Test("Keys tell their parts apart, fold the address, and do not hold it")
    func keys() {
        let key = ThrottleKey.account("Jo@B.example ", from: "192.0.2.1")
        #expect(key == ThrottleKey.account("jo@b.example", from: "192.0.2.1"))
        #expect(key != ThrottleKey.account("jo@b.example1", from: "92.0.2.1"))
        #expect(!key.text.contains("jo"))
        #expect(key.text.utf8.count == 64)
    }

    @Test("Tidying removes what is old and keeps what still delays", arguments: TestEngine.all)
    func tidy(engine: TestEngine) throws {
        try engine.use { database in
            let old = [ThrottleKey.address("192.0.2.1")]
            let fresh = [ThrottleKey.address("192.0.2.2")]
            let later = morning.advanced(bySeconds: 8 * 86_400)
            try database.write { connection in
                _ = try ThrottleStore.begin(old, at: morning, in: connection)
                _ = try ThrottleStore.begin(fresh, at: later, in: connection)
                try ThrottleStore.tidy(at: later, in: connection)
            }
            #expect(try database.read { try $0.rows("SELECT name FROM throttles").count } == 1)
        }
    }
}
