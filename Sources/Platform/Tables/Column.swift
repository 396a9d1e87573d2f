/// One column of a run of rows while it is read.
struct Column {
    let view: FieldView
    let field: Int
    /// The rows whose field could not be read.
    private(set) var misreads: [(row: Int, why: Misread)] = []

    init(view: FieldView, field: Int) {
        self.view = view
        self.field = field
    }

    /// The value of each row by `read`, which gets texts that are not empty and their rows.
    /// - Parameter spare: as many values as there are rows, to be overwritten.
    @inline(__always)
    mutating func map<T>(missing: T, _ spare: consuming [T], _ read: (FieldText, Int) throws(Misread) -> T) -> [T] {
        var wrong: [(row: Int, why: Misread)] = []
        var values = spare
        values.withUnsafeMutableBufferPointer { values in
            for row in 0..<view.rowCount {
                let text = view.text(field, ofRow: row)
                var value = missing
                if text.count > 0 {
                    do throws(Misread) {
                        value = try read(text, row)
                    } catch {
                        wrong.append((row, error))
                    }
                }
                values[row] = value
            }
        }
        misreads = wrong
        return values
    }
}

extension ColumnKind {
    /// Why a value of this kind could not be read, in words that follow the value.
    func reason(_ why: Misread) -> String {
        switch (self, why) {
        case (_, .size): "is too large a number"
        case (.decimalScaled(let digits), .precision): "has more than \(digits) digits after the point"
        case (.integer, _): "is not a whole number"
        case (.decimal, _), (.decimalScaled, _): "is not a number"
        case (.date(.yearFirst), _): "is not a date written like 2024-03-31"
        case (.date(.dayFirst), _): "is not a date written like 31/03/2024"
        case (.month, _): "is not a month"
        case (.dateTime(.yearFirst, _), _): "is not a date and time written like 2024-03-31 14:30"
        case (.dateTime(.dayFirst, _), _): "is not a date and time written like 31/03/2024 14:30"
        case (.boolean, _): "is not yes or no"
        case (.text, _), (.identifier, _): "could not be read"
        }
    }
}
