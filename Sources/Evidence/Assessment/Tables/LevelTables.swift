internal import Kernel
internal import Records
internal import Statistics

/// B1: counts, change, rates, rank among the compared areas and gap to their region.
struct LevelTables {
    let context: AssessmentContext
    let source: PlacedRecords
    let coverage: Coverage
    /// The area and the compared areas that a source of this subject covers, each with that source.
    let areas: [(name: String, mask: BoroughMask, source: PlacedRecords)]

    init(_ context: AssessmentContext, _ source: PlacedRecords) {
        self.context = context
        self.source = source
        coverage = Coverage(of: source, in: context)
        var covered: [String: Set<Int>] = [:]
        for other in context.sources(of: source.table.source.subject) {
            covered[other.table.source.id] = other.boroughsCovered(in: context.frame, context.period)
        }
        var compared = [(name: context.areaName, mask: context.area, source: source)]
        for area in context.compared.dropFirst() {
            let theirs = context.source(like: source, for: area.mask)
            guard covered[theirs.table.source.id]?.isSuperset(of: area.mask.positions) == true else { continue }
            compared.append((area.name, area.mask, theirs))
        }
        areas = compared
    }

    // MARK: - Level

    func level(id: String) -> AssessmentTable {
        let own = CategoryTally(source, in: context.area, context: context, shared: coverage.shared)
        let others = areas.dropFirst().map { incidents(of: $0.source, in: $0.mask) }
        let counts: [[Int]] = [own.count] + others
        let residents = areas.map { context.residents.of($0.mask) }
        let categories = source.table.categories.indices.filter { code in
            own.previous[code] > 0 || counts.contains { $0[code] > 0 }
        }
        var rows = categories.map { row(source.table.categories[$0], $0, own, counts, residents) }
        rows.sort { ($1[1].asNumber ?? 0, $0[0].asText ?? "") < ($0[1].asNumber ?? 0, $1[0].asText ?? "") }
        rows.append(row("Total", nil, own, counts, residents))
        return AssessmentTable(
            id: id, title: "\(source.table.source.title): level and change", columns: columns, rows: rows, notes: notes)
    }

    private var columns: [AssessmentTable.Column] {
        [
            .category, .count, .init("previous", "Previous", .count), .init("change", "Change", .change),
            .init("changePercent", "Change %", .percent(signed: true)), .init("population", "Residents", .count), .rate,
            .rank, .init("of", "Of", .count), .init("regionRatePer1000", "Region’s rate", .decimal(1)),
            .init("gap", "Gap to region", .decimal(1)), .init("rateLow", "Rate, low (95 %)", .decimal(1)),
            .init("rateHigh", "Rate, high (95 %)", .decimal(1)), .init("changeP", "Chance alone (p)", .probability),
            .init("likeForLikeCount", "Like for like", .count),
            .init("likeForLikePrevious", "Like for like, previous", .count),
            .init("likeForLikeChangePercent", "Like for like, change %", .percent(signed: true)),
        ]
    }

    private func row(_ name: String, _ category: Int?, _ own: CategoryTally, _ all: [[Int]], _ residents: [Int?])
        -> [AssessmentTable.Cell]
    {
        let counts = all.map { counts in category.map { counts[$0] } ?? counts.reduce(0, +) }
        let rates = zip(counts, residents).map { count, residents in
            residents.flatMap { $0 > 0 ? Double(count) / Double($0) * 1000 : nil }
        }
        let count = counts[0]
        let previous = category.map { own.previous[$0] } ?? own.previous.reduce(0, +)
        let like = category.map { own.sharedCount[$0] } ?? own.sharedCount.reduce(0, +)
        let likeBefore = category.map { own.sharedPrevious[$0] } ?? own.sharedPrevious.reduce(0, +)
        let ranked = rates.compactMap { $0 }.count
        let region = regionRate(counts, residents)
        let interval = residents[0].flatMap { Figures.rateInterval(count: count, residents: $0) }
        let isComparable = coverage.isComparable && coverage.hasPrevious
        return [
            .text(name), .integer(count), .integer(coverage.hasPrevious ? previous : nil),
            .integer(isComparable ? count - previous : nil),
            .number(isComparable ? percentChange(from: Double(previous), to: Double(count)) : nil),
            .integer(residents[0]), .number(rates[0]), .integer(ranked > 1 ? ranks(rates)[0] : nil),
            .integer(ranked > 1 ? ranked : nil), .number(ranked > 1 ? region : nil),
            .number(ranked > 1 ? zip2(rates[0], region).map { $0 - $1 } : nil), .number(interval?.low),
            .number(interval?.high),
            .number(isComparable ? Figures.chanceOfChange(from: previous, to: count) : nil),
            .integer(coverage.hasPrevious ? like : nil), .integer(coverage.hasPrevious ? likeBefore : nil),
            .number(coverage.hasPrevious ? percentChange(from: Double(likeBefore), to: Double(like)) : nil),
        ]
    }

    /// The position that each category of a source has among those of the source of the area assessed. Where they are of
    /// another source, categories are the same when their titles are.
    func categories(of their: PlacedRecords) -> [Int?] {
        let titles = their.table.categories.map(context.groups.title(of:))
        let own = source.table.categories.map(context.groups.title(of:))
        let isSame = their.table.source.id == source.table.source.id
        return titles.indices.map { isSame ? $0 : own.firstIndex(of: titles[$0]) }
    }

    /// Counts of a compared area by the categories of the source of the area assessed.
    private func incidents(of their: PlacedRecords, in other: BoroughMask) -> [Int] {
        let positions = categories(of: their)
        var counts = [Int](repeating: 0, count: source.table.categories.count)
        for row in their.rows(in: other, context.period) {
            if let position = positions[Int(their.table.category[row])] {
                counts[position] += Int(their.table.count[row])
            }
        }
        return counts
    }

    private func regionRate(_ counts: [Int], _ residents: [Int?]) -> Double? {
        var count = 0
        var people = 0
        for (areaCount, areaResidents) in zip(counts, residents) {
            guard let areaResidents else { continue }
            count += areaCount
            people += areaResidents
        }
        return people > 0 ? Double(count) / Double(people) * 1000 : nil
    }

    private var notes: [String] {
        var notes = [
            "Source: \(source.table.source.title). Period \(context.period.inWords); compared with "
                + "\(context.previous.inWords)."
        ]
        notes += source.table.source.notes + source.table.notes + coverage.notes
        notes.append(context.denominatorNote)
        if areas.count > 1 {
            notes.append(
                "Rank 1 is the highest rate of \(areas.count) areas: "
                    + areas.map(\.name).sorted().joined(separator: ", ")
                    + ". The region’s rate is that of all of them together.")
            let others = Set(areas.dropFirst().map(\.source.table.source.title))
                .subtracting([source.table.source.title])
            if !others.isEmpty {
                notes.append("Counts of the other areas: \(others.sorted().joined(separator: "; ")).")
            }
        } else {
            notes.append("The records hold no other area to compare with, so there is no rank.")
        }
        notes.append(
            "“Chance alone” is the probability of a change at least this large if the true level had not changed (exact "
                + "conditional test of two Poisson counts); above 0.05 a change should not be read as one.")
        return notes
    }

    // MARK: - Months

    func months(id: String) -> AssessmentTable {
        let first = min(context.previous.first, context.period.first)
        var counts: [Int64: Int] = [:]
        if let range = MonthRange(from: first, to: context.period.last) {
            for row in source.rows(in: context.area, range) {
                let key = Int64(source.table.month[row]) << 32 | Int64(source.table.category[row])
                counts[key, default: 0] += Int(source.table.count[row])
            }
        }
        let covered = source.months(in: context.area)
        let categories = Set(counts.keys.map { Int($0 & 0xFFFF_FFFF) }).sorted {
            source.table.categories[$0] < source.table.categories[$1]
        }
        var rows: [[AssessmentTable.Cell]] = []
        for index in first.index...context.period.last.index {
            let month = Month(index: index)
            for category in categories {
                let count = counts[Int64(index) << 32 | Int64(category)] ?? 0
                rows.append([
                    .text(month.description), .text(source.table.categories[category]),
                    .integer(covered.contains(month) ? count : nil),
                ])
            }
        }
        return AssessmentTable(
            id: id, title: "Counts by month and category",
            columns: [.init("month", "Month"), .category, .count], rows: rows,
            notes: coverage.notes + ["A month without any record of the area is shown as missing, not as zero."])
    }

    // MARK: - Offences

    /// Counts by minor category or offence, where the source has them.
    func offences(id: String) -> AssessmentTable? {
        guard !source.table.offence.isEmpty else { return nil }
        var counts: [Int64: (now: Int, before: Int)] = [:]
        func add(_ range: MonthRange, _ keyPath: WritableKeyPath<(now: Int, before: Int), Int>) {
            for row in source.rows(in: context.area, range) {
                let key = Int64(source.table.category[row]) << 32 | Int64(source.table.offence[row] + 1)
                counts[key, default: (0, 0)][keyPath: keyPath] += Int(source.table.count[row])
            }
        }
        add(context.period, \.now)
        add(context.previous, \.before)
        let comparable = coverage.isComparable
        let rows: [[AssessmentTable.Cell]] = counts.map { key, count in
            let offence = Int(key & 0xFFFF_FFFF) - 1
            let code = offence >= 0 ? source.table.offences[offence] : ""
            let title = source.table.offenceTitles[safe: offence] ?? ""
            return [
                .text(source.table.categories[Int(key >> 32)]), .text(code), .text(title.isEmpty ? code : title),
                .integer(count.now), .integer(coverage.hasPrevious ? count.before : nil),
                .integer(comparable ? count.now - count.before : nil),
                .number(comparable ? percentChange(from: Double(count.before), to: Double(count.now)) : nil),
            ]
        }.sorted {
            ($0[0].asText ?? "", -($0[3].asNumber ?? 0), $0[1].asText ?? "")
                < ($1[0].asText ?? "", -($1[3].asNumber ?? 0), $1[1].asText ?? "")
        }
        return AssessmentTable(
            id: id, title: "Offences within categories",
            columns: [
                .category, .init("offence", "Offence"), .init("title", "Title"), .count,
                .init("previous", "Previous", .count), .init("change", "Change", .change),
                .init("changePercent", "Change %", .percent(signed: true)),
            ], rows: rows, notes: coverage.notes)
    }
}

/// Counts by category in an area: period, earlier period, and the months that both cover.
struct CategoryTally {
    private(set) var count: [Int]
    private(set) var previous: [Int]
    private(set) var sharedCount: [Int]
    private(set) var sharedPrevious: [Int]

    init(_ source: PlacedRecords, in mask: BoroughMask, context: AssessmentContext, shared: Set<Int>) {
        let zeros = [Int](repeating: 0, count: source.table.categories.count)
        count = zeros
        previous = zeros
        sharedCount = zeros
        sharedPrevious = zeros
        let table = source.table
        for row in source.rows(in: mask, context.period) {
            let value = Int(table.count[row])
            count[Int(table.category[row])] += value
            if shared.contains(Int(table.month[row] - context.period.first.index)) {
                sharedCount[Int(table.category[row])] += value
            }
        }
        for row in source.rows(in: mask, context.previous) {
            let value = Int(table.count[row])
            previous[Int(table.category[row])] += value
            if shared.contains(Int(table.month[row] - context.previous.first.index)) {
                sharedPrevious[Int(table.category[row])] += value
            }
        }
    }
}

/// Both values, when there are both.
func zip2<A, B>(_ a: A?, _ b: B?) -> (A, B)? {
    guard let a, let b else { return nil }
    return (a, b)
}
