import Foundation
import Kernel
import Secrets
import Testing

@Suite struct PasswordRuleTests {
    static let list = BreachedPasswords(lines: Array("password\r\nletmein99\nStra\u{DF}e2020\n\ntrustno1trustno1".utf8))
    let rule = PasswordRule(breached: PasswordRuleTests.list)

    @Test("Length alone makes a password, of any characters")
    func takes() {
        for password in [
            "aaaaaaaa", "        ", "12345670", "correct horse battery staple", "\u{5B57}\u{5B57}\u{5B57}\u{5B57}abcd",
            String(repeating: "x y ", count: 64),
        ] {
            #expect(rule.refusal(of: password) == nil, "\(password)")
        }
    }

    @Test("Short ones are refused, counted after normalisation")
    func short() {
        #expect(rule.refusal(of: "") == .tooShort(8))
        #expect(rule.refusal(of: "sevench") == .tooShort(8))
        // Four letters and four accents are four characters.
        #expect(rule.refusal(of: "e\u{301}e\u{301}e\u{301}e\u{301}") == .tooShort(8))
        #expect(PasswordRule(breached: nil, shortest: 12).refusal(of: "elevenchars") == .tooShort(12))
        #expect(PasswordRule(breached: nil, shortest: 4).refusal(of: "sevench") == .tooShort(8))
    }

    @Test("Long ones are refused by bytes, not by time")
    func long() {
        #expect(rule.refusal(of: String(repeating: "a", count: 1024)) == nil)
        #expect(rule.refusal(of: String(repeating: "a", count: 1025)) == .tooLong(1024))
        #expect(rule.refusal(of: String(repeating: "\u{FDFA}", count: 341)) == .tooLong(1024))
    }

    @Test("Breached ones are refused in any case and form")
    func breached() {
        for password in ["password", "PassWord", "LETMEIN99", "\u{FF50}assword", "stra\u{DF}e2020"] {
            #expect(rule.refusal(of: password) == .breached, "\(password)")
        }
        #expect(rule.refusal(of: "password and another") == nil)
        #expect(PasswordRuleTests.list.count == 4)
        #expect(!PasswordRuleTests.list.contains(""))
    }

    @Test("The owner's address and name are refused within a password, short names and parts of words are not")
    func ownWords() {
        let own = ["amina.khan@sutton.example", "Amina Khan-O'Rourke", "Concord"]
        for password in [
            "amina.khan@sutton.example", "xxAMINAxx12", "my khan 2026!", "rourke-tree-lamp", "concord2026",
            "AM\u{CD}NA amina",
        ] {
            #expect(rule.refusal(of: password, ownWords: own) == .ownWord, "\(password)")
        }
        #expect(rule.refusal(of: "meadow lantern", ownWords: own) == nil)
        #expect(rule.refusal(of: "planning permit", ownWords: ["Ann Lee"]) == nil)
        #expect(rule.refusal(of: "meadow lantern", ownWords: ["", "@", " "]) == nil)
    }

    @Test("Fifteen are advised")
    func advised() {
        #expect(rule.isShorterThanAdvised("fourteen chars"))
        #expect(!rule.isShorterThanAdvised("fifteen  chars!"))
    }

    @Test("Refusals say what to do and never repeat the password")
    func faults() {
        let refusals: [PasswordRule.Refusal] = [.tooShort(8), .tooLong(1024), .breached, .ownWord]
        for refusal in refusals {
            #expect(!refusal.fault.what.isEmpty)
            #expect(!refusal.fault.because.isEmpty)
        }
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

extension Fault {
    fileprivate var because: String { why }
}
