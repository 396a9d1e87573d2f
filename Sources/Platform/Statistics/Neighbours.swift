/// Which areas are neighbours of which: for each of `count` areas, numbered from 0, its neighbours in ascending order.
///
/// An area is never listed as its own neighbour; statistics that include the area itself add it themselves.
public struct Neighbours: Hashable, Sendable {
    /// Where each area's neighbours begin in `targets`; one more entry than there are areas.
    public let offsets: [Int]
    /// The neighbours of all areas, one area after the other.
    public let targets: [Int]

    /// Neighbours from directed pairs. Pairs given twice count once; pairs of an area with itself are dropped.
    /// - Parameters:
    ///   - count: how many areas there are; every number in `pairs` must be in 0 ..< count.
    ///   - pairs: (area, its neighbour), in any order. A mutual pair must be given both ways.
    public init(count: Int, pairs: [(Int, Int)]) {
        var lists: [[Int]] = Array(repeating: [], count: count)
        for (area, neighbour) in pairs {
            precondition((0..<count).contains(area), "area out of range")
            lists[area].append(neighbour)
        }
        self.init(lists: lists)
    }

    /// Neighbours from one list for each area. Repeats count once; an area in its own list is dropped.
    /// - Parameter lists: for each area the numbers of its neighbours, each in 0 ..< lists.count.
    public init(lists: [[Int]]) {
        var offsets: [Int] = [0]
        var targets: [Int] = []
        for (area, list) in lists.enumerated() {
            var previous = -1
            for neighbour in list.sorted() where neighbour != area && neighbour != previous {
                precondition((0..<lists.count).contains(neighbour), "neighbour out of range")
                targets.append(neighbour)
                previous = neighbour
            }
            offsets.append(targets.count)
        }
        self.offsets = offsets
        self.targets = targets
    }

    /// How many areas.
    public var count: Int { offsets.count - 1 }
    /// How many directed links.
    public var linkCount: Int { targets.count }
    /// The neighbours of an area, ascending.
    public subscript(area: Int) -> ArraySlice<Int> { targets[offsets[area]..<offsets[area + 1]] }
    /// How many neighbours an area has.
    public func degree(of area: Int) -> Int { offsets[area + 1] - offsets[area] }
    /// The areas without neighbours, ascending.
    public var islands: [Int] { (0..<count).filter { degree(of: $0) == 0 } }

    /// Whether every link goes both ways.
    public var isSymmetric: Bool { firstOneWayLink == nil }

    /// The first link (by area, then neighbour) that does not go both ways, or nil.
    public var firstOneWayLink: (area: Int, neighbour: Int)? {
        for area in 0..<count {
            for neighbour in self[area] where !contains(neighbour, area) { return (area, neighbour) }
        }
        return nil
    }

    /// Whether `neighbour` is listed as a neighbour of `area`.
    public func contains(_ area: Int, _ neighbour: Int) -> Bool {
        var low = offsets[area]
        var high = offsets[area + 1]
        while low < high {
            let middle = (low + high) / 2
            if targets[middle] < neighbour { low = middle + 1 } else { high = middle }
        }
        return low < offsets[area + 1] && targets[low] == neighbour
    }

    /// Each area's value plus its neighbours' values.
    func sumsWithSelf<Value: AdditiveArithmetic>(of values: [Value]) -> [Value] {
        precondition(values.count == count, "one value for each area")
        return (0..<count).map { area in self[area].reduce(values[area]) { $0 + values[$1] } }
    }
}
