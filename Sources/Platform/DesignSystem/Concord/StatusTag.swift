public import HTML

/// A state in a word, coloured by what it asks of the reader. The colour only repeats the word.
public struct StatusTag: Component, Hashable {
    /// What a state asks of the reader.
    public enum Tone: String, CaseIterable, Hashable, Sendable {
        /// Nothing: closed, not started, archived.
        case neutral = "grey"
        /// Nothing yet: someone is at work.
        case underWay = "blue"
        /// Nothing: it is as it should be.
        case good = "green"
        /// A look soon.
        case attention = "yellow"
        /// Action now.
        case urgent = "red"
    }

    /// The word.
    public var text: String
    /// What the state asks of the reader.
    public var tone: Tone

    /// A state.
    public init(_ text: String, tone: Tone) {
        self.text = text
        self.tone = tone
    }

    /// The markup.
    public var html: Html { Tag(text: .text(text), classes: "govuk-tag--\(tone.rawValue)").html }
}
