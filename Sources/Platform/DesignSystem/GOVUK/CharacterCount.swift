public import HTML

/// Lines of text with a limit, which says how much is left:
/// <https://design-system.service.gov.uk/components/character-count/>.
public struct CharacterCount: Component, Hashable {
    /// What is counted, and how much of it there may be.
    public enum Limit: Hashable, Sendable {
        /// Characters.
        case characters(Int)
        /// Words. A number of characters is handed to the script with it, which leaves it aside.
        case words(Int, characters: Int? = nil)
        /// The script's settings say.
        case scripted
    }

    /// The texts that the script shows, where they are not the English ones.
    public struct Texts: Hashable, Sendable {
        /// “You can enter up to %{count} characters”: shown without the script too.
        public var textareaDescription: String?
        /// “You have %{count} characters remaining”.
        public var charactersUnderLimit: PluralTexts?
        /// “You have 0 characters remaining”.
        public var charactersAtLimit: String?
        /// “You have %{count} characters too many”.
        public var charactersOverLimit: PluralTexts?
        /// “You have %{count} words remaining”.
        public var wordsUnderLimit: PluralTexts?
        /// “You have 0 words remaining”.
        public var wordsAtLimit: String?
        /// “You have %{count} words too many”.
        public var wordsOverLimit: PluralTexts?

        /// The English texts, until others are set.
        public init() {}
    }

    /// The lines of text.
    public var textarea: Textarea
    /// The limit. The server checks it too: this only counts.
    public var limit: Limit
    /// The share of the limit, in per cent, from which the count is shown; from the first character when nil.
    public var threshold: Int?
    /// The texts.
    public var texts: Texts
    /// Further classes of the message.
    public var messageClasses: String

    /// A character count.
    public init(
        _ textarea: Textarea, limit: Limit, threshold: Int? = nil, texts: Texts = Texts(), messageClasses: String = ""
    ) {
        self.textarea = textarea
        self.limit = limit
        self.threshold = threshold
        self.texts = texts
        self.messageClasses = messageClasses
    }

    /// The markup.
    public var html: Html {
        let messageID = (textarea.id ?? textarea.name) + "-info"
        let message = Hint(
            text: .text(description), id: messageID,
            classes: classNames("govuk-character-count__message", messageClasses))
        var area = textarea
        area.classes = classNames("govuk-js-character-count", textarea.classes)
        area.describedBy = classNames(messageID, textarea.describedBy)
        area.formGroup.classes = classNames("govuk-character-count", textarea.formGroup.classes)
        area.formGroup.attributes = settings.adding(textarea.formGroup.attributes)
        area.formGroup.afterInput = .html("\(message)\n\(textarea.formGroup.afterInput)")
        return area.html
    }

    private var description: String {
        switch limit {
        case .characters(let count): description(of: count, "characters")
        case .words(let count, _): description(of: count, "words")
        case .scripted: ""
        }
    }

    private func description(of count: Int, _ unit: String) -> String {
        let text = texts.textareaDescription ?? "You can enter up to %{count} \(unit)"
        return text.split(separator: "%{count}", omittingEmptySubsequences: false).joined(separator: String(count))
    }

    private var settings: Attributes {
        var all: Attributes = ["data-module": "govuk-character-count"]
        switch limit {
        case .characters(let count): all.set("data-maxlength", to: .text(String(count)))
        case .words(let count, let characters):
            all.set("data-maxwords", to: .text(String(count)))
            all.set("data-maxlength", to: characters.map { .text(String($0)) })
        case .scripted: all.translate("textarea-description", PluralTexts(other: texts.textareaDescription))
        }
        all.set("data-threshold", to: threshold.map { .text(String($0)) })
        all.translate("characters-under-limit", texts.charactersUnderLimit)
        all.translate("characters-at-limit", texts.charactersAtLimit)
        all.translate("characters-over-limit", texts.charactersOverLimit)
        all.translate("words-under-limit", texts.wordsUnderLimit)
        all.translate("words-at-limit", texts.wordsAtLimit)
        all.translate("words-over-limit", texts.wordsOverLimit)
        return all
    }
}
