public import HTML
internal import Kernel

/// An assessment as a document in the site's own pages: its contents, and each part as a fragment of HTML with the
/// classes of the GOV.UK Design System, without scripts, styles or `style` attributes.
///
/// ```swift
/// let sections = AssessmentSections(stored, links: AssessmentLinks(base: "/assessment/0193"), filter: filter)
/// let fragment = sections.section("B1")
/// ```
public struct AssessmentSections: Sendable {
    /// A part of the document, or a table in it.
    public struct Entry: Hashable, Sendable {
        /// The id of a section ("findings", "B1", "method") or the identifier of a table ("B1.level").
        public let id: String
        /// What it is called.
        public let title: String
        /// The tables in it.
        public let children: [Entry]
    }

    /// The parts in order, each with its tables.
    public let contents: [Entry]
    /// What is kept.
    public let stored: StoredAssessment
    /// What the reader wants to see.
    public let filter: AssessmentFilter
    let links: AssessmentLinks
    let sections: [PageSection]

    /// The document of an assessment.
    /// - Parameters:
    ///   - links: where its pages are.
    ///   - filter: what is shown of its tables.
    public init(_ stored: StoredAssessment, links: AssessmentLinks, filter: AssessmentFilter = AssessmentFilter()) {
        self.stored = stored
        self.links = links
        self.filter = filter
        sections = PageSection.all(of: stored.assessment)
        contents =
            [Entry(id: "findings", title: "Key findings", children: [])]
            + sections.map { section in
                let tables = section.tables.map { Entry(id: $0.id, title: $0.title, children: []) }
                return Entry(id: section.prefix, title: section.title, children: tables)
            } + [Entry(id: "method", title: "Method and sources", children: [])]
    }

    /// The id of a section's heading.
    static func anchor(ofSection id: String) -> String { "section-" + ReportAnchor.id(id) }

    /// The contents as links.
    /// - Parameter current: the id of the section being read, if it is one.
    public func contentsList(current: String? = nil) -> Html {
        """
        <nav class="concord-toc" aria-labelledby="contents">
        <h2 class="concord-toc__heading" id="contents">Contents</h2>
        <ol>
        \(each: contents, { entry in
            """
            <li><a href="\(href: links.section(entry.id))"\(if: entry.id == current, " aria-current=\"page\"")>\
            \(entry.title)</a>\(if: !entry.children.isEmpty, "<ul>\(each: entry.children, tableLink)</ul>")</li>

            """
        })
        </ol>
        </nav>
        """
    }

    private func tableLink(_ entry: Entry) -> Html {
        "<li><a href=\"\(href: links.table(entry.id))\">\(entry.title)</a></li>\n"
    }

    /// A part of the document; nil when there is none of that id.
    public func section(_ id: String) -> Html? {
        switch id {
        case "findings": return findings()
        case "method": return method()
        default: return sections.first { $0.prefix == id }.map(html)
        }
    }

    /// All parts, one after the other: give links from `AssessmentLinks.withinPage()`.
    public func whole() -> Html { Html.joined(contents.compactMap { section($0.id) }) }

    /// A table with its drawings and some of its rows; nil when there is none of that identifier.
    /// - Parameters:
    ///   - offset: how many rows to pass over.
    ///   - limit: how many rows to show at most.
    public func table(_ id: String, offset: Int = 0, limit: Int = 250) -> Html? {
        guard let table = stored.assessment.table(id) else { return nil }
        return PageBlock(self, table, headingLevel: 2).html(offset: offset, limit: limit)
    }

    /// How many rows a table has in its readers' form; nil when there is no such table.
    public func rowCount(of id: String) -> Int? {
        guard let table = stored.assessment.table(id) else { return nil }
        return PageBlock(self, table, headingLevel: 2).shown.table.rows.count
    }
}

// MARK: - Parts

extension AssessmentSections {
    private func html(_ section: PageSection) -> Html {
        let anchor = AssessmentSections.anchor(ofSection: section.prefix)
        return """
            <section class="part" aria-labelledby="\(anchor)">
            <h2 class="govuk-heading-l" id="\(anchor)">\(section.title)</h2>
            \(if: !section.lead.isEmpty, "<p class=\"govuk-body lead\">\(section.lead)</p>")
            \(each: section.statements, statement)
            \(each: section.tables, { PageBlock(self, $0, headingLevel: 3).html() })
            </section>

            """
    }

    private func statement(_ statement: StrategicAssessment.Statement) -> Html {
        """
        <p class="govuk-body" id="statement-\(ReportAnchor.id(statement.id))">\(statement.text) \(sources(statement))</p>

        """
    }

    /// Links from a sentence to the figures it rests on.
    func sources(_ statement: StrategicAssessment.Statement) -> Html {
        var parts: [Html] = []
        for text in statement.figures {
            if let address = FigureAddress(text), let figure = try? LocatedFigure(address, in: stored.assessment) {
                let words: Html = "\(figure.rowTitle), \(figure.column.title.lowercasedFirst): \(figure.text)"
                let link = links.figure?(figure.address) ?? links.table(figure.table.id)
                parts.append("<a class=\"govuk-link\" href=\"\(href: link)\">\(words)</a>")
            } else if let table = stored.assessment.table(text) {
                parts.append("<a class=\"govuk-link\" href=\"\(href: links.table(table.id))\">Table \(table.id)</a>")
            }
        }
        guard let first = parts.first else { return "" }
        return "<span class=\"source\">[\(first)\(each: parts.dropFirst(), { "; \($0)" })]</span>"
    }

    /// The headline figures and the sentences that matter most.
    private func findings() -> Html {
        let statements = stored.assessment.statements
        let most = statements.count <= 10 ? statements.count : 2
        let chosen = sections.flatMap { section in section.statements.prefix(most).map { (section, $0) } }
        let tiles = Headline.all(of: stored.assessment)
        let anchor = AssessmentSections.anchor(ofSection: "findings")
        return """
            <section class="part findings" aria-labelledby="\(anchor)">
            <h2 class="govuk-heading-l" id="\(anchor)">Key findings</h2>
            \(if: !tiles.isEmpty, "<dl class=\"tiles\">\(each: tiles, tile)</dl>")
            \(if: chosen.isEmpty, "<p class=\"govuk-body\">No sentences were made from these figures.</p>",
              else: "<ul class=\"govuk-list govuk-list--bullet points\">\(each: chosen, point)</ul>")
            </section>

            """
    }

    private func tile(_ tile: Headline) -> Html {
        let link = links.figure.map { $0(tile.address) }
        let figure: Html =
            link.map {
                "<a class=\"govuk-link govuk-link--no-underline govuk-link--no-visited-state\" href=\"\(href: $0)\">\(tile.figure)</a>"
            } ?? "\(tile.figure)"
        return """
            <div><dt>\(tile.name)</dt><dd>\(figure)\(if: !tile.note.isEmpty, "<small>\(tile.note)</small>")</dd></div>
            """
    }

    private func point(_ section: PageSection, _ statement: StrategicAssessment.Statement) -> Html {
        """
        <li>\(statement.text) <a class="govuk-link source" href="\(href: links.section(section.prefix))">\
        <span class="govuk-visually-hidden">More in </span>\(section.title)</a></li>

        """
    }
}

/// A part of the document for pages: the printed document's parts.
struct PageSection: Sendable {
    let prefix: String
    let title: String
    let lead: String
    let tables: [AssessmentTable]
    let statements: [StrategicAssessment.Statement]

    static func all(of assessment: StrategicAssessment) -> [PageSection] {
        ReportSection.all(of: assessment).map {
            PageSection(
                prefix: $0.prefix, title: $0.title, lead: $0.lead, tables: $0.tables, statements: $0.statements)
        }
    }
}
