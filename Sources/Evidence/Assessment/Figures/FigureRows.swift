internal import Kernel
internal import Records

/// The records that a figure is made of, in the order of the files: which file, which line, what they say, and what each
/// adds to the figure. They hold what the partner's file holds; who may see them is for the caller to decide.
public struct FigureRows: Sendable {
    /// The figure.
    public let address: FigureAddress
    /// How many records there are.
    public let count: Int
    /// What they add up to, in the figure's unit.
    public let sum: Double
    /// The figure itself; nil when it is missing or no number.
    public let figure: Double?
    /// Whether the figure is what the records add up to, and not something calculated from that.
    public let isSum: Bool
    /// What a reader must know: how records and figure hang together.
    public let notes: [String]
    /// The columns in which records are shown.
    public let columns: [AssessmentTable.Column]

    private let parts: [FigurePart]
    private let layout: RecordLayout

    init(_ figure: LocatedFigure, _ parts: FigureParts, _ context: AssessmentContext, _ files: [RecordFile]) {
        address = figure.address
        self.parts = parts.parts
        self.figure = figure.cell.asNumber
        isSum = figure.meaning.kind == .sum
        layout = RecordLayout(parts.parts, context, files)
        columns = layout.columns
        var count = 0
        var sum = Sum()
        for part in parts.parts {
            part.visit { _, adds in
                count += 1
                sum.add(adds)
                return true
            }
        }
        self.count = count
        self.sum = sum.value
        notes = parts.notes
    }

    /// Whether the records add up to the figure; nil when that is not to be expected.
    public var agrees: Bool? {
        guard isSum, let figure else { return nil }
        return abs(sum - figure) <= 1e-6 * max(1, abs(figure))
    }

    /// A page of the records as a table.
    /// - Parameters:
    ///   - offset: how many records to pass over.
    ///   - limit: how many to show at most.
    public func page(offset: Int = 0, limit: Int) -> AssessmentTable {
        var rows: [[AssessmentTable.Cell]] = []
        var passed = 0
        for part in parts {
            let isAll = part.visit { row, adds in
                passed += 1
                guard passed > offset else { return true }
                guard rows.count < limit else { return false }
                rows.append(layout.cells(row, of: part, adds: adds))
                return true
            }
            if !isAll { break }
        }
        return AssessmentTable(
            id: "rows", title: "Records of \(address)", columns: columns, rows: rows, notes: notes)
    }

    /// Every record, one after the other, each with a cell a column.
    public func each(_ body: ([AssessmentTable.Cell]) throws -> Void) rethrows {
        for part in parts {
            try part.visit { row, adds in
                try body(layout.cells(row, of: part, adds: adds))
                return true
            }
        }
    }

    /// The records as CSV in pieces of about 64 kB, the first with the headings.
    public func csv(_ piece: ([UInt8]) throws -> Void) rethrows {
        var table = AssessmentTable(id: "rows", title: "", columns: columns, rows: [])
        var isFirst = true
        func flush() throws {
            let bytes = AssessmentCSV.encode(table)
            let head = isFirst ? bytes[...] : bytes.drop { $0 != 0x0A }.dropFirst()
            isFirst = false
            table.rows.removeAll(keepingCapacity: true)
            try piece(Array(head))
        }
        try each { row in
            table.rows.append(row)
            if table.rows.count == 500 { try flush() }
        }
        if isFirst || !table.rows.isEmpty { try flush() }
    }
}

/// A sum of many numbers without loss (Neumaier 1974).
private struct Sum {
    private var total = 0.0
    private var lost = 0.0

    mutating func add(_ number: Double) {
        let next = total + number
        lost += abs(total) >= abs(number) ? (total - next) + number : (number - next) + total
        total = next
    }

    var value: Double { total + lost }
}
