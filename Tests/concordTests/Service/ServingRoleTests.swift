import Foundation
import Storage
import TestDatabases
import Testing

@Suite("The role that serves from PostgreSQL")
struct ServingRoleTests {
    /// The check names the fault with what to do, and the program does not begin to serve.
    private func refuses(_ installed: Installed, role: String, _ place: SourceLocation = #_sourceLocation) throws {
        for command in [["config", "check"], ["serve"]] {
            let run = try installed.run(command)
            #expect(run.status == 1, "\(command): \(run.output)", sourceLocation: place)
            let words = [
                "The audit is not protected from the program itself", "database.address",
                "the role \(role) owns or may",
                "audit_entries", "name it as database.owner", "concord migrate",
            ]
            for word in words { #expect(run.errors.contains(word), "\(run.errors)", sourceLocation: place) }
        }
    }

    @Test("One that owns the tables of the audit is named by the check, and serve refuses it")
    func owns() throws {
        let test = try TestDatabase(empty: .postgreSQL)
        let installed = try Installed(database: test.ownerAddress)
        try installed.make()
        try refuses(installed, role: "owner")
    }

    @Test("Apart from the owner it is in order, until somebody lets it change the audit")
    func apart() throws {
        let test = try TestDatabase(empty: .postgreSQL)
        let installed = try Installed(["database": ["address": test.address, "owner": test.ownerAddress]])
        try installed.make()
        let check = try installed.run(["config", "check"])
        #expect(check.status == 0, "\(check.errors)")
        try Database.execute("GRANT DELETE ON audit_entries TO serving", at: test.ownerAddress)
        try refuses(installed, role: "serving")
    }
}
