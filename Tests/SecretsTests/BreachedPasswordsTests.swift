import Foundation
import Kernel
import Secrets
import Testing

@Suite("The list of breached passwords") struct BreachedPasswordsTests {
    @Test("Passwords of the list are found in any case and form, and only whole")
    func forms() {
        let list = BreachedPasswords(
            lines: Array("password\r\nletmein99\nStra\u{DF}e2020\n\ntrustno1trustno1".utf8))
        for password in ["password", "PassWord", "LETMEIN99", "\u{FF50}assword", "stra\u{DF}e2020"] {
            #expect(list.contains(password), "\(password)")
        }
        #expect(!list.contains("password and another"))
        #expect(list.count == 4)
        #expect(!list.contains(""))
    }

    @Test("A list is read from a file; an empty or missing one is a fault that names it")
    func files() throws {
        let folder = NSTemporaryDirectory() + "concord-breached-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("hunter2hunter2\n".utf8).write(to: URL(fileURLWithPath: folder + "/list"))
        try Data("\n".utf8).write(to: URL(fileURLWithPath: folder + "/empty"))

        let list = try BreachedPasswords(contentsOf: folder + "/list")

        #expect(list.contains("Hunter2hunter2"))
        #expect(throws: Fault.self) { try BreachedPasswords(contentsOf: folder + "/empty") }
        #expect(throws: Fault.self) { try BreachedPasswords(contentsOf: folder + "/missing") }
    }

    @Test("Every password of a large list is found and its neighbours are not")
    func large() {
        let passwords = (0..<5000).map { "pass-\($0 &* 2_654_435_761 % 1_000_003)-\($0)" }
        let list = BreachedPasswords(lines: Array((passwords + passwords).joined(separator: "\n").utf8))

        #expect(list.count == 5000)
        #expect(passwords.allSatisfy { list.contains($0) })
        #expect(!passwords.contains { list.contains($0 + "x") })
    }
}
