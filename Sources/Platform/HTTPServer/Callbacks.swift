internal import CMicrohttpd
internal import HTTP
internal import Synchronization

/// The functions that libmicrohttpd calls. The context is the `ServerCore`, held by its `Server`; nothing throws across.
enum Callbacks {
    static func core(_ context: UnsafeMutableRawPointer?) -> ServerCore? {
        context.map { Unmanaged<ServerCore>.fromOpaque($0).takeUnretainedValue() }
    }

    static let accept: MHD_AcceptPolicyCallback = { context, address, _ in
        Callbacks.core(context)?.accepts(NetworkAddress(address)) == true ? .YES : .NO
    }

    // One record per connection, retained in the socket's context from here to its close.
    static let connection: MHD_NotifyConnectionCallback = { context, connection, slot, event in
        guard let core = Callbacks.core(context), let connection, let slot else { return }
        if event == .CONNECTION_NOTIFY_STARTED {
            let record = ConnectionRecord(
                socket: concord_mhd_socket(connection), address: NetworkAddress(concord_mhd_address(connection)),
                deadline: core.headDeadline(isFirst: true))
            core.connections.add(record)
            slot.pointee = Unmanaged.passRetained(record).toOpaque()
        } else if let held = slot.pointee {
            let record = Unmanaged<ConnectionRecord>.fromOpaque(held)
            core.connections.remove(record.takeUnretainedValue())
            record.release()
            slot.pointee = nil
        }
    }

    // One exchange per request, retained from its first line until it is completed.
    static let requestLine:
        @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
            context, target, connection in
            guard let core = Callbacks.core(context), let target, let connection else { return nil }
            let record = concord_mhd_context(connection).map {
                Unmanaged<ConnectionRecord>.fromOpaque($0).takeUnretainedValue()
            }
            core.running.wrappingAdd(1, ordering: .acquiringAndReleasing)
            let exchange = Exchange(
                record: record, target: String(cString: target), targetStart: Int(bitPattern: target),
                started: MonotonicClock.microseconds)
            return Unmanaged.passRetained(exchange).toOpaque()
        }

    // Paths and queries are decoded by us, so that an encoded slash stays what it is.
    static let unescape:
        @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, UnsafeMutablePointer<CChar>?) -> Int = { _, _, text in
            text.map { String(cString: $0).utf8.count } ?? 0
        }

    static let completed: MHD_RequestCompletedCallback = { context, connection, slot, ending in
        guard let core = Callbacks.core(context), let slot, let held = slot.pointee else { return }
        let exchange = Unmanaged<Exchange>.fromOpaque(held).takeRetainedValue()
        slot.pointee = nil
        let status = exchange.status > 0 ? exchange.status : Int(connection.map { concord_mhd_status($0) } ?? 0)
        core.finish(exchange, status: status, ending: ending)
    }

    static let handle: MHD_AccessHandlerCallback = {
        context, connection, _, method, version, upload, uploadSize, slot in
        guard let core = Callbacks.core(context), let connection, let method, let version, let uploadSize,
            let held = slot?.pointee
        else { return .NO }
        let exchange = Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
        let writer = ResponseWriter(core: core, connection: connection, exchange: exchange)
        switch exchange.stage {
        case .head:
            exchange.method = String(cString: method)
            let reader = HeadReader(connection, exchange, method: method, version: version)
            let refusal = core.begin(
                exchange, version: String(cString: version), headers: reader.headers,
                hasLooseLines: reader.hasLooseLines, headSize: concord_mhd_head_size(connection))
            return refusal.map(writer.send) ?? .YES
        case .body:
            let count = uploadSize.pointee
            guard count > 0 else { return core.answer(exchange, connection).map(writer.send) ?? .YES }
            uploadSize.pointee = 0
            return core.take(UnsafeRawBufferPointer(start: upload, count: count), exchange) ? .YES : .NO
        case .working: return core.worked(exchange).map(writer.send) ?? .YES
        case .answered: return .YES
        }
    }
}
