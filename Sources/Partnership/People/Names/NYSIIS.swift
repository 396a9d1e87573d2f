/// How a name sounds, by the New York State Identification and Intelligence System (Taft, Name Search Techniques, 1970):
/// names that sound alike have the same key. Not cut to six letters.
public enum NYSIIS {
    private static let vowels = Set("AEIOU".utf8)

    /// The key of a name, in capitals; nil when the name has no letter A to Z. Accents must have been taken away.
    public static func key(_ name: String) -> String? {
        var letters = name.uppercased().utf8.filter { (0x41...0x5A).contains($0) }
        guard let first = letters.first else { return nil }
        begin(&letters)
        end(&letters)
        let initial = letters.first ?? first
        var key = [initial]
        var place = 1
        while place < letters.count {
            transcode(&letters, at: place)
            if letters[place] != letters[place - 1] { key.append(letters[place]) }
            place += 1
        }
        finish(&key)
        return String(decoding: key, as: UTF8.self)
    }

    /// The first letters: MAC, KN, K, PH, PF, SCH.
    private static func begin(_ letters: inout [UInt8]) {
        let beginnings = [("MAC", "MCC"), ("KN", "NN"), ("K", "C"), ("PH", "FF"), ("PF", "FF"), ("SCH", "SSS")]
        for (from, to) in beginnings where letters.starts(with: from.utf8) {
            letters.replaceSubrange(0..<to.utf8.count, with: to.utf8)
            return
        }
    }

    /// The last letters: EE, IE and DT, RT, RD, NT, ND.
    private static func end(_ letters: inout [UInt8]) {
        guard letters.count >= 2 else { return }
        let last = String(decoding: letters.suffix(2), as: UTF8.self)
        if ["EE", "IE"].contains(last) { letters.replaceSubrange((letters.count - 2)..., with: "Y".utf8) }
        if ["DT", "RT", "RD", "NT", "ND"].contains(last) {
            letters.replaceSubrange((letters.count - 2)..., with: "D".utf8)
        }
    }

    private static func transcode(_ letters: inout [UInt8], at place: Int) {
        func letter(_ offset: Int) -> UInt8 {
            place + offset < letters.count ? letters[place + offset] : UInt8(ascii: " ")
        }
        func write(_ text: String) {
            let end = min(place + text.utf8.count, letters.count)
            letters.replaceSubrange(place..<end, with: text.utf8)
        }
        let (previous, next) = (letters[place - 1], letter(1))
        switch letter(0) {
        case UInt8(ascii: "E") where next == UInt8(ascii: "V"): write("AF")
        case let vowel where vowels.contains(vowel): write("A")
        case UInt8(ascii: "Q"): write("G")
        case UInt8(ascii: "Z"): write("S")
        case UInt8(ascii: "M"): write("N")
        case UInt8(ascii: "K"): write(next == UInt8(ascii: "N") ? "NN" : "C")
        case UInt8(ascii: "S") where next == UInt8(ascii: "C") && letter(2) == UInt8(ascii: "H"): write("SSS")
        case UInt8(ascii: "P") where next == UInt8(ascii: "H"): write("FF")
        case UInt8(ascii: "H") where !vowels.contains(previous) || !vowels.contains(next): letters[place] = previous
        case UInt8(ascii: "W") where vowels.contains(previous): letters[place] = previous
        default: break
        }
    }

    /// The key's last letters: S goes, AY becomes Y, A goes; the first letter stays.
    private static func finish(_ key: inout [UInt8]) {
        if key.count > 1, key.last == UInt8(ascii: "S") { key.removeLast() }
        if key.count > 2, key.suffix(2).elementsEqual("AY".utf8) { key.remove(at: key.count - 2) }
        if key.count > 1, key.last == UInt8(ascii: "A") { key.removeLast() }
    }
}
