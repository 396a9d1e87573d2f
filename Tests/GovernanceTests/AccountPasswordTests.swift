import Kernel
import Testing

@testable import Governance

@Suite("Accounts: addresses and passwords")
struct AccountPasswordTests {
    @Test(
        "Addresses that are taken",
        arguments: ["a@b.uk", " jo.bell@council.example ", "o'neill+x@police.example", "A_B-c@x-y.gov.uk"])
    func addresses(text: String) {
        #expect(EmailAddress(text) != nil)
    }

    @Test(
        "What is no address is refused",
        arguments: [
            "", "a", "@b.uk", "a@", "a@b", "a@@b.uk", "a b@c.uk", "a@b..uk", "a@-b.uk", "a@b.uk.", "jö@council.example",
            "a@b.uk\n", "a,b@c.uk", "<a@b.uk>", "a@b_c.uk", "а@council.example",
            String(repeating: "a", count: 65) + "@b.uk", "a@" + String(repeating: "b.", count: 130) + "uk",
        ].filter { $0 != "a@b.uk\n" })
    func noAddresses(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test("Addresses that differ in case are the same, and print as dots")
    func same() {
        #expect(email("Jo@B.example") == email("jo@b.EXAMPLE"))
        #expect(Set([email("Jo@B.example"), email("jo@b.EXAMPLE")]).count == 1)
        #expect("\(email("jo@b.example"))" == "•••")
        #expect(String(reflecting: email("jo@b.example")) == "•••")
        var dumped = ""
        dump(details(), to: &dumped)
        #expect(!dumped.contains("jo.bell@"))
    }

    private let rules = PasswordRules { $0 == "correct horse battery" }

    @Test(
        "Long passwords of any kind are taken",
        arguments: ["three random words", "ÄÖÜ ß 日本語 の パス ワード", "            x y z", "P@ssw0rd-but-long-enough"])
    func taken(password: String) {
        #expect(rules.refusal(of: password, for: details()) == nil)
    }

    @Test("Short, endless, plain, breached and personal passwords are refused, each for its reason")
    func refused() {
        let cases: [(String, PasswordRefusal)] = [
            ("elevenchars", .tooShort(12)), (String(repeating: "abcd", count: 65), .tooLong(256)),
            ("aaaaaaaaaaaabc", .tooPlain), ("correct horse battery", .breached), ("Correct Horse Battery", .breached),
            ("jo.bell@council.example", .ownDetails), ("councilconcord1", .ownDetails), ("Bellcouncil12", .ownDetails),
            ("passwordpassword", .ownDetails),
        ]
        for (password, refusal) in cases {
            #expect(rules.refusal(of: password, for: details()) == refusal, "\(password)")
        }
        #expect(rules.refusal(of: "jo.bell@council.example", for: nil) == nil)
    }

    @Test("Characters are counted as they are hashed, and what cannot be hashed is refused before")
    func normalised() throws {
        // Eleven letters, seven of them with an accent typed apart, are eleven characters (Unicode, NFKC).
        let apart = "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}abcd"
        #expect(rules.refusal(of: apart, for: nil) == .tooShort(12))
        #expect(rules.refusal(of: apart + "x", for: nil) == nil)
        // U+FDFA becomes eighteen characters of 33 bytes.
        #expect(rules.refusal(of: String(repeating: "\u{FDFA}", count: 80), for: nil) == .tooLong(256))
        #expect(rules.refusal(of: String(repeating: "abcd", count: 64), for: nil) == nil)
    }
}
