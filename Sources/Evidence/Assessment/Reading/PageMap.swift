internal import HTML

/// A map of a table with the list of its areas beside it. The script of the module `map` draws the map from the layer;
/// until then, and without it, the drawing stands.
struct PageMap {
    /// How many areas are listed; the table has the others.
    static let longest = 250

    private let plan: MapPlan
    private let block: PageBlock
    private let drawings: ReportDrawings

    init(_ plan: MapPlan, _ block: PageBlock, _ drawings: ReportDrawings) {
        self.plan = plan
        self.block = block
        self.drawings = drawings
    }

    private var id: String { "map-" + ReportAnchor.id(block.whole.id + "-" + plan.id) }

    func html() -> Html {
        let layer = AssessmentGeoJSON.layer(plan, drawings)
        // The drawing comes from Graphics, which escapes all text.
        let drawn = drawings.drawn(plan)
        return """
            <figure class="concord-chart">
            <figcaption class="concord-chart__caption">\(drawn.title)</figcaption>
            <div class="concord-map"><div class="concord-map__columns">
            <div class="concord-map__drawing"\(settings(layer))>\(raw: drawn.wide)</div>
            <div class="concord-map__list concord-scroll" id="\(id)-beside" role="region" \
            aria-labelledby="\(id)-list" tabindex="0">
            \(list(layer))
            </div>
            </div></div>
            </figure>

            """
    }

    /// What the script needs. A filtered table's map shows what the filter leaves, which the layer does not know, so it
    /// stays a drawing.
    private func settings(_ layer: AssessmentGeoJSON.Layer) -> Html {
        guard let address = block.sections.links.layer, block.filtered.table.rows.count == block.whole.rows.count else {
            return ""
        }
        let breaks = layer.breaks.map { "\($0)" }.joined(separator: ",")
        return """
             data-module="map" data-geojson="\(href: address(block.whole.id, layer.id))" \
            data-breaks="\(breaks)" data-labels="\(layer.labels.joined(separator: "|"))" data-title="\(layer.title)" \
            data-list="\(id)-beside"
            """
    }

    private func list(_ layer: AssessmentGeoJSON.Layer) -> Html {
        let rest = layer.areas.count - PageMap.longest
        return """
            <table class="govuk-table govuk-table--small-text-until-tablet">
            <caption class="govuk-table__caption govuk-visually-hidden" id="\(id)-list">The map as a table: \
            \(layer.title)</caption>
            <thead class="govuk-table__head"><tr class="govuk-table__row">
            <th scope="col" class="govuk-table__header">Area</th>
            <th scope="col" class="govuk-table__header govuk-table__header--numeric">\(layer.measure)</th></tr></thead>
            <tbody class="govuk-table__body">
            \(each: layer.areas.prefix(PageMap.longest), PageMap.row)</tbody>
            </table>
            \(if: rest > 0, "<p class=\"govuk-body-s\">The other \(rest) areas are in the table below.</p>")
            """
    }

    private static func row(_ area: AssessmentGeoJSON.Layer.Area) -> Html {
        """
        <tr class="govuk-table__row" data-area="\(area.code)"><th scope="row" class="govuk-table__header">\(area.name)</th>
        <td class="govuk-table__cell govuk-table__cell--numeric">\(area.text)</td></tr>

        """
    }
}
