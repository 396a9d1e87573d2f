#if canImport(Glibc)
    internal import Glibc
#endif

/// Time for deadlines: never set back, counted from the machine's start.
enum MonotonicClock {
    static var milliseconds: Int { Int(microseconds / 1000) }

    static var microseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
