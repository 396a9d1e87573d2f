internal import Assessment
internal import Assessments
internal import Governance
internal import Kernel
internal import Site
internal import Synchronization

/// Versions as this visitor may see them, with the last few documents kept ready in memory.
enum KeptAssessments {
    private static let shelf = Mutex<[(digest: String, stored: StoredAssessment)]>([])
    /// How many documents stay ready.
    private static let capacity = 4

    /// A version: a draft only for those who may make assessments.
    static func version(_ visit: Visit) throws -> AssessmentVersion {
        try version(visit.id("version"), visit)
    }

    static func version(_ id: ID<AssessmentVersion>, _ visit: Visit) throws -> AssessmentVersion {
        guard let version = try visit.read({ try AssessmentStore.find(id, in: $0) }),
            version.state == .published || seesDrafts(visit)
        else { throw Refusal.notFound }
        return version
    }

    static func seesDrafts(_ visit: Visit) -> Bool { visit.may(.run, "assessment") || visit.may(.publish, "assessment") }

    /// The document of a version.
    static func stored(_ version: AssessmentVersion, _ visit: Visit) throws -> StoredAssessment {
        if let found = shelf.withLock({ $0.first { $0.digest == version.digest }?.stored }) { return found }
        let file = try visit.read { try AssessmentStore.file(storedName, of: version.id, in: $0) }
        guard let file else { throw Refusal.notFound }
        let stored = try StoredAssessment(decoding: file.bytes, from: version.title)
        shelf.withLock {
            $0.removeAll { $0.digest == version.digest }
            $0.append((version.digest, stored))
            if $0.count > capacity { $0.removeFirst() }
        }
        return stored
    }

    /// The file that holds everything the document is drawn from.
    static let storedName = "stored.json"
}
