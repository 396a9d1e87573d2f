import DesignSystem
import HTML
import Testing

/// The problems that the checker finds in a part of one of the application's pages.
func problems(_ html: Html, whole: Bool = false) -> [String] {
    HtmlLint.problems(in: html.bytes, whole: whole, policy: .application)
}

@Suite("Components")
struct ComponentTests {
    @Test("A component stands in an Html literal, and an absent one leaves nothing")
    func interpolation() {
        let absent: Button? = nil
        let present: DesignSystem.Tag? = DesignSystem.Tag(text: "New")
        let html: Html = "<p>\(Button(text: "Save"))\(absent)\(present)</p>"

        #expect(
            HtmlTree.parse(html.string)
                == HtmlTree.parse(
                    """
                    <p><button type="submit" class="govuk-button" data-module="govuk-button">Save</button>
                    <strong class="govuk-tag">New</strong></p>
                    """))
    }

    @Test("Text is escaped and HTML is not")
    func content() {
        let html: Html = "\("a < b" as Content) \(Content.html("<b>c</b>")) \(Content.text("\"d\"")) \(nil as Content?)"

        #expect(html.string == "a &lt; b <b>c</b> &quot;d&quot; ")
    }

    @Test("Attributes are written in order, escaped, each name once")
    func attributes() {
        var attributes: Attributes = [
            "data-a": "1 \"2\"", "data-b": 3, "hidden": .present, "data-c": nil, "data-a": "4",
        ]
        attributes.set("data-b", to: "5")
        attributes.set("data-d", to: nil)
        let html: Html = "<p\(attributes.adding(["data-e": "<", "hidden": "until-found"]))>"

        #expect(html.string == "<p data-a=\"1 &quot;2&quot;\" data-b=\"3\" hidden data-e=\"&lt;\">")
        #expect(attributes["data-b"] == .text("3"))
    }

    @Test(
        "What cannot be the name of an attribute is refused",
        arguments: ["", "a b", "a\"", "a'", "a>", "a/", "a=", "a\nb", "\u{0}", "a<b", "a\u{7F}"])
    func names(name: String) {
        #expect(!Attributes.isName(name))
        #expect(Attributes(checking: [(name, .present)]) == nil)
    }

    @Test(
        "Usual names of attributes are taken", arguments: ["id", "data-i18n.x", "aria-label", "xlink:href", "@x", "é"])
    func goodNames(name: String) {
        #expect(Attributes.isName(name))
    }

    @Test("Texts with markup in them never become markup")
    func hostileText() {
        let nasty = "\"><script>alert('x')</script><p a='"
        let text = Content.text(nasty)
        let parts: [any Component] = [
            Button(text: text, name: nasty, value: nasty, id: nasty), Button(text: text, element: .input),
            Input(
                name: nasty, label: Label(text: text), hint: Hint(text: text), errorMessage: "\(nasty)", value: nasty),
            Textarea(name: nasty, label: Label(text: text), value: nasty),
            Select(name: nasty, label: Label(text: text), items: [.init(value: nasty, text: nasty)], value: nasty),
            Checkboxes(name: nasty, items: [.item(.init(value: nasty, text: text)), .divider(text)], fieldset: nil),
            Radios(
                name: nasty, items: [.item(.init(value: nasty, text: text))], fieldset: Fieldset(legend: "\(nasty)")),
            DateInput(id: nasty, fieldset: nil), ErrorSummary(title: text, items: [.init(text: text, href: nasty)]),
            SummaryList(rows: [.init(key: text, value: text, actions: [.init(text: text, href: nasty)])]),
            Table(caption: nasty, head: ["\(nasty)"], rows: [["\(nasty)"]]),
            DesignSystem.Tag(text: text, classes: nasty),
            Tabs(items: [.init(label: nasty, id: nasty, panel: text)]), StatusTag(nasty, tone: .good),
            Pagination(items: [.page(nasty, href: nasty, label: nasty)], landmarkLabel: nasty),
            ServiceNavigation(serviceName: nasty, serviceURL: nasty, items: [.init(text: text, href: nasty)]),
            Breadcrumbs(items: [.init(text: text, href: nasty)]), NotificationBanner(content: text, titleID: nasty),
            SearchBox(action: nasty, label: nasty, value: nasty, hidden: [.init(name: nasty, value: nasty)]),
        ]

        for part in parts {
            let html = part.html.string
            #expect(!html.contains("<script"), "\(type(of: part))")
            #expect(!html.contains("a='"), "\(type(of: part))")
        }
    }

    @Test("A link with a script for an address leads nowhere")
    func hostileAddress() {
        let nasty = "JavaScript:alert(1)"
        let parts: [any Component] = [
            Button(text: "a", href: nasty), BackLink(href: nasty), SkipLink(href: nasty),
            Breadcrumbs(items: [.init(text: "a", href: nasty)]), ErrorSummary(items: [.init(text: "a", href: nasty)]),
            TaskList(items: [.init(title: "a", href: nasty, status: .text("b"))]),
            GenericHeader(logo: "a", href: nasty),
            Footer(meta: .init(items: [.init(text: "a", href: nasty)])), ExitThisPage(redirectURL: nasty),
            Pagination(previous: .init(href: nasty)),
            CookieBanner(messages: [.init(actions: [.init(text: "a", href: nasty)])]),
            SummaryList(rows: [.init(key: "a", value: "b", actions: [.init(text: "c", href: nasty)])]),
            PostForm(action: nasty, csrf: "t", content: ""),
        ]

        for part in parts {
            #expect(!part.html.string.lowercased().contains("javascript:"), "\(type(of: part))")
        }
    }

    @Test("Form components together make a form without problems")
    func form() {
        let html: Html = """
            \(Input(name: "email", label: "Email address", hint: "We only use this once", errorMessage: "Enter it"))
            \(CharacterCount(Textarea(name: "why", label: "Why"), limit: .words(50)))
            \(PasswordInput(name: "password", label: "Password"))
            \(Select(name: "ward", label: "Ward", items: [.init(text: "North"), .init(text: "South")], value: "South"))
            \(FileUpload(name: "file", label: "File", isEnhanced: true))
            \(DateInput(id: "born", fieldset: Fieldset(legend: "Born"), hint: "For example, 31 3 1980"))
            \(Checkboxes(
                name: "how", items: [.item(.init(value: "a", text: "A", hint: "H")), .divider("or")],
                fieldset: Fieldset(legend: "How"), errorMessage: "Choose"))
            \(Radios(
                name: "one",
                items: [.item(.init(value: "a", text: "A", conditional: Input(name: "more", label: "More").html))],
                fieldset: Fieldset(legend: "One")))
            \(ErrorSummary(items: [.init(text: "Enter it", href: "#email"), .init(text: "Choose", href: "#how")]))
            \(Button(text: "Save"))
            """

        #expect(problems("\(PostForm(action: "/save", csrf: "token", content: html))") == [])
    }
}

@Suite("Trees of HTML")
struct HtmlTreeTests {
    @Test(
        "What a browser shows alike is equal",
        arguments: [
            ("<p> a  b </p>", "<p>a b</p>"), ("<div>\n<p>a</p>\n\n<p>b</p></div>", "<div><p>a</p><p>b</p></div>"),
            ("<p a=\"1\" b=\"2\">", "<p b='2' a=1></p>"), ("<!-- x --><b>&lt;&#39;&#x27;</b>", "<b>&lt;''</b>"),
            ("<p class=\" b  a \"></p>", "<p class=\"a b\"></p>"), ("<input disabled>", "<input disabled=\"\"/>"),
            ("<p id=\"a\" id=\"b\"></p>", "<p id=\"a\"></p>"), ("<svg viewBox=\"0\"/>", "<svg viewBox=\"0\"></svg>"),
            ("<a>x</a> <b> y</b>", "<a>x</a><b> y</b>"), ("<textarea>\nx</textarea>", "<textarea>x</textarea>"),
        ])
    func equal(one: String, other: String) {
        #expect(HtmlTree.difference(HtmlTree.parse(one), HtmlTree.parse(other)) == nil)
    }

    @Test(
        "What differs is found, and said",
        arguments: [
            ("<p>a b</p>", "<p>ab</p>", "text"), ("<p>a</p>", "<div>a</div>", "<p> where <div>"),
            ("<p a=\"1\"></p>", "<p a=\"2\"></p>", "a is “1”, expected “2”"),
            ("<p a></p>", "<p></p>", "expected absent"),
            ("<p></p><p></p>", "<p></p>", "too much"), ("<ul><li>a</li></ul>", "<ul></ul>", "/ul: there is <li>"),
            ("", "<p></p>", "missing"), ("<a>x</a><b>y</b>", "<a>x</a> <b>y</b>", "“y” where"),
            ("<textarea> x</textarea>", "<textarea>x</textarea>", "text"),
            ("<p class=\"a b\"></p>", "<p class=\"a\"></p>", "class"),
            ("<p id=\"a b\"></p>", "<p id=\"b a\"></p>", "id"),
        ])
    func different(one: String, other: String, words: String) {
        let found = HtmlTree.difference(HtmlTree.parse(one), HtmlTree.parse(other))

        #expect(found?.contains(words) == true, "\(found ?? "nothing")")
    }
}
