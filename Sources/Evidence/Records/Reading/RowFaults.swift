internal import Kernel
internal import Tables

/// Which rows of a batch cannot be used, by the faults of their fields.
struct RowFaults {
    var isRejected: [Bool]
    private let faults: [FieldFault]

    init(_ batch: Batch, plan: FieldPlan) {
        isRejected = [Bool](repeating: false, count: batch.rowCount)
        faults = batch.faults
        for fault in batch.faults where fault.request < 0 || plan.isEssential(fault.request) {
            isRejected[fault.row] = true
        }
    }

    /// Writes each fault to the rejects file; of a rejected row the first fault that rejects it.
    func write(to log: RejectLog, path: String, plan: FieldPlan) throws(Fault) {
        var written = Set<Int>()
        for fault in faults {
            let column = fault.request < 0 ? "" : plan.headings[fault.request]
            let rejects = fault.request < 0 || plan.isEssential(fault.request)
            if rejects {
                guard written.insert(fault.row).inserted else { continue }
                try log.reject(
                    file: path, line: fault.line, column: column.isEmpty ? "(row)" : column, value: fault.value,
                    because: fault.reason)
            } else if !isRejected[fault.row] {
                try log.leaveOut(
                    file: path, line: fault.line, column: column, value: fault.value, because: fault.reason)
            }
        }
    }
}
