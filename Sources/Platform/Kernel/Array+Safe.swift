extension Array {
    /// The element at a position, or nil when there is none.
    @inlinable
    public subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
