internal import Kernel

/// A block of cells of the fine grid, ends not included.
struct DemoBlock: Hashable {
    var columns: Range<Int>
    var rows: Range<Int>

    var cellCount: Int { columns.count * rows.count }
}

/// The fine grid under the borough's areas. Its corners are moved out of line, so that its cells are four-sided blocks
/// of unequal shape. Every area is a block of whole cells and lists every corner on its border: areas therefore share
/// their corners and tile the borough exactly.
struct DemoGrid {
    static let columns = 30
    static let rows = 24
    /// The side of a cell before its corners are moved, in decimetres.
    static let side = 2200
    /// Room around the grid, so that moved corners stay positive, in decimetres.
    static let margin = 5000

    private let corners: [DemoPoint]
    /// Residents by cell, in relative terms; columns first.
    let density: [Double]

    init(_ random: inout SeededRandom) {
        let east = SmoothField(side: 5, &random)
        let north = SmoothField(side: 5, &random)
        var corners: [DemoPoint] = []
        for row in 0...DemoGrid.rows {
            for column in 0...DemoGrid.columns {
                let u = Double(column) / Double(DemoGrid.columns)
                let v = Double(row) / Double(DemoGrid.rows)
                corners.append(
                    DemoPoint(
                        x: DemoGrid.margin + column * DemoGrid.side + Int((east.at(u, v) - 0.5) * 5200)
                            + random.within(-380...380),
                        y: DemoGrid.margin + row * DemoGrid.side + Int((north.at(u, v) - 0.5) * 5200)
                            + random.within(-380...380)))
            }
        }
        self.corners = corners
        density = DemoGrid.density(&random)
    }

    /// Dense in the middle, thinner outwards, with chance on top.
    private static func density(_ random: inout SeededRandom) -> [Double] {
        var density: [Double] = []
        for row in 0..<rows {
            for column in 0..<columns {
                let dx = Double(column) - 14.5
                let dy = Double(row) - 11.5
                density.append((0.6 + random.uniform()) / (1 + (dx * dx + dy * dy) / 60))
            }
        }
        return density
    }

    /// The corner at the lower left of the cell of that column and row.
    func corner(_ column: Int, _ row: Int) -> DemoPoint { corners[row * (DemoGrid.columns + 1) + column] }

    /// The residents of a block, in relative terms.
    func weight(_ block: DemoBlock) -> Double {
        var total = 0.0
        for row in block.rows {
            for column in block.columns { total += density[row * DemoGrid.columns + column] }
        }
        return total
    }

    /// The corners along a block's border, anticlockwise from the lower left, the first not repeated.
    func ring(_ block: DemoBlock) -> [DemoPoint] {
        let (left, right) = (block.columns.lowerBound, block.columns.upperBound)
        let (bottom, top) = (block.rows.lowerBound, block.rows.upperBound)
        var ring: [DemoPoint] = []
        for column in left..<right { ring.append(corner(column, bottom)) }
        for row in bottom..<top { ring.append(corner(right, row)) }
        for column in stride(from: right, to: left, by: -1) { ring.append(corner(column, top)) }
        for row in stride(from: top, to: bottom, by: -1) { ring.append(corner(left, row)) }
        return ring
    }

    /// Cuts a block into `count` blocks of about equal residents; fewer where a block has too few cells left to cut.
    func cut(_ block: DemoBlock, into count: Int) -> [DemoBlock] {
        guard count > 1 else { return [block] }
        let first = count / 2
        let lengthwise = block.columns.count >= block.rows.count
        for least in [2, 1] {
            for direction in [lengthwise, !lengthwise] {
                guard let (low, high) = split(block, first, count - first, direction, least: least) else { continue }
                return cut(low, into: first) + cut(high, into: count - first)
            }
        }
        return [block]
    }

    /// The cut whose sides come nearest to the wanted shares of residents, with at least `least` cells for each area
    /// to be made from a side.
    private func split(
        _ block: DemoBlock, _ low: Int, _ high: Int, _ lengthwise: Bool, least: Int
    ) -> (DemoBlock, DemoBlock)? {
        let range = lengthwise ? block.columns : block.rows
        let wanted = weight(block) * Double(low) / Double(low + high)
        var best: (DemoBlock, DemoBlock)?
        var smallest = Double.infinity
        for place in range.dropFirst() {
            let (a, b) = halves(block, at: place, lengthwise)
            let error = abs(weight(a) - wanted)
            guard a.cellCount >= low * least, b.cellCount >= high * least, error < smallest else { continue }
            smallest = error
            best = (a, b)
        }
        return best
    }

    private func halves(_ block: DemoBlock, at place: Int, _ lengthwise: Bool) -> (DemoBlock, DemoBlock) {
        var (a, b) = (block, block)
        if lengthwise {
            a.columns = block.columns.lowerBound..<place
            b.columns = place..<block.columns.upperBound
        } else {
            a.rows = block.rows.lowerBound..<place
            b.rows = place..<block.rows.upperBound
        }
        return (a, b)
    }

    /// A place inside a block: a cell, then a point of it that stays off its border.
    func point(in block: DemoBlock, _ random: inout SeededRandom) -> DemoPoint {
        let column = random.within(block.columns.lowerBound...block.columns.upperBound - 1)
        let row = random.within(block.rows.lowerBound...block.rows.upperBound - 1)
        return point(column, row, 0.04 + 0.92 * random.uniform(), 0.04 + 0.92 * random.uniform())
    }

    private func point(_ column: Int, _ row: Int, _ u: Double, _ v: Double) -> DemoPoint {
        let (a, b) = (corner(column, row), corner(column + 1, row))
        let (d, c) = (corner(column, row + 1), corner(column + 1, row + 1))
        func mix(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Int {
            let low = Double(a) * (1 - u) + Double(b) * u
            let high = Double(d) * (1 - u) + Double(c) * u
            return Int((low * (1 - v) + high * v).rounded())
        }
        return DemoPoint(x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y))
    }
}
