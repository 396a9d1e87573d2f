import HTML
import Testing

@Suite("Html")
struct HtmlTests {
    @Test("Text is escaped, in content and in attributes")
    func escaping() {
        let nasty = "<script>alert('x')</script> & \"more\""
        let html: Html = "<p title=\"\(nasty)\">\(nasty)</p>"

        let safe = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;"
        #expect(html.string == "<p title=\"\(safe)\">\(safe)</p>")
    }

    @Test("A literal inside an interpolation is text, not HTML", arguments: [true])
    func innerLiteral(condition: Bool) {
        let html: Html = "<b>\(condition ? "<" : ">")</b>\("&")"

        #expect(html.string == "<b>&lt;</b>&amp;")
    }

    @Test("Html within Html, numbers, and text beyond ASCII stand as they are")
    func verbatim() {
        let inner: Html = "<i>–</i>"
        let html: Html = "<p>\(inner) \(1234) \(0.1) \(2.0) é \("ž"[...])</p>"

        #expect(html.string == "<p><i>–</i> 1234 0.1 2 é ž</p>")
    }

    @Test("Each, if, some and raw")
    func control() {
        let none: String? = nil
        let html: Html = """
            \(each: ["a", "<"], { "<li>\($0)</li>" })\(if: true, "<hr>")\(if: false, "<br>", else: "<p></p>")\
            \(some: none, { "<b>\($0)</b>" })\(some: "s", { "<b>\($0)</b>" })\(raw: "<u>")\(raw: Array("</u>".utf8))
            """

        #expect(html.string == "<li>a</li><li>&lt;</li><hr><p></p><b>s</b><u></u>")
    }

    @Test("Parts are joined in order")
    func joining() {
        var html = Html.joined(["<a></a>", Html(text: "<"), Html(raw: [0x62])])
        html.append("!")

        #expect(html.string == "<a></a>&lt;b!")
        #expect(!html.isEmpty)
        #expect(Html().isEmpty)
    }
}

@Suite("Links of an Html")
struct HtmlLinkTests {
    @Test(
        "Addresses with a scheme for links stand",
        arguments: [
            "/a?b=1&c=2#d", "#main", "", "a/b", "?q=javascript:1", "/x:y", "//gov.uk",
            "https://example.org/", "HTTP://example.org", "mailto:a@example.org", "tel:999", "./javascript:x",
        ])
    func safe(address: String) {
        #expect(Html.safeAddress(address) == address)
    }

    @Test(
        "Others lead nowhere, however they are spelt",
        arguments: [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
            "java\nscript:alert(1)", "\u{1}javascript:alert(1)", "data:text/html,<b>", "vbscript:x", "blob:x",
            "file:///etc/passwd", "java\u{7F}script:x", ":x",
        ])
    func unsafe(address: String) {
        let html: Html = "<a href=\"\(href: address)\">x</a>"

        #expect(html.string == "<a href=\"#\">x</a>")
    }
}

@Suite("HtmlLint")
struct HtmlLintTests {
    private func problems(_ html: Html, whole: Bool = false) -> [String] {
        HtmlLint.problems(in: html.bytes, whole: whole)
    }

    @Test("A good page has no problems")
    func good() {
        let page: Html = """
            <!doctype html><html lang="en-GB"><head><meta charset="utf-8"><style>a > b { color: red }</style></head>
            <body><!-- <p> --><h1 id="a">T</h1><h2>U</h2><label for="n">N</label><input id="n" type="text">
            <img src="x" alt=""><a href="#a%2Fb">x</a><p id="a/b"></p>
            <svg role="img" aria-labelledby="t"><title id="t">T</title><path d="M0 0"/></svg>
            <table><caption>C</caption><tr><th scope="col">A</th></tr></table></body></html>
            """

        #expect(problems(page, whole: true) == [])
    }

    @Test(
        "Each fault is found",
        arguments: [
            ("<p><b></p></b>", "closes <b>"), ("<div>", "is not closed"), ("<p id=\"a\"></p><p id=\"a\"></p>", "two"),
            ("<label for=\"q\">x</label>", "not there"), ("<img src=\"x\">", "img without alt"),
            ("<svg><path d=\"\"/></svg>", "svg without a title"), ("<a href=\"#q\">x</a>", "not there"),
            ("<h1>a</h1><h3>b</h3>", "h3 follows h1"), ("<table><tr></tr></table>", "without a caption"),
            ("<th>a</th>", "th without scope"), ("<script></script>", "script"), ("<p class=a></p>", "double quotes"),
            ("<input type=\"text\" id=\"q\">", "no label"), ("<p>a < b</p>", "starts no tag"),
            ("<p id=\"a b\"></p>", "cannot be an id"), ("<p a=\"1\" a=\"2\"></p>", "twice"),
            ("<script src=\"a.js\">x</script>", "script within"), ("<p style=\"color:red\"></p>", "style attribute"),
            ("<p onclick=\"x()\"></p>", "script attribute onclick"), ("<p ONCLICK=\"x()\"></p>", "onclick"),
            ("<a href=\"javascript:x()\">a</a>", "scheme"), ("<a href=\" java\tscript:x()\">a</a>", "scheme"),
            ("<form action=\"data:text/html,x\"></form>", "scheme"),
            ("<p accesskey=\"s\"></p><p accesskey=\"s\"></p>", "access key"), ("<p tabindex=\"1\"></p>", "tabindex"),
            ("<a href=\"/\"></a>", "nothing to read"),
            ("<button><svg aria-hidden=\"true\"></svg></button>", "read out"),
            ("<fieldset><p></p></fieldset>", "without a legend"), ("<p aria-controls=\"q\"></p>", "not there"),
            ("<form><form></form></form>", "form within"), ("<select id=\"q\"></select>", "no label"),
            ("<textarea id=\"q\"></textarea>", "no label"), ("<input type=\"checkbox\" id=\"q\">", "no label"),
        ])
    func faults(html: String, problem: String) {
        let found = HtmlLint.problems(in: Array(html.utf8))

        #expect(found.contains { $0.contains(problem) }, "\(found)")
    }

    @Test("A script from a file is allowed, and so are names that are not text")
    func allowed() {
        let html: Html = """
            <script src="/a.js" type="module"></script><a href="/"><img src="x" alt="Home"></a>
            <button aria-label="Close"></button><a id="here"></a><p tabindex="-1"></p><a href="tel:999">Call</a>
            <fieldset>
            <legend>Q</legend></fieldset>
            """

        #expect(problems(html) == [])
    }

    @Test("The application's pages have no style elements, a token in forms that post, and landmarks")
    func policies() {
        let html: Html = """
            <html lang="en-GB"><style>a{}</style><h1>T</h1><form method="POST"></form>
            <form method="post"><input type="hidden" name="csrf" value="1"></form><form method="get"></form></html>
            """

        #expect(problems(html, whole: true) == [])
        #expect(
            HtmlLint.problems(in: html.bytes, whole: true, policy: .application) == [
                "style element", "form that posts without a hidden csrf control", "page without title",
                "page without main", "page without a viewport",
            ])
    }

    @Test("A whole page needs one first heading")
    func firstHeading() {
        #expect(problems("<h2>a</h2>", whole: true) == ["0 first headings"])
    }
}
