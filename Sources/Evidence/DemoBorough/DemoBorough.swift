public import Kernel

/// Makes a demonstration borough: an invented place with invented people and five years of invented records, in the
/// formats that partners give (docs/records.md).
///
/// The same seed gives the same bytes on every machine: only whole numbers, exact floating-point arithmetic and
/// Kernel's own generator are used, and no logarithm, sine or other function that differs between C libraries.
public enum DemoBorough {
    /// Writes the borough's files and `partnership.json`, which names them.
    ///
    /// No name, code or postcode in them belongs to a real place or person: the codes have numbers that the Office for
    /// National Statistics does not use, and there is no postcode area ZX.
    /// - Parameters:
    ///   - seed: which borough; every seed has another map, other names and other incidents.
    ///   - directory: the folder; it is made when it is not there, and files of the same names are replaced.
    ///   - years: how many calendar years of records, the last one 2025.
    ///   - progress: is told what is being made, in a few words.
    /// - Returns: what was planted, also written to `truth.json`.
    /// - Throws: a `Fault` when a file cannot be written.
    @discardableResult
    public static func write(
        seed: UInt64, to directory: String, years: Int = 5, progress: (String) -> Void = { _ in }
    ) throws(Fault) -> DemoTruth {
        guard (1...20).contains(years) else {
            throw Fault(
                "The demonstration borough could not be made", because: "\(years) years were asked for",
                remedy: "Ask for 1 to 20 years.")
        }
        try DemoFile.makeFolder(directory)
        let borough = DemoAreas(seed: seed)
        let period = DemoPeriod(years: years)
        var truth = DemoTruth()
        progress("\(borough.boroughName): map, residents and deprivation")
        try DemoMapFiles.write(borough, to: directory)
        try DemoPopulation.write(borough, seed: seed, years: period.years, to: directory)
        try DemoDeprivation.write(borough, seed: seed, to: directory)
        progress("Police records")
        let sampler = DemoSampler(borough, period)
        let events = sampler.events(seed: seed)
        let hurt = try DemoPoliceFiles.write(events, borough, period, seed: seed, to: directory, truth: &truth)
        progress("Records of other agencies")
        try DemoPartners.write(hurt, sampler, seed: seed, to: directory)
        truth.stopRateRatio = try DemoStops.write(sampler, seed: seed, to: directory)
        try DemoSurvey.write(borough, seed: seed, to: directory)
        try DemoRegion.write(borough, period, seed: seed, to: directory)
        truth.describe(borough, events)
        try DemoFile.write(truth.json.encoded(), to: "truth.json", in: directory)
        try DemoFile.write(partnership(borough).encoded(), to: "partnership.json", in: directory)
        return truth
    }

    private static func partnership(_ borough: DemoAreas) -> JSON {
        func paths(_ names: String...) -> JSON { .array(names.map(JSON.string)) }
        return .members(
            ("name", .string("\(borough.boroughName) Community Safety Partnership (invented)")),
            ("version", .string("1")), ("areas", paths(DemoAreas.boroughCode)), ("lookups", paths("lookup.csv")),
            ("boundaries", paths("lsoa.geojson")), ("populations", paths("population.csv", "region-population.csv")),
            ("deprivation", paths("deprivation.csv")),
            (
                "records",
                paths(
                    "police-incidents.csv", "police-asb.csv", "council-asb.csv", "ambulance.csv", "ae.csv",
                    "stop-and-search.csv", "region.csv")
            ),
            ("people", paths("police-people.csv")), ("offenceGroups", .string("default")),
            ("weights", .string("default")))
    }
}

extension DemoTruth {
    mutating func describe(_ borough: DemoAreas, _ events: [DemoEvent]) {
        hotspots = borough.areas.compactMap { area in
            area.hotspot.map { Hotspot(lsoa: area.code, kind: $0) }
        }
        let burglaries = events.filter { DemoOffence.all[$0.offence].code == DemoOffence.homeBurglary }
        homeBurglaries = burglaries.count
        nearRepeats = burglaries.count { $0.isNearRepeat }
    }
}
