import Files
import Kernel
import Testing

@testable import Governance

@Suite("Accounts: rules of the shipped roles")
struct AccountRulesTests {
    private func rules() throws -> AccountRules {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return AccountRules(try RoleCatalogue(DefinitionFile(path: "/\(root)/Definitions/roles/default.json")))
    }

    private func person(_ roles: Set<String>, factorAt: Instant?) -> Actor {
        var person = actor(roles)
        person.secondFactorAt = factorAt
        return person
    }

    @Test("Only an administrator who has shown a second factor administers accounts")
    func administers() throws {
        let rules = try rules()
        let council: Code<Agency> = code("council")
        #expect(rules.mayAdminister(person(["administrator"], factorAt: morning), council, morning))
        #expect(!rules.mayAdminister(person(["administrator"], factorAt: nil), council, morning))
        for role in ["auditor", "operator", "supervisor", "case-officer", "analyst"] {
            #expect(!rules.mayAdminister(person([role], factorAt: morning), council, morning), "\(role)")
        }
    }

    @Test("An administrator is no auditor, and who sees personal data needs a second factor")
    func roles() throws {
        let rules = try rules()
        #expect(rules.conflict([code("administrator"), code("auditor")]) != nil)
        #expect(rules.conflict([code("case-officer"), code("intake")]) == nil)
        #expect(rules.needsSecondFactor([code("case-officer")]))
        #expect(rules.needsSecondFactor([code("administrator")]))
        #expect(!rules.needsSecondFactor([code("operator")]))
    }

    @Test("An actor is cleared until the earlier of training and vetting")
    func cleared() {
        var record = AccountRecord(
            id: ID(at: morning), details: details(), status: .active, version: 1, createdAt: morning,
            changedAt: morning)
        let until = { (trained: Int?, vetted: Int?) -> LocalDate? in
            record.details.trainedUntil = trained.map { june1.advanced(by: $0) }
            record.details.vettedUntil = vetted.map { june1.advanced(by: $0) }
            return record.actor(session: nil, secondFactorAt: nil, address: nil, at: morning).clearedUntil
        }
        #expect(until(nil, nil) == nil)
        #expect(until(5, nil) == june1.advanced(by: 5))
        #expect(until(nil, 7) == june1.advanced(by: 7))
        #expect(until(9, 7) == june1.advanced(by: 7))
    }
}
