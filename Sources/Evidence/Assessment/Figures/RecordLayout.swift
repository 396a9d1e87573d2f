internal import Kernel
internal import Records

/// The columns in which records of one or more sources are shown: those that any of them has.
struct RecordLayout: Sendable {
    let columns: [AssessmentTable.Column]
    private let fields: [Field]
    private let context: AssessmentContext
    private let files: [RecordFile]

    /// What a column holds.
    private enum Field: Sendable, CaseIterable {
        case part, file, line, month, from, to, category, offence, lsoa, area, ward, borough, flags, count, adds
    }

    init(_ parts: [FigurePart], _ context: AssessmentContext, _ files: [RecordFile]) {
        self.context = context
        self.files = files
        let tables = parts.map(\.table)
        func any(_ holds: (RecordTable) -> Bool) -> Bool { tables.contains(where: holds) }
        fields = Field.allCases.filter { field in
            switch field {
            case .part: parts.count > 1
            case .from: any(\.hasTimes)
            case .to: any { !$0.to.isEmpty }
            case .offence: any { !$0.offence.isEmpty }
            case .lsoa, .area: any { !$0.lsoa.isEmpty }
            case .ward: any { !$0.ward.isEmpty || !$0.lsoa.isEmpty }
            case .borough: any { !$0.borough.isEmpty || !$0.lsoa.isEmpty }
            case .flags: any { !$0.flags.isEmpty }
            case .file, .line, .month, .category, .count, .adds: true
            }
        }
        columns = fields.map(RecordLayout.column)
    }

    private static func column(_ field: Field) -> AssessmentTable.Column {
        switch field {
        case .part: .init("part", "Part")
        case .file: .init("file", "File")
        case .line: .init("line", "Line", .text)
        case .month: .init("month", "Month")
        case .from: .init("from", "From (UK time)")
        case .to: .init("to", "To (UK time)")
        case .category: .init("category", "Category")
        case .offence: .init("offence", "Offence")
        case .lsoa: .init("lsoa", "LSOA as recorded")
        case .area: .init("area", "Counted in")
        case .ward: .init("ward", "Ward")
        case .borough: .init("borough", "Borough")
        case .flags: .init("flags", "Flags")
        case .count: .init("count", "Count", .count)
        case .adds: .init("adds", "Adds to the figure", .decimal(2))
        }
    }

    /// The cells of a record.
    func cells(_ row: Int, of part: FigurePart, adds: Double) -> [AssessmentTable.Cell] {
        fields.map { field in
            switch field {
            case .part: .text(part.title)
            case .adds: adds == adds.rounded() && abs(adds) < 1e15 ? .integer(Int(adds)) : .number(adds)
            default: cell(field, row, part)
            }
        }
    }

    private func cell(_ field: Field, _ row: Int, _ part: FigurePart) -> AssessmentTable.Cell {
        let table = part.table
        func word(_ codes: [Int32], _ words: [String]) -> AssessmentTable.Cell {
            guard let code = codes[safe: row], let word = words[safe: Int(code)], !word.isEmpty else { return .missing }
            return .text(word)
        }
        switch field {
        case .part, .adds: return .missing
        case .file:
            return table.file[safe: row].flatMap { files[safe: Int($0)] }.map { .text($0.path) } ?? .missing
        case .line: return table.line[safe: row].map { .integer(Int($0)) } ?? .missing
        case .month: return table.month[row] == .min ? .missing : .text(Month(index: table.month[row]).description)
        case .from: return RecordLayout.time(table.from[safe: row])
        case .to: return RecordLayout.time(table.to[safe: row])
        case .category: return word(table.category, table.categories)
        case .offence:
            let hasTitle = table.offence[safe: row].flatMap { table.offenceTitles[safe: Int($0)] }?.isEmpty == false
            return word(table.offence, hasTitle ? table.offenceTitles : table.offences)
        case .lsoa: return word(table.lsoa, table.lsoas)
        case .area: return place(part.placed?.unit, row) { context.frame.units[safe: $0]?.name }
        case .ward:
            let own = place(part.placed?.ward, row) { context.frame.wards[safe: $0]?.area.name }
            return own == .missing ? word(table.ward, table.wards) : own
        case .borough:
            let own = place(part.placed?.borough, row) { context.frame.boroughs[safe: $0]?.name }
            return own == .missing ? word(table.borough, table.boroughs) : own
        case .flags:
            let bits = table.flags[safe: row] ?? 0
            let names = table.flagNames.enumerated().filter { bits & (1 << UInt32($0.offset)) != 0 }.map(\.element)
            return names.isEmpty ? .missing : .text(names.joined(separator: ", "))
        case .count: return .integer(Int(table.count[row]))
        }
    }

    private func place(_ positions: [Int32]?, _ row: Int, _ name: (Int) -> String?) -> AssessmentTable.Cell {
        guard let position = positions?[safe: row], position >= 0, let name = name(Int(position)) else {
            return .missing
        }
        return .text(name)
    }

    /// A time as `time` writes it in words: "1 March 2025 at 11:15pm".
    static func timeInWords(_ text: String) -> String? {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let date = LocalDate(String(parts[0])) else { return nil }
        let clock = parts[1].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 2, (0...23).contains(clock[0]), (0...59).contains(clock[1]) else { return nil }
        let half = clock[0] < 12 ? "am" : "pm"
        return "\(date.inWords) at \((clock[0] + 11) % 12 + 1):\(padded(clock[1], to: 2))\(half)"
    }

    /// A time of the UK wall clock: "2025-03-01 23:15".
    private static func time(_ seconds: Int64?) -> AssessmentTable.Cell {
        guard let seconds, seconds != .min else { return .missing }
        let day = UKTime.floorDivide(seconds, 86_400)
        let minute = Int(seconds - day * 86_400) / 60
        return .text(
            "\(LocalDate(day: Int32(clamping: day))) \(padded(minute / 60, to: 2)):\(padded(minute % 60, to: 2))")
    }
}
