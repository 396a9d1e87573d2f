import Assessment
import Kernel

#if canImport(Glibc)
    import Glibc
#endif

/// Invented ground: 15 × 8 neighbourhoods, of which 3 × 2 make a ward, with crooked borders that neighbours share.
struct ReportGround {
    let lsoas: [ReportMap.Shape]
    let wards: [ReportMap.Shape]

    private static let names = [
        "Ashgrove", "Beacon Hill", "Market Cross", "Chapel End", "Dunmere", "Eastfield", "Fernside", "Station",
        "Gallows Green", "Highmoor", "Ironbridge Road", "Kingsmead", "Larkhall", "Millbrook", "Netherby", "Oldcastle",
        "Priory Park and Waterside", "Queensway", "Riverside", "St Olave’s",
    ]

    init() {
        lsoas = (0..<120).map { i in
            let (column, row) = (i % 15, i / 15)
            return (
                code: "L\(padded(i + 1, to: 3))", name: "Thornbeck \(padded(i + 1, to: 3))A",
                rings: [ReportGround.ring(column, row, 1, 1)]
            )
        }
        wards = (0..<20).map { i in
            (
                code: "W\(padded(i + 1, to: 2))", name: ReportGround.names[i],
                rings: [ReportGround.ring(i % 5 * 3, i / 5 * 2, 3, 2)]
            )
        }
    }

    func ward(of lsoa: Int) -> Int { (lsoa / 15 / 2) * 5 + lsoa % 15 / 3 }

    func count(of lsoa: Int) -> Int {
        let (x, y) = (Double(lsoa % 15) - 4.4, Double(lsoa / 15) - 3.2)
        let (u, v) = (Double(lsoa % 15) - 11.5, Double(lsoa / 15) - 5.5)
        return Int(70 + 330 * exp(-(x * x + y * y) / 3.2) + 170 * exp(-(u * u + v * v) / 2.2)) + (lsoa * 37) % 61
    }

    private static func wobble(_ a: Int, _ b: Int) -> Double {
        var random = SeededRandom(seed: UInt64(truncatingIfNeeded: a &* 7919 &+ b &* 104_729))
        return random.uniform() - 0.5
    }

    private static func corner(_ column: Int, _ row: Int) -> (x: Double, y: Double) {
        let (x, y) = (Double(column), Double(row))
        let bulge = 1 + 0.14 * sin(y / 8 * .pi) + 0.05 * sin(x)
        return (
            525_000 + (x - 7.5) * 610 * bulge + wobble(column, row) * 260,
            165_000 + (y - 4) * 760 * (1 + 0.1 * sin(x / 15 * .pi)) + wobble(row + 50, column) * 260
        )
    }

    /// The crooked line from one corner to the next, the same from both sides.
    private static func edge(_ from: (Int, Int), _ to: (Int, Int)) -> [(x: Double, y: Double)] {
        let backwards = (to.0, to.1) < (from.0, from.1)
        let (a, b) = backwards ? (to, from) : (from, to)
        let (p, q) = (corner(a.0, a.1), corner(b.0, b.1))
        let points = (0..<9).map { step -> (x: Double, y: Double) in
            let share = Double(step) / 8
            let sway = step == 0 || step == 8 ? 0 : wobble(a.0 * 31 + b.0 * 17 + step, a.1 * 13 + b.1 * 7) * 0.16
            return (p.x + (q.x - p.x) * share - (q.y - p.y) * sway, p.y + (q.y - p.y) * share + (q.x - p.x) * sway)
        }
        return (backwards ? points.reversed() : points).dropLast()
    }

    private static func ring(_ column: Int, _ row: Int, _ width: Int, _ height: Int) -> [(x: Double, y: Double)] {
        let bottom = (0...width).map { (column + $0, row) }
        let right = (0...height).map { (column + width, row + $0) }
        let top = (0...width).map { (column + width - $0, row + height) }
        let left = (0...height).map { (column, row + height - $0) }
        return [bottom, right, top, left].flatMap { side in zip(side, side.dropFirst()).flatMap { edge($0, $1) } }
    }
}
