internal import Kernel
internal import Records

extension FigureTracing {
    private func ward(of figure: LocatedFigure) throws(Fault) -> Int32 {
        let code = figure.word("code")
        guard let position = context.frame.wards.firstIndex(where: { $0.area.code == code }) else {
            throw lost(figure, "no look-up knows the ward \(code)")
        }
        return Int32(position)
    }

    private func unit(of figure: LocatedFigure) throws(Fault) -> Int32 {
        let code = figure.word("code")
        guard let position = context.frame.units.firstIndex(where: { $0.code == code }) else {
            throw lost(figure, "no look-up knows the small area \(code)")
        }
        return Int32(position)
    }

    func places(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let isWard = figure.table.kind == "B3.wards"
        let source = try source(of: figure, at: isWard ? .ward : .lsoa)
        let place = isWard ? try ward(of: figure) : try unit(of: figure)
        func part(_ range: MonthRange, _ adds: @escaping @Sendable (Int) -> Double?) -> FigurePart {
            isWard
                ? source.part(title(range), ward: place, range, adds: adds)
                : source.part(title(range), unit: place, range, adds: adds)
        }
        func harm(_ weight: @escaping @Sendable (HarmWeights.Weight) -> Int64) -> FigureParts {
            let days = FigureTracing.days(weight)
            return FigureParts(
                [part(context.period) { days(source.weight($0), source.count($0)) }], FigureTracing.ofWeights)
        }
        switch figure.column.id {
        case "count": return FigureParts([part(context.period, source.count)])
        case "ratePer1000":
            return FigureParts(
                [part(context.period, source.count)], FigureTracing.ofCounts,
                "Residents come from the population files.")
        case "harm": return harm({ $0.days })
        case "harmLow": return harm({ $0.low })
        case "harmHigh": return harm({ $0.high })
        case "rank": return FigureParts([part(context.period, source.count)], FigureTracing.ofRank)
        case "population": return .none("Residents come from the population files, and from no record.")
        default:
            let range = source.earlierPeriods.first { "rank \($0)" == figure.column.id }
            guard let range else { throw lost(figure, "the records do not reach back so far") }
            return FigureParts([part(range, source.count)], FigureTracing.ofRank)
        }
    }

    // MARK: - Groups

    private func members(_ group: String, of source: TracedSource, _ figure: LocatedFigure) throws(Fault)
        -> GroupMembers
    {
        guard let found = source.groups.first(where: { $0.id == group }) else {
            throw lost(figure, "the definitions have no offence group “\(group)”")
        }
        return found
    }

    private static func adds(_ group: GroupMembers?, _ source: TracedSource) -> @Sendable (Int) -> Double? {
        let table = source.table
        return { row in
            if let group {
                let flags = table.flags.isEmpty ? 0 : table.flags[row]
                let identifier = table.identifier.isEmpty ? 0 : table.identifier[row]
                guard
                    group.contains(
                        category: table.category[row], offence: source.offence(row), flags: flags,
                        identifier: identifier)
                else { return nil }
            }
            return source.count(row)
        }
    }

    func overlap(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let source = try smallAreas(of: figure)
        let unit = try unit(of: figure)
        var parts: [FigurePart] = []
        for group in figure.word("groups").replacing("; ", with: ";").split(separator: ";") {
            let members = try members(String(group), of: source, figure)
            let adds = FigureTracing.adds(members, source)
            parts.append(
                source.part(members.title, unit: unit, context.period, adds: adds))
        }
        return FigureParts(
            parts, "These are the area’s records of each group in whose top list it stands; a record can be of several."
        )
    }

    func hotspots(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let source = try smallAreas(of: figure)
        let suffix = String(figure.table.id.dropFirst(figure.table.kind.count).drop { $0 == "." })
        let group = suffix.isEmpty ? nil : try members(suffix, of: source, figure)
        let adds = FigureTracing.adds(group, source)
        let unit = try unit(of: figure)
        func part(_ title: String, _ unit: Int32) -> FigurePart {
            source.part(title, unit: unit, context.period, adds: adds)
        }
        if figure.column.id == "count" { return FigureParts([part("The area", unit)]) }
        var parts = [part("The area", unit)]
        if let shapes = context.boundaries, let own = shapes.units.firstIndex(of: Int(unit)) {
            let near = shapes.neighbours.compactMap { $0.0 == own ? $0.1 : $0.1 == own ? $0.0 : nil }
            for position in near.sorted() {
                let neighbour = shapes.units[position]
                parts.append(part("Neighbour: \(context.frame.units[neighbour].name)", Int32(neighbour)))
            }
        }
        return FigureParts(
            parts,
            "These are the records of the area and its neighbours, whose sum Gi* compares with what the counts of all "
                + "areas of the table give.")
    }

    func concentration(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let source = try smallAreas(of: figure)
        guard figure.column.id != "of", figure.column.id != "share" else {
            return .none("The number of small areas comes from the look-ups, and from no record.")
        }
        let table = PlaceTables(context, source.placed)
        let tally = PlaceTally(
            source.placed, places: source.placed.unit, number: context.frame.units.count, in: context, context.period,
            index: source.weights)
        let isHarm = figure.word("measure") == "harm"
        func value(_ unit: Int) -> Int64 { isHarm ? tally.harm[unit].days : Int64(tally.count[unit]) }
        let ordered = table.unitsOfArea.enumerated().sorted {
            (-value($0.element), $0.offset) < (-value($1.element), $1.offset)
        }.map(\.element)
        let isCurve = figure.column.id == "places" || figure.column.id == "sharePlaces"
        let places = figure.table.column("places").flatMap { figure.row[$0].asNumber }.map { Int($0) } ?? 0
        let chosen = Set((isCurve ? ordered.prefix(places) : ordered[...]).map { Int32($0) })
        let days = FigureTracing.days({ $0.days })
        let title = isCurve ? "The \(places) small areas that hold most" : "All small areas"
        let part = source.part(title, context.period) { row in
            guard chosen.contains(source.placed.unit[row]) else { return nil }
            return isHarm
                ? days(source.weight(row), source.count(row))
                : source.count(row)
        }
        return FigureParts([part], "These are the records of the counts that the figure is calculated from.")
    }
}
