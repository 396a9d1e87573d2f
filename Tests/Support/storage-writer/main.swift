import Glibc
import Kernel
import Storage

// Writes pairs of rows for ever, each pair in one transaction, and prints the number of each pair once it is acknowledged.
// The kill tests end it at random moments. Arguments: the address of the database, the first number.
guard CommandLine.arguments.count == 3, let location = DatabaseLocation(CommandLine.arguments[1]),
    let first = Int(CommandLine.arguments[2])
else {
    say("usage: storage-writer ADDRESS FIRST")
    exit(2)
}
do {
    let database = try Database(location, makes: false)
    for number in first... {
        try database.write { connection in
            try connection.run("INSERT INTO left_rows (number, filling) VALUES (\(number), \(filling(number)))")
            try connection.run("INSERT INTO right_rows (number, filling) VALUES (\(number), \(filling(number)))")
        }
        say("\(number)")
    }
} catch {
    say("\(error)")
    exit(1)
}

/// Between nothing and 12 kB, so that pages split and overflow.
func filling(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number % 251), count: number * 7919 % 12_000) }

/// Writes a line at once, past any buffer.
func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(1, bytes, bytes.count)
}
