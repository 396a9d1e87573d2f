internal import Tables

/// The columns of a batch by the field they fill; a field that the file lacks is nil.
struct BatchColumns {
    private let plan: FieldPlan
    private let batch: Batch

    init(_ batch: Batch, plan: FieldPlan) {
        self.batch = batch
        self.plan = plan
    }

    func codes(_ field: Mapping.Field) -> [Int32]? {
        guard case .codes(let values)? = values(field) else { return nil }
        return values
    }

    func hashes(_ field: Mapping.Field) -> [UInt64]? {
        guard case .hashes(let values)? = values(field) else { return nil }
        return values
    }

    func integers(_ field: Mapping.Field) -> [Int64]? {
        guard case .integers(let values)? = values(field) else { return nil }
        return values
    }

    func decimals(_ field: Mapping.Field) -> [Double]? {
        guard case .decimals(let values)? = values(field) else { return nil }
        return values
    }

    func months(_ field: Mapping.Field) -> [Int32]? {
        guard case .months(let values)? = values(field) else { return nil }
        return values
    }

    func seconds(_ field: Mapping.Field) -> [Int64]? {
        guard case .seconds(let values)? = values(field) else { return nil }
        return values
    }

    /// Which rows of a time say only a date; empty when none.
    func dateOnly(_ field: Mapping.Field) -> [Bool] {
        guard let request = plan.request(field), batch.timeKnown[request].contains(false) else { return [] }
        return batch.timeKnown[request].map { !$0 }
    }

    /// The codes of an attribute.
    func attribute(_ index: Int) -> [Int32]? {
        guard let request = plan.roles.firstIndex(of: .attribute(index)),
            case .codes(let values) = batch.columns[request]
        else { return nil }
        return values
    }

    /// 1, 0 or −1 for each row of a flag.
    func flag(_ index: Int) -> [Int8]? {
        guard let request = plan.roles.firstIndex(of: .flag(index)),
            case .booleans(let values) = batch.columns[request]
        else { return nil }
        return values
    }

    private func values(_ field: Mapping.Field) -> ColumnValues? {
        plan.request(field).map { batch.columns[$0] }
    }
}
