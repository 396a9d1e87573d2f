/// What a client accepts, by weight (RFC 9110 §12.5).
public enum Accept {
    /// The offer that the client likes best; the first of equals.
    /// - Parameters:
    ///   - header: the Accept fields as one list, nil when the client did not say.
    ///   - offers: what can be sent, best first.
    /// - Returns: nil when nothing that is offered is accepted.
    public static func best(_ header: String?, among offers: [MediaType]) -> MediaType? {
        guard let header, !trimmed(header[...]).isEmpty else { return offers.first }
        let ranges = weighted(header)
        var best: (offer: MediaType, weight: Int)?
        for offer in offers {
            let weight = weight(of: offer.name, in: ranges)
            if weight > 0, weight > best?.weight ?? 0 { best = (offer, weight) }
        }
        return best?.offer
    }

    /// Whether an encoding such as gzip may be used. A client that says nothing about encodings gets none.
    public static func accepts(encoding: String, header: String?) -> Bool {
        guard let header else { return false }
        let choices = weighted(header)
        if let named = choices.first(where: { $0.name == encoding }) { return named.weight > 0 }
        return (choices.first { $0.name == "*" }?.weight ?? 0) > 0
    }

    /// Names in small letters with their weights in thousandths.
    private static func weighted(_ header: String) -> [(name: String, weight: Int)] {
        header.split(separator: ",").prefix(50).map { item in
            var reader = ParameterReader(String(item))
            let name = asciiLowercased(reader.head)
            guard let parameters = reader.parameters() else { return (name, 0) }
            return (name, parameters.first { $0.name == "q" }.map { thousandths($0.value) } ?? 1000)
        }
    }

    private static func weight(of name: String, in ranges: [(name: String, weight: Int)]) -> Int {
        let family = name.split(separator: "/").first.map { "\($0)/*" } ?? ""
        for candidate in [name, family, "*/*"] {
            if let range = ranges.first(where: { $0.name == candidate }) { return range.weight }
        }
        return 0
    }

    /// `0.5` as 500; 0 when it is no weight (RFC 9110 §12.4.2).
    private static func thousandths(_ text: String) -> Int {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = digits(parts[0]), whole <= 1, parts.count <= 2 else { return 0 }
        guard parts.count == 2, !parts[1].isEmpty else { return whole * 1000 }
        guard parts[1].utf8.count <= 3, let fraction = digits(parts[1]) else { return 0 }
        let scale = [100, 10, 1][parts[1].utf8.count - 1]
        return min(1000, whole * 1000 + fraction * scale)
    }
}
