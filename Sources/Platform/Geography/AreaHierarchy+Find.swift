public import Kernel

extension AreaHierarchy {
    /// The codes of the areas with that name, whatever its case, marks and "&" for "and"; sorted.
    /// - Parameters:
    ///   - name: the name.
    ///   - level: only this level; nil: all. Any LSOA level stands for LSOAs.
    ///   - borough: only areas of the borough of this code; nil: everywhere.
    public func codes(named name: String, level: AreaLevel? = nil, in borough: String? = nil) -> [String] {
        (byName[Spelling.folded(name)] ?? []).filter { matches($0, level, borough) }
    }

    private func matches(_ code: String, _ level: AreaLevel?, _ borough: String?) -> Bool {
        guard let place = places[code] else { return false }
        if let level, place.level != (level.isLSOA ? .lsoa : level) { return false }
        return borough == nil || self.borough(of: place) == borough
    }

    private func borough(of place: Place) -> String? {
        switch place.level {
        case .lsoa: borough(ofLSOA: place.code)
        case .ward: place.parent
        default: place.code
        }
    }

    /// The one area that a person means by a code or a name.
    /// - Parameters:
    ///   - text: a code or a name, in any case; "&" and "and" are the same.
    ///   - level: only this level; nil: all.
    ///   - borough: only areas of the borough of this code; nil: everywhere.
    /// - Throws: a `Fault` that suggests near names when there is none, and lists the candidates when there are several.
    public func find(_ text: String, level: AreaLevel? = nil, in borough: String? = nil) throws(Fault) -> Place {
        let code = text.uppercased().filter { !$0.isWhitespace }
        for candidate in [text, code] {
            if let place = places[candidate], matches(candidate, level, borough) { return place }
        }
        let found = codes(named: text, level: level, in: borough).compactMap { places[$0] }
        if found.count == 1 { return found[0] }
        throw found.isEmpty ? unknown(text, level, borough) : ambiguous(text, found)
    }

    private func unknown(_ text: String, _ level: AreaLevel?, _ borough: String?) -> Fault {
        let wanted = Spelling.folded(text)
        let names = byName.flatMap { name, codes in
            codes.filter { matches($0, level, borough) }.compactMap { places[$0] }.map { (name: name, shown: $0.name) }
        }
        var near: [String] = []
        for name in Spelling.near(wanted, among: names, atMost: 6) where !near.contains(name) { near.append(name) }
        let kind = level.map { $0.isLSOA ? "LSOA" : $0.name } ?? "area"
        let place = borough.flatMap { name(of: $0) }.map { " in \($0)" } ?? ""
        return Fault(
            "There is no \(kind) \"\(text)\"\(place)",
            because: near.isEmpty ? "" : "did you mean \(near.prefix(3).joined(separator: " or "))?",
            remedy: "Write the name as in the look-up of areas, or the code.")
    }

    private func ambiguous(_ text: String, _ found: [Place]) -> Fault {
        let candidates = found.map { place in
            let above = place.parent == nil ? nil : borough(of: place).flatMap { name(of: $0) }
            let kind = place.level == .lsoa ? "LSOA" : place.level.name
            return "\(place.code) (\(kind)\(above.map { " in \($0)" } ?? ""))"
        }
        return Fault(
            "\"\(text)\" is the name of \(found.count) areas", because: listed(candidates, atMost: 8),
            remedy: "Write the code, or name the borough as well.")
    }
}
