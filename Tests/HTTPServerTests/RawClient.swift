import Foundation
import Glibc

/// A client that sends bytes as they are and reads what comes, so that tests see what stands on the wire.
final class RawClient {
    private let socket: Int32
    private var buffer: [UInt8] = []

    /// Connects; reads give up after so many seconds.
    init(port: Int, timeout: Int = 5) {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var wait = timeval(tv_sec: timeout, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var yes: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    deinit { close(socket) }

    /// Sends bytes; false when the server has closed.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            offset += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Closes the sending side.
    func hangUp() { shutdown(socket, Int32(SHUT_WR)) }

    private func fill() -> Bool {
        var block = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(socket, &block, block.count, 0)
        guard count > 0 else { return false }
        buffer.append(contentsOf: block[0..<count])
        return true
    }

    /// One whole answer with a Content-Length; nil when the connection ended before.
    func answer(hasBody: Bool = true) -> Answer? {
        while true {
            let text = String(decoding: buffer, as: UTF8.self)
            if let end = buffer.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: buffer[0..<end.lowerBound], as: UTF8.self)
                let length = hasBody ? Answer(head: head, body: []).length : 0
                while buffer.count < end.upperBound + length {
                    guard fill() else { return nil }
                }
                let body = Array(buffer[end.upperBound..<end.upperBound + length])
                buffer.removeFirst(end.upperBound + length)
                return Answer(head: head, body: body)
            }
            _ = text
            guard fill() else { return nil }
        }
    }

    /// Reads until a text has come; false when the connection ended before.
    func wait(for text: String) -> Bool {
        while buffer.firstRange(of: Array(text.utf8)) == nil {
            guard fill() else { return false }
        }
        return true
    }

    /// Reads to the end of the connection.
    /// - Returns: all that came, and whether the server closed rather than that the wait was over.
    func rest() -> (text: String, isClosed: Bool) {
        while fill() {}
        let isOpen = errno == EAGAIN || errno == EWOULDBLOCK
        return (String(decoding: buffer, as: UTF8.self), !isOpen)
    }
}

/// An answer as it came.
struct Answer {
    let head: String
    let body: [UInt8]

    var status: Int { Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0 }
    var text: String { String(decoding: body, as: UTF8.self) }
    var length: Int { self["Content-Length"].flatMap { Int($0) } ?? 0 }

    subscript(name: String) -> String? {
        for line in head.components(separatedBy: "\r\n").dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts[0].lowercased() == name.lowercased(), parts.count == 2 {
                return parts[1].trimmingCharacters(in: .whitespaces)
            }
        }
        return nil
    }
}
