/// What the parts of a written address say: which of them place someone, and which name a town or a county alone.
enum AddressParts {
    /// Words with which the names of streets, buildings and their like end.
    static let endings: Set<String> = [
        "alley", "approach", "arcade", "av", "ave", "avenue", "bank", "broadway", "building", "buildings", "bungalow",
        "causeway", "centre", "chambers", "chase", "circus", "cl", "close", "common", "copse", "cottage", "cottages",
        "court", "courtyard", "cres", "crescent", "croft", "ct", "dr", "drive", "embankment", "end", "esplanade",
        "estate", "farm", "fields", "garden", "gardens", "garth", "gate", "gdns", "grange", "green", "grove", "hall",
        "heights", "highway", "hill", "hostel", "hotel", "house", "lane", "lawn", "ln", "lodge", "mansion", "mansions",
        "marina", "mead", "meadow", "meadows", "mews", "mill", "mount", "orchard", "parade", "park", "passage", "path",
        "pl", "place", "point", "promenade", "quay", "rd", "refuge", "ridge", "ridgeway", "rise", "road", "row",
        "school", "side", "sq", "square", "st", "street", "terr", "terrace", "tower", "towers", "vale", "view", "villa",
        "villas", "walk", "way", "wharf", "yard",
    ]
    private static let within: Set<String> = ["flat", "unit", "apartment", "apt", "room", "block"]
    private static let countries: [[String]] = [
        ["england"], ["wales"], ["scotland"], ["uk"], ["united", "kingdom"], ["great", "britain"],
    ]

    /// The parts that place someone: all but a town and a county at the end. Where it cannot be told, a part counts as one
    /// that places.
    static func placing(_ parts: [[String]]) -> [[String]] {
        var named: [(words: [String], isSure: Bool)] = []
        var isAfterNumber = false
        for part in parts where !part.isEmpty && !countries.contains(part) {
            let words = within.contains(part[0]) ? Array(part.dropFirst(2)) : part
            // A number that stands by itself belongs to the part after it.
            let isNumber = words.allSatisfy { $0.first?.isNumber == true }
            if !isNumber { named.append((words, named.isEmpty || isAfterNumber || isPlace(words))) }
            isAfterNumber = isNumber
        }
        let ending = named.reversed().prefix(2).prefix { !$0.isSure }.count
        return named.dropLast(ending).map(\.words)
    }

    /// The names of houses and streets in a line, each up to the word with which it ends.
    static func names(in words: [String]) -> [[String]] {
        var names: [[String]] = []
        var name: [String] = []
        for word in words {
            if name.isEmpty, word.first?.isNumber == true { continue }
            name.append(word)
            if name.count > 1, endings.contains(word) {
                names.append(name)
                name = []
            }
        }
        return names
    }

    private static func isPlace(_ words: [String]) -> Bool {
        if words.contains(where: { $0.contains(where: \.isNumber) }) { return true }
        guard words.count > 1, let first = words.first, let last = words.last else { return false }
        return first == "the" || endings.contains(last)
    }
}
