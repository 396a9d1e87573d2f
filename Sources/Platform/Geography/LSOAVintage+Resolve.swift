extension LSOAVintage {
    /// An area that records can be assigned to without splitting any.
    public struct Unit: Hashable, Sendable {
        /// The code: of an LSOA 2021 or 2011, or a code that is not listed.
        public let code: String
        /// The name, or the code when there is none.
        public let name: String
        /// The LSOAs 2021 that lie in it, sorted; empty when it is a part of one or not listed.
        public let lsoa21: [String]
        /// The LSOAs 2011 that lie in it, sorted; empty when it is a part of one or not listed.
        public let lsoa11: [String]
        /// What it is.
        public let kind: Kind

        /// A unit.
        public init(code: String, name: String, lsoa21: [String], lsoa11: [String], kind: Kind) {
            self.code = code
            self.name = name
            self.lsoa21 = lsoa21
            self.lsoa11 = lsoa11
            self.kind = kind
        }
    }

    /// What a unit is.
    public enum Kind: String, Hashable, Sendable {
        /// An LSOA that is the same in both censuses.
        case unchanged
        /// An LSOA of 2021.
        case lsoa2021
        /// An LSOA of 2011.
        case lsoa2011
        /// Several redrawn LSOAs together, under the smallest code of 2021.
        case joined
        /// A code that the look-up does not hold.
        case unlisted
    }

    /// Units for a set of codes.
    public struct Resolution: Sendable {
        /// The unit's code for every code that lies in one unit: each used code, and the other codes whose numbers
        /// (population, deprivation) can be added to a unit.
        public let unitOfCode: [String: String]
        /// The units, sorted by code.
        public let units: [Unit]
        /// What the reader should know, in sentences.
        public let notes: [String]
    }

    /// The finest areas to which every record can be assigned without splitting one.
    ///
    /// For each group of areas that the look-up connects:
    /// - all used codes of 2021: those LSOAs;
    /// - all used codes of 2011: those LSOAs, when `known` holds them or says nothing, or when they were split, for then
    ///   shapes and populations of the parts add up to them;
    /// - codes of both in a split: the LSOA of 2011, into which its parts are added;
    /// - codes of both in a merger, or codes of 2011 that `known` lacks: the LSOA of 2021;
    /// - codes of both in an irregular change: one unit for the whole group;
    /// - when `known` holds only the other census of a split or a merger, the larger of the two areas.
    ///
    /// A code that is not in the look-up stays a unit of its own.
    /// - Parameters:
    ///   - used: the codes of the records.
    ///   - known: the codes that boundaries and populations have; nil: not known yet. They become units as well, so that
    ///     areas without a record are counted with zero.
    public func resolve(used: Set<String>, known: Set<String>? = nil) -> Resolution {
        var builder = Builder(vintage: self, used: used, known: known)
        let listed = used.union(known ?? [])
        let touched = Set(listed.flatMap { [componentOf11[$0], componentOf21[$0]].compactMap(\.self) })
        for i in touched.sorted() { builder.add(components[i]) }
        builder.addUnlisted(listed.filter { componentOf11[$0] == nil && componentOf21[$0] == nil })
        return builder.resolution
    }
}

/// Collects units component by component.
private struct Builder {
    let vintage: LSOAVintage
    let used: Set<String>
    let known: Set<String>?
    private var unitOfCode: [String: String] = [:]
    private var units: [LSOAVintage.Unit] = []
    private var mixedSplits: [String] = []
    private var mixedMergers: [String] = []
    private var lacking: [String] = []
    private var joined: [String] = []
    private var unlisted: [String] = []

    init(vintage: LSOAVintage, used: Set<String>, known: Set<String>?) {
        self.vintage = vintage
        self.used = used
        self.known = known
    }

    mutating func add(_ component: LSOAVintage.Component) {
        let (old, new) = (component.lsoa11, component.lsoa21)
        if old == new, new.count == 1 { return add(new[0], .unchanged, lsoa21: new, lsoa11: old) }
        let usesOld = old.contains { used.contains($0) }
        let usesNew = new.contains { used.contains($0) }
        switch (old.count == 1, new.count == 1) {
        case (true, false): addSplit(old[0], new, usesOld: usesOld, usesNew: usesNew)
        case (_, true): addMerger(old, new[0], usesOld: usesOld, usesNew: usesNew)
        case (false, false): addIrregular(component, usesOld: usesOld, usesNew: usesNew)
        }
    }

    /// Whether boundaries and populations serve the records of these codes: they have every used one, or, where none
    /// is used, at least one.
    private func serves(_ codes: [String]) -> Bool {
        guard let known else { return true }
        let wanted = codes.filter(used.contains)
        return wanted.isEmpty ? codes.contains(where: known.contains) : wanted.allSatisfy(known.contains)
    }

    private mutating func addSplit(_ old: String, _ new: [String], usesOld: Bool, usesNew: Bool) {
        let onlyOldKnown = known?.contains(old) == true && !serves(new)
        if usesOld || onlyOldKnown {
            add(old, .lsoa2011, lsoa21: new, lsoa11: [old])
            if usesOld, usesNew { mixedSplits.append(old) }
        } else {
            add2021(new)
        }
    }

    private mutating func addMerger(_ old: [String], _ new: String, usesOld: Bool, usesNew: Bool) {
        if !usesNew, serves(old), usesOld || known?.contains(new) != true {
            add2011(old)
        } else {
            add(new, .lsoa2021, lsoa21: [new], lsoa11: old)
            if usesOld, usesNew { mixedMergers.append(new) } else if usesOld { lacking.append(new) }
        }
    }

    private mutating func addIrregular(_ component: LSOAVintage.Component, usesOld: Bool, usesNew: Bool) {
        let (old, new) = (component.lsoa11, component.lsoa21)
        if !usesOld, serves(new) {
            add2021(new)
        } else if !usesNew, serves(old) {
            add2011(old)
        } else {
            add(new[0], .joined, lsoa21: new, lsoa11: old)
            joined.append(new[0])
        }
    }

    private mutating func add2021(_ codes: [String]) {
        for code in codes where isWanted(code) { add(code, .lsoa2021, lsoa21: [code], lsoa11: []) }
    }

    private mutating func add2011(_ codes: [String]) {
        for code in codes where isWanted(code) { add(code, .lsoa2011, lsoa21: [], lsoa11: [code]) }
    }

    /// Where the known codes end at a border, so do the units.
    private func isWanted(_ code: String) -> Bool { known?.contains(code) ?? true || used.contains(code) }

    mutating func addUnlisted(_ codes: Set<String>) {
        for code in codes.sorted() { add(code, .unlisted, lsoa21: [], lsoa11: []) }
        unlisted = codes.intersection(used).sorted()
    }

    private mutating func add(_ code: String, _ kind: LSOAVintage.Kind, lsoa21: [String], lsoa11: [String]) {
        for part in lsoa21 + lsoa11 + [code] { unitOfCode[part] = code }
        let name = kind == .lsoa2011 ? vintage.names11[code] : vintage.name(of: code)
        let shown = name.flatMap { $0.isEmpty ? nil : $0 } ?? code
        units.append(.init(code: code, name: shown, lsoa21: lsoa21, lsoa11: lsoa11, kind: kind))
    }

    var resolution: LSOAVintage.Resolution {
        let sentences = [
            (mixedSplits, "LSOAs of 2011 stand with their parts of 2021 added, because records use both"),
            (mixedMergers, "LSOAs of 2021 stand with the codes of 2011 that were merged into them added"),
            (lacking, "LSOAs of 2021 stand for codes of 2011 that the boundaries or populations do not have"),
            (joined, "groups of redrawn LSOAs are one area each, under their smallest code of 2021"),
            (unlisted, "codes are not in the look-up of LSOAs and stand as they are"),
        ]
        let notes = sentences.filter { !$0.0.isEmpty }.map { "\($0.count) \($1): \(listed($0))." }
        return .init(unitOfCode: unitOfCode, units: units.sorted { $0.code < $1.code }, notes: notes)
    }
}
