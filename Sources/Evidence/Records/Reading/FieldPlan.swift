internal import Kernel
internal import Tables

/// Which columns of a file are read, as what, and into which dictionary.
struct FieldPlan {
    /// What a request fills.
    enum Role: Hashable {
        case field(Mapping.Field)
        case attribute(Int)
        case flag(Int)
        case month(Month)
    }

    private(set) var requests: [ColumnRequest] = []
    private(set) var dictionaries: [TextDictionary?] = []
    private(set) var roles: [Role] = []
    private(set) var headings: [String] = []

    /// The plan for a file with this header.
    /// - Throws: a `Fault` that lists the columns that the mapping names and the file lacks.
    init(header: [String], mapping: Mapping, path: String, dictionaries: SourceDictionaries) throws(Fault) {
        var missing: [String] = []
        for field in Mapping.Field.allCases {
            guard let column = mapping.columns[field] else { continue }
            guard let position = Header.position(of: column, in: header) else {
                if FieldPlan.isEssential(field) || mapping.recognise.contains(column) { missing.append(column) }
                continue
            }
            add(.field(field), position, header, FieldPlan.kind(of: field, in: mapping), dictionaries.fields[field])
        }
        for (i, attribute) in mapping.attributes.enumerated() {
            guard let position = Header.position(of: attribute.column, in: header) else { continue }
            add(.attribute(i), position, header, .text, dictionaries.attributes[i])
        }
        for (i, flag) in mapping.flags.enumerated() {
            guard let position = Header.position(of: flag.column, in: header) else { continue }
            add(.flag(i), position, header, .boolean, nil)
        }
        if mapping.layout == .wideMonths {
            for (position, heading) in header.enumerated() {
                guard let month = Header.month(heading) else { continue }
                guard !roles.contains(.month(month)) else {
                    throw Fault(
                        "The file has two columns of one month", at: path, because: "both are headed \(heading)",
                        remedy: "Remove one of them.")
                }
                add(.month(month), position, header, .integer, nil)
            }
            if !roles.contains(where: { if case .month = $0 { true } else { false } }) {
                missing.append("one column a month headed YYYYMM")
            }
        }
        guard missing.isEmpty else {
            throw Fault(
                "The file does not fit the mapping \"\(mapping.id)\"", at: path,
                because: "these columns are missing: \(missing.joined(separator: ", ")). Its columns are "
                    + Header.listed(header),
                remedy: "Name another mapping with --mapping, or leave that option out so that it is recognised.")
        }
    }

    /// The position of the request that fills a field.
    func request(_ field: Mapping.Field) -> Int? { roles.firstIndex(of: .field(field)) }

    /// Whether a row is of no use without this value.
    func isEssential(_ request: Int) -> Bool {
        switch roles[request] {
        case .field(let field): FieldPlan.isEssential(field)
        case .month: true
        case .attribute, .flag: false
        }
    }

    private static func isEssential(_ field: Mapping.Field) -> Bool {
        switch field {
        case .month, .year, .monthOfYear, .from, .category, .count, .source: true
        default: false
        }
    }

    private mutating func add(
        _ role: Role, _ position: Int, _ header: [String], _ kind: ColumnKind, _ dictionary: TextDictionary?
    ) {
        roles.append(role)
        headings.append(header[position])
        requests.append(ColumnRequest(field: position, kind: kind))
        dictionaries.append(dictionary)
    }

    private static func kind(of field: Mapping.Field, in mapping: Mapping) -> ColumnKind {
        let order: DateOrder = mapping.dayFirst ? .dayFirst : .yearFirst
        switch field {
        case .incidentID: return .identifier
        case .month: return .month
        case .year, .monthOfYear, .count: return .integer
        case .from, .to, .reportedAt: return .dateTime(order, mapping.clock == .utc ? .utc : .uk)
        case .longitude, .latitude, .easting, .northing: return .decimal
        case .source, .reporter, .lsoa, .lsoaName, .ward, .wardName, .borough, .boroughName, .category, .offenceCode,
            .offence:
            return .text
        }
    }
}

/// The dictionaries of one source, shared by all its files.
struct SourceDictionaries {
    let fields: [Mapping.Field: TextDictionary]
    let attributes: [TextDictionary]

    init(_ mapping: Mapping) {
        let texts: [Mapping.Field] = [
            .source, .reporter, .lsoa, .lsoaName, .ward, .wardName, .borough, .boroughName, .category, .offenceCode,
            .offence,
        ]
        fields = Dictionary(uniqueKeysWithValues: texts.map { ($0, TextDictionary()) })
        attributes = mapping.attributes.map { _ in TextDictionary() }
    }
}
