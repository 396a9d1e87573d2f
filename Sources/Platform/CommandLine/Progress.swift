internal import Kernel

#if canImport(Glibc)
    internal import Glibc
#endif

/// Tells how far long work is, on standard error: one line that changes with rate and time left on a terminal, and
/// plain lines elsewhere.
public final class Progress {
    private let isQuiet: Bool
    private let isTerminal: Bool
    private var started = 0.0
    private var lastShown = 0.0
    private var lastTask = ""

    /// Progress, silent when `quiet`.
    public init(quiet: Bool) {
        isQuiet = quiet
        isTerminal = isatty(STDERR_FILENO) == 1
    }

    /// A line of its own.
    public func say(_ line: String) {
        guard !isQuiet else { return }
        clear()
        write(line + "\n")
    }

    /// How far a task is; `done` and `total` in bytes.
    public func bytes(_ task: String, done: Int64, total: Int64) {
        guard !isQuiet else { return }
        let now = Progress.now()
        if task != lastTask {
            lastTask = task
            started = now
            lastShown = 0
            if !isTerminal {
                write("Reading \(task)\n")
                lastShown = now
            }
        }
        let interval = isTerminal ? 0.1 : 10
        guard now - lastShown >= interval, now > started else { return }
        lastShown = now
        let rate = Double(done) / (now - started)
        let left = rate > 0 && total > done ? "\(Int((Double(total - done) / rate).rounded(.up))) s left" : ""
        let percent = total > 0 ? "\(done * 100 / total) %" : ""
        let line = "Reading \(task): \(percent), \(Int(rate / 1e6)) MB/s \(left)"
        write(isTerminal ? "\r\u{1B}[K\(line)" : "\(line)\n")
    }

    /// Removes the changing line.
    public func clear() {
        if isTerminal, !isQuiet, !lastTask.isEmpty { write("\r\u{1B}[K") }
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
