public import Geography
public import Kernel
public import Records

/// What an assessment is made from.
public struct AssessmentRequest {
    /// Names or codes of the boroughs assessed; a region of the definitions counts as all its boroughs.
    public var areas: [String]
    /// The months assessed.
    public var period: MonthRange
    /// The earlier months to compare with; nil takes the same months of the year before.
    public var previous: MonthRange?
    /// Names of the areas to compare with; empty takes those that the records hold.
    public var compared: [String]
    /// The records.
    public var records: RecordSet
    /// How areas nest.
    public var lookup: AreaLookup
    /// Residents.
    public var populations: Populations
    /// Boundaries of LSOAs, or nil.
    public var boundaries: Boundaries?
    /// Boundaries of wards for maps, or nil to make them from LSOAs.
    public var wardBoundaries: Boundaries?
    /// Harm weights.
    public var weights: HarmWeights
    /// Offence groups.
    public var groups: OffenceGroups
    /// Regions by name: the prefix of their boroughs' codes.
    public var regions: [String: String]
    /// How long the lists of top areas are.
    public var top: Int
    /// Files and definitions used, besides the records and mappings.
    public var inputs: [StrategicAssessment.Input]
    /// Definitions used, besides mappings, groups and weights.
    public var definitions: [StrategicAssessment.DefinitionUsed]

    /// A request with the standard choices.
    public init(
        areas: [String], period: MonthRange, records: RecordSet, weights: HarmWeights, groups: OffenceGroups
    ) {
        self.areas = areas
        self.period = period
        self.records = records
        self.weights = weights
        self.groups = groups
        previous = nil
        compared = []
        lookup = AreaLookup()
        populations = Populations()
        boundaries = nil
        wardBoundaries = nil
        regions = [:]
        top = 10
        inputs = []
        definitions = []
    }
}

/// Makes the strategic assessment.
public enum AssessmentBuilder {
    /// An assessment with the maps that belong to it.
    public struct Result {
        /// The assessment.
        public let assessment: StrategicAssessment
        /// The maps for its document.
        public let maps: [ReportMap]
    }

    /// Makes an assessment.
    /// - Throws: a `Fault` for an unknown area or a period without records.
    public static func build(_ request: AssessmentRequest) throws(Fault) -> Result {
        let (context, shapes) = try prepare(request)
        let subjects = try presentSubjects(context)
        var tables: [AssessmentTable] = []
        for (position, subject) in subjects.enumerated() {
            let suffix = position == 0 ? "" : ".\(subject)"
            tables += SubjectTables(context, subject: subject, suffix: suffix).titledTables()
        }
        tables = inOrder(tables)
        tables += AreaQuality(context).tables()
        tables += QualityTables(request.records, vintage: context.frame.vintage).tables()
        let assessment = StrategicAssessment(
            area: .init(code: context.areaCode, name: context.areaName), period: context.period,
            previous: context.previous,
            inputs: request.records.files.map {
                .init(path: $0.path, sha256: $0.sha256, rows: $0.rows, rejected: $0.rejected)
            } + request.inputs,
            definitions: definitions(request), tables: tables, statements: Statements(context, tables).statements,
            labels: labels(request, context.sources))
        return Result(assessment: assessment, maps: try shapes?.maps(context, request.wardBoundaries) ?? [])
    }

    /// Where every record belongs, and what the tables are made from.
    static func prepare(_ request: AssessmentRequest) throws(Fault) -> (AssessmentContext, UnitShapeMaker?) {
        var lookup = request.lookup
        for row in request.boundaries.map(UnitShapeMaker.rows) ?? [] { lookup.addIfAbsent(row) }
        let known = UnitShapeMaker.knownCodes(boundaries: request.boundaries, populations: request.populations)
        var incidents = request.records.incidents
        if let boundaries = request.boundaries {
            for position in incidents.indices { try PointPlacing.place(&incidents[position], in: boundaries) }
        }
        let frame = try AreaFrame(lookup: lookup, tables: incidents, period: request.period, known: known)
        let sources = incidents.map { PlacedRecords($0, in: frame) }
        let area = try AreaChoice(request, frame: frame, sources: sources)
        let shapes = try request.boundaries.map { (boundaries) throws(Fault) in
            try UnitShapeMaker(frame: frame, boundaries: boundaries, area: area.mask)
        }
        let context = AssessmentContext(
            frame: frame, period: request.period, previous: request.previous ?? request.period.sameMonthsBefore,
            areaCode: area.code, areaName: area.name, area: area.mask, compared: area.compared,
            residents: Residents(request.populations, frame: frame, period: request.period), weights: request.weights,
            groups: request.groups, top: request.top, boundaries: shapes?.shapes, sources: sources,
            people: request.records.people)
        return (context, shapes)
    }

    /// The subjects with records in the period, crime first; a fault when there are none.
    static func presentSubjects(_ context: AssessmentContext) throws(Fault) -> [String] {
        var totals: [String: Int] = [:]
        for source in context.sources {
            totals[source.table.source.subject, default: 0] += source.total(in: context.area, context.period)
        }
        let present = totals.filter { $0.value > 0 }.keys
        guard !present.isEmpty else {
            let months = context.sources.flatMap { $0.months(in: context.area) }.sorted()
            let held = zip2(months.first, months.last).map {
                "the records of \(context.areaName) run from \($0) to \($1)"
            }
            throw Fault(
                "There is nothing to assess", at: "\(context.areaName), \(context.period)",
                because: held ?? "the records hold nothing of \(context.areaName)",
                remedy: "Choose other months with --from and --to, another area, or other records.")
        }
        return present.sorted {
            ($0 == "crime" ? 0 : 1, -(totals[$0] ?? 0), $0) < ($1 == "crime" ? 0 : 1, -(totals[$1] ?? 0), $1)
        }
    }

    private static func inOrder(_ tables: [AssessmentTable]) -> [AssessmentTable] {
        tables.enumerated().sorted { a, b in
            (a.element.id.prefix(2), a.offset) < (b.element.id.prefix(2), b.offset)
        }.map(\.element)
    }

    static func definitions(_ request: AssessmentRequest) -> [StrategicAssessment.DefinitionUsed] {
        request.records.mappings.map { .init(name: "mapping \($0.id)", version: $0.version, sha256: $0.sha256) }
            + [
                .init(
                    name: "offence groups \(request.groups.id)", version: request.groups.version,
                    sha256: request.groups.sha256),
                .init(
                    name: "harm weights \(request.weights.id)", version: request.weights.version,
                    sha256: request.weights.sha256),
            ] + request.definitions
    }

    private static func labels(_ request: AssessmentRequest, _ sources: [PlacedRecords]) -> [String: String] {
        var labels: [String: String] = [:]
        for source in sources {
            for category in source.table.categories { labels[category] = request.groups.title(of: category) }
        }
        for group in request.groups.groups { labels[group.id] = group.title }
        return labels
    }
}

/// The tables of one subject.
struct SubjectTables {
    let context: AssessmentContext
    let subject: String
    let suffix: String

    init(_ context: AssessmentContext, subject: String, suffix: String) {
        self.context = context
        self.subject = subject
        self.suffix = suffix
    }

    /// The tables, those of further subjects with the subject in their titles.
    func titledTables() -> [AssessmentTable] {
        guard !suffix.isEmpty, let name = context.sources(of: subject).first?.table.source.title else {
            return tables()
        }
        return tables().map { table in
            var table = table
            if !table.title.hasPrefix(name) {
                table.title = "\(name): \(table.title.prefix(1).lowercased())\(table.title.dropFirst())"
            }
            return table
        }
    }

    private func tables() -> [AssessmentTable] {
        var tables: [AssessmentTable] = []
        if let source = context.source(of: subject, at: .borough) {
            let level = LevelTables(context, source)
            tables += [level.level(id: "B1.level\(suffix)"), level.months(id: "B1.months\(suffix)")]
            if suffix.isEmpty, let offences = level.offences(id: "B1.offences") { tables.append(offences) }
            if suffix.isEmpty { tables.append(HarmTables(context, source).harm(id: "B2.harm")) }
            let time = TimeTables(context: context, source: context.timedSource(of: subject) ?? source)
            tables += time.weekTables(suffix: suffix) + [time.month(id: "B5.month\(suffix)")]
        }
        return tables + placeTables()
    }

    private func placeTables() -> [AssessmentTable] {
        var tables: [AssessmentTable] = []
        if let source = context.source(of: subject, at: .ward) {
            tables.append(
                PlaceTables(context, source).wards(id: "B3.wards\(suffix)")
                    ?? absent("B3.wards\(suffix)", "Wards", noWards))
        } else {
            tables.append(absent("B3.wards\(suffix)", "Wards", noPlaces))
        }
        guard let source = context.source(of: subject, at: .lsoa) else {
            return tables + [absent("B3.lsoas\(suffix)", "Small areas (LSOAs)", noPlaces)]
        }
        let places = PlaceTables(context, source)
        tables.append(places.lsoas(id: "B3.lsoas\(suffix)") ?? absent("B3.lsoas\(suffix)", "LSOAs", noPlaces))
        guard suffix.isEmpty else { return tables }
        if let overlap = places.overlap(id: "B3.overlap") { tables.append(overlap) }
        let hotspots = HotspotTables(context: context, source: source).all(id: "B3.hotspots")
        tables += hotspots.isEmpty ? [absent("B3.hotspots", "Hotspots", noShapes)] : hotspots
        if let table = ConcentrationTable(context: context, source: source).table(id: "B3.concentration") {
            tables.append(table)
        }
        return tables
    }

    private var noWards: String { "No look-up of wards was given, so there are no wards. Give one with --lookup." }
    private var noPlaces: String { "The records do not say where that finely." }
    private var noShapes: String {
        "No boundaries of these LSOAs were given, so neighbours are unknown. Give them with --boundaries."
    }

    private func absent(_ id: String, _ title: String, _ why: String) -> AssessmentTable {
        let columns: [AssessmentTable.Column] =
            id.hasPrefix("B3.hotspots")
            ? [
                .code, .name, .count, .init("z", "Gi* z"), .init("p", "p"), .init("pExact", "p (exact)"),
                .init("qExact", "q (exact)"), .init("hotspot", "Hotspot", .yesNo),
            ]
            : [.code, .name, .count, .rate, .harm, .rank]
        return AssessmentTable(id: id, title: title, columns: columns, rows: [], notes: ["Left out. \(why)"])
    }
}
