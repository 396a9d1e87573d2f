/// When in the day and week a kind of incident happens.
///
/// A day runs here from 05:00 to 05:00, so that the small hours belong to the night before.
enum DemoRhythm: CaseIterable {
    case nightOut, daytime, shopping, afterSchool, evening, commuting, anyTime

    /// Relative frequency of the 24 hours from 05:00.
    var hours: [Double] {
        switch self {
        case .nightOut: [1, 1, 1, 1, 1, 2, 2, 3, 4, 4, 4, 4, 5, 5, 6, 7, 8, 10, 12, 13, 11, 8, 4, 2]
        case .daytime: [1, 2, 4, 7, 9, 9, 9, 9, 8, 8, 9, 9, 8, 6, 5, 4, 3, 2, 2, 1, 1, 1, 1, 1]
        case .shopping: [0, 0, 1, 2, 5, 8, 10, 11, 11, 12, 13, 13, 12, 9, 7, 4, 2, 1, 0, 0, 0, 0, 0, 0]
        case .afterSchool: [0, 0, 1, 3, 2, 2, 2, 4, 4, 4, 12, 14, 12, 10, 9, 8, 6, 4, 3, 2, 1, 1, 0, 0]
        case .evening: [1, 1, 2, 3, 3, 3, 4, 4, 4, 4, 5, 6, 7, 8, 9, 10, 10, 9, 8, 6, 5, 4, 2, 1]
        case .commuting: [1, 4, 9, 11, 6, 4, 4, 5, 5, 5, 6, 9, 12, 11, 8, 6, 5, 5, 6, 5, 3, 2, 1, 1]
        case .anyTime: [2, 2, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 4, 3, 3, 2, 2]
        }
    }

    /// Relative frequency of the days from Monday to Sunday.
    var weekdays: [Double] {
        switch self {
        case .nightOut: [0.66, 0.62, 0.68, 0.82, 1.50, 1.85, 0.95]
        case .daytime: [1.08, 1.05, 1.04, 1.04, 1.02, 0.90, 0.87]
        case .shopping: [0.95, 0.95, 0.96, 1.00, 1.10, 1.20, 0.84]
        case .afterSchool: [1.05, 1.08, 1.08, 1.08, 1.12, 0.85, 0.74]
        case .evening: [0.94, 0.92, 0.93, 0.95, 1.03, 1.12, 1.11]
        case .commuting: [1.08, 1.10, 1.12, 1.12, 1.14, 0.82, 0.62]
        case .anyTime: [1, 1, 1, 1, 1, 1, 1]
        }
    }
}

/// When in the year a kind of incident happens: relative frequency by month.
enum DemoSeason: CaseIterable {
    case summer, winter, schoolTerm, flat

    var months: [Double] {
        switch self {
        case .summer: [0.85, 0.86, 0.94, 0.99, 1.09, 1.15, 1.19, 1.13, 1.03, 0.97, 0.91, 0.89]
        case .winter: [1.22, 1.14, 1.04, 0.92, 0.84, 0.79, 0.79, 0.82, 0.93, 1.08, 1.24, 1.19]
        case .schoolTerm: [1.06, 1.00, 1.08, 0.95, 1.08, 1.08, 0.95, 0.70, 1.08, 1.06, 1.10, 0.96]
        case .flat: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
        }
    }
}

/// Where a kind of incident happens.
enum DemoSetting: Int, CaseIterable {
    case home, street, nightlife, retail, station, school, business, parked, online

    /// How many incidents of this setting an area draws, in relative terms.
    func pull(of area: DemoArea) -> Double {
        let hardship = area.deprivation
        switch self {
        case .home, .online:
            return area.weight * (0.4 + 1.4 * hardship) * heat(area, centre: 1.2, station: 1, estate: 3.2)
        case .street: return area.weight * (0.4 + 1.2 * hardship) * heat(area, centre: 5, station: 3.5, estate: 3.4)
        case .nightlife: return area.weight * 0.6 * heat(area, centre: 18, station: 5, estate: 2.5)
        case .retail: return area.weight * 0.6 * heat(area, centre: 15, station: 5, estate: 2)
        case .station: return area.weight * 0.4 * heat(area, centre: 7, station: 24, estate: 1.5)
        case .school: return area.weight
        case .business: return area.weight * 0.7 * heat(area, centre: 6, station: 3, estate: 1.5)
        case .parked: return area.weight * (0.6 + 0.6 * hardship) * heat(area, centre: 2, station: 2, estate: 2.4)
        }
    }

    private func heat(_ area: DemoArea, centre: Double, station: Double, estate: Double) -> Double {
        switch area.hotspot {
        case .townCentre: centre
        case .station: station
        case .estate: estate
        case nil: 1
        }
    }

    /// What the incidents file calls it; more than one where it varies.
    var names: [String] {
        switch self {
        case .home: ["home"]
        case .street: ["street", "street", "street", "park", "car park"]
        case .nightlife: ["pub or club", "street", "street", "takeaway"]
        case .retail: ["shop", "shop", "supermarket"]
        case .station: ["station", "bus", "bus stop"]
        case .school: ["school"]
        case .business: ["business premises", "building site", "office"]
        case .parked: ["street", "street", "car park", "drive"]
        case .online: ["online"]
        }
    }
}
