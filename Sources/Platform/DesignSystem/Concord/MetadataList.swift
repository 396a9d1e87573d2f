public import HTML

/// A few facts about a thing in a line or two: who, when, which version. For facts that can be changed there is
/// `SummaryList`.
public struct MetadataList: Component, Hashable {
    /// A fact.
    public struct Item: Hashable, Sendable {
        /// The fact's name.
        public var term: String
        /// The fact.
        public var value: Content

        /// A fact.
        public init(_ term: String, _ value: Content) {
            self.term = term
            self.value = value
        }
    }

    /// The facts; those without a value are left out.
    public var items: [Item]

    /// Facts.
    public init(_ items: [Item]) { self.items = items }

    /// The markup.
    public var html: Html {
        let known = items.filter { !$0.value.isEmpty }
        guard !known.isEmpty else { return "" }
        return """
            <dl class="concord-metadata">
            \(each: known, MetadataList.row)
            </dl>
            """
    }

    private static func row(_ item: Item) -> Html {
        """
        <div class="concord-metadata__row">
        <dt class="concord-metadata__term">\(item.term)</dt>
        <dd class="concord-metadata__value">\(item.value)</dd>
        </div>

        """
    }
}
