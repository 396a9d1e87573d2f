public import Geography
public import Kernel
public import Records

/// The two censuses' LSOA codes, from a look-up.
public enum VintageLookup {
    /// The resolver of a look-up's pairs; nil when it has none.
    /// - Throws: a `Fault` when the pairs contradict each other.
    public static func make(_ lookup: AreaLookup) throws(Fault) -> LSOAVintage? {
        guard !lookup.pairs.isEmpty else { return nil }
        return try LSOAVintage(
            lookup.pairs.map {
                LSOAVintage.Pair(
                    lsoa11: $0.lsoa2011, lsoa21: $0.lsoa2021,
                    change: LSOAVintage.Change(rawValue: $0.change) ?? .irregular)
            }, source: lookup.files.map(\.path).joined(separator: ", "))
    }

    /// Which census sets hold a code, in words for a table: "unchanged", "2011 only", "2021 only" or "unknown".
    public static func name(of vintage: LSOAVintage.Vintage) -> String {
        switch vintage {
        case .unchanged: "unchanged"
        case .only2011: "2011 only"
        case .only2021: "2021 only"
        case .unlisted: "unknown"
        }
    }
}
