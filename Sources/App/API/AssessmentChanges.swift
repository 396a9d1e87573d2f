internal import Assessments
internal import Governance
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Changes of an assessment: another title for a draft, and its publication. Each names the version that it saw.
enum AssessmentChanges {
    static let routes: [Route<Endpoint>] = [
        Route(
            .patch, "/api/v1/assessments/{assessment}",
            body: .json(JSONLimits(bytes: 16 << 10, depth: 8, members: 20)),
            handler: Endpoint(api: patch, .permitted(.update, "assessment"), answerPatch)),
        Route(
            .post, "/api/v1/assessments/{assessment}/publication",
            handler: Endpoint(api: publication, .permitted(.publish, "assessment"), answerPublication)),
    ]

    private static let ifMatch = Operation.Parameter(
        "If-Match", in: .header, required: true, "The ETag of the assessment as you read it.",
        schema: .members(("type", .string("string")), ("minLength", .integer(1))))

    private static let changed: [Operation.Answer] = [
        .init(200, "The assessment as it is now.", type: "application/json", schema: APISchemas.named("Assessment")),
        .init(409, "It is published, and no longer changes."),
        .init(412, "It has changed since you read it."),
        .init(428, "If-Match is missing."),
    ]

    private static let patch = Operation(
        id: "changeAssessment", summary: "Gives a draft another title (a JSON merge patch, RFC 7396).",
        scope: APIScope.changes, parameters: [AssessmentReading.identifier, ifMatch],
        body: APISchemas.named("AssessmentPatch"), answers: changed + [.init(422, "The patch is not a valid one.")])

    private static let publication = Operation(
        id: "publishAssessment",
        summary: "Publishes a draft: by a person, who did not make it. Client programs are refused.",
        scope: APIScope.changes, parameters: [AssessmentReading.identifier, ifMatch], answers: changed)

    /// The longest title, in characters as JSON Schema counts them: Unicode code points.
    private static let longestTitle = 200

    static let patchSchema: JSON = .members(
        ("type", .string("object")),
        (
            "properties",
            .members(
                (
                    "title",
                    .members(
                        ("type", .string("string")), ("minLength", .integer(1)),
                        ("maxLength", .integer(Int64(longestTitle))),
                        // Begins with a visible character and has no control characters.
                        (
                            "pattern",
                            .string(#"^[^\u0000-\u0020\u007f-\u00a0][^\u0000-\u001f\u007f-\u009f]*$"#)
                        ))
                ))
        ), ("additionalProperties", .bool(false)))

    // MARK: Changing the title

    private static func answerPatch(_ visit: Visit) throws -> Response {
        try checkType(visit.request)
        let now = try visit.write { connection in
            let (version, occasion) = try changeable(.update, visit, in: connection)
            guard version.state == .draft else { throw published }
            let title = try title(visit.request)
            try visit.checkUnchanged(AssessmentReading.tag(version))
            guard let title, title != version.title else { return version }
            return try rename(version, to: title, occasion, in: connection)
        }
        return answer(now)
    }

    private static func rename(
        _ version: AssessmentVersion, to title: String, _ occasion: Occasion, in connection: Connection
    ) throws -> AssessmentVersion {
        guard try AssessmentStore.rename(version.id, seen: version.rowVersion, to: title, in: connection),
            let now = try AssessmentStore.find(version.id, in: connection)
        else { throw APIProblem.changed }
        try log(.update, now, fields: ["title"], occasion, in: connection)
        return now
    }

    /// The new title, or nil when the patch leaves it.
    private static func title(_ request: Request) throws -> String? {
        guard let json = request.json else {
            throw APIProblem(status: .badRequest, detail: "Send a JSON merge patch as the body.")
        }
        guard case .object(let members) = json else {
            throw APIProblem.invalid([.init(place: .pointer(""), text: "A patch is an object.")])
        }
        var title: String?
        var errors: [APIProblem.Detail] = []
        for member in members {
            let place = APIProblem.Detail.Place.pointer(pointer(member.name))
            switch (member.name, member.value) {
            case ("title", .string(let text)) where isTitle(text): title = text
            case ("title", .string):
                errors.append(
                    .init(
                        place: place,
                        text: "A title has 1 to \(longestTitle) characters, begins with a visible one and has no "
                            + "control characters."))
            case ("title", .null): errors.append(.init(place: place, text: "The title cannot be removed."))
            case ("title", _): errors.append(.init(place: place, text: "The title is a string."))
            default: errors.append(.init(place: place, text: "There is no such member, or it cannot be changed."))
            }
        }
        guard errors.isEmpty else { throw APIProblem.invalid(errors) }
        return title
    }

    /// The pointer to a member of the body. A long name is the caller's own text: its beginning is enough.
    private static func pointer(_ name: String) -> String {
        var pointer = "/"
        for character in name.unicodeScalars.prefix(60) {
            switch character {
            case "~": pointer += "~0"
            case "/": pointer += "~1"
            default: pointer.unicodeScalars.append(character)
            }
        }
        return pointer
    }

    private static func isTitle(_ text: String) -> Bool {
        let characters = text.unicodeScalars
        guard (1...longestTitle).contains(characters.count), let first = characters.first, first != " ",
            first != "\u{A0}"
        else { return false }
        return characters.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    }

    private static func checkType(_ request: Request) throws {
        guard let text = request.headers["Content-Type"] else { return }
        guard ["application/merge-patch+json", "application/json"].contains(MediaType(text)?.name) else {
            throw APIProblem(
                status: .unsupportedMediaType, detail: "Send application/merge-patch+json (or application/json).")
        }
    }

    // MARK: Publishing

    private static func answerPublication(_ visit: Visit) throws -> Response {
        guard try visit.actor().kind == .person else {
            throw Refusal.denied(.client, shown: "A person publishes an assessment; client programs cannot.")
        }
        let now = try visit.write { connection in
            let (version, occasion) = try changeable(.publish, visit, in: connection)
            if case .refused(let why) = version.publishing(by: occasion.actor.account) {
                throw APIProblem(status: .conflict, detail: why)
            }
            try visit.checkUnchanged(AssessmentReading.tag(version))
            guard
                try AssessmentStore.publish(
                    version.id, seen: version.rowVersion, by: occasion.actor, at: visit.now, in: connection),
                let now = try AssessmentStore.find(version.id, in: connection)
            else { throw APIProblem.changed }
            try log(.publish, now, fields: ["state"], occasion, in: connection)
            return now
        }
        return answer(now)
    }

    // MARK: Both

    private static let published = APIProblem(status: .conflict, detail: "A published assessment does not change.")

    /// The assessment of the path, when the policy lets the visitor do this to it and a condition was sent.
    private static func changeable(
        _ action: AccessAction, _ visit: Visit, in connection: Connection
    ) throws -> (AssessmentVersion, Occasion) {
        let version = try AssessmentReading.find(visit, in: connection)
        guard let kind = Code<RecordKind>("assessment") else { throw Refusal.notFound }
        var facts = RecordFacts(kind: kind, agency: try visit.actor().agency)
        facts.author = version.madeBy
        let occasion = try visit.require(action, facts)
        try visit.checkCondition()
        return (version, occasion)
    }

    private static func log(
        _ act: AuditAct, _ version: AssessmentVersion, fields: [String], _ occasion: Occasion,
        in connection: Connection
    ) throws {
        let object = Code<AuditObjectKind>("assessment").map {
            AuditObject($0, id: version.id.text, version: Int64(version.rowVersion), fields: fields)
        }
        try AuditLog.append(occasion.entry(act, object), in: connection)
    }

    private static func answer(_ version: AssessmentVersion) -> Response {
        var response = Response.json(AssessmentReading.json(version))
        response.headers["ETag"] = AssessmentReading.tag(version).headerValue
        return response
    }
}
