internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// What came before an order: the choice among the warnings or notices of the right type that the visitor may see. It is
/// asked when an order is recorded, and on its details while it is a draft.
enum BeforeChoice {
    /// - Parameter kept: what came before as it is recorded; nil where nothing is.
    /// - Throws: `StorageError`.
    static func html(
        _ type: OrderType, kept: OrderBefore?, _ sent: FormFields, _ visit: Visit, _ error: ErrorMessage?
    ) throws -> Html {
        guard let before = type.before else { return "" }
        var filter = OrderFilter()
        filter.types = [before.type]
        let wanted = filter
        let occasion = try visit.occasion()
        let items = try visit.write {
            try visit.orders.page(wanted, limit: OrderStore.longestPage, on: occasion, in: $0).items
        }
        let name = visit.orders.law.types[before.type]?.name ?? before.type.text
        let none = kept != nil ? "As it is now" : before.isOptional ? "None" : "Not recorded yet"
        let hint =
            before.isOptional
            ? "Where a notice came first, what was begun with it in time goes on."
            : "It cannot be authorised without it. Until then it can be chosen under the details."
        return Select(
            name: "before",
            label: Label(text: .text("What came before it\(before.isOptional ? " (optional)" : ""): \(name)")),
            items: [.init(value: "", text: none)]
                + items.map {
                    .init(value: $0.id.text, text: "\($0.name), \($0.from?.ukDate.inWords ?? $0.state.inWords)")
                },
            value: sent["before"] ?? "", hint: Hint(text: .text(hint)), errorMessage: error
        ).html
    }
}
