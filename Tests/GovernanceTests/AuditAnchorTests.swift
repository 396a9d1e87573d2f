import Files
import Kernel
import Storage
import Testing

@testable import Governance

@Suite("Audit: anchors")
struct AuditAnchorTests {
    @Test(
        "HMAC-SHA256 agrees with RFC 4231, test cases 1, 2, 3 and 6",
        arguments: [
            (
                [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131),
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func hmac(key: [UInt8], message: [UInt8], code: String) {
        #expect(Hexadecimal.text(HMAC.sha256(message, key: key)) == code)
    }

    private var anchor: AuditAnchor {
        AuditAnchor(
            day: LocalDate(validYear: 2026, month: 7, day: 1), seq: 3,
            hash: Hexadecimal.bytes(AuditEncodingTests.hashes[2]) ?? [])
    }

    @Test("A line holds day, number, hash and the code that Python's hmac gives for the key")
    func line() throws {
        let code = "dbd3e565ff2fdb3c56750aa0a702ea1c0fa2dfaf626532416ec55853e6e4c625"
        let line = "2026-07-01 3 \(AuditEncodingTests.hashes[2]) \(code)"
        let key = Array("0123456789abcdef".utf8)
        #expect(anchor.line(key: key) == line + "\n")
        #expect(try AuditAnchor(line: line, number: 1, path: "a", key: key) == anchor)
        #expect(throws: Fault.self) { try AuditAnchor(line: line, number: 1, path: "a", key: Array("other".utf8)) }
        let forged = line.replacing(" 3 ", with: " 4 ")
        #expect(throws: Fault.self) { try AuditAnchor(line: forged, number: 1, path: "a", key: key) }
        #expect(throws: Fault.self) {
            try AuditAnchor(line: "2026-07-01 3 \(AuditEncodingTests.hashes[2]) -", number: 1, path: "a", key: key)
        }
    }

    @Test(
        "What is no anchor is refused",
        arguments: [
            "", "2026-07-01", "2026-07-01 3 abcd -", "2026-13-01 3 \(AuditEncodingTests.hashes[0]) -",
            "2026-07-01 -3 \(AuditEncodingTests.hashes[0]) -", "2026-07-01 3  \(AuditEncodingTests.hashes[0]) -",
            "2026-07-01 3 \(AuditEncodingTests.hashes[0].uppercased()) -",
            "2026-07-01 99999999999999999999 \(AuditEncodingTests.hashes[0]) -",
        ])
    func refused(line: String) {
        #expect(throws: Fault.self) { try AuditAnchor(line: line, number: 1, path: "a", key: nil) }
    }

    @Test("The file grows by a line a day, is read back in order, and says when a day is due")
    func file() throws {
        try AuditTestFolder.use { folder in
            let file = AuditAnchorFile(path: "\(folder)/anchors", key: Array("0123456789abcdef".utf8))
            #expect(try file.anchors().isEmpty)
            #expect(try file.isDue(on: anchor.day))
            try file.add(anchor)
            let next = AuditAnchor(day: anchor.day.advanced(by: 1), seq: 9, hash: AuditChain.start)
            try file.add(next)
            #expect(try file.anchors() == [anchor, next])
            #expect(try !file.isDue(on: next.day))
            #expect(try file.isDue(on: next.day.advanced(by: 1)))
            try file.add(anchor)
            #expect(throws: Fault.self) { try file.anchors() }
        }
    }

    @Test("A file of anchors that was removed or cut short is noticed", arguments: TestEngine.all)
    func missing(engine: TestEngine) throws {
        try AuditTestFolder.use { folder in
            try engine.use { (database: Database) in
                let file = AuditAnchorFile(path: "\(folder)/anchors")
                #expect(try AuditAnchors.keep(in: file, on: anchor.day, database) == nil)
                for days in 0..<3 {
                    _ = try database.write { try AuditLog.append(AuditEncodingTests.entries[days], in: $0) }
                    let day = anchor.day.advanced(by: days)
                    let kept = try AuditAnchors.keep(in: file, on: day, database)
                    #expect(kept?.seq == Int64(days + 1))
                    #expect(try AuditAnchors.keep(in: file, on: day, database) == nil)
                }
                let all = try file.anchors()
                func missing(_ anchors: [AuditAnchor]) throws -> [AuditAnchor] {
                    let found = try database.read { try AuditVerifier.verify($0, anchors: anchors) }
                    #expect(found.damage == nil && found.anchors == anchors.count)
                    return found.missingAnchors
                }
                #expect(all.map(\.seq) == [1, 2, 3])
                #expect(try missing(all) == [])
                #expect(try missing(Array(all.dropLast())) == [all[2]])
                #expect(try missing(Array(all.dropFirst())) == [all[0]])
                #expect(try missing([]) == all)
                // After a loss that was accepted a new file begins.
                let first = try database.write { try AuditAnchors.beginAnew(on: anchor.day, in: $0) }
                #expect(first.seq == 3 && first.hash == all[2].hash)
                #expect(try missing([]) == [])
                let next = AuditAnchorFile(path: "\(folder)/next")
                #expect(try AuditAnchors.keep(in: next, on: anchor.day, database) == first)
                #expect(try missing(next.anchors()) == [])
                #expect(try missing([]) == [first])
            }
        }
    }

    @Test("A line that was torn off is named by its number")
    func torn() throws {
        try AuditTestFolder.use { folder in
            let path = "\(folder)/anchors"
            let text = anchor.line(key: nil) + "2026-07-02 9 ab"
            try FileSystem.write(Array(text.utf8), to: path)
            let fault = #expect(throws: Fault.self) { try AuditAnchorFile(path: path).anchors() }
            #expect(fault?.place == "\(path), line 2")
        }
    }
}
