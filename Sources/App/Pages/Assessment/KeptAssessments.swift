internal import Assessment
internal import Assessments
internal import Digests
internal import Governance
internal import HTML
internal import Kernel
internal import Site
internal import Storage
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
            version.state == .published || visit.seesDrafts
        else { throw Refusal.notFound }
        return version
    }

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

    private struct Drawing {
        let html: Html
        let size: Int
    }

    private static let drawings = Mutex<(kept: [String: Drawing], order: [String], size: Int)>(([:], [], 0))
    /// How many bytes of drawn parts stay ready.
    private static let drawingCapacity = 64 << 20

    /// A part of a version's document, drawn once and kept for everyone: a version's content never changes.
    /// - Parameters:
    ///   - part: which part, with the filter and all else that it depends on besides the version. Nothing in it may
    ///     depend on who reads.
    static func drawn(_ version: AssessmentVersion, _ part: String, _ draw: () throws -> Html?) rethrows -> Html? {
        let key = "\(version.id) \(version.digest) \(part)"
        if let found = drawings.withLock({ $0.kept[key]?.html }) { return found }
        guard let html = try draw() else { return nil }
        let size = html.bytes.count + key.utf8.count
        // One part that fills most of the room would push out all others.
        guard size < drawingCapacity / 4 else { return html }
        drawings.withLock { shelf in
            guard shelf.kept[key] == nil else { return }
            shelf.kept[key] = Drawing(html: html, size: size)
            shelf.order.append(key)
            shelf.size += size
            while shelf.size > drawingCapacity, !shelf.order.isEmpty {
                let oldest = shelf.order.removeFirst()
                shelf.size -= shelf.kept.removeValue(forKey: oldest)?.size ?? 0
            }
        }
        return html
    }

    /// Puts the export of what was made out of a version in the audit; only what this has returned from may be sent.
    static func keepExport(of version: AssessmentVersion, _ name: String, _ bytes: [UInt8], _ visit: Visit) throws {
        let occasion = try visit.require(.export, "assessment")
        let entry = version.exportEntry(name, digest: SHA256.hex(bytes), occasion)
        _ = try visit.write { try AuditLog.append(entry, in: $0) }
    }

    /// Where the definitions of the program's folder that are kept can be read. The partnership's own is not open to
    /// everyone and gets no link.
    static func definitionLinks(_ visit: Visit) throws -> @Sendable (_ sha256: String) -> String? {
        let kept = try visit.read { try KeptDefinitions.all(in: $0) }
        let open = Set(kept.filter { !KeptDefinition.namesPanels($0.path) }.map(\.sha256))
        return { open.contains($0) ? "/trust/definitions/\($0)" : nil }
    }

    /// The file that holds everything the document is drawn from.
    static let storedName = "stored.json"
}
