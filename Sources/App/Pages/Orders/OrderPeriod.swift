internal import HTTP
internal import Kernel

/// A period of the report: a financial year, or a quarter of one.
struct OrderPeriod: Hashable {
    /// The calendar year in which the financial year begins, on 1 April.
    let year: Int
    /// 1 for April to June … 4 for January to March; nil for the whole year.
    let quarter: Int?

    init(year: Int, quarter: Int? = nil) {
        self.year = year
        self.quarter = quarter
    }

    /// The period that is asked for; the financial year of today when none is.
    init(_ fields: FormFields, today: LocalDate) {
        let current = OrderPeriod.year(of: today)
        let asked = fields["year"].flatMap { Int($0) } ?? current
        year = (2000...current).contains(asked) ? asked : current
        quarter = fields["quarter"].flatMap { Int($0) }.flatMap { (1...4).contains($0) ? $0 : nil }
    }

    /// The financial year of a day.
    static func year(of day: LocalDate) -> Int { day.civil.month >= 4 ? day.civil.year : day.civil.year - 1 }

    /// The first day.
    var first: LocalDate {
        let month = 4 + 3 * ((quarter ?? 1) - 1)
        return OrderPeriod.day(month > 12 ? year + 1 : year, month > 12 ? month - 12 : month)
    }

    /// The last day.
    var last: LocalDate {
        let next = quarter.map { $0 == 4 ? OrderPeriod(year: year + 1) : OrderPeriod(year: year, quarter: $0 + 1) }
        return (next ?? OrderPeriod(year: year + 1)).first.advanced(by: -1)
    }

    /// The quarters of the year.
    var quarters: [OrderPeriod] { (1...4).map { OrderPeriod(year: year, quarter: $0) } }

    /// "2015-16", or "2015-16, quarter 2 (July to September)".
    var name: String {
        let whole = "\(year)-\(padded((year + 1) % 100, to: 2))"
        return quarter.map { "\(whole), quarter \($0) (\(OrderPeriod.months($0)))" } ?? whole
    }

    /// "July to September".
    static func months(_ quarter: Int) -> String {
        switch quarter {
        case 1: "April to June"
        case 2: "July to September"
        case 3: "October to December"
        default: "January to March"
        }
    }

    private static func day(_ year: Int, _ month: Int) -> LocalDate {
        LocalDate(year: year, month: month, day: 1) ?? LocalDate(day: 0)
    }
}
