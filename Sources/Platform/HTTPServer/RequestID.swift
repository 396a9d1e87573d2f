/// Names for requests in logs: 16 hexadecimal digits by chance, without meaning.
enum RequestID {
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        let text = String(generator.next() as UInt64, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
}
