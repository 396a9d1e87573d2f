import Glibc

/// One connection to a server on the loopback address, which is kept open from request to request.
struct Connection {
    private let port: UInt16
    private var socket: Int32 = -1
    private var buffer: [UInt8] = []
    private var spare = [UInt8](repeating: 0, count: 1 << 16)

    init(port: UInt16) { self.port = port }

    /// Sends a request and reads its answer to the end.
    /// - Returns: the status, or nil when the connection failed; the next request then opens a new one.
    mutating func ask(_ request: [UInt8]) -> Int? {
        if socket < 0, !open() { return nil }
        guard send(request), let status = readAnswer() else {
            close()
            return nil
        }
        return status
    }

    mutating func close() {
        if socket >= 0 { Glibc.close(socket) }
        socket = -1
        buffer = []
    }

    private mutating func open() -> Bool {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var one: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { close() }
        return result == 0
    }

    private func send(_ bytes: [UInt8]) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    private mutating func more() -> Bool {
        let count = recv(socket, &spare, spare.count, 0)
        guard count > 0 else { return false }
        buffer += spare[..<count]
        return true
    }

    private mutating func readAnswer() -> Int? {
        var end = headEnd()
        while end == nil {
            guard more() else { return nil }
            end = headEnd()
        }
        guard let end, let status = Int(String(decoding: buffer.dropFirst(9).prefix(3), as: UTF8.self)) else {
            return nil
        }
        let head = String(decoding: buffer[..<end], as: UTF8.self).lowercased()
        buffer.removeFirst(end)
        if status == 304 || status == 204 { return status }
        if let length = value(of: "content-length", in: head).flatMap({ Int($0) }) {
            return take(length) ? status : nil
        }
        guard value(of: "transfer-encoding", in: head) == "chunked" else { return nil }
        while let size = takeLine().flatMap({ Int($0.prefix { $0 != ";" }, radix: 16) }) {
            guard take(size + 2) else { return nil }
            if size == 0 { return status }
        }
        return nil
    }

    private func headEnd() -> Int? {
        guard buffer.count > 3 else { return nil }
        for index in 3..<buffer.count where buffer[index] == 10 && buffer[index - 1] == 13 && buffer[index - 2] == 10 {
            return index + 1
        }
        return nil
    }

    private func value(of name: String, in head: String) -> String? {
        for line in head.split(whereSeparator: \.isNewline) where line.hasPrefix(name + ":") {
            return String(line.dropFirst(name.count + 1).drop { $0 == " " })
        }
        return nil
    }

    private mutating func takeLine() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<end].filter { $0 != 13 }, as: UTF8.self)
                buffer.removeFirst(end + 1)
                return line
            }
            guard more() else { return nil }
        }
    }

    private mutating func take(_ count: Int) -> Bool {
        while buffer.count < count { guard more() else { return false } }
        buffer.removeFirst(count)
        return true
    }
}
