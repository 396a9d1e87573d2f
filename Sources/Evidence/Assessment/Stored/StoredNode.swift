internal import Kernel

/// A value of a kept assessment that knows its place, so that a fault names it.
struct StoredNode {
    let value: JSON
    let file: String
    let path: String

    func fault(_ why: String) -> Fault {
        Fault(
            "The assessment cannot be read", at: path.isEmpty ? file : "\(file), at \(path)", because: why,
            remedy: "Restore the file, or make the assessment again.")
    }

    func member(_ name: String) throws(Fault) -> StoredNode {
        guard let member = optional(name) else { throw fault("the member \"\(name)\" is missing") }
        return member
    }

    func optional(_ name: String) -> StoredNode? {
        value[name].map { StoredNode(value: $0, file: file, path: path.isEmpty ? name : "\(path).\(name)") }
    }

    func items() throws(Fault) -> [StoredNode] {
        guard case .array(let items) = value else { throw fault("a list is needed here") }
        return items.enumerated().map { StoredNode(value: $1, file: file, path: "\(path)[\($0)]") }
    }

    func each<Value>(_ read: (StoredNode) throws(Fault) -> Value) throws(Fault) -> [Value] {
        var values: [Value] = []
        for item in try items() { values.append(try read(item)) }
        return values
    }

    func members() throws(Fault) -> [(name: String, node: StoredNode)] {
        guard case .object(let members) = value else { throw fault("an object is needed here") }
        return members.map { ($0.name, StoredNode(value: $0.value, file: file, path: "\(path).\($0.name)")) }
    }

    func text() throws(Fault) -> String {
        guard case .string(let text) = value else { throw fault("a text is needed here") }
        return text
    }

    func texts() throws(Fault) -> [String] { try each { (node) throws(Fault) in try node.text() } }

    func count() throws(Fault) -> Int {
        guard case .integer(let number) = value, number >= 0 else { throw fault("a whole number is needed here") }
        return Int(number)
    }

    func month() throws(Fault) -> Month {
        guard let month = Month(try text()) else { throw fault("a month is needed here, as \"2025-01\"") }
        return month
    }

    func months(_ first: StoredNode, _ last: StoredNode) throws(Fault) -> MonthRange {
        guard let range = MonthRange(from: try first.month(), to: try last.month()) else {
            throw fault("the first month lies after the last")
        }
        return range
    }
}
