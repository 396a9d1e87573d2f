public import HTML

/// Asks before something that cannot be undone easily, and for the reason where one is recorded.
public struct ConfirmationForm: Component, Hashable {
    /// The question, the page's first heading: “Delete this upload?”.
    public var question: String
    /// What will happen.
    public var consequence: Content
    /// What the button says, a verb with its object: “Delete upload”.
    public var confirm: String
    /// Where to go instead.
    public var cancelHref: String
    /// Where it posts to.
    public var action: String
    /// The token against forged requests.
    public var csrf: String
    /// Further values sent along.
    public var hidden: [HiddenField]
    /// The reason asked for; none when nil.
    public var reason: Textarea?
    /// Whether the act destroys something: the button is red then and a warning sign stands before the consequence.
    public var isDestructive: Bool

    /// A confirmation.
    public init(
        question: String, consequence: Content, confirm: String, cancelHref: String, action: String, csrf: String,
        hidden: [HiddenField] = [], reason: Textarea? = nil, isDestructive: Bool = false
    ) {
        self.question = question
        self.consequence = consequence
        self.confirm = confirm
        self.cancelHref = cancelHref
        self.action = action
        self.csrf = csrf
        self.hidden = hidden
        self.reason = reason
        self.isDestructive = isDestructive
    }

    /// The markup.
    public var html: Html {
        let said: Html =
            isDestructive ? WarningText(text: consequence).html : "<div class=\"govuk-body\">\(consequence)</div>"
        let button = Button(
            text: .text(confirm), preventsDoubleClick: true, classes: isDestructive ? "govuk-button--warning" : "")
        let controls: Html = """
            \(reason)
            <div class="govuk-button-group">
            \(button)
            <a class="govuk-link" href="\(href: cancelHref)">Cancel</a>
            </div>
            """
        return """
            <h1 class="govuk-heading-l">\(question)</h1>
            \(said)
            \(PostForm(action: action, csrf: csrf, hidden: hidden, content: controls))
            """
    }
}
