internal import Glibc

private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Runs a closure on a thread of its own, with a stack of 8 MB.
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
            // Balances passRetained above; pthread_create hands the same pointer over.
            if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
            return nil
        }, context)
    pthread_attr_destroy(attributes)
}
