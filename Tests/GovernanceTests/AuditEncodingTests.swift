import Kernel
import Storage
import Testing

@testable import Governance

/// Expected hashes from Python: `hashlib.blake2b(previous + canonical, digest_size=32)`, canonical written by the
/// program in docs/audit.md.
@Suite("Audit: canonical bytes and chain")
struct AuditEncodingTests {
    static let account = ID<Account>("01890a5d-ac96-774b-bcce-b302099a8057")
    static let session = ID<Session>("01890a5d-ac96-774b-bcce-b302099a8058")

    static var entries: [AuditEntry] {
        let worker = AuditParty(
            kind: .person, account: account, agency: Code("council"), role: Code("case-officer"), session: session,
            address: "192.0.2.7")
        let visitor = AuditParty(kind: .visitor, address: "2001:db8::1")
        let start = Instant(milliseconds: 1_767_225_600_000)
        return [
            AuditEntry(
                at: start, by: worker, act: .read,
                object: Code("person").map {
                    AuditObject($0, id: "p-1", version: 3, fields: ["name", "address"], classification: "P2")
                }, reason: "Called about the noise", ruleVersion: "2026-01", request: "req-1",
                subjects: subjects("p-1")),
            AuditEntry(
                at: start.advanced(byMilliseconds: 1500), by: visitor, act: .signInFailed, outcome: .deny,
                code: "no-such-account", request: "req-2"),
            AuditEntry(
                at: start.advanced(byMilliseconds: 2000),
                by: AuditParty(kind: .person, account: account, agency: Code("council"), session: session),
                act: .search, object: Code("person").map { AuditObject($0) }, before: Array(0..<32),
                after: Array(32..<64), gateway: "cda-115", query: "O’Neill =cmd", results: 2, request: "req-3",
                subjects: subjects("p-9", "p-4")),
        ]
    }

    static func subjects(_ texts: String...) -> [AuditSubject] { texts.compactMap { AuditSubject(reference: $0) } }

    static let hashes = [
        "92e33ff79332764b368774360fe5d16b566a0436d7bcef4b5f8f386036912d6f",
        "c9151e90c2ec89cbe4366d15a06f645238dda5a447d1d116ceba9d2a5cc70938",
        "66f2be8b4db020a56ab9611b55146f67267526844f383e5c4b9f3eb53ffd2c03",
    ]

    static func canonical(_ seq: Int64, _ entry: AuditEntry) -> [UInt8] {
        var bytes: [UInt8] = []
        CanonicalBytes.write(
            columns: AuditColumns.values(seq: seq, entry), subjects: entry.subjects.map(\.reference), to: &bytes)
        return bytes
    }

    @Test("The chain of three entries has the hashes that another program computes")
    func chain() {
        var previous = AuditChain.start
        var buffer: [UInt8] = []
        for (i, entry) in Self.entries.enumerated() {
            previous = AuditChain.hash(
                after: previous, columns: AuditColumns.values(seq: Int64(i + 1), entry),
                subjects: entry.subjects.map(\.reference), buffer: &buffer)
            #expect(Hexadecimal.text(previous) == Self.hashes[i])
        }
    }

    @Test("A short entry has exactly the documented bytes")
    func bytes() {
        let expected =
            "01010000000000000002010000019b76daaddc020000000776697369746f7200000000020000000b323030313a6462383a3a31"
            + "020000000e7369676e2d696e2d6661696c656400000000000000000000020000000464656e79020000000f6e6f2d73756368"
            + "2d6163636f756e74000002000000057265712d320400000000"
        #expect(Hexadecimal.text(Self.canonical(2, Self.entries[1])) == expected)
    }

    @Test("Any other value of any column, and any other list of subjects, has other bytes")
    func injective() {
        let base = AuditColumns.values(seq: 3, Self.entries[2])
        var seen: Set<[UInt8]> = []
        var count = 0
        func add(_ columns: [SQLValue], _ subjects: [String]) {
            var bytes: [UInt8] = []
            CanonicalBytes.write(columns: columns, subjects: subjects, to: &bytes)
            seen.insert(bytes)
            count += 1
        }
        let others: [SQLValue] = [.text(""), .text("\u{0}"), .blob([]), .integer(0), .integer(-1), .text("0")]
        for i in base.indices {
            for other in others {
                var columns = base
                columns[i] = other
                add(columns, ["p-9", "p-4"])
            }
        }
        for subjects in [[], ["p-9"], ["p-4", "p-9"], ["p-9p-4"], ["p-9", "p-4", ""], ["", "p-9", "p-4"]] {
            add(base, subjects)
        }
        #expect(seen.count == count)
    }

    @Test("Text that runs over from one column into the next is not the same entry")
    func noRunningOver() {
        var first = Self.entries[1]
        var second = first
        (first.reason, first.gateway) = ("ab", "c")
        (second.reason, second.gateway) = ("a", "bc")
        #expect(Self.canonical(1, first) != Self.canonical(1, second))
        (second.reason, second.gateway) = (nil, "abc")
        #expect(Self.canonical(1, first) != Self.canonical(1, second))
    }

    @Test("Every kind of act has a word of its own, and all six kinds of DPA 2018 s.62 are reached")
    func acts() {
        #expect(Set(AuditAct.allCases.map(\.rawValue)).count == AuditAct.allCases.count)
        #expect(Set(AuditAct.allCases.compactMap(\.processing)) == Set(ProcessingKind.allCases))
        #expect(AuditAct.search.processing == .consultation)
        #expect(AuditAct.merge.processing == .combination)
        #expect(AuditAct.anonymise.processing == .erasure)
        #expect(AuditAct.export.processing == .disclosure)
        #expect(AuditAct.signIn.processing == nil)
    }

    @Test("Kept text has no U+0000 and at most 4000 bytes, cut between characters")
    func storedText() {
        #expect(AuditColumns.stored("a\u{0}b") == "a\u{2400}b")
        let long = AuditColumns.stored(String(repeating: "é", count: 3000))
        #expect(long.utf8.count <= 4000)
        #expect(long.hasSuffix("… (cut from 6000 bytes)"))
        #expect(!long.unicodeScalars.contains("\u{FFFD}"))
        #expect(AuditColumns.stored(long) == long)
        #expect(AuditColumns.stored(String(repeating: "x", count: 4000)).utf8.count == 4000)
    }

    @Test("A subject's reference has 1 to 200 bytes and no control characters")
    func subjects() {
        #expect(AuditSubject(reference: "") == nil)
        #expect(AuditSubject(reference: "a\nb") == nil)
        #expect(AuditSubject(reference: String(repeating: "x", count: 201)) == nil)
        #expect(AuditSubject(reference: "crime/2026/17")?.reference == "crime/2026/17")
    }
}
