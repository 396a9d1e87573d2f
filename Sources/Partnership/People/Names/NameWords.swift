/// Names as they are compared: words of small letters without accents.
public enum NameWords {
    /// The words of a name. Hyphens part words; apostrophes and full stops do not.
    public static func of(_ name: String) -> [String] {
        folded(name).split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }

    /// Small letters without accents: `Zoë O’Brien-Łuc` is `zoe obrien-luc`.
    ///
    /// A Latin letter's Unicode name says which letter it is, "LATIN SMALL LETTER E WITH ACUTE"; combining marks drop out.
    public static func folded(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "'", "\u{2019}", "\u{2018}", "\u{02BC}", "`", ".": continue
            case "A"..."Z", "a"..."z", "0"..."9": text.unicodeScalars.append(scalar)
            default:
                switch scalar.properties.generalCategory {
                case .nonspacingMark, .format, .control: continue
                default: text += plain(scalar)
                }
            }
        }
        return text.lowercased()
    }

    private static let spelledOut: [Unicode.Scalar: String] = [
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d",
        "ı": "i", "ĸ": "k", "ŋ": "n", "Ŋ": "n",
    ]

    private static func plain(_ scalar: Unicode.Scalar) -> String {
        if let spelled = spelledOut[scalar] { return spelled }
        guard let name = scalar.properties.name, name.hasPrefix("LATIN ") else { return String(scalar) }
        let words = name.split(separator: " ")
        guard words.count > 4, words[2] == "LETTER", words[4] == "WITH", words[3].utf8.count == 1 else {
            return String(scalar)
        }
        return String(words[3])
    }

    /// How a word sounds, or nil when the key says too little to compare by.
    public static func sound(of word: String) -> String? {
        guard let key = NYSIIS.key(word), key.utf8.count >= 2 else { return nil }
        return key
    }
}
