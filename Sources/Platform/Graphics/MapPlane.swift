/// From metres on the ground to the units of a drawing.
struct MapPlane {
    /// Height of the map in the drawing.
    let height: Double
    private let west: Double
    private let north: Double
    private let scale: Double
    private let left: Double
    private let width: Double

    /// The plane on which all the areas fit, or nil when there is nothing to show.
    init?(_ areas: [Choropleth.Area], width: Double) {
        let points = areas.lazy.flatMap(\.rings).joined().filter { $0.x.isFinite && $0.y.isFinite }
        guard let first = points.first else { return nil }
        var (low, high) = (first, first)
        for point in points {
            low = PlanePoint(min(low.x, point.x), min(low.y, point.y))
            high = PlanePoint(max(high.x, point.x), max(high.y, point.y))
        }
        let ground = (width: max(high.x - low.x, 1), height: max(high.y - low.y, 1))
        let margin: Double = 3
        scale = min((width - 2 * margin) / ground.width, (width * 1.25 - 2 * margin) / ground.height)
        self.width = width
        west = low.x
        north = high.y
        left = (width - ground.width * scale) / 2
        height = ground.height * scale + 2 * margin
    }

    private func place(_ point: PlanePoint) -> (x: Double, y: Double) {
        (left + (point.x - west) * scale, 3 + (north - point.y) * scale)
    }

    /// Rings as path data in tenths of a unit; points that fall on the one before are left out.
    func path(_ rings: [[PlanePoint]]) -> SVG {
        var svg = SVG()
        for ring in rings {
            var before: (x: Int, y: Int)?
            for point in ring where point.x.isFinite && point.y.isFinite {
                let exact = place(point)
                let next = (x: Int((exact.x * 10).rounded()), y: Int((exact.y * 10).rounded()))
                if let before {
                    guard next != before else { continue }
                    svg += "l\(Double(next.x - before.x) / 10) \(Double(next.y - before.y) / 10)"
                } else {
                    svg += "M\(Double(next.x) / 10) \(Double(next.y) / 10)"
                }
                before = next
            }
            if before != nil { svg += "z" }
        }
        return svg
    }

    /// The middle of the widest stretch of an area at its middle height, and the room there.
    func labelPlace(_ rings: [[PlanePoint]]) -> (x: Double, y: Double, width: Double, height: Double)? {
        let points = rings.map { $0.map(place) }
        let heights = points.joined().map(\.y)
        guard let top = heights.min(), let bottom = heights.max() else { return nil }
        var best: (x: Double, y: Double, width: Double, height: Double)?
        for share in stride(from: 0.3, through: 0.7, by: 0.05) {
            let y = top + (bottom - top) * share
            let crossings = points.flatMap { MapPlane.crossings($0, at: y) }.sorted()
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                let (from, to) = (crossings[pair], crossings[pair + 1])
                if to - from > (best?.width ?? 0) * 1.05 { best = ((from + to) / 2, y, to - from, bottom - top) }
            }
        }
        return best
    }

    private static func crossings(_ ring: [(x: Double, y: Double)], at y: Double) -> [Double] {
        ring.indices.compactMap { i in
            let (a, b) = (ring[i], ring[(i + 1) % ring.count])
            guard (a.y <= y) != (b.y <= y) else { return nil }
            return a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x)
        }
    }

    /// A bar of a round length, a third of the map or less.
    func scaleBar(y: Double) -> SVG {
        let metres = Ticks.tidy(atMost: width / 3 / scale)
        let length = metres * scale
        let words = metres >= 1000 ? "\(NumberText.trimmed(metres / 1000, 1)) km" : "\(NumberText.trimmed(metres, 1)) m"
        return """
            <g><path d="M1 \(y - 5)v5h\(length)v-5" \(fill: nil, stroke: .ink) stroke-width="1.5"/>\
            \(SVG.text(words, x: length + 8, y: y + 2, size: 13))</g>
            """
    }
}
