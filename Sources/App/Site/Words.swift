extension String {
    /// With its first letter as a capital: "high" as "High".
    public var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
