internal import Files
public import Kernel
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#endif

/// Runs another program once: bytes in, bytes out, with an end in any case. It gets no open files of ours, no part of our
/// environment, and a folder of its own that is removed when it ends.
public struct ChildProcess: Sendable {
    /// How it ended.
    public struct Result: Hashable, Sendable {
        /// Its exit code; nil when it was stopped because its time was over, or by a signal.
        public let code: Int32?
        /// What it wrote.
        public let output: [UInt8]
        /// What it wrote of errors, at most 4 kB. It may hold what it was given: never show or log it.
        public let errors: [UInt8]
        /// Whether its time was over.
        public let isLate: Bool
    }

    /// The program: a path, or a name to be found in `/usr/local/bin`, `/usr/bin` and `/bin`.
    public let program: String
    /// Its arguments, without its own name.
    public let arguments: [String]
    /// Seconds after which it is stopped.
    public let seconds: Int
    /// The most bytes that it may write.
    public let limit: Int

    /// A program to run.
    public init(_ program: String, _ arguments: [String], seconds: Int, limit: Int = 256 << 20) {
        self.program = program
        self.arguments = arguments
        self.seconds = seconds
        self.limit = limit
    }

    /// Runs it and waits for its end.
    /// - Throws: a `Fault` when there is no such program or it cannot be started.
    public func run(_ input: [UInt8]) throws(Fault) -> Result {
        guard let path = found else {
            throw failure("there is no program of this name", remedy: "Install it: Scripts/set-up names the packages.")
        }
        let folder = try ChildProcess.makeFolder()
        defer { ChildProcess.remove(folder) }
        // One at a time: a program started between a pipe's making and its marking would keep the pipe open.
        let started = try ChildProcess.starting.withLock { _ throws(Fault) -> (pid_t, Pipe, Pipe, Pipe) in
            guard let into = Pipe(), let out = Pipe(), let errors = Pipe() else {
                throw failure(String(cString: strerror(errno)))
            }
            return (try spawn(path, folder, into, out, errors), into, out, errors)
        }
        let (child, into, out, errors) = started
        into.closeReading()
        out.closeWriting()
        errors.closeWriting()
        var exchange = Exchange(child: child, input: input, limit: limit, seconds: seconds)
        return exchange.finish(into, out, errors)
    }

    private static let starting = Mutex(())

    private var found: String? {
        if program.hasPrefix("/") { return access(program, X_OK) == 0 ? program : nil }
        return ["/usr/local/bin", "/usr/bin", "/bin"].map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
    }

    private func failure(_ why: String, remedy: String = "") -> Fault {
        Fault("A program could not be run", at: program, because: why, remedy: remedy)
    }

    // MARK: - Starting

    private func spawn(
        _ path: String, _ folder: String, _ into: Pipe, _ out: Pipe, _ errors: Pipe
    ) throws(Fault) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, into.reading, 0)
        posix_spawn_file_actions_adddup2(&actions, out.writing, 1)
        posix_spawn_file_actions_adddup2(&actions, errors.writing, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own, so that whatever it starts ends with it; and signals as programs expect them.
        posix_spawnattr_setpgroup(&attributes, 0)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var usual = sigset_t()
        sigemptyset(&usual)
        sigaddset(&usual, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let environment = ["PATH=/usr/local/bin:/usr/bin:/bin", "HOME=\(folder)", "TMPDIR=\(folder)", "LC_ALL=C.UTF-8"]
        var child: pid_t = 0
        let env = "/usr/bin/env"
        let status = ChildProcess.withTexts([env, "--chdir=\(folder)", path] + arguments) { words in
            ChildProcess.withTexts(environment) { posix_spawn(&child, env, &actions, &attributes, words, $0) }
        }
        guard status == 0 else { throw failure(String(cString: strerror(status))) }
        return child
    }

    private static func withTexts<Value>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let copies: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return body(copies)
    }

    // MARK: - Its folder

    private static func makeFolder() throws(Fault) -> String {
        let base = "/tmp"
        var template = Array("\(base)/concord-run-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw FileSystem.failure("A temporary folder could not be made", base)
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes a folder and what the program left in it.
    private static func remove(_ folder: String) {
        guard let entries = opendir(folder) else { return }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let path = "\(folder)/\(name)"
            // A link is removed and never followed.
            if unlink(path) != 0 { remove(path) }
        }
        closedir(entries)
        rmdir(folder)
    }
}

/// A pipe whose ends close by themselves.
private final class Pipe {
    private(set) var reading: Int32 = -1
    private(set) var writing: Int32 = -1

    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        closeReading()
        closeWriting()
    }

    func closeReading() {
        if reading >= 0 { close(reading) }
        reading = -1
    }

    func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }
}

/// Feeds a program and takes what it writes, until it ends or its time is over.
private struct Exchange {
    let child: pid_t
    let input: [UInt8]
    let limit: Int
    let end: Int64
    var sent = 0
    var output: [UInt8] = []
    var errors: [UInt8] = []

    init(child: pid_t, input: [UInt8], limit: Int, seconds: Int) {
        self.child = child
        self.input = input
        self.limit = limit
        end = Exchange.now + Int64(seconds) * 1000
    }

    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    mutating func finish(_ into: Pipe, _ out: Pipe, _ failures: Pipe) -> ChildProcess.Result {
        _ = fcntl(into.writing, F_SETFL, O_NONBLOCK)
        let isInTime = withoutPipeSignal { () -> Bool in
            if input.isEmpty { into.closeWriting() }
            while out.reading >= 0 || failures.reading >= 0 {
                guard step(into, out, failures) else { return false }
            }
            return true
        }
        let status = isInTime ? wait() : nil
        // Whatever it started and left behind ends too.
        kill(-child, SIGKILL)
        guard let status else {
            var dropped: Int32 = 0
            while waitpid(child, &dropped, 0) < 0, errno == EINTR {}
            return .init(code: nil, output: output, errors: errors, isLate: true)
        }
        let isExit = status & 0x7F == 0
        return .init(code: isExit ? status >> 8 & 0xFF : nil, output: output, errors: errors, isLate: false)
    }

    /// Waits until something can be written or read, and does it.
    /// - Returns: false when the time is over or too much came.
    private mutating func step(_ into: Pipe, _ out: Pipe, _ failures: Pipe) -> Bool {
        let left = end - Exchange.now
        guard left > 0 else { return false }
        // A descriptor below 0 is passed over.
        var polls = [
            pollfd(fd: into.writing, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: out.reading, events: Int16(POLLIN), revents: 0),
            pollfd(fd: failures.reading, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&polls, 3, Int32(clamping: left)) >= 0 || errno == EINTR else { return false }
        if polls[0].revents != 0 { send(into) }
        if polls[1].revents != 0, !take(out.reading, into: &output) { out.closeReading() }
        if polls[2].revents != 0, !take(failures.reading, into: &errors) { failures.closeReading() }
        errors = Array(errors.prefix(4096))
        return output.count <= limit
    }

    private mutating func send(_ into: Pipe) {
        let count = input[sent...].withUnsafeBytes { write(into.writing, $0.baseAddress, min($0.count, 1 << 16)) }
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        sent += max(count, 0)
        // A program that takes no more has read enough.
        if count < 0 || sent == input.count { into.closeWriting() }
    }

    /// - Returns: false at the end.
    private func take(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &chunk, chunk.count)
        if count > 0 { bytes += chunk[..<count] }
        return count > 0 || (count < 0 && errno == EINTR)
    }

    /// How it ended, when it does so in time.
    private func wait() -> Int32? {
        var status: Int32 = 0
        while true {
            let found = waitpid(child, &status, WNOHANG)
            if found == child { return status }
            if found < 0, errno != EINTR { return nil }
            guard Exchange.now < end else { return nil }
            usleep(2000)
        }
    }

    /// Writing to a program that is gone gives an error instead of a signal that would end us.
    private func withoutPipeSignal<Value>(_ body: () -> Value) -> Value {
        var pipe = sigset_t()
        sigemptyset(&pipe)
        sigaddset(&pipe, SIGPIPE)
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &pipe, &before)
        defer {
            var none = timespec()
            while sigtimedwait(&pipe, nil, &none) == SIGPIPE {}
            pthread_sigmask(SIG_SETMASK, &before, nil)
        }
        return body()
    }
}
