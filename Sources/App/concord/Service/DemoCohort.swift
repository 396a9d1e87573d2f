import Assessing
import Casework
import Cohorts
import Enforcement
import Governance
import Kernel
import Storage

/// The demo partnership's figures of offender management, kept by the analyst on the first day of each of the last
/// twelve months.
struct DemoCohort {
    let register: DemoRegister
    let cases: CaseStore
    let orders: OrderStore

    /// Adds the counting to what happened.
    /// - Throws: a `Fault` when a definition of a cohort is wrong.
    func add(to history: DemoHistory, now: Instant) throws {
        let folder = "\(register.installation.definitions.path)/cohorts"
        let store = CohortStore(
            try CohortCatalogue(folder: folder, types: cases.catalogue), cases: cases, orders: orders)
        for back in 1...12 {
            let month = now.ukDate.month.advanced(by: -back)
            history.add(Instant(month.advanced(by: 1).firstDay, hour: 8, minute: 30)) { at, connection in
                let analyst = try register.actor("analyst@obbwade.example", at, in: connection)
                let occasion = Occasion(analyst, at: at, request: "command-line")
                for cohort in store.catalogue.cohorts {
                    _ = try store.keep(cohort.code, for: month, on: occasion, in: connection).get()
                }
            }
        }
    }
}
