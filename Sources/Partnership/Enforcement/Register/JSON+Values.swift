internal import Kernel
internal import Storage

// How values lie in the register's columns of JSON. What is read was written here, so a wrong value is a broken table.
extension JSON {
    static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
    static func moment(_ moment: Instant?) -> JSON { moment.map { .integer($0.milliseconds) } ?? .null }
    static func moments(_ moments: [Instant]) -> JSON { .array(moments.map { .moment($0) }) }
    static func count(_ count: Int?) -> JSON { count.map { .integer(Int64($0)) } ?? .null }

    private static func wrong(_ name: String) -> StorageError { .wrongValue(column: name) }

    func has(_ name: String) -> JSON? { self[name] == .null ? nil : self[name] }

    func optionalText(_ name: String) throws -> String? {
        guard let value = has(name) else { return nil }
        guard case .string(let text) = value else { throw JSON.wrong(name) }
        return text
    }

    func text(_ name: String) throws -> String {
        guard let text = try optionalText(name) else { throw JSON.wrong(name) }
        return text
    }

    func optionalMoment(_ name: String) throws -> Instant? {
        guard let value = has(name) else { return nil }
        guard case .integer(let milliseconds) = value else { throw JSON.wrong(name) }
        return Instant(milliseconds: milliseconds)
    }

    func moment(_ name: String) throws -> Instant {
        guard let moment = try optionalMoment(name) else { throw JSON.wrong(name) }
        return moment
    }

    func moments(_ name: String) throws -> [Instant] {
        try items(name).map { item in
            guard case .integer(let milliseconds) = item else { throw JSON.wrong(name) }
            return Instant(milliseconds: milliseconds)
        }
    }

    func optionalCount(_ name: String) throws -> Int? {
        guard let value = has(name) else { return nil }
        guard case .integer(let count) = value else { throw JSON.wrong(name) }
        return Int(count)
    }

    func count(_ name: String) throws -> Int {
        guard let count = try optionalCount(name) else { throw JSON.wrong(name) }
        return count
    }

    func degrees(_ name: String) throws -> Double {
        switch has(name) {
        case .number(let number): return number
        case .integer(let number): return Double(number)
        default: throw JSON.wrong(name)
        }
    }

    func flag(_ name: String) throws -> Bool {
        guard case .bool(let flag) = has(name) else { throw JSON.wrong(name) }
        return flag
    }

    func items(_ name: String) throws -> [JSON] {
        guard case .array(let items) = has(name) else { throw JSON.wrong(name) }
        return items
    }

    func optionalDay(_ name: String) throws -> LocalDate? {
        guard let text = try optionalText(name) else { return nil }
        guard let day = LocalDate(text) else { throw JSON.wrong(name) }
        return day
    }

    func choice<Choice: RawRepresentable>(_ name: String) throws -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: try text(name)) else { throw JSON.wrong(name) }
        return choice
    }

    func code<Tag>(_ name: String) throws -> Code<Tag> {
        guard let code = Code<Tag>(try text(name)) else { throw JSON.wrong(name) }
        return code
    }

    func optionalID<Tag>(_ name: String) throws -> ID<Tag>? {
        guard let text = try optionalText(name) else { return nil }
        guard let id = ID<Tag>(text) else { throw JSON.wrong(name) }
        return id
    }

    func id<Tag>(_ name: String) throws -> ID<Tag> {
        guard let id: ID<Tag> = try optionalID(name) else { throw JSON.wrong(name) }
        return id
    }
}
