/// The kind of area a boundary file or a code describes.
public enum AreaLevel: String, Hashable, Sendable, CaseIterable {
    /// Lower layer Super Output Area of the 2011 census.
    case lsoa2011
    /// Lower layer Super Output Area of the 2021 census.
    case lsoa2021
    /// Lower layer Super Output Area whose census is not said.
    case lsoa
    /// Electoral ward.
    case ward
    /// Local authority district: London borough, unitary authority, metropolitan or other district.
    case borough
    /// Any other area, such as a beat, an output area or a police force.
    case other

    /// The name in a sentence: "ward".
    public var name: String {
        switch self {
        case .lsoa2011: "LSOA 2011"
        case .lsoa2021: "LSOA 2021"
        case .lsoa: "LSOA"
        case .ward: "ward"
        case .borough: "borough"
        case .other: "area"
        }
    }

    /// Whether it is an LSOA of either census.
    public var isLSOA: Bool { self == .lsoa2011 || self == .lsoa2021 || self == .lsoa }

    /// The level that a nine-character code of the Government Statistical Service says by its first three characters
    /// (ONS, Register of Geographic Codes), or nil when the text has not that form. England, Wales and Scotland.
    public init?(ofCode code: String) {
        let bytes = Array(code.utf8)
        guard bytes.count == 9, bytes.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        switch String(decoding: bytes.prefix(3), as: UTF8.self) {
        case "E01", "W01": self = .lsoa
        case "E05", "W05", "S13": self = .ward
        case "E06", "E07", "E08", "E09", "W06", "S12": self = .borough
        case let other where "EWSNKJ".contains(other.prefix(1)): self = .other
        default: return nil
        }
    }
}
