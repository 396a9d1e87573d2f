extension DemoAreas {
    /// Marks seven areas as hot spots: the town centre with two areas beside it, a station, and three estates in
    /// deprived areas that do not touch one another.
    mutating func chooseHotspots() {
        let middle = DemoPoint(
            x: DemoGrid.margin + DemoGrid.columns * DemoGrid.side / 2,
            y: DemoGrid.margin + DemoGrid.rows * DemoGrid.side / 2)
        let outwards = areas.indices.sorted {
            (areas[$0].middle.squaredDistance(to: middle), $0) < (areas[$1].middle.squaredDistance(to: middle), $1)
        }
        guard let centre = outwards.first else { return }
        areas[centre].hotspot = .townCentre
        for index in areas[centre].neighbours.prefix(2) { areas[index].hotspot = .townCentre }
        let station = outwards.first {
            areas[$0].middle.squaredDistance(to: middle) > 16_000 * 16_000 && isApart($0)
        }
        if let station { areas[station].hotspot = .station }
        let poorest = areas.indices.sorted { (-areas[$0].deprivation, $0) < (-areas[$1].deprivation, $1) }
        var estates = 0
        for index in poorest where estates < 3 && isApart(index) {
            areas[index].hotspot = .estate
            estates += 1
        }
    }

    /// Whether neither the area nor one beside it is a hot spot.
    private func isApart(_ index: Int) -> Bool {
        areas[index].hotspot == nil && areas[index].neighbours.allSatisfy { areas[$0].hotspot == nil }
    }
}
