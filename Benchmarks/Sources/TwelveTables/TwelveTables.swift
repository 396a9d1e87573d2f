// Computes the twelve tables of a strategic assessment from a register in one pass over its text, without holding its
// rows. Scripts/bench runs it against other engines and compares the results.

internal import Glibc
internal import Kernel
internal import Tables

@main
enum TwelveTables {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else { fail("usage: twelve-tables FILE FOLDER [THREADS]") }
        let threads = arguments.count > 3 ? Int(arguments[3]) ?? 1 : DelimitedFile.availableThreads
        do {
            let file = try DelimitedFile(path: arguments[1])
            var tables = RegisterTables(requests: try RegisterColumns.requests(in: file))
            var faults = 0
            let dictionaries = try file.read(tables.requests, threads: threads) { batch in
                faults += batch.faults.count
                try tables.add(batch)
            }
            guard faults == 0 else { fail("\(faults) fields could not be read") }
            for (name, bytes) in tables.results(dictionaries) {
                try write(bytes, to: "\(arguments[2])/\(name).csv")
            }
        } catch {
            fail("\(error)")
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(Fault) {
        guard let file = fopen(path, "w") else { throw Fault("The result could not be written", at: path) }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw Fault("The result could not be written", at: path)
        }
    }

    private static func fail(_ message: String) -> Never {
        let line = message + "\n"
        _ = line.withCString { Glibc.write(2, $0, strlen($0)) }
        exit(1)
    }
}
