public import HTML

/// A map of areas beside a table with the same information. The script of the module `map` draws the map from the
/// GeoJSON; until then, and without it, the drawing within stands.
public struct MapWithList: Component, Hashable {
    /// What the map shows.
    public var title: Content
    /// The level of the title as a heading, 2…6.
    public var headingLevel: Int
    /// The id, from which the ids within are made.
    public var id: String
    /// Where the areas and their values are, as GeoJSON.
    public var geoJSON: String
    /// Further settings of the script, as `data-…` attributes.
    public var settings: Attributes
    /// The map as SVG, with its own name (`title`).
    public var drawing: Html
    /// The areas with their values, each with what the map tells by colour and by tooltip.
    public var list: Table
    /// Source, period and caveats.
    public var note: Content?

    /// A map with its list.
    public init(
        title: Content, headingLevel: Int = 2, id: String, geoJSON: String, settings: Attributes = [:],
        drawing: Html, list: Table, note: Content? = nil
    ) {
        self.title = title
        self.headingLevel = headingLevel
        self.id = id
        self.geoJSON = geoJSON
        self.settings = settings
        self.drawing = drawing
        self.list = list
        self.note = note
    }

    /// The markup.
    public var html: Html {
        """
        <section class="concord-map" id="\(id)" aria-labelledby="\(id)-title">
        <h\(headingLevel) class="govuk-heading-m" id="\(id)-title">\(title)</h\(headingLevel)>
        <p class="govuk-body"><a class="govuk-link" href="#\(id)-list">Skip the map: read it as a table</a></p>
        <div class="concord-map__columns">
        <div class="concord-map__drawing" data-module="map" data-geojson="\(href: geoJSON)" \
        data-list="\(id)-list"\(settings)>
        \(drawing)
        </div>
        <div class="concord-map__list concord-scroll" id="\(id)-list" role="region" tabindex="0" \
        aria-label="The map as a table">
        \(list)
        </div>
        </div>
        \(some: note.filled, { $0.paragraph(class: "govuk-body-s concord-map__note") })
        </section>
        """
    }
}
