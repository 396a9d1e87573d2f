public import HTML

extension Document {
    /// A whole page of HTML that stands by itself and fetches nothing.
    /// - Parameter paged: with the foot of each printed page; otherwise the footer is the last paragraph.
    public func html(paged: Bool) -> Html {
        """
        <!DOCTYPE html>
        <html lang="\(language)">
        <head>
        <meta charset="utf-8">
        <title>\(title)</title>
        <meta name="author" content="\(author)">
        \(if: paged, Html(raw: Array("<style>\(Document.style(isLarge: isLarge))</style>".utf8)))
        </head>
        <body>
        \(if: paged, "\(some: footer, { "<div class=\"foot\">\($0)</div>" })")
        \(if: showsTitle, "<h1>\(title)</h1>")
        \(each: blocks, { Document.html($0, paged: paged) })
        \(if: !paged, "\(some: footer, { "<p>\($0)</p>" })")
        </body>
        </html>
        """
    }

    private static func html(_ block: Block, paged: Bool) -> Html {
        switch block {
        case .heading(let level, let text):
            switch level {
            case ...1: return "<h2>\(text)</h2>\n"
            case 2: return "<h3>\(text)</h3>\n"
            default: return "<h4>\(text)</h4>\n"
            }
        case .paragraph(let text): return "<p>\(lines(text))</p>\n"
        case .list(let items, let isNumbered):
            let points: Html = "\(each: items, { "<li>\(lines($0))</li>" })"
            return isNumbered ? "<ol>\(points)</ol>\n" : "<ul>\(points)</ul>\n"
        case .table(let caption, let columns, let rows): return table(caption, columns, rows)
        case .facts(let facts):
            return "<dl>\(each: facts, { fact($0, paged: paged) })</dl>\n"
        case .lines(let texts): return "<p class=\"lines\">\(lines(texts.joined(separator: "\n")))</p>\n"
        case .notice(let text): return "<p class=\"notice\"><strong>\(lines(text))</strong></p>\n"
        case .newPage: return "<div class=\"page\"></div>\n"
        }
    }

    /// On paper a name and its value stand side by side; Word's reader knows no groups.
    private static func fact(_ fact: Fact, paged: Bool) -> Html {
        let pair: Html = "<dt>\(fact.name)</dt><dd>\(lines(fact.value))</dd>"
        return paged ? "<div class=\"fact\">\(pair)</div>" : pair
    }

    private static func table(_ caption: String, _ columns: [String], _ rows: [[String]]) -> Html {
        """
        <table>
        <caption>\(caption)</caption>
        <thead><tr>\(each: columns, { "<th scope=\"col\">\($0)</th>" })</tr></thead>
        <tbody>
        \(each: rows, { row in
            "<tr>\(each: Array(row.enumerated()), { $0.offset == 0 ? "<th scope=\"row\">\(lines($0.element))</th>" : "<td>\(lines($0.element))</td>" })</tr>\n"
        })
        </tbody>
        </table>

        """
    }

    private static func lines(_ text: String) -> Html {
        let parts = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        return "\(each: Array(parts.enumerated()), { "\(if: $0.offset > 0, "<br>")\($0.element)" })"
    }

    /// How printed pages look: dark on white, 12 points or 16, nothing cut in two that belongs together.
    private static func style(isLarge: Bool) -> String {
        """
        @page { size: A4; margin: 2cm 2cm 2.6cm; @bottom-left { content: element(foot); width: 78%; \
        vertical-align: top; padding-top: 3mm }
        @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt sans-serif; \
        vertical-align: top; padding-top: 3mm } }
        body { font-family: "Liberation Sans", "DejaVu Sans", sans-serif; font-size: \(isLarge ? 16 : 11)pt; \
        line-height: 1.4; color: #000; overflow-wrap: break-word }
        .foot { position: running(foot); font-size: 8pt; line-height: 1.2 }
        h1 { font-size: 1.6em; line-height: 1.2; margin: 0 0 0.6em }
        h2 { font-size: 1.3em; margin: 1.2em 0 0.4em; break-after: avoid }
        h3 { font-size: 1.1em; margin: 1em 0 0.3em; break-after: avoid }
        h4 { font-size: 1em; margin: 0.8em 0 0.2em; break-after: avoid }
        p, ul, ol, dl, table { margin: 0 0 0.8em }
        .lines { break-inside: avoid }
        p:not(.lines) + .lines { break-before: avoid; margin-top: 2.5em }
        .notice { border: 2px solid #000; padding: 0.5em 0.8em }
        table { border-collapse: collapse; width: 100%; font-size: 0.9em }
        caption { text-align: left; font-weight: bold; padding: 0 0 0.3em }
        th, td { border-bottom: 1px solid #555; padding: 0.25em 0.5em 0.25em 0; text-align: left; vertical-align: top }
        tr { break-inside: avoid }
        .fact { display: table; table-layout: fixed; width: 100%; break-inside: avoid-page; margin: 0 0 0.2em }
        dt { display: table-cell; width: 30%; padding: 0 1em 0 0; font-weight: bold }
        dd { display: table-cell; margin: 0 }
        .page { break-after: page }
        """
    }
}
