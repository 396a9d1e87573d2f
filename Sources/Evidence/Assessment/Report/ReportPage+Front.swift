internal import HTML
internal import Kernel

extension ReportPage {
    /// What it is, where, when.
    func header() -> Html {
        """
        <header class="top"><div class="inner">
        <h1><span class="kicker">Strategic assessment of crime and disorder</span> \(assessment.area.name)</h1>
        <dl>
        <div><dt>Period</dt><dd>\(assessment.period.inWords)</dd></div>
        <div><dt>Compared with</dt><dd>\(assessment.previous.inWords)</dd></div>
        <div><dt>Area code</dt><dd>\(assessment.area.code)</dd></div>
        </dl>
        </div></header>
        """
    }

    func contents() -> Html {
        """
        <nav class="contents" aria-labelledby="contents">
        <h2 id="contents">Contents</h2>
        <ol>
        <li><a href="#findings">Key findings</a></li>
        \(each: sections, { section in
            """
            <li><a href="#\(section.anchor)">\(section.title)</a>\
            \(if: !section.tables.isEmpty, "<ul>\(each: section.tables, tableLink)</ul>")</li>

            """
        })
        <li><a href="#method">Method and sources</a></li>
        </ol>
        </nav>
        """
    }

    private func tableLink(_ table: AssessmentTable) -> Html {
        "<li><a href=\"\(ReportAnchor.link(table.id))\">\(table.title)</a></li>"
    }

    /// The headline figures and the sentences that matter most: all when they are few, else the first two of each
    /// part. Every sentence stands in its part as well.
    func findings() -> Html {
        let isShort = assessment.statements.count <= 10
        let chosen = sections.flatMap { section in
            section.statements.prefix(isShort ? section.statements.count : 2).map { (section, $0) }
        }
        return """
            <section class="part findings" aria-labelledby="findings">
            <h2 id="findings">Key findings</h2>
            \(headlines())
            \(if: chosen.isEmpty, "<p>No sentences were made from these figures.</p>",
              else: "<ul class=\"points\">\(each: chosen, point)</ul>")
            </section>
            """
    }

    private func point(_ section: ReportSection, _ statement: StrategicAssessment.Statement) -> Html {
        """
        <li>\(statement.text) <a class="source" href="\(ReportAnchor.link(anchor(of: statement)))">\
        <span class="vh">More in </span>\(section.title)</a></li>

        """
    }

    /// The figures of the row that adds up all categories, large.
    private func headlines() -> Html {
        let tiles = Headline.all(of: assessment)
        guard !tiles.isEmpty else { return "" }
        return "<dl class=\"tiles\">\(each: tiles, tile)</dl>"
    }

    private func tile(_ tile: Headline) -> Html {
        """
        <div><dt>\(tile.name)</dt><dd>\(tile.figure)\(if: !tile.note.isEmpty, "<small>\(tile.note)</small>")</dd></div>
        """
    }
}
