#if canImport(Glibc)
    internal import Glibc
#endif

/// A counting semaphore (POSIX): lets threads wait for one another. The calls may come from any thread.
public final class Semaphore: @unchecked Sendable {
    // Protected by the semaphore's own atomic operations; the memory is its own, from init to deinit.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    /// A semaphore at 0.
    public init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    /// Adds one, which lets one waiting thread go on.
    public func post() { sem_post(semaphore) }

    /// Waits until there is one, and takes it.
    public func wait() { while sem_wait(semaphore) != 0, errno == EINTR {} }

    /// Waits until there is one, and takes it, or until the time is over by the machine's clock.
    /// - Returns: whether there was one.
    public func wait(milliseconds: Int) -> Bool {
        var end = timespec()
        clock_gettime(CLOCK_REALTIME, &end)
        let nanoseconds = end.tv_nsec + (milliseconds % 1000) * 1_000_000
        end.tv_sec += milliseconds / 1000 + nanoseconds / 1_000_000_000
        end.tv_nsec = nanoseconds % 1_000_000_000
        while sem_timedwait(semaphore, &end) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }
}
