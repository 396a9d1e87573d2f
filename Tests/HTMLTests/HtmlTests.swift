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
        ])
    func faults(html: String, problem: String) {
        let found = HtmlLint.problems(in: Array(html.utf8))

        #expect(found.contains { $0.contains(problem) }, "\(found)")
    }

    @Test("A whole page needs one first heading")
    func firstHeading() {
        #expect(problems("<h2>a</h2>", whole: true) == ["0 first headings"])
    }
}
