internal import Kernel
internal import Records
internal import Statistics

extension FigureTracing {
    /// Records at a weekday, in a band of three hours, or both. One that lies between two times adds its part of them.
    func week(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let source = try timed(figure)
        let table = source.table
        guard table.hasTimes else { throw lost(figure, "\(table.source.title) tells no times") }
        let day = weekdayNames.firstIndex(of: figure.word("weekday"))
        let band = Int(figure.word("band").prefix(2)).map { $0 / 3 }
        guard day != nil || band != nil else { throw lost(figure, "the row names no weekday or time") }
        let cells = (0..<56).filter { cell in
            let isDay = day == nil || day == .some(cell / 8)
            let isBand = band == nil || band == .some(cell % 8)
            return isDay && isBand
        }
        var isWanted = [Bool](repeating: false, count: 56)
        for cell in cells { isWanted[cell] = true }
        let wanted = isWanted
        let (begins, ends) = (table.from, table.to)
        let part = source.part("Period", context.period) { row in
            let from = begins[row]
            guard from != .min else { return nil }
            let to = ends.isEmpty || ends[row] == .min ? from : ends[row]
            if to == from { return wanted[Aoristic.hourOfWeek(from) / 3] ? source.count(row) : nil }
            let bands = Aoristic.threeHourBands(Aoristic.weights(begin: from, end: to))
            let share = cells.reduce(0) { $0 + bands[$1] }
            return share > 0 ? share * source.count(row) : nil
        }
        let spread = "A record that lies somewhere between two times adds the part of the interval that falls here."
        return figure.column.id == "share"
            ? FigureParts([part], FigureTracing.ofCounts, spread) : FigureParts([part], spread)
    }

    /// A month and the same months of earlier years.
    func season(_ figure: LocatedFigure) throws(Fault) -> FigureParts {
        let source = try timed(figure)
        let month = try month(of: figure)
        func part(_ month: Month) -> FigurePart {
            source.part(month.inWords, range(month), adds: source.count)
        }
        let shift = Int(context.period.first.index - context.period.sameMonthsBefore.first.index)
        let earlier = source.earlierPeriods
        let covered = source.months
        let before = earlier.indices.map { month.advanced(by: -shift * ($0 + 1)) }
        switch figure.column.id {
        case "count": return FigureParts([part(month)])
        case "earlierMean", "changePercent":
            let known = before.filter(covered.contains)
            let own = figure.column.id == "changePercent" ? [part(month)] : []
            return FigureParts(own + known.map(part), FigureTracing.ofCounts)
        default:
            guard let position = earlier.firstIndex(where: { "count \($0)" == figure.column.id }) else {
                throw lost(figure, "the records do not reach back so far")
            }
            return FigureParts([part(before[position])])
        }
    }
}
