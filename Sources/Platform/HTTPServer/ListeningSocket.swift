internal import Kernel

#if canImport(Glibc)
    internal import Glibc
#endif

/// Opens the socket on which a server listens.
enum ListeningSocket {
    /// - Throws: a `Fault` that names the address and what to do.
    static func open(address: String, port: Int) throws(Fault) -> (descriptor: Int32, port: Int) {
        if address.hasPrefix("unix:") { return (try openUnix(String(address.dropFirst(5))), 0) }
        let place = address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
        guard (0...65_535).contains(port) else {
            throw Fault(
                "The server cannot listen", at: place, because: "a port is a number from 0 to 65535",
                remedy: "Correct the port in the configuration.")
        }
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if inet_pton(AF_INET, address, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = in_port_t(port).bigEndian
            return try listening(AF_INET, &four, place)
        }
        if inet_pton(AF_INET6, address, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = in_port_t(port).bigEndian
            return try listening(AF_INET6, &six, place)
        }
        throw Fault(
            "The server cannot listen", at: place, because: "this is not an address",
            remedy: "Give an IPv4 or IPv6 address, such as 127.0.0.1, or unix: and the path of a socket.")
    }

    private static func listening<Address>(
        _ family: Int32, _ address: inout Address, _ place: String
    ) throws(Fault) -> (descriptor: Int32, port: Int) {
        let descriptor = try make(family, place)
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let size = socklen_t(MemoryLayout<Address>.size)
        try bind(descriptor, &address, size, place)
        var bound = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        withUnsafeMutablePointer(to: &bound) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
        }
        // The port stands at the same place in both kinds of address.
        return (descriptor, Int(in_port_t(bigEndian: bound.sin6_port)))
    }

    private static func openUnix(_ path: String) throws(Fault) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard !path.isEmpty, path.utf8.count < room else {
            throw Fault(
                "The server cannot listen", at: "unix:\(path)",
                because: "the path of a socket has 1 to \(room - 1) bytes", remedy: "Choose a shorter path.")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let descriptor = try make(AF_UNIX, path)
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        removeStale(path, &address, size)
        try bind(descriptor, &address, size, path)
        chmod(path, 0o660)
        return descriptor
    }

    // A socket on which nobody listens was left by a killed process.
    private static func removeStale(_ path: String, _ address: inout sockaddr_un, _ size: socklen_t) {
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFSOCK else { return }
        let trial = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard trial >= 0 else { return }
        defer { close(trial) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(trial, $0, size) }
        }
        if result != 0, errno == ECONNREFUSED { unlink(path) }
    }

    private static func make(_ family: Int32, _ place: String) throws(Fault) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { throw fault(place) }
        return descriptor
    }

    private static func bind<Address>(
        _ descriptor: Int32, _ address: inout Address, _ size: socklen_t, _ place: String
    ) throws(Fault) {
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, size) }
        }
        guard result == 0, listen(descriptor, 1024) == 0 else {
            let fault = fault(place)
            close(descriptor)
            throw fault
        }
    }

    private static func fault(_ place: String) -> Fault {
        let code = errno
        let (why, remedy): (String, String) =
            switch code {
            case EADDRINUSE:
                (
                    "another program, perhaps a second server, listens there already",
                    "Stop it or choose another port in the configuration."
                )
            case EACCES, EPERM:
                ("this user may not listen there", "Choose a port of 1024 or above, and put a proxy before it.")
            case EADDRNOTAVAIL:
                ("this machine does not have the address", "Choose an address of this machine, such as 127.0.0.1.")
            case EMFILE, ENFILE: ("too many files are open", "Raise the limit of open files (LimitNOFILE).")
            default: (String(cString: strerror(code)), "Check the address in the configuration.")
            }
        return Fault("The server cannot listen", at: place, because: why, remedy: remedy)
    }
}
