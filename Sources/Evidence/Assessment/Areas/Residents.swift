internal import Kernel
internal import Records

/// Residents of the frame's areas in one year: the denominators of rates.
struct Residents {
    /// The year whose mid-year population is used: the held year nearest to the middle of the period; nil without
    /// populations.
    let year: Int?
    private let ofUnit: [Int?]
    private let ofWard: [Int?]
    private let ofBorough: [Int?]

    init(_ populations: Populations, frame: AreaFrame, period: MonthRange) {
        let middle = Month(index: (period.first.index + period.last.index) / 2)
        year = populations.year(nearest: middle.year)
        guard let year else {
            ofUnit = []
            ofWard = []
            ofBorough = []
            return
        }
        func sum(_ codes: [String]) -> Int? {
            codes.isEmpty ? nil : Residents.sum(codes.map { populations.residents(of: $0, in: year) })
        }
        let units = frame.units.map { unit in
            populations.residents(of: unit.code, in: year) ?? sum(unit.parts2021) ?? sum(unit.parts2011)
        }
        var inWard: [Int: [Int?]] = [:]
        var inBorough: [Int: [Int?]] = [:]
        for (unit, residents) in zip(frame.units, units) {
            inWard[unit.ward, default: []].append(residents)
            inBorough[unit.borough, default: []].append(residents)
        }
        ofUnit = units
        ofWard = frame.wards.indices.map { ward in
            populations.residents(of: frame.wards[ward].area.code, in: year) ?? inWard[ward].flatMap(Residents.sum)
        }
        ofBorough = frame.boroughs.indices.map { borough in
            inBorough[borough].flatMap(Residents.sum)
                ?? populations.residents(of: frame.boroughs[borough].code, in: year)
        }
    }

    /// The sum; nil when one of them is unknown.
    private static func sum(_ numbers: [Int?]) -> Int? {
        var sum = 0
        for number in numbers {
            guard let number else { return nil }
            sum += number
        }
        return sum
    }

    /// Residents of a unit: its own figure, or that of its parts.
    func ofUnit(_ unit: Int) -> Int? { ofUnit[safe: unit] ?? nil }

    /// Residents of a ward: its own figure, or that of its units.
    func ofWard(_ ward: Int) -> Int? { ofWard[safe: ward] ?? nil }

    /// Residents of boroughs together.
    func of(_ mask: BoroughMask) -> Int? { Residents.sum(mask.positions.map { ofBorough[safe: $0] ?? nil }) }
}
