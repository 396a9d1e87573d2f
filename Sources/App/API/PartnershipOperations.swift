internal import Governance
internal import HTTP
internal import Kernel
internal import Site

/// The partnership and its agencies, as its definition says them.
enum PartnershipOperations {
    static let routes: [Route<Endpoint>] = [
        Route(
            .get, "/api/v1/partnership",
            handler: Endpoint(api: partnership, .permitted(.read, "definition")) { visit in
                let partnership = visit.site.partnership
                let panels = partnership.visiblePanels(for: try visit.actor(), on: visit.now.ukDate)
                let sealed = panels.filter(\.isSealed).map { "-\($0.code)" }.joined()
                return try visit.tagged(.json(json(partnership, panels)), tag(visit, sealed))
            }),
        Route(
            .get, "/api/v1/agencies",
            handler: Endpoint(api: agencies, .permitted(.list, "definition")) { visit in
                let items = visit.site.partnership.agencies.map(json)
                return try visit.tagged(.json(.members(("items", .array(items)))), tag(visit))
            }),
        Route(
            .get, "/api/v1/agencies/{agency}",
            handler: Endpoint(api: agency, .permitted(.read, "definition")) { visit in
                let code = try visit.text("agency")
                guard let agency = visit.site.partnership.agencies.first(where: { $0.code.text == code }) else {
                    throw Refusal.notFound
                }
                return try visit.tagged(.json(json(agency)), tag(visit))
            }),
    ]

    // The definition is read once, when the program begins: what it says changes only with its digest. The program
    // stands in the tag because another version of it may write the same definition differently.
    // So do the sealed panels that this actor knows of.
    private static func tag(_ visit: Visit, _ sealed: String = "") -> EntityTag {
        EntityTag("\(visit.site.partnership.digest.prefix(16))-\(visit.site.program)\(sealed)")
    }

    private static let partnership = Operation(
        id: "getPartnership", summary: "The partnership: boroughs, agencies, teams, panels, boards and priorities.",
        scope: APIScope.partnership, parameters: [APIDocument.ifNoneMatch],
        answers: [
            .init(200, "The partnership.", type: "application/json", schema: APISchemas.named("Partnership")),
            .init(304, "It is still as you have it."),
        ])

    private static let agencies = Operation(
        id: "listAgencies", summary: "The agencies of the partnership.", scope: APIScope.partnership,
        parameters: [APIDocument.ifNoneMatch],
        answers: [
            .init(
                200, "All agencies.", type: "application/json",
                schema: APISchemas.object(("items", APISchemas.list(APISchemas.named("Agency"))))),
            .init(304, "They are still as you have them."),
        ])

    private static let agency = Operation(
        id: "getAgency", summary: "An agency of the partnership.", scope: APIScope.partnership,
        parameters: [
            .init("agency", in: .path, required: true, "The agency's code.", schema: APISchemas.code),
            APIDocument.ifNoneMatch,
        ],
        answers: [
            .init(200, "The agency.", type: "application/json", schema: APISchemas.named("Agency")),
            .init(304, "It is still as you have it."),
        ])

    static let agencySchema = APISchemas.object(
        ("code", APISchemas.code), ("name", APISchemas.text), ("kind", APISchemas.text),
        ("contact", APISchemas.optionalText), ("controller", APISchemas.text))

    static let schema = APISchemas.object(
        ("name", APISchemas.text), ("version", APISchemas.text), ("boroughs", APISchemas.list(APISchemas.text)),
        ("areas", APISchemas.list(APISchemas.text)), ("agencies", APISchemas.list(APISchemas.named("Agency"))),
        (
            "teams",
            APISchemas.list(
                APISchemas.object(
                    ("code", APISchemas.code), ("name", APISchemas.text), ("agency", APISchemas.code)))
        ),
        (
            "panels",
            APISchemas.list(
                APISchemas.object(
                    ("code", APISchemas.code), ("kind", APISchemas.code), ("name", APISchemas.text),
                    ("purpose", APISchemas.text), ("agencies", APISchemas.list(APISchemas.code)),
                    ("daysOpen", APISchemas.integer), ("sealed", APISchemas.boolean)))
        ),
        (
            "boards",
            APISchemas.list(
                APISchemas.object(
                    ("name", APISchemas.text), ("purpose", APISchemas.text), ("meets", APISchemas.text)))
        ),
        (
            "priorities",
            APISchemas.list(
                APISchemas.object(
                    ("title", APISchemas.text), ("summary", APISchemas.text), ("lead", APISchemas.optionalText)))
        ))

    private static func texts(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }

    private static func json(_ agency: PartnershipDefinition.AgencyDefinition) -> JSON {
        .members(
            ("code", .string(agency.code.text)), ("name", .string(agency.name)), ("kind", .string(agency.kind)),
            ("contact", agency.contact.map(JSON.string) ?? .null), ("controller", .string(agency.controller)))
    }

    private static func json(
        _ partnership: PartnershipDefinition, _ panels: [PartnershipDefinition.PanelDefinition]
    ) -> JSON {
        .members(
            ("name", .string(partnership.name)), ("version", .string(partnership.version)),
            ("boroughs", texts(partnership.boroughs)), ("areas", texts(partnership.areas)),
            ("agencies", .array(partnership.agencies.map(json))),
            (
                "teams",
                .array(
                    partnership.teams.map {
                        .members(
                            ("code", .string($0.code.text)), ("name", .string($0.name)),
                            ("agency", .string($0.agency.text)))
                    })
            ), ("panels", .array(panels.map(json))),
            (
                "boards",
                .array(
                    partnership.boards.map {
                        .members(
                            ("name", .string($0.name)), ("purpose", .string($0.purpose)), ("meets", .string($0.meets)))
                    })
            ),
            (
                "priorities",
                .array(
                    partnership.priorities.map {
                        .members(
                            ("title", .string($0.title)), ("summary", .string($0.summary)),
                            ("lead", $0.lead.map { .string($0.text) } ?? .null))
                    })
            ))
    }

    private static func json(_ panel: PartnershipDefinition.PanelDefinition) -> JSON {
        .members(
            ("code", .string(panel.code.text)), ("kind", .string(panel.kind.text)), ("name", .string(panel.name)),
            ("purpose", .string(panel.purpose)), ("agencies", texts(panel.agencies.map(\.text))),
            ("daysOpen", .integer(Int64(panel.daysOpen))), ("sealed", .bool(panel.isSealed)))
    }
}
