public import Kernel

/// What was planted in a demonstration borough, so that an analysis can be held against it.
public struct DemoTruth: Hashable, Sendable {
    /// Why incidents gather in an area.
    public enum HotspotKind: String, Hashable, Sendable {
        case townCentre = "town centre"
        case station
        case estate
    }

    /// An area with far more incidents than its residents and deprivation explain.
    public struct Hotspot: Hashable, Sendable {
        /// The area's LSOA code.
        public let lsoa: String
        /// What draws incidents there.
        public let kind: HotspotKind
    }

    /// The areas that were made hot, in the order of their codes.
    public internal(set) var hotspots: [Hotspot] = []
    /// Burglaries of homes.
    public internal(set) var homeBurglaries = 0
    /// Of these, those that were planted within 200 m and 14 days after another one.
    public internal(set) var nearRepeats = 0
    /// Incidents in the police file.
    public internal(set) var incidents = 0
    /// Rows of victims in the people file.
    public internal(set) var victimRows = 0
    /// Rows of suspects in the people file.
    public internal(set) var suspectRows = 0
    /// Different people behind the rows of victims.
    public internal(set) var victims = 0
    /// Different people behind the rows of suspects.
    public internal(set) var suspects = 0
    /// Victims with more than one row.
    public internal(set) var repeatVictims = 0
    /// Suspects with more than one row.
    public internal(set) var repeatSuspects = 0
    /// How many times as likely as a White resident a Black resident was to be stopped and searched.
    public internal(set) var stopRateRatio = 0.0

    /// The facts as JSON.
    public var json: JSON {
        .members(
            (
                "hotspots",
                .array(
                    hotspots.map { .members(("lsoa", .string($0.lsoa)), ("kind", .string($0.kind.rawValue))) })
            ),
            ("homeBurglaries", .integer(Int64(homeBurglaries))), ("nearRepeats", .integer(Int64(nearRepeats))),
            ("incidents", .integer(Int64(incidents))), ("victimRows", .integer(Int64(victimRows))),
            ("suspectRows", .integer(Int64(suspectRows))), ("victims", .integer(Int64(victims))),
            ("suspects", .integer(Int64(suspects))), ("repeatVictims", .integer(Int64(repeatVictims))),
            ("repeatSuspects", .integer(Int64(repeatSuspects))), ("stopRateRatio", .number(stopRateRatio)))
    }
}
