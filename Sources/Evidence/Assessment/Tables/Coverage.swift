internal import Kernel

/// Which months of a period and of the one before it a source covers in the area, and whether the two can be compared.
struct Coverage {
    /// Months of the period without records.
    let missing: [Month]
    /// Months of the earlier period without records.
    let missingBefore: [Month]
    /// The months of the period that both periods cover, by their distance from the first month.
    let shared: Set<Int>
    /// Whether both periods cover the same months, so that totals can be compared.
    let isComparable: Bool
    /// Whether the earlier period has any records.
    let hasPrevious: Bool

    init(of source: PlacedRecords, in context: AssessmentContext) {
        let months = source.months(in: context.area)
        func offsets(_ range: MonthRange) -> Set<Int> {
            Set(range.months.enumerated().filter { months.contains($0.element) }.map(\.offset))
        }
        let now = offsets(context.period)
        let before = offsets(context.previous)
        missing = context.period.months.filter { !months.contains($0) }
        missingBefore = context.previous.months.filter { !months.contains($0) }
        shared = now.intersection(before)
        isComparable = now == before && !now.isEmpty
        hasPrevious = !before.isEmpty
    }

    /// What a reader must know of missing months.
    var notes: [String] {
        var notes: [String] = []
        if !missing.isEmpty { notes.append("There are no records for \(listed(missing)); counts are without them.") }
        if !hasPrevious {
            notes.append("There are no records of the earlier period, so no change is given.")
        } else if !isComparable {
            if !missingBefore.isEmpty {
                notes.append("The earlier period has no records for \(listed(missingBefore)).")
            }
            notes.append(
                "The two periods do not cover the same months, so totals are not compared; the like-for-like columns "
                    + "compare the \(shared.count) months that both cover.")
        }
        return notes
    }
}
