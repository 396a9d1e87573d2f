internal import Graphics
internal import HTML
internal import Kernel

/// A strategic assessment as one web page that needs nothing else: no script, no other file, and fit for printing.
public enum AssessmentReport {
    /// The page, UTF-8.
    ///
    /// The page has an identifier for each table (`B1.level`), for each sentence (`statement-` and its identifier)
    /// and for each row that a sentence rests on (`B1.level/robbery`), so that figures can be linked.
    /// - Parameters:
    ///   - maps: shapes; a table of areas is drawn on every map that has at least half of its areas.
    ///   - generatedBy: the program and its version.
    public static func html(_ assessment: StrategicAssessment, maps: [ReportMap], generatedBy: String) -> [UInt8] {
        var page = ReportPage(assessment: assessment, maps: maps, generatedBy: generatedBy)
        return page.html().bytes
    }
}

/// The page in the making.
struct ReportPage {
    let assessment: StrategicAssessment
    let maps: [ReportMap]
    let generatedBy: String
    let sections: [ReportSection]
    /// Addresses (`TABLE/ROW KEY`) of rows that sentences rest on.
    let linked: Set<String>
    private var figures = 0

    init(assessment: StrategicAssessment, maps: [ReportMap], generatedBy: String) {
        self.assessment = assessment
        self.maps = maps
        self.generatedBy = generatedBy
        sections = ReportSection.all(of: assessment)
        linked = ReportPage.rows(linkedBy: assessment)
    }

    mutating func html() -> Html {
        var parts: [Html] = []
        for section in sections { parts.append(html(of: section)) }
        return """
            <!doctype html>
            <html lang="en-GB">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="\(generatedBy)">
            <title>\(assessment.area.name): strategic assessment, \(assessment.period.inWords)</title>
            \(ReportStyle.element(running: "\(assessment.area.name): strategic assessment, \(assessment.period.inWords)"))
            </head>
            <body>
            <a class="skip" href="#main">Skip to the findings</a>
            \(header())
            <div class="frame">
            \(contents())
            <main id="main" tabindex="-1">
            \(findings())
            \(Html.joined(parts))
            \(method())
            </main>
            </div>
            <footer><p>Made by \(generatedBy). The same files and definitions give the same page.</p></footer>
            </body>
            </html>

            """
    }

    private mutating func html(of section: ReportSection) -> Html {
        var blocks: [Html] = []
        for table in section.tables { blocks.append(block(of: table)) }
        return """
            <section class="part" aria-labelledby="\(section.anchor)">
            <h2 id="\(section.anchor)">\(section.title)</h2>
            \(if: !section.lead.isEmpty, "<p class=\"lead\">\(section.lead)</p>")
            \(each: section.statements, { "<p id=\"\(anchor(of: $0))\">\($0.text) \(sources($0))</p>\n" })
            \(Html.joined(blocks))
            </section>
            """
    }

    private mutating func block(of table: AssessmentTable) -> Html {
        let reading = TableReading(table: table, labels: assessment.labels)
        let shown = TableReading(table: ReaderTable.form(of: table, in: assessment), labels: assessment.labels)
        let drawings = ReportDrawings(reading: reading, assessment: assessment, maps: maps).all()
        var drawn: [Html] = []
        for drawing in drawings {
            figures += 1
            drawn.append(drawing.html(number: figures))
        }
        let id = ReportAnchor.id(table.id)
        return """
            <section class="block" id="\(id)" aria-labelledby="\(id)-title">
            <h3 id="\(id)-title">\(table.title)</h3>
            \(if: !drawn.isEmpty, "<div class=\"figures\">\(Html.joined(drawn))</div>")
            \(TableHtml(reading: shown, linked: linked).html())
            </section>
            """
    }
}

// MARK: - Sentences

extension ReportPage {
    func anchor(of statement: StrategicAssessment.Statement) -> String {
        "statement-" + ReportAnchor.id(statement.id)
    }

    /// Links from a sentence to the tables it rests on, each once, to the row where it is known.
    func sources(_ statement: StrategicAssessment.Statement) -> Html {
        var seen: Set<String> = []
        var links: [Html] = []
        for figure in statement.figures {
            guard let (id, row) = ReportAnchor.parts(ofFigure: figure), assessment.table(id) != nil,
                seen.insert(id).inserted
            else { continue }
            let target = linked.contains(id + "/" + row) ? id + "/" + row : id
            links.append(
                "<a class=\"source\" href=\"\(ReportAnchor.link(target))\"><span class=\"vh\">Table </span>\(id)</a> ")
        }
        return Html.joined(links)
    }

    /// The rows that sentences rest on and that a table has once.
    static func rows(linkedBy assessment: StrategicAssessment) -> Set<String> {
        let wanted = Set(
            assessment.statements.flatMap(\.figures).compactMap { address in
                ReportAnchor.parts(ofFigure: address).map { $0.table + "/" + $0.row }
            })
        var found: [String: Int] = [:]
        for table in assessment.tables {
            let shown = ReaderTable.form(of: table, in: assessment)
            let reading = TableReading(table: shown, labels: [:])
            for row in shown.rows {
                var key = table.id
                for column in shown.columns.prefix(3) {
                    key += "/" + reading.key(row, column.id)
                    if wanted.contains(key) { found[key, default: 0] += 1 }
                }
            }
        }
        return Set(found.filter { $0.value == 1 }.keys)
    }
}
