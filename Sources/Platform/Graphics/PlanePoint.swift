/// A point on a plane.
public struct PlanePoint: Hashable, Sendable {
    /// Towards the right: metres east on a map, per cent of places in a curve.
    public var x: Double
    /// Upwards: metres north on a map, per cent of the total in a curve.
    public var y: Double

    /// A point.
    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}
