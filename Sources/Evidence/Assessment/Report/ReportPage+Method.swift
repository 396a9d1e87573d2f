internal import Graphics
internal import HTML
internal import Kernel

extension ReportPage {
    /// Where the figures come from.
    func method() -> Html {
        """
        <section class="part" aria-labelledby="method">
        <h2 id="method">Method and sources</h2>
        <p>All figures are calculated from the files and definitions listed here. Each file is identified by its \
        SHA-256 digest: the same digest means the same content. How each figure is made and what limits it is said \
        in the notes below its table.</p>
        <p>Percentages and rates are rounded for reading; the data files that come with this page hold them \
        unrounded, one file a table, named by the table’s identifier. Hatched areas on maps and “–” in tables mean \
        that there is no figure.</p>
        <h3 id="inputs">Files read</h3>
        \(inputs())
        <h3 id="definitions">Definitions</h3>
        \(definitions())
        </section>
        """
    }

    private func inputs() -> Html {
        guard !assessment.inputs.isEmpty else { return "<p>No files were read.</p>" }
        return """
            <div class="scroll" role="region" aria-labelledby="inputs" tabindex="0">
            <table><caption>\(assessment.inputs.count) files, \
            \(NumberText.whole(assessment.inputs.reduce(0) { $0 + $1.rows })) rows</caption>
            <thead><tr><th scope="col">File</th><th scope="col" class="n">Rows</th>\
            <th scope="col" class="n">Not usable</th><th scope="col">SHA-256</th></tr></thead>
            <tbody>\(each: assessment.inputs, { input in
                """
                <tr><th scope="row">\(input.path)</th><td class="n">\(NumberText.whole(input.rows))</td>\
                <td class="n">\(NumberText.whole(input.rejected))</td><td class="digest">\(input.sha256)</td></tr>

                """
            })</tbody></table></div>
            """
    }

    private func definitions() -> Html {
        guard !assessment.definitions.isEmpty else { return "<p>No definitions were used.</p>" }
        return """
            <div class="scroll" role="region" aria-labelledby="definitions" tabindex="0">
            <table><caption>\(assessment.definitions.count) definitions</caption>
            <thead><tr><th scope="col">Definition</th><th scope="col">Version</th><th scope="col">SHA-256</th></tr>\
            </thead>
            <tbody>\(each: assessment.definitions, { definition in
                """
                <tr><th scope="row">\(definition.name)</th><td>\(definition.version)</td>\
                <td class="digest">\(definition.sha256)</td></tr>

                """
            })</tbody></table></div>
            """
    }
}
