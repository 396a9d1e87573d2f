internal import DesignSystem
internal import HTML
internal import HTTP
internal import Site

/// Others' works in this service, and the licences under which it uses them.
enum Licences {
    /// The notices in full, among the style sheets and scripts.
    static let notices = "licences.txt"

    /// A work of others: what it is here for, and its licence.
    private static let works: [(name: String, use: String, licence: String)] = [
        ("GOV.UK Frontend", "Its components’ markup, look and behaviour are followed", "MIT"),
        ("MapLibre GL JS", "Maps that can be moved", "BSD, 3 clauses, and for parts of it MIT"),
        ("htmx", "Fetching parts of pages", "BSD, zero clauses"),
        ("Django’s list of common passwords", "Refusing passwords that are well known", "BSD, 3 clauses"),
        ("zxcvbn4j’s list of common passwords", "Refusing passwords that are well known", "MIT"),
    ]

    /// Libraries of the operating system that the program is linked with.
    private static let libraries: [(name: String, licence: String)] = [
        ("curl", "curl"), ("GEOS", "LGPL 2.1 or later"), ("GNU Scientific Library", "GPL 3 or later"),
        ("GNU libmicrohttpd", "LGPL 2.1 or later"), ("GNU libunistring", "LGPL 3 or later, or GPL 2 or later"),
        ("José", "Apache 2.0"), ("liboath", "LGPL 2.1 or later"), ("libpq (PostgreSQL)", "PostgreSQL"),
        ("libsodium", "ISC"), ("OpenSSL", "Apache 2.0"), ("PROJ", "MIT"), ("SQLite", "public domain"),
        ("Swift’s standard library", "Apache 2.0 with the runtime library exception"), ("zlib", "zlib"),
    ]

    static func page(_ visit: Visit) throws -> Response {
        let works = Table(
            caption: "Works", captionClasses: "govuk-table__caption--m",
            head: ["Work", "What it is here for", "Licence"],
            rows: works.map {
                [.init(text: .text($0.name)), .init(text: .text($0.use)), .init(text: .text($0.licence))]
            },
            firstCellIsHeader: true)
        let libraries = Table(
            caption: "Libraries of the operating system", captionClasses: "govuk-table__caption--m",
            head: ["Library", "Licence"],
            rows: libraries.map { [.init(text: .text($0.name)), .init(text: .text($0.licence))] },
            firstCellIsHeader: true)
        return visit.page(
            Page(
                "Licences",
                """
                <p class="govuk-body">This service uses the works of others. Thank you to everyone who made them.</p>
                \(ScrollRegion("Works", works.html))
                <p class="govuk-body"><a class="govuk-link"
                href="\(href: visit.site.assets.address(notices))">The notices of these licences</a> (plain text)</p>
                \(libraries)
                <p class="govuk-body">Where the boundaries, populations and records of an assessment come from, the
                assessment says itself.</p>
                """))
    }
}
