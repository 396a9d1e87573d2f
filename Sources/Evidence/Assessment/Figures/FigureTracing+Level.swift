internal import Kernel
internal import Records

extension FigureTracing {
    func level(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let source = try source(of: figure, at: .borough)
        let category = try category(of: figure, in: source)
        func part(_ range: MonthRange, sign: Double = 1, only: Set<Int>? = nil) -> FigurePart {
            source.part(title(range), range) { row in
                if let category, source.category[row] != category { return nil }
                if let only, !only.contains(Int(source.month[row] - range.first.index)) { return nil }
                return sign * source.count(row)
            }
        }
        let shared = source.coverage.shared
        switch figure.column.id {
        case "count": return FigureParts([part(context.period)])
        case "previous": return FigureParts([part(context.previous)])
        case "change":
            return FigureParts(
                [part(context.period), part(context.previous, sign: -1)],
                "Records of the earlier period are taken away from those of the period.")
        case "changePercent", "changeP":
            return FigureParts([part(context.period), part(context.previous)], FigureTracing.ofCounts)
        case "likeForLikeCount": return FigureParts([part(context.period, only: shared)])
        case "likeForLikePrevious": return FigureParts([part(context.previous, only: shared)])
        case "likeForLikeChangePercent":
            return FigureParts(
                [part(context.period, only: shared), part(context.previous, only: shared)], FigureTracing.ofCounts)
        case "ratePer1000", "rateLow", "rateHigh":
            return FigureParts(
                [part(context.period)], FigureTracing.ofCounts, "Residents come from the population files.")
        case "population": return .none("Residents come from the population files, and from no record.")
        default: return try comparedAreas(figure, source, category)
        }
    }

    /// The records of all areas compared, of which ranks and the region's rate are made.
    private func comparedAreas(_ figure: LocatedFigure, _ source: TracedSource, _ category: Int32?) throws(Fault)
        -> FigureParts
    {
        guard ["rank", "of", "regionRatePer1000", "gap"].contains(figure.column.id) else {
            throw lost(figure, "the column is not known")
        }
        let tables = LevelTables(context, source.placed)
        let parts = tables.areas.filter { context.residents.of($0.mask) != nil }.map { area in
            let positions = tables.categories(of: area.source)
            let (categories, counts) = (area.source.table.category, area.source.table.count)
            return FigurePart(area.name, area.source, in: area.mask, context.period) { row in
                guard let own = positions[Int(categories[row])] else { return nil }
                if let category, own != Int(category) { return nil }
                return Double(counts[row])
            }
        }
        return FigureParts(
            parts, "These are the records of all areas compared, of whose counts the figure is calculated.",
            "Residents come from the population files.")
    }

    func months(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let source = try source(of: figure, at: .borough)
        let category = try category(of: figure, in: source)
        let month = try month(of: figure)
        return FigureParts([
            source.part(month.inWords, range(month)) { row in
                if let category, source.category[row] != category { return nil }
                return source.count(row)
            }
        ])
    }

    func offences(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let source = try source(of: figure, at: .borough)
        guard let category = source.table.categories.firstIndex(of: figure.word("category")) else {
            throw lost(figure, "\(source.table.source.title) has no category “\(figure.word("category"))”")
        }
        let code = figure.word("offence")
        let offence = code.isEmpty ? -1 : source.table.offences.firstIndex(of: code)
        guard let offence else {
            throw lost(figure, "\(source.table.source.title) has no offence “\(code)”")
        }
        func part(_ range: MonthRange, sign: Double = 1) -> FigurePart {
            source.part(title(range), range) { row in
                guard source.category[row] == Int32(category), source.offence(row) == Int32(offence) else {
                    return nil
                }
                return sign * source.count(row)
            }
        }
        switch figure.column.id {
        case "count": return FigureParts([part(context.period)])
        case "previous": return FigureParts([part(context.previous)])
        case "change":
            return FigureParts(
                [part(context.period), part(context.previous, sign: -1)],
                "Records of the earlier period are taken away from those of the period.")
        default: return FigureParts([part(context.period), part(context.previous)], FigureTracing.ofCounts)
        }
    }

    func harm(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let source = try source(of: figure, at: .borough)
        let category = try category(of: figure, in: source)
        func part(_ range: MonthRange, _ adds: @escaping @Sendable (HarmWeights.Weight?, Double) -> Double?)
            -> FigurePart
        {
            source.part(title(range), range) { row in
                if let category, source.category[row] != category { return nil }
                return adds(source.weight(row), source.count(row))
            }
        }
        let (now, before) = (context.period, context.previous)
        switch figure.column.id {
        case "count": return FigureParts([part(now) { $1 }])
        case "countPrevious": return FigureParts([part(before) { $1 }])
        case "unweighted": return FigureParts([part(now) { $0 == nil ? $1 : nil }])
        case "harmPrevious":
            return FigureParts([part(before, FigureTracing.days({ $0.days }))], FigureTracing.ofWeights)
        case "harmLow": return FigureParts([part(now, FigureTracing.days({ $0.low }))], FigureTracing.ofWeights)
        case "harmHigh": return FigureParts([part(now, FigureTracing.days({ $0.high }))], FigureTracing.ofWeights)
        case "difference":
            let days = FigureTracing.days({ $0.days })
            return FigureParts(
                [part(now, days), part(before) { weight, count in days(weight, count).map { -$0 } }],
                FigureTracing.ofWeights, "Records of the earlier period are taken away from those of the period.")
        case "differencePercent":
            return FigureParts(
                [part(now, FigureTracing.days({ $0.days })), part(before, FigureTracing.days({ $0.days }))],
                FigureTracing.ofCounts, FigureTracing.ofWeights)
        default: return FigureParts([part(now, FigureTracing.days({ $0.days }))], FigureTracing.ofWeights)
        }
    }

    static let ofWeights = "Each record adds its count times the weight of its offence or category, in days."

    /// What incidents with a weight add in days; nothing without one.
    static func days(_ weight: @escaping @Sendable (HarmWeights.Weight) -> Int64)
        -> @Sendable (HarmWeights.Weight?, Double) -> Double?
    {
        { found, count in found.map { Double(weight($0)) * count / 100 } }
    }
}
