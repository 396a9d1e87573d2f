/// The forms of a text that counts something, by the plural categories of the Unicode CLDR; `%{count}` stands for the
/// number.
public struct PluralTexts: Hashable, Sendable {
    /// For zero things, in languages that tell them apart.
    public var zero: String?
    /// For one thing.
    public var one: String?
    /// For two things, in languages that tell them apart.
    public var two: String?
    /// For a few things, in languages that tell them apart.
    public var few: String?
    /// For many things, in languages that tell them apart.
    public var many: String?
    /// For any other number of things.
    public var other: String?

    /// The forms.
    public init(
        zero: String? = nil, one: String? = nil, two: String? = nil, few: String? = nil, many: String? = nil,
        other: String? = nil
    ) {
        self.zero = zero
        self.one = one
        self.two = two
        self.few = few
        self.many = many
        self.other = other
    }
}

extension Attributes {
    /// Adds the text that the component's script shows under that key, unless there is none.
    mutating func translate(_ key: String, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        set("data-i18n.\(key)", to: .text(text))
    }

    /// Adds the forms of the text that the component's script shows under that key.
    mutating func translate(_ key: String, _ texts: PluralTexts?) {
        guard let texts else { return }
        translate(key + ".zero", texts.zero)
        translate(key + ".one", texts.one)
        translate(key + ".two", texts.two)
        translate(key + ".few", texts.few)
        translate(key + ".many", texts.many)
        translate(key + ".other", texts.other)
    }
}
