import Foundation
import Testing

@Suite("Accounts on the command line")
struct AccountCommandTests {
    private static let administrator = "a.khan@council.example"

    private func made() throws -> Installed {
        let installed = try Installed()
        try installed.make(["--administrator", AccountCommandTests.administrator, "--name", "Amina Khan"])
        return installed
    }

    @Test("Each command tells of itself")
    func help() throws {
        for command in ["list", "grant", "revoke", "link"] {
            let run = try Program.run(["account", command, "--help"])
            #expect(run.status == 0 && run.output.contains("concord account \(command)"))
        }
    }

    @Test("A role is granted, listed and taken away, each with its entry in the audit")
    func roles() throws {
        let installed = try made()
        let email = AccountCommandTests.administrator
        let first = try installed.run(["account", "list"])
        #expect(first.output == "\(email)\tinvited\tcouncil\tadministrator\tAmina Khan\n")
        #expect(try installed.run(["account", "grant", email, "analyst"]).status == 0)
        #expect(try installed.run(["account", "list"]).output.contains("\tadministrator,analyst\t"))
        let again = try installed.run(["account", "grant", email, "analyst"])
        #expect(again.status == 0 && again.output.contains("already"))
        let gone = try installed.run(["account", "revoke", email, "administrator"])
        #expect(gone.status == 0, "\(gone.errors)")
        #expect(try installed.run(["account", "list"]).output.contains("\tcouncil\tanalyst\t"))
        // The separation of duties holds here too, one role at a time; an auditor is made this way.
        #expect(try installed.run(["account", "revoke", email, "analyst"]).status == 0)
        #expect(try installed.run(["account", "grant", email, "auditor"]).status == 0)
        let refused = try installed.run(["account", "grant", email, "administrator"])
        #expect(refused.status == 1 && refused.errorLines.count == 1 && refused.errors.contains("one person"))
        let entries = try installed.audit()
        #expect(entries.count { $0.contains("\"permission\"") } == 4)
        #expect(entries.count { $0.contains("conflicting-roles") } == 1)
    }

    @Test("A new link replaces the one before")
    func link() throws {
        let installed = try made()
        let run = try installed.run(["account", "link", AccountCommandTests.administrator.uppercased()])
        #expect(run.status == 0 && run.output.contains("http://127.0.0.1:18080/set-up/"))
        #expect(try installed.audit().filter { $0.contains("\"set-up-link\"") }.count == 2)
    }

    @Test("What cannot be done is one sentence")
    func wrong() throws {
        let installed = try made()
        let email = AccountCommandTests.administrator
        let cases: [([String], Int32, String)] = [
            (["grant", email, "analist"], 2, "Did you mean \"analyst\"?"), (["grant", email], 2, "--help"),
            (["grant", "nobody@council.example", "analyst"], 1, "concord account list"),
            (["link", "nobody"], 2, "no email address"), (["link"], 2, "--help"),
        ]
        for (words, status, says) in cases {
            let run = try installed.run(["account"] + words)
            #expect(run.status == status && run.errorLines.count == 1 && run.errors.contains(says), "\(run.errors)")
        }
    }
}
