public import HTML

/// A wide thing, such as a table, that scrolls within itself where the window is narrow. The keyboard reaches it.
public struct ScrollRegion: Component, Hashable {
    /// What it holds, for those who do not see it.
    public var label: String
    /// The wide thing.
    public var content: Html

    /// A region.
    public init(_ label: String, _ content: Html) {
        self.label = label
        self.content = content
    }

    /// The markup.
    public var html: Html {
        """
        <div class="concord-scroll" role="region" aria-label="\(label)" tabindex="0">
        \(content)
        </div>
        """
    }
}
