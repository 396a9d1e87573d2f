#if canImport(Glibc)
    internal import Glibc
#endif

private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Runs a closure on a thread of its own, with a stack of 8 MB. Nothing waits for its end.
/// - Parameter isPatient: whoever waits before a screen goes first. The thread, and those that it makes, leave the
///   processors to the others when there is more to do than processors.
/// - Returns: false, and the closure never runs, when the system gives no thread.
@discardableResult
public func startThread(isPatient: Bool = false, _ run: @escaping @Sendable () -> Void) -> Bool {
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    defer { attributes.deallocate() }
    pthread_attr_init(attributes)
    defer { pthread_attr_destroy(attributes) }
    pthread_attr_setstacksize(attributes, 8 << 20)
    pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread: pthread_t = 0
    let body = Body {
        // On Linux 0 means this thread alone. Where it is refused the thread works all the same.
        if isPatient { setpriority(Int32(PRIO_PROCESS.rawValue), 0, 10) }
        run()
    }
    let held = Unmanaged.passRetained(body)
    let result = pthread_create(
        &thread, attributes,
        { context in
            // Balances passRetained above; pthread_create hands the same pointer over.
            if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
            return nil
        }, held.toOpaque())
    if result != 0 { held.release() }
    return result == 0
}
