import CommandLine
import Configuration
import Files
import Glibc
import Governance
import Kernel
import Storage

/// Compares the audit of a backup that is being restored with the anchors, before the restore is committed.
final class RestoredAudit {
    private let installation: Installation
    private let anchors: Result<[AuditAnchor], Fault>
    private let acceptsLoss: Bool
    private let withoutAnchors: Bool
    private let reason: String
    private var moved: (from: String, to: String)?
    private var hasWrittenAnew = false
    /// What is to be told when all went well.
    private(set) var said: [String] = []

    init(_ installation: Installation, _ arguments: ParsedArguments) throws {
        self.installation = installation
        acceptsLoss = arguments.has("accept-loss")
        withoutAnchors = arguments.has("without-anchors")
        reason = acceptsLoss || withoutAnchors ? try arguments.required("reason") : ""
        anchors = RestoredAudit.read(installation)
        if case .failure(let fault) = anchors, !withoutAnchors {
            throw Fault(
                "Nothing was restored: the audit cannot be compared with its anchors", at: fault.place,
                because: fault.why.isEmpty ? fault.what : fault.why,
                remedy: "Bring back the key and the file of anchors, or go on by --without-anchors --reason TEXT.")
        }
    }

    private static func read(_ installation: Installation) -> Result<[AuditAnchor], Fault> {
        guard FileSystem.exists(installation.keyPath) else {
            return .failure(Fault("The key is missing", at: installation.keyPath, because: "the key is missing"))
        }
        do {
            return .success(try installation.anchors().anchors())
        } catch {
            return .failure((error as? Fault) ?? Fault("\(error)"))
        }
    }

    /// Looks at the restored rows in their transaction.
    /// - Throws: a `Fault` for what may not be kept.
    func check(_ connection: Connection) throws {
        said = []
        let known = try? anchors.get()
        let found = try AuditVerifier.verify(connection, anchors: known ?? [])
        switch found.damage {
        case nil: break
        case .truncated where acceptsLoss: return try beginAnew(found, connection)
        case .truncated(let last, let anchored):
            throw Fault(
                "Nothing was restored: the backup is older than the newest anchor of the audit",
                at: installation.configuration.auditAnchors,
                because: "entries \(last + 1) to \(anchored) are not in it",
                remedy: "Restore a later backup, or accept their loss by --accept-loss --reason TEXT.")
        case .some(let damage):
            throw Fault(
                "Nothing was restored: the audit in the backup is not as it was written",
                at: installation.configuration.auditAnchors, because: damage.description,
                remedy: "Restore another backup, and find out who changed the audit.")
        }
        if known == nil { return try beginAnew(found, connection) }
        if !found.missingAnchors.isEmpty {
            guard withoutAnchors else {
                throw Fault(
                    "Nothing was restored: anchors of the audit are missing",
                    at: installation.configuration.auditAnchors,
                    because: "the backup knows of \(found.missingAnchors.count) that the file does not hold",
                    remedy: "Bring the file back from its copies, or go on by --without-anchors --reason TEXT.")
            }
            return try beginAnew(found, connection)
        }
        said.append(
            found.anchors == 0
                ? "The audit holds in itself. It was compared with no anchor: there is none at "
                    + "\(installation.configuration.auditAnchors)."
                : "The audit agrees with its \(found.anchors) \(found.anchors == 1 ? "anchor" : "anchors").")
    }

    /// Writes an entry of what was lost, and begins a new file of anchors; the old one stays beside it.
    private func beginAnew(_ found: AuditVerification, _ connection: Connection) throws {
        let now = Clock.system.now()
        let last = (try? anchors.get())?.last?.seq ?? found.missingAnchors.last?.seq
        let isLoss = last.map { $0 > found.entries } ?? false
        var entry = try installation.occasion(now).entry(.config, Code("audit").map { AuditObject($0) })
        entry.reason = reason
        entry.code = isLoss ? "restored-with-loss" : "restored-without-anchors"
        entry.query = "restore: entries 1 to \(found.entries)" + (last.map { ", anchored up to \($0)" } ?? "")
        try AuditLog.append(entry, in: connection)
        let anchor = try AuditAnchors.beginAnew(on: now.ukDate, in: connection)
        try moveAside(now)
        if FileSystem.exists(installation.keyPath) {
            let path = installation.configuration.auditAnchors
            try FileSystem.makeFolder(FileSystem.parent(of: path), isPrivate: true)
            hasWrittenAnew = true
            try installation.anchors().add(anchor)
        }
        said.append(
            isLoss
                ? "The entries of the audit after \(found.entries) are lost; an entry says so."
                : "The audit was not compared with its anchors; an entry says so.")
        if let moved { said.append("The old anchors are kept in \(moved.to).") }
    }

    private func moveAside(_ now: Instant) throws {
        let path = installation.configuration.auditAnchors
        withdraw()
        guard moved == nil, FileSystem.exists(path) else { return }
        let aside = "\(path).before-\(now.milliseconds)"
        guard rename(path, aside) == 0 else {
            throw FileSystem.failure("The old anchors could not be kept beside the new ones", path)
        }
        moved = (path, aside)
    }

    /// Puts the anchors back as they were, after a restore that failed.
    func undo() {
        withdraw()
        guard let moved else { return }
        rename(moved.to, moved.from)
        self.moved = nil
    }

    /// Takes away the file that this restore began, for its rows are not kept.
    private func withdraw() {
        if hasWrittenAnew { unlink(installation.configuration.auditAnchors) }
        hasWrittenAnew = false
    }
}
