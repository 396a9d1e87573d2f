internal import Glibc

private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Runs a closure on a thread of its own, with a stack of 8 MB. Whoever waits before a screen goes first: the thread, and
/// those that it makes, leave the processors to the others when there is more to do than processors.
public func startThread(_ run: @escaping @Sendable () -> Void) {
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    defer { attributes.deallocate() }
    pthread_attr_init(attributes)
    pthread_attr_setstacksize(attributes, 8 << 20)
    pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread: pthread_t = 0
    let context = Unmanaged.passRetained(Body(run)).toOpaque()
    pthread_create(
        &thread, attributes,
        { context in
            // On Linux 0 means this thread alone. Where it is refused the thread works all the same.
            setpriority(Int32(PRIO_PROCESS.rawValue), 0, 10)
            // Balances passRetained above; pthread_create hands the same pointer over.
            if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
            return nil
        }, context)
    pthread_attr_destroy(attributes)
}
