internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Every version of every definition that was in use: figures and decisions name the one they were made with.
enum KeptDefinitionPages {
    /// The list, for the page of the definitions in force.
    static func list(_ visit: Visit) throws -> Html {
        let kept = try visit.read { try KeptDefinitions.all(in: $0) }.filter { isOpen($0.path, to: visit) }
        let rows = kept.map { definition -> [Content] in
            let link: Html = """
                <a class="govuk-link" href="/trust/definitions/\(definition.sha256)">\(definition.path)\
                <span class="govuk-visually-hidden">, \(definition.version.map { "version \($0)" } ?? "kept") \
                \(definition.keptAt.inWords)</span></a>
                """
            return [
                .html(link), .text(definition.version ?? "none given"), .text(definition.keptAt.inWords),
                .html("<code>\(String(definition.sha256.prefix(12)))</code>"),
            ]
        }
        return SortableTable(
            id: "kept", caption: "Every version that was in use",
            columns: ["File", "Version", "In use since", "Digest begins"].map { .init(.text($0)) }, rows: rows,
            emptyText: "None is kept yet.", address: { _, _ in "/trust/definitions" }
        ).html
    }

    /// One version: where it was, since when, and its text.
    static func page(_ visit: Visit) throws -> Response {
        let kept = try definition(visit)
        let version = kept.version.map { ", version \($0)" } ?? ""
        return visit.page(
            Page(
                "\(kept.path)\(version)", in: .trust, above: [("Definitions", "/trust/definitions")], isWide: true,
                """
                <p class="govuk-body">In use since \(kept.keptAt.inWords). Digest (SHA-256): <code>\(kept.sha256)</code>.</p>
                <p class="govuk-body"><a class="govuk-link" href="/trust/definitions/\(kept.sha256)/file" download>Download \
                this file (\((kept.bytes.count + 1023) / 1024) kB)</a></p>
                <pre class="concord-code" tabindex="0" aria-label="Text of \(kept.path)">\
                \(String(decoding: kept.bytes.prefix(1 << 20), as: UTF8.self))</pre>
                """))
    }

    /// The file as it was.
    static func file(_ visit: Visit) throws -> Response {
        let kept = try definition(visit)
        var response = Response(type: kept.path.hasSuffix(".json") ? .json : .csv, kept.bytes)
        let name = kept.path.split(separator: "/").joined(separator: "-")
        response.headers["Content-Disposition"] = ContentDisposition.attachment(name)
        return response
    }

    /// The version in the path, for those who may read it; to others it is not there.
    private static func definition(_ visit: Visit) throws -> KeptDefinition {
        let sha256 = try visit.text("sha256")
        guard let kept = try visit.read({ try KeptDefinitions.definition(sha256: sha256, in: $0) }),
            isOpen(kept.path, to: visit)
        else { throw Refusal.notFound }
        return kept
    }

    private static func isOpen(_ path: String, to visit: Visit) -> Bool {
        !KeptDefinition.namesPanels(path) || visit.may(.administer, "account", .p1)
            || visit.may(.read, "audit", .p2)
    }
}
