public import DesignSystem
public import HTML
public import HTTP

/// What a page says; the site puts its frame around it.
public struct Page: Sendable {
    /// Its title, the same as its first heading.
    public var title: String
    /// The part of the site it belongs to.
    public var section: Section?
    /// The pages above it, the nearest last: title and address.
    public var above: [(title: String, address: String)]
    /// One step back, instead of pages above.
    public var back: String?
    /// What is wrong in its form.
    public var errors: [FormError]
    /// What has just been done.
    public var notice: String?
    /// Whether it has the button to leave quickly.
    public var canBeLeftQuickly: Bool
    /// Whether it takes the whole width.
    public var isWide: Bool
    /// Its main part, without the first heading when `hasHeading` is true.
    public var main: Html
    /// Whether the frame adds the first heading.
    public var hasHeading: Bool

    /// A page.
    public init(
        _ title: String, in section: Section? = nil, above: [(title: String, address: String)] = [],
        back: String? = nil, errors: [FormError] = [], notice: String? = nil, canBeLeftQuickly: Bool = false,
        isWide: Bool = false, hasHeading: Bool = true, _ main: Html
    ) {
        self.title = title
        self.section = section
        self.above = above
        self.back = back
        self.errors = errors
        self.notice = notice
        self.canBeLeftQuickly = canBeLeftQuickly
        self.isWide = isWide
        self.hasHeading = hasHeading
        self.main = main
    }
}

/// Something wrong in a form: the field's id and what to do.
public struct FormError: Hashable, Sendable {
    /// The id of the field.
    public let field: String
    /// What is wrong and how to put it right.
    public let text: String

    /// Something wrong in a form.
    public init(_ field: String, _ text: String) {
        self.field = field
        self.text = text
    }
}

extension [FormError] {
    /// The message beside a field.
    public func message(_ field: String) -> ErrorMessage? {
        first { $0.field == field }.map { ErrorMessage(text: .text($0.text)) }
    }
}

extension Visit {
    /// The page in the site's frame.
    public func page(_ page: Page, status: Status = .ok) -> Response {
        .html(Shell.frame(page, for: self).html.bytes, status: page.errors.isEmpty ? status : .badRequest)
    }

    /// Another page of the site, after something was done.
    public func redirect(_ address: String) -> Response { .redirect(to: address) }

    /// A form that changes something: it carries the token that only this site's pages have.
    public func form(_ action: String, _ content: Html) -> Html {
        PostForm(action: action, csrf: formToken, content: content).html
    }
}
