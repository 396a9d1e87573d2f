public import HTML

/// A form that changes something: it posts, and carries the token against forged requests.
public struct PostForm: Component, Hashable {
    /// Where it posts to, on this site.
    public var action: String
    /// The token against forged requests, sent as `csrf`.
    public var csrf: String
    /// Further values sent along.
    public var hidden: [HiddenField]
    /// Whether it sends files.
    public var sendsFiles: Bool
    /// The id.
    public var id: String?
    /// The controls.
    public var content: Html

    /// A form. Browsers do not check the values: the server does, and says so in the page's words.
    public init(
        action: String, csrf: String, hidden: [HiddenField] = [], sendsFiles: Bool = false, id: String? = nil,
        content: Html
    ) {
        self.action = action
        self.csrf = csrf
        self.hidden = hidden
        self.sendsFiles = sendsFiles
        self.id = id
        self.content = content
    }

    /// The markup.
    public var html: Html {
        """
        <form method="post" action="\(href: action)"\("id", optional: id)\
        \("enctype", optional: sendsFiles ? "multipart/form-data" : nil) novalidate>
        \(HiddenField(name: "csrf", value: csrf))
        \(each: hidden, { $0.html })
        \(content)
        </form>
        """
    }
}

/// A value sent with a form and not shown.
public struct HiddenField: Component, Hashable {
    /// The name sent with the form.
    public var name: String
    /// The value.
    public var value: String

    /// A value sent with a form.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// The markup.
    public var html: Html { "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">\n" }
}
