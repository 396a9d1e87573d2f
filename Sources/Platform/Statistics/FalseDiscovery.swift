/// Control of the false discovery rate when many areas are tested at once.
///
/// An area is reported at rate q when its q value is at most q; among all reported areas the expected share of false
/// reports is then at most q.
public enum FalseDiscovery {
    /// The q values of Benjamini and Hochberg (1995), "Controlling the False Discovery Rate", J. R. Statist. Soc. B 57.
    /// Holds for independent and positively dependent tests.
    /// - Parameter p: p values.
    public static func benjaminiHochberg(_ p: [Double]) -> [Double] { stepUp(p, factor: 1) }

    /// The q values of Benjamini and Yekutieli (2001), Ann. Statist. 29: valid under any dependence, and so larger.
    /// - Parameter p: p values.
    public static func benjaminiYekutieli(_ p: [Double]) -> [Double] {
        let harmonic = (0..<p.count).reversed().reduce(0.0) { $0 + 1 / Double($1 + 1) }
        return stepUp(p, factor: harmonic)
    }

    private static func stepUp(_ p: [Double], factor: Double) -> [Double] {
        let order = p.indices.sorted { p[$0] < p[$1] }
        var q = p
        var smallest = 1.0
        for rank in order.indices.reversed() {
            let i = order[rank]
            smallest = min(smallest, p[i] * factor * Double(p.count) / Double(rank + 1))
            q[i] = smallest
        }
        return q
    }
}
