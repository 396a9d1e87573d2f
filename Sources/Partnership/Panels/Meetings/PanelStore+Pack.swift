internal import Casework
internal import Kernel
public import Storage

extension PanelStore {
    /// An agenda and its minutes as they leave the program, on paper or in a file: withheld addresses are struck out of
    /// every text, whoever carries it.
    /// - Throws: `StorageError`.
    public func withoutWithheldAddresses(
        _ agenda: AgendaView, _ minutes: MinutesView, in connection: Connection
    ) throws -> (AgendaView, MinutesView) {
        var (agenda, minutes) = (agenda, minutes)
        var known: [ID<CaseRecord>: GuardedWords] = [:]
        func clean(_ text: String, of id: ID<CaseRecord>) throws -> String {
            let words = try known[id] ?? cases.withheldAddresses(of: id, in: connection)
            known[id] = words
            return words.redacted(text)
        }
        for i in agenda.incomplete.indices {
            agenda.incomplete[i].text = try clean(agenda.incomplete[i].text, of: agenda.incomplete[i].caseID)
        }
        for i in minutes.items.indices {
            let id = minutes.items[i].item.caseID
            for line in minutes.items[i].lines.indices {
                minutes.items[i].lines[line].text = try clean(minutes.items[i].lines[line].text, of: id)
            }
            for action in minutes.items[i].actions.indices {
                minutes.items[i].actions[action].text = try clean(minutes.items[i].actions[action].text, of: id)
            }
        }
        return (agenda, minutes)
    }
}
