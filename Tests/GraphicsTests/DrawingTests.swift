import Graphics
import Kernel
import Testing

@Suite("Lines, grids, maps and curves")
struct DrawingTests {
    private func figure(_ width: Double = 720) -> Figure {
        Figure(id: "f", title: "T", description: "D", width: width)
    }

    private func months(_ count: Int) throws -> MonthRange {
        let first = try #require(Month("2023-11"))
        return try #require(MonthRange(from: first, to: first.advanced(by: count - 1)))
    }

    @Test("A month without a figure is a gap in the line")
    func gaps() throws {
        let chart = LineChart(
            figure(), months: try months(7), values: [1, 2, nil, 4, nil, 6, 7], measure: "Count")
        let drawn = Drawn(chart.svg())

        #expect(drawn.elements("path").filter { $0["d"]?.contains("L") == true }.count == 2)
        #expect(drawn.elements("circle").count == 5)
        #expect(drawn.text.contains("December 2023: 2"))
    }

    @Test("Points lie at heights proportional to their figures")
    func heights() throws {
        let chart = LineChart(figure(), months: try months(3), values: [0, 50, 100], measure: "Count")
        let y = Drawn(chart.svg()).elements("circle").compactMap { $0["cy"].flatMap(Double.init) }

        #expect(abs((y[0] - y[1]) - (y[1] - y[2])) < 0.02 && y[0] > y[2])
    }

    @Test("A cell is darker for more and shows its figure")
    func grid() {
        let grid = HeatGrid(
            figure(), rows: ["Monday", "Tuesday"], columns: ["Day", "Night"], values: [[0, 1250], [600, nil]],
            measure: "Count")
        let drawn = Drawn(grid.svg())
        let fills = drawn.text.matches(of: /<\/title><rect [^>]*fill="([^"]*)"/).map { String($0.1) }

        #expect(fills.count == 4)
        #expect(fills[0] == Theme.light.colour(.q1).css && fills[1] == Theme.light.colour(.q5).css)
        #expect(fills[3] == Theme.light.colour(.paper).css)
        #expect(drawn.words("text").contains("1,250") && drawn.words("text").contains("–"))
    }

    private func square(_ x: Double, _ y: Double, _ size: Double) -> [[PlanePoint]] {
        [[.init(x, y), .init(x + size, y), .init(x + size, y + size), .init(x, y + size), .init(x, y)]]
    }

    @Test("North is up, shapes keep their proportions, and what is missing is hatched")
    func map() throws {
        let map = Choropleth(
            figure(400),
            areas: [
                .init(code: "S", name: "South", rings: square(0, 0, 1000), value: 3, isOutlined: true),
                .init(code: "N", name: "North", rings: square(0, 1000, 1000), value: nil),
            ], measure: "Count", areaNoun: "wards", outlineTitle: "Hotspot")
        let drawn = Drawn(map.svg())
        let paths = drawn.elements("path").compactMap { $0["d"] }.filter { $0.hasSuffix("z") && $0.contains("l") }
        let south = try #require(paths[0].firstMatch(of: /M([\d.]+) ([\d.]+)l([\d.]+) 0l0 -([\d.]+)/))
        let north = try #require(paths[1].firstMatch(of: /M([\d.]+) ([\d.]+)l/))

        #expect(south.3 == south.4)
        #expect(try #require(Double(south.2)) > #require(Double(north.2)))
        #expect(drawn.text.contains("fill=\"url(#f-none)\"") && drawn.words("text").contains("No figure"))
        #expect(drawn.text.contains("<title>South: 3 (Hotspot)</title>"))
    }

    @Test("The scale bar is as long as it says")
    func scaleBar() throws {
        let map = Choropleth(
            figure(400), areas: [.init(code: "A", name: "A", rings: square(500_000, 100_000, 3000), value: 1)],
            measure: "Count")
        let drawn = Drawn(map.svg())
        let bar = try #require(drawn.text.firstMatch(of: /v5h([\d.]+)v-5/))
        let length = try #require(Double(bar.1))

        #expect(drawn.words("text").contains("1 km"))
        // 3 km are 394 units: 400 less a margin of 3 on both sides.
        #expect(abs(length - 394.0 / 3) < 0.01)
    }

    @Test("A curve goes from nothing to everything through its points")
    func curve() throws {
        let curve = ConcentrationCurve(
            figure(400), curves: [.init("Count", points: [PlanePoint(10, 50)])], places: "Places", total: "Total")
        let path = try #require(
            Drawn(curve.svg()).elements("path").compactMap { $0["d"] }.first { $0.hasPrefix("M48") })
        let numbers = path.split { "ML ".contains($0) }.compactMap { Double($0) }

        #expect(numbers.count == 6)
        #expect(abs((numbers[2] - numbers[0]) / (numbers[4] - numbers[0]) - 0.1) < 1e-4)
        #expect(abs((numbers[1] - numbers[3]) / (numbers[1] - numbers[5]) - 0.5) < 1e-4)
    }

    static let oddities: [[Double?]] = [
        [], [nil], [0], [0, 0, 0], [5], [1e18, 3, -2e17], [-1, -2, -3], [.nan, 1], [.infinity, 2], [1e-9, 2e-9],
    ]

    @Test("Odd data give a sound drawing", arguments: oddities, [720.0, 330])
    func odd(values: [Double?], width: Double) throws {
        let bars = values.enumerated().map { BarChart.Bar("Row \($0)", $1, comparedWith: values.first ?? nil) }
        let frame = figure(width)
        let months = try months(max(values.count, 1))
        let areas = values.enumerated().map {
            Choropleth.Area(code: "\($0)", name: "A", rings: square(Double($0), 0, 1), value: $1)
        }
        var line = LineChart(frame, months: months, values: values, measure: "m")
        line.comparison = values
        let curves = [ConcentrationCurve.Curve("c", points: values.compactMap { $0 }.map { PlanePoint($0, $0) })]
        let panels = SmallMultiples(frame, months: months, panels: [.init("p", values: values)], measure: "m")

        for (name, svg) in [
            ("bars", BarChart(frame, bars: bars, measure: "m", comparison: "c").svg()),
            ("columns", ColumnChart(frame, columns: bars, measure: "m").svg()),
            ("dumbbell", DumbbellChart(frame, pairs: bars, later: "l", earlier: "e").svg()),
            ("line", line.svg()), ("panels", panels.svg()),
            ("grid", HeatGrid(frame, rows: ["r"], columns: bars.map(\.label), values: [values], measure: "m").svg()),
            ("map", Choropleth(frame, areas: areas, measure: "m", showsNames: true).svg()),
            ("curve", ConcentrationCurve(frame, curves: curves, places: "p", total: "t").svg()),
        ] {
            let drawn = Drawn(svg)
            drawn.check("\(name) of \(values)")
            #expect(drawn.numbers.allSatisfy { $0.isFinite && abs($0) < 5000 }, "\(name) of \(values)")
        }
    }
}
