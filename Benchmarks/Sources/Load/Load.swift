import Glibc
import Synchronization

/// Asks a server for pages at a constant rate, and measures each answer from the moment at which its request was due.
///
/// A generator that waits for an answer before it sends the next request leaves out just those requests that would have
/// had to wait. Here the moments are fixed beforehand: a request that is sent late, because all connections were still
/// waiting, counts with its whole delay.
@main
struct Load {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count > 6, let port = UInt16(arguments[1]), let rate = Double(arguments[2]), rate > 0,
            let seconds = Double(arguments[3]), let connections = Int(arguments[4]), connections > 0
        else {
            print("Usage: load PORT RATE SECONDS CONNECTIONS COOKIE PATH...")
            exit(2)
        }
        let requests = arguments[6...].map { path in
            Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nCookie: \(arguments[5])\r\n\r\n".utf8)
        }
        let run = Run(port: port, rate: rate, count: Int(rate * seconds), requests: requests)
        print(run.measured(connections: connections))
    }
}

/// One run: the threads take the next due request from a common count.
final class Run: Sendable {
    private struct Outcome {
        var latencies: [Int64] = []
        var errors = 0
    }

    private let port: UInt16
    private let rate: Double
    private let count: Int
    private let requests: [[UInt8]]
    private let start = Run.now() + 50_000_000
    private let next = Atomic<Int>(0)
    private let outcome = Mutex(Outcome())

    init(port: UInt16, rate: Double, count: Int, requests: [[UInt8]]) {
        self.port = port
        self.rate = rate
        self.count = count
        self.requests = requests
    }

    /// Does it.
    /// - Returns: a line of JSON; times in milliseconds.
    func measured(connections: Int) -> String {
        var threads: [pthread_t] = []
        for _ in 0..<connections {
            var thread = pthread_t()
            let held = Unmanaged.passRetained(self)
            pthread_create(
                &thread, nil,
                { context in
                    if let context { Unmanaged<Run>.fromOpaque(context).takeRetainedValue().work() }
                    return nil
                }, held.toOpaque())
            threads.append(thread)
        }
        for thread in threads { pthread_join(thread, nil) }
        let seconds = Double(Run.now() - start) / 1e9
        return outcome.withLock { outcome in
            let sorted = outcome.latencies.sorted()
            func at(_ share: Double) -> Double {
                guard !sorted.isEmpty else { return 0 }
                return Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1e6
            }
            return """
                {"rate": \(rate), "achieved": \(Double(sorted.count) / seconds), "count": \(sorted.count), \
                "errors": \(outcome.errors), "p50": \(at(0.5)), "p99": \(at(0.99)), "p999": \(at(0.999)), "max": \(at(1))}
                """
        }
    }

    private func work() {
        var connection = Connection(port: port)
        var own = Outcome()
        while true {
            let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard number < count else { break }
            let due = start + Int64(Double(number) * 1e9 / rate)
            Run.sleep(until: due)
            let status = connection.ask(requests[number % requests.count])
            if status == 200 { own.latencies.append(Run.now() - due) } else { own.errors += 1 }
        }
        connection.close()
        outcome.withLock {
            $0.latencies += own.latencies
            $0.errors += own.errors
        }
    }

    private static func sleep(until moment: Int64) {
        var time = timespec(tv_sec: Int(moment / 1_000_000_000), tv_nsec: Int(moment % 1_000_000_000))
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
    }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
