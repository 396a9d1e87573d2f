/// Finds which property of a boundary file holds the area's code and which its name.
///
/// The Office for National Statistics names them `LSOA21CD`, `WD24CD`, `LAD22NM`; others write `lsoa_code`, `GSS_CODE`
/// or `code`. A file may hold the codes of several levels: the finest one is the area's own.
enum BoundaryProperties {
    /// A property that may hold a code.
    struct Candidate: Hashable {
        let key: String
        let level: AreaLevel
        /// Smaller is finer.
        let rank: Int
    }

    private static let levels: [(stems: [String], level: AreaLevel, rank: Int)] = [
        (["oa"], .other, 0),
        (["lsoa"], .lsoa, 1),
        (["msoa"], .other, 2),
        (["wd", "ward", "cmwd", "neighbourhood"], .ward, 3),
        (
            ["lad", "la", "lb", "ltla", "ctyua", "utla", "borough", "district", "localauthority", "councilarea"],
            .borough, 4
        ),
        (["csp", "cty", "county", "pfa", "force", "rgn", "region", "ctry", "country", "icb"], .other, 5),
    ]
    private static let generic: Set<String> = [
        "code", "cd", "id", "gss", "gsscode", "gsscd", "onscode", "areacode", "areacd", "geographycode", "geocode",
        "areaid", "beatcode", "beat", "beatid",
    ]

    /// The properties that may hold a code, the finest first.
    /// - Parameter properties: those of the first feature, in the file's order.
    static func candidates(in properties: [(key: String, value: String)]) -> [Candidate] {
        var found: [Candidate] = []
        for (key, value) in properties {
            if let candidate = candidate(key, value) { found.append(candidate) }
        }
        return found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
    }

    private static func candidate(_ key: String, _ value: String) -> Candidate? {
        let name = folded(key)
        let valueLevel = AreaLevel(ofCode: value)
        if generic.contains(name) {
            let level = valueLevel ?? .other
            return Candidate(key: key, level: level, rank: valueLevel.map(rank) ?? (name == "id" ? 7 : 6))
        }
        for (stems, level, rank) in levels {
            for stem in stems where name.hasPrefix(stem) {
                guard let rest = suffix(name.dropFirst(stem.utf8.count)) else { continue }
                guard rest.saysCode || valueLevel != nil else { continue }
                return Candidate(key: key, level: level.isLSOA ? vintage(rest.digits) : level, rank: rank)
            }
        }
        return nil
    }

    private static func rank(of level: AreaLevel) -> Int {
        switch level {
        case .lsoa2011, .lsoa2021, .lsoa: 1
        case .ward: 3
        case .borough: 4
        case .other: 5
        }
    }

    private static func vintage(_ digits: String) -> AreaLevel {
        switch digits {
        case "11", "2011": .lsoa2011
        case "21", "2021": .lsoa2021
        default: .lsoa
        }
    }

    /// What follows the level in a property's name: a year and `cd` or `code` in either order, or nil for other text.
    private static func suffix(_ text: Substring) -> (digits: String, saysCode: Bool)? {
        let digits = text.filter { $0.isNumber }
        let letters = text.filter { !$0.isNumber }
        switch letters {
        case "cd", "code": return (digits, true)
        case "": return (digits, false)
        default: return nil
        }
    }

    /// The property that names the area whose code stands in `codeKey`: `LSOA21NM` for `LSOA21CD`.
    static func nameKey(for codeKey: String, among keys: [String]) -> String? {
        let code = folded(codeKey)
        var wanted: [String] = []
        for ending in ["code", "cd"] where code.hasSuffix(ending) {
            let stem = String(code.dropLast(ending.utf8.count))
            wanted += [stem + "nm", stem + "name"]
        }
        wanted += [code + "nm", code + "name"]
        let bare = code.filter { !$0.isNumber }
        for ending in ["code", "cd", ""] where bare.hasSuffix(ending) {
            wanted += [String(bare.dropLast(ending.utf8.count)) + "name"]
        }
        wanted += ["name", "nm", "areaname", "areanm", "title", "label"]
        let byName = Dictionary(keys.map { (folded($0), $0) }, uniquingKeysWith: { first, _ in first })
        return wanted.lazy.compactMap { byName[$0] }.first
    }

    /// Lower case, without spaces and punctuation.
    private static func folded(_ key: String) -> String {
        String(decoding: key.lowercased().utf8.filter { isLetterOrDigit($0) }, as: UTF8.self)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
