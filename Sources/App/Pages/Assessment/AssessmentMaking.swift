internal import Assessing
internal import Assessment
internal import Assessments
internal import Configuration
internal import Digests
internal import Files
internal import Governance
internal import Jobs
internal import Kernel
internal import Records
internal import Site
internal import Storage

/// Makes an assessment out of the partnership's records and keeps it as a draft.
struct AssessmentMaking: Sendable {
    let site: Site
    let order: AssessmentOrder
    let title: String
    let occasion: Occasion

    /// Does it all.
    /// - Returns: the path of the draft.
    func run(_ progress: JobProgress) throws -> String {
        do {
            return try make(progress)
        } catch let fault as Fault {
            throw fault.forPages
        }
    }

    private func make(_ progress: JobProgress) throws -> String {
        progress.say("Looking for records", fraction: 0.02)
        try site.keepDefinitions(outside: site.configuration.evidence.map { [$0] } ?? [])
        let request = try AssessmentMaking.request(order, site) { progress.say($0, fraction: $1) }
        progress.say("Counting and comparing", fraction: 0.6)
        let result = try AssessmentBuilder.build(request)
        progress.say("Writing the document", fraction: 0.85)
        let json = AssessmentJSON.encode(result.assessment, program: site.program)
        let stored = StoredAssessment(result, program: site.program)
        var files = result.assessment.tables.map {
            AssessmentFile(name: "\($0.id).csv", mediaType: "text/csv; charset=utf-8", bytes: AssessmentCSV.encode($0))
        }
        files.append(AssessmentFile(name: "assessment.json", mediaType: "application/json", bytes: json))
        files.append(
            AssessmentFile(name: KeptAssessments.storedName, mediaType: "application/json", bytes: stored.encoded()))
        files.append(
            AssessmentFile(name: "assessment.html", mediaType: "text/html; charset=utf-8", bytes: stored.document()))
        progress.say("Keeping it", fraction: 0.95)
        return try keep(result.assessment, json, files, rows: request.records.rows)
    }

    private func keep(
        _ assessment: StrategicAssessment, _ json: [UInt8], _ files: [AssessmentFile], rows: Int
    ) throws -> String {
        let now = site.clock.now()
        let version = AssessmentVersion(
            id: ID(at: now), title: title, area: assessment.area.name, period: assessment.period, state: .draft,
            madeAt: now, madeBy: occasion.actor.account, madeByName: occasion.actor.name, digest: SHA256.hex(json),
            recordsRead: rows, rowVersion: 1)
        var entry = Occasion(occasion.actor, at: now, request: occasion.request, role: occasion.role).entry(
            .create, Code("assessment").map { AuditObject($0, id: version.id.text, version: 1) })
        entry.query = "digest \(version.digest)"
        try site.database.write { connection in
            try AssessmentStore.insert(version, files: files, in: connection)
            try AuditLog.append(entry, in: connection)
        }
        return "/assessment/\(version.id)"
    }

    /// Reads the records that an order names.
    static func request(
        _ order: AssessmentOrder, _ site: Site, say: @escaping (String, Double) -> Void
    ) throws -> AssessmentRequest {
        let library = try site.definitions.mappings()
        let inputs = try InputFiles(partnership: order.partnership, library: library)
        let files = try RecordFiles(inputs.records, library: library, say: { _ in }).files
        // Rows that cannot be used hold what partners sent about people: they are counted and kept nowhere.
        let records = try Assessing.readRecords(
            files, named: inputs.records, library: library, rejects: nil, limit: order.rejectLimit
        ) { task, done, total in
            say("Reading \(FileSystem.name(of: task))", 0.05 + (total > 0 ? 0.5 * Double(done) / Double(total) : 0))
        }
        return try Assessing.request(order, records: records, inputs: inputs, definitions: site.definitions)
    }
}
