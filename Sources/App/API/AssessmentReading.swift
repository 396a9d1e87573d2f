internal import Assessments
internal import Digests
internal import Governance
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Kept assessments and their files. A draft is there only for those who may make assessments.
enum AssessmentReading {
    static let routes: [Route<Endpoint>] = [
        Route(
            .get, "/api/v1/assessments",
            handler: Endpoint(api: list, .permitted(.list, "assessment"), answerList)),
        Route(
            .get, "/api/v1/assessments/{assessment}",
            handler: Endpoint(api: get, .permitted(.read, "assessment")) { visit in
                let version = try visit.read { try find(visit, in: $0) }
                return try visit.tagged(.json(json(version)), tag(version))
            }),
        Route(
            .get, "/api/v1/assessments/{assessment}/files",
            handler: Endpoint(api: files, .permitted(.read, "assessment"), answerFiles)),
        Route(
            .get, "/api/v1/assessments/{assessment}/files/{name}",
            handler: Endpoint(api: file, .permitted(.export, "assessment"), answerFile)),
    ]

    // MARK: What it is called in the document

    static let identifier = Operation.Parameter(
        "assessment", in: .path, required: true, "The assessment's identifier.", schema: APISchemas.uuid)

    private static let list = Operation(
        id: "listAssessments", summary: "Kept assessments, the newest first.", scope: APIScope.assessments,
        parameters: APIQuery.pages(cursor: ListPlace.pattern),
        answers: [
            .init(
                200, "A page of assessments.", type: "application/json",
                schema: APISchemas.page(of: APISchemas.named("Assessment")))
        ])

    private static let get = Operation(
        id: "getAssessment", summary: "What is known of an assessment.", scope: APIScope.assessments,
        parameters: [identifier, APIDocument.ifNoneMatch],
        answers: [
            .init(200, "The assessment.", type: "application/json", schema: APISchemas.named("Assessment")),
            .init(304, "It is still as you have it."),
        ])

    private static let files = Operation(
        id: "listAssessmentFiles", summary: "The names and sizes of an assessment's files.",
        scope: APIScope.assessments, parameters: [identifier],
        answers: [
            .init(
                200, "All files, in order of name.", type: "application/json",
                schema: APISchemas.object(
                    (
                        "items",
                        APISchemas.list(APISchemas.object(("name", APISchemas.text), ("size", APISchemas.integer)))
                    )))
        ])

    private static let file = Operation(
        id: "getAssessmentFile", summary: "A file of an assessment, byte by byte as it was made.",
        scope: APIScope.assessments,
        parameters: [
            identifier,
            .init("name", in: .path, required: true, "The file's name.", schema: APISchemas.text),
            APIDocument.ifNoneMatch,
        ],
        answers: [
            .init(200, "The file, of its own media type.", type: "*/*", schema: .object([])),
            .init(304, "It is still as you have it."),
        ])

    static let schema = APISchemas.object(
        ("id", APISchemas.uuid), ("title", APISchemas.text), ("area", APISchemas.text),
        ("period", APISchemas.object(("from", month), ("to", month))),
        ("state", APISchemas.words(AssessmentVersion.State.allCases.map(\.rawValue))),
        ("madeAt", APISchemas.instant), ("madeBy", APISchemas.text), ("publishedAt", APISchemas.optionalInstant),
        ("publishedBy", APISchemas.optionalText), ("digest", APISchemas.text), ("recordsRead", APISchemas.integer),
        ("version", APISchemas.integer))

    private static let month: JSON = .members(
        ("type", .string("string")), ("pattern", .string("^[0-9]{4}-[0-9]{2}$")))

    // MARK: Answers

    /// The assessment of the path, as far as the visitor may know of it.
    static func find(_ visit: Visit, in connection: Connection) throws -> AssessmentVersion {
        let id = try visit.id("assessment", of: AssessmentVersion.self)
        guard let version = try AssessmentStore.find(id, in: connection),
            version.state == .published || visit.seesDrafts
        else { throw Refusal.notFound }
        return version
    }

    /// The mark of a version: it grows with each change.
    static func tag(_ version: AssessmentVersion) -> EntityTag { EntityTag("\(version.rowVersion)") }

    static func json(_ version: AssessmentVersion) -> JSON {
        .members(
            ("id", .string(version.id.text)), ("title", .string(version.title)), ("area", .string(version.area)),
            (
                "period",
                .members(
                    ("from", .string(version.period.first.description)),
                    ("to", .string(version.period.last.description)))
            ), ("state", .string(version.state.rawValue)), ("madeAt", .string(version.madeAt.description)),
            ("madeBy", .string(version.madeByName)),
            ("publishedAt", version.publishedAt.map { .string($0.description) } ?? .null),
            ("publishedBy", version.publishedByName.map(JSON.string) ?? .null), ("digest", .string(version.digest)),
            ("recordsRead", .integer(Int64(version.recordsRead))), ("version", .integer(Int64(version.rowVersion))))
    }

    private static func answerList(_ visit: Visit) throws -> Response {
        let limit = try APIQuery.limit(in: visit)
        let place = try APIQuery.value(
            "after", in: visit, "Take it from next of the page before.", ListPlace.init)
        let found = try visit.read {
            try AssessmentStore.list(
                drafts: visit.seesDrafts, after: place.flatMap(version), limit: limit + 1, in: $0)
        }
        let page = found.prefix(limit)
        let next = found.count > limit ? page.last.map { ListPlace(at: $0.madeAt, id: $0.id.text).text } : nil
        return APIQuery.page(page.map(json), next: next, of: visit)
    }

    // The store pages by time and identifier alone. The place holds both, so that a page can follow a draft that has
    // been discarded since; nothing else of this version is looked at.
    private static func version(at place: ListPlace) -> AssessmentVersion? {
        guard let id = ID<AssessmentVersion>(place.id), let account = ID<Account>(place.id),
            let period = MonthRange(from: Month(index: 0), to: Month(index: 0))
        else { return nil }
        return AssessmentVersion(
            id: id, title: "", area: "", period: period, state: .draft, madeAt: place.at, madeBy: account,
            madeByName: "", digest: "", recordsRead: 0, rowVersion: 0)
    }

    private static func answerFiles(_ visit: Visit) throws -> Response {
        let files = try visit.read { try AssessmentStore.fileNames(of: find(visit, in: $0).id, in: $0) }
        let items = files.map { file in
            JSON.members(("name", .string(file.name)), ("size", .integer(Int64(file.size))))
        }
        return .json(.members(("items", .array(items))))
    }

    private static func answerFile(_ visit: Visit) throws -> Response {
        let name = try visit.text("name")
        // PostgreSQL takes no NUL in a text, and no file has one in its name.
        guard !name.utf8.contains(0) else { throw Refusal.notFound }
        let occasion = try visit.require(.export, "assessment")
        // The file and the entry of the audit in one transaction: nothing leaves without its entry.
        return try visit.write { connection in
            let version = try find(visit, in: connection)
            guard let file = try AssessmentStore.file(name, of: version.id, in: connection) else {
                throw Refusal.notFound
            }
            var response = Response(
                headers: [
                    "Content-Type": file.mediaType, "Content-Disposition": ContentDisposition.attachment(file.name),
                ], body: .bytes(file.bytes))
            if response.headers["Content-Type"] == nil {
                response.headers["Content-Type"] = MediaType.bytes.headerValue
            }
            let digest = SHA256.hex(file.bytes)
            let answer = try visit.tagged(response, EntityTag(digest))
            guard answer.status == .ok else { return answer }
            let entry = version.exportEntry(name, digest: digest, occasion)
            try AuditLog.append(entry, in: connection)
            return answer
        }
    }
}
