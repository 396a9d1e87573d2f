// Writes a made-up register of recorded crime in the shape of a Metropolitan Police extract: 25 columns, from a seed.
// Used by Scripts/bench; no value in it is about a real person or place.

internal import Glibc
internal import Kernel

@main
enum Generate {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3, let rows = Int(arguments[2]), rows > 0 else {
            fail("usage: generate FILE ROWS [SEED]")
        }
        let seed = arguments.count > 3 ? UInt64(arguments[3]) ?? 2024 : 2024
        let descriptor = open(arguments[1], O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { fail("\(arguments[1]): \(String(cString: strerror(errno)))") }
        var register = Register(seed: seed)
        var bytes: [UInt8] = Array((Register.header + "\n").utf8)
        bytes.reserveCapacity(5 << 20)
        for row in 0..<rows {
            register.appendRow(row, to: &bytes)
            if bytes.count >= 4 << 20 { flush(&bytes, descriptor) }
        }
        flush(&bytes, descriptor)
        close(descriptor)
    }

    private static func flush(_ bytes: inout [UInt8], _ descriptor: Int32) {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let written = write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
                guard written > 0 else { fail("cannot write: \(String(cString: strerror(errno)))") }
                done += written
            }
        }
        bytes.removeAll(keepingCapacity: true)
    }

    private static func fail(_ message: String) -> Never {
        let line = message + "\n"
        _ = line.withCString { Glibc.write(2, $0, strlen($0)) }
        exit(1)
    }
}
