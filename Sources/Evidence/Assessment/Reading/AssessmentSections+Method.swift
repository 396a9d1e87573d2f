internal import Files
internal import Graphics
internal import HTML

extension AssessmentSections {
    /// Where the figures come from.
    func method() -> Html {
        let anchor = AssessmentSections.anchor(ofSection: "method")
        return """
            <section class="part" aria-labelledby="\(anchor)">
            <h2 class="govuk-heading-l" id="\(anchor)">Method and sources</h2>
            <p class="govuk-body">All figures are calculated from the files and definitions listed here. Each file is \
            identified by its SHA-256 digest: the same digest means the same content. How each figure is made and what \
            limits it is said with the figure and in the notes below its table.</p>
            <p class="govuk-body">Percentages and rates are rounded for reading; the files to download hold them \
            unrounded. Hatched areas on maps and “–” in tables mean that there is no figure.</p>
            <h3 class="govuk-heading-m" id="inputs">Files read</h3>
            \(AssessmentSections.inputs(stored.assessment.inputs, labelledBy: "inputs"))
            <h3 class="govuk-heading-m" id="definitions">Definitions</h3>
            \(AssessmentSections.definitions(
                stored.assessment.definitions, labelledBy: "definitions", link: links.definition))
            <p class="govuk-body">Made by \(stored.program).</p>
            </section>

            """
    }

    /// A path on the machine that read the file says nothing to readers but its last part.
    private static func fileName(_ path: String) -> String {
        path.hasPrefix("/") ? FileSystem.name(of: path) : path
    }

    static func inputs(_ inputs: [StrategicAssessment.Input], labelledBy id: String) -> Html {
        guard !inputs.isEmpty else { return "<p class=\"govuk-body\">No files were read.</p>" }
        let rows = NumberText.whole(inputs.reduce(0) { $0 + $1.rows })
        return """
            <div class="concord-scroll" role="region" aria-labelledby="\(id)" tabindex="0">
            <table class="govuk-table govuk-table--small-text-until-tablet">
            <caption class="govuk-table__caption">\(inputs.count == 1 ? "1 file" : "\(inputs.count) files"), \(rows) rows\
            </caption>
            <thead class="govuk-table__head"><tr class="govuk-table__row">
            <th scope="col" class="govuk-table__header">File</th>
            <th scope="col" class="govuk-table__header govuk-table__header--numeric">Rows</th>
            <th scope="col" class="govuk-table__header govuk-table__header--numeric">Not usable</th>
            <th scope="col" class="govuk-table__header">SHA-256</th></tr></thead>
            <tbody class="govuk-table__body">\(each: inputs, { input in
                """
                <tr class="govuk-table__row"><th scope="row" class="govuk-table__header">\(fileName(input.path))</th>
                <td class="govuk-table__cell govuk-table__cell--numeric">\(NumberText.whole(input.rows))</td>
                <td class="govuk-table__cell govuk-table__cell--numeric">\(NumberText.whole(input.rejected))</td>
                <td class="govuk-table__cell digest">\(input.sha256)</td></tr>

                """
            })</tbody></table></div>
            """
    }

    static func definitions(
        _ definitions: [StrategicAssessment.DefinitionUsed], labelledBy id: String,
        link: (@Sendable (String) -> String?)? = nil
    ) -> Html {
        guard !definitions.isEmpty else { return "<p class=\"govuk-body\">No definitions were used.</p>" }
        func named(_ definition: StrategicAssessment.DefinitionUsed) -> Html {
            guard let address = link?(definition.sha256) else { return "\(definition.name)" }
            return "<a class=\"govuk-link\" href=\"\(href: address)\">\(definition.name)</a>"
        }
        return """
            <div class="concord-scroll" role="region" aria-labelledby="\(id)" tabindex="0">
            <table class="govuk-table govuk-table--small-text-until-tablet">
            <caption class="govuk-table__caption">\(definitions.count) definitions</caption>
            <thead class="govuk-table__head"><tr class="govuk-table__row">
            <th scope="col" class="govuk-table__header">Definition</th>
            <th scope="col" class="govuk-table__header">Version</th>
            <th scope="col" class="govuk-table__header">SHA-256</th></tr></thead>
            <tbody class="govuk-table__body">\(each: definitions, { definition in
                """
                <tr class="govuk-table__row"><th scope="row" class="govuk-table__header">\(named(definition))</th>
                <td class="govuk-table__cell">\(definition.version)</td>
                <td class="govuk-table__cell digest">\(definition.sha256)</td></tr>

                """
            })</tbody></table></div>
            """
    }
}
