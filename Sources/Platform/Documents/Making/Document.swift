/// A document to be printed or sent: what it says, without how it looks. `DocumentMaker` makes PDF and Word of it.
public struct Document: Hashable, Sendable {
    /// A part of a document.
    public enum Block: Hashable, Sendable {
        /// A heading: 1 for the largest under the title.
        case heading(Int, String)
        /// A paragraph; a line end in it begins a new line.
        case paragraph(String)
        /// Points, numbered or not.
        case list([String], isNumbered: Bool)
        /// A table; the first cell of each row is its heading.
        case table(caption: String, columns: [String], rows: [[String]])
        /// What is known under which name.
        case facts([Fact])
        /// An address or a signature, kept together on one page.
        case lines([String])
        /// A warning in a frame.
        case notice(String)
        /// The next part begins on a new page.
        case newPage
    }

    /// A name and what is known under it.
    public struct Fact: Hashable, Sendable {
        /// The name.
        public let name: String
        /// What is known; a line end in it begins a new line.
        public let value: String

        /// A fact.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The title: the first heading, and the name in the reader's program.
    public var title: String
    /// The language, as in `en-GB`.
    public var language: String
    /// Who made it, as the reader's program shows it.
    public var author: String
    /// What it says.
    public var blocks: [Block]
    /// What stands at the foot of each page: for whom, by whom and why it was printed. Nil for a letter.
    public var footer: String?
    /// Whether it is printed large, for people who need it.
    public var isLarge: Bool
    /// Whether the title stands above the text; a letter has its own beginning.
    public var showsTitle: Bool

    /// A document.
    public init(
        title: String, language: String = "en-GB", author: String, footer: String? = nil, isLarge: Bool = false,
        showsTitle: Bool = true, blocks: [Block] = []
    ) {
        self.title = title
        self.language = language
        self.author = author
        self.footer = footer
        self.isLarge = isLarge
        self.showsTitle = showsTitle
        self.blocks = blocks
    }
}
