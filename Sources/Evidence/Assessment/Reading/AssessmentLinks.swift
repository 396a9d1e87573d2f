/// Where the pages of an assessment are.
public struct AssessmentLinks: Sendable {
    /// A section by its id.
    public var section: @Sendable (_ id: String) -> String
    /// A table, by its identifier: its own page, or its place in one long page.
    public var table: @Sendable (_ id: String) -> String
    /// The page of a table with all its rows and maps.
    public var tablePage: @Sendable (_ id: String) -> String
    /// A figure's definition; nil where figures are no links.
    public var figure: (@Sendable (FigureAddress) -> String)?
    /// A map's areas as GeoJSON, by table and layer; nil where maps stay drawings.
    public var layer: (@Sendable (_ table: String, _ layer: String) -> String)?
    /// A table as CSV; nil where there is none.
    public var csv: (@Sendable (_ table: String) -> String)?

    /// A definition as it was in use, by its digest; nil where it cannot be read.
    public var definition: (@Sendable (_ sha256: String) -> String?)?

    /// Pages wherever they are.
    public init(
        section: @escaping @Sendable (_ id: String) -> String, table: @escaping @Sendable (_ id: String) -> String,
        figure: (@Sendable (FigureAddress) -> String)? = nil,
        layer: (@Sendable (_ table: String, _ layer: String) -> String)? = nil,
        csv: (@Sendable (_ table: String) -> String)? = nil
    ) {
        self.section = section
        self.table = table
        tablePage = table
        self.figure = figure
        self.layer = layer
        self.csv = csv
    }

    /// Pages below an address: `BASE/sections/ID`, `BASE/tables/ID`, `BASE/tables/ID.csv`, `BASE/figures/SEGMENT` (see
    /// `FigureAddress.segment`) and `BASE/layers/TABLE/LAYER`.
    /// - Parameter suffix: what follows each address of a section or table, such as the filter ("?area=E05000001").
    public init(base: String, suffix: String = "") {
        self.init(
            section: { "\(base)/sections/\(Self.segment($0))\(suffix)" },
            table: { "\(base)/tables/\(Self.segment($0))\(suffix)" },
            figure: { "\(base)/figures/\($0.segment)" },
            layer: { "\(base)/layers/\(Self.segment($0))/\(Self.segment($1))" },
            csv: { "\(base)/tables/\(Self.segment($0)).csv\(suffix)" })
    }

    /// The same pages, but sections and tables are places in one long page.
    public func withinPage() -> AssessmentLinks {
        var links = self
        links.section = { ReportAnchor.link(AssessmentSections.anchor(ofSection: $0)) }
        links.table = { ReportAnchor.link($0) }
        return links
    }

    /// An identifier as a segment of an address (RFC 3986, 2.3: all but unreserved characters percent-encoded).
    public static func segment(_ id: String) -> String {
        String(ReportAnchor.link(id).dropFirst()).replacing("/", with: "%2F").replacing(":", with: "%3A")
    }
}
