public import Kernel

/// A strategic assessment as a value: every figure, where it came from, and the sentences made from the figures.
///
/// The same inputs, definitions and program give the same value, and the same bytes when written.
public struct StrategicAssessment: Sendable {
    /// The area assessed.
    public var area: AreaName
    /// The months assessed.
    public var period: MonthRange
    /// The earlier months it is compared with.
    public var previous: MonthRange
    /// The files read.
    public var inputs: [Input]
    /// The definitions used (mappings, offence groups, harm weights, look-ups), each with its version and digest.
    public var definitions: [DefinitionUsed]
    /// The tables, in the order of the document.
    public var tables: [AssessmentTable]
    /// The sentences, in the order of the document.
    public var statements: [Statement]
    /// Titles of categories and groups for people ("violent-crime" → "Violence and sexual offences").
    public var labels: [String: String]

    /// An area's code and name.
    public struct AreaName: Hashable, Sendable {
        /// The Office for National Statistics code, or the name where there is no code.
        public var code: String
        /// The name.
        public var name: String

        /// An area's name.
        public init(code: String, name: String) {
            self.code = code
            self.name = name
        }
    }

    /// A file that was read.
    public struct Input: Hashable, Sendable {
        /// The path as it was given.
        public var path: String
        /// SHA-256 of the file's bytes, in hexadecimal.
        public var sha256: String
        /// Rows of data in it.
        public var rows: Int
        /// Rows that could not be used.
        public var rejected: Int

        /// A file that was read.
        public init(path: String, sha256: String, rows: Int, rejected: Int) {
            self.path = path
            self.sha256 = sha256
            self.rows = rows
            self.rejected = rejected
        }
    }

    /// A definition that shaped the figures.
    public struct DefinitionUsed: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its version.
        public var version: String
        /// SHA-256 of its file, in hexadecimal.
        public var sha256: String

        /// A definition that shaped the figures.
        public init(name: String, version: String, sha256: String) {
            self.name = name
            self.version = version
            self.sha256 = sha256
        }
    }

    /// A sentence in plain English with the figures it rests on.
    public struct Statement: Hashable, Sendable {
        /// Identifier, unique in the document ("B1.level/total").
        public var id: String
        /// The sentence.
        public var text: String
        /// The figures it rests on, by address: `TABLE/ROW KEY/COLUMN`.
        public var figures: [String]

        /// A sentence with its figures.
        public init(id: String, text: String, figures: [String]) {
            self.id = id
            self.text = text
            self.figures = figures
        }
    }

    /// An assessment of these parts.
    public init(
        area: AreaName, period: MonthRange, previous: MonthRange, inputs: [Input], definitions: [DefinitionUsed],
        tables: [AssessmentTable], statements: [Statement], labels: [String: String]
    ) {
        self.area = area
        self.period = period
        self.previous = previous
        self.inputs = inputs
        self.definitions = definitions
        self.tables = tables
        self.statements = statements
        self.labels = labels
    }

    /// The table of that identifier.
    public func table(_ id: String) -> AssessmentTable? { tables.first { $0.id == id } }
}

/// A table of an assessment.
public struct AssessmentTable: Hashable, Sendable {
    /// Its identifier, which other tools rely on ("B1.level").
    public var id: String
    /// Its title for people.
    public var title: String
    /// Its columns.
    public var columns: [Column]
    /// Its rows, each with one cell a column.
    public var rows: [[Cell]]
    /// What a reader must know: method, cautions, what is left out and why.
    public var notes: [String]

    /// A table of these columns and rows.
    public init(id: String, title: String, columns: [Column], rows: [[Cell]], notes: [String] = []) {
        self.id = id
        self.title = title
        self.columns = columns
        self.rows = rows
        self.notes = notes
    }

    /// A column.
    public struct Column: Hashable, Sendable {
        /// Its identifier in JSON and CSV ("ratePer1000").
        public var id: String
        /// Its heading for people ("Rate per 1,000").
        public var title: String
        /// How its numbers are shown to people.
        public var format: Format

        /// A column.
        public init(_ id: String, _ title: String, _ format: Format = .text) {
            self.id = id
            self.title = title
            self.format = format
        }
    }

    /// How numbers are shown to people; JSON and CSV keep them unrounded.
    public enum Format: Hashable, Sendable {
        /// Words and codes.
        case text
        /// Whole numbers with thousands separators.
        case count
        /// A rank, 1 the highest.
        case rank
        /// A number with this many decimals.
        case decimal(Int)
        /// Percentage points 0…100, one decimal, with a sign when `signed`.
        case percent(signed: Bool)
        /// A change in a count, with its sign.
        case change
        /// Days of harm, with thousands separators, at most two decimals.
        case days
        /// A probability: three significant figures, "< 0.0001" below that.
        case probability
        /// Yes or no.
        case yesNo
    }

    /// A value.
    public enum Cell: Hashable, Sendable {
        case text(String)
        case integer(Int)
        case number(Double)
        case flag(Bool)
        case missing
    }

    /// What kind of table it is: the identifier without the subject or group at its end ("B1.level" of
    /// "B1.level.ambulance").
    public var kind: String { id.split(separator: ".").prefix(2).joined(separator: ".") }

    /// The position of a column, or nil.
    public func column(_ id: String) -> Int? { columns.firstIndex { $0.id == id } }
}
