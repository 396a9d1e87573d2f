/// The quantile of type 7 (Hyndman and Fan 1996), the default of R, numpy and Excel: linear between order statistics.
/// Nil for no values.
/// - Parameters:
///   - values: finite values in any order.
///   - p: 0…1.
public func quantile(_ values: [Double], _ p: Double) -> Double? {
    precondition(p >= 0 && p <= 1, "a probability")
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let place = Double(sorted.count - 1) * p
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[below] }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
}

/// The median, or nil for no values.
public func median(_ values: [Double]) -> Double? { quantile(values, 0.5) }

/// The median absolute deviation from the median, or nil for no values.
/// - Parameter scale: 1.4826 makes it estimate a normal standard deviation.
public func medianAbsoluteDeviation(_ values: [Double], scale: Double = 1.4826) -> Double? {
    guard let middle = median(values), let spread = median(values.map { abs($0 - middle) }) else { return nil }
    return scale * spread
}
