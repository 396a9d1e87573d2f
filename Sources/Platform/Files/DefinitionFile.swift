internal import Digests
public import Kernel

#if canImport(Glibc)
    internal import Glibc
#endif

/// A JSON definition file: its content, its version, and the digest that goes on every figure made with it.
public struct DefinitionFile: Sendable {
    /// The file's path.
    public let path: String
    /// SHA-256 of its bytes, in hexadecimal.
    public let sha256: String
    /// Its outermost object.
    public let root: DefinitionNode

    /// Reads a definition.
    /// - Throws: a `Fault` when the file cannot be read or is not a JSON object.
    public init(path: String) throws(Fault) {
        try self.init(bytes: FileSystem.read(path, limit: 64 << 20), path: path)
    }

    /// A definition from bytes already in memory.
    public init(bytes: [UInt8], path: String) throws(Fault) {
        self.path = path
        sha256 = SHA256.hex(bytes)
        root = DefinitionNode(value: try JSON(parsing: bytes, from: path), file: path, path: "")
        _ = try root.members()
    }
}

/// A value inside a definition file that knows its place, so that a fault names the path in the file.
public struct DefinitionNode: Sendable {
    /// The value.
    public let value: JSON
    let file: String
    let path: String

    /// A fault at this place.
    public func fault(_ why: String, remedy: String = "Correct the definition file and run the command again.") -> Fault
    {
        Fault(
            "The definition is wrong", at: path.isEmpty ? file : "\(file), at \(path)", because: why, remedy: remedy)
    }

    /// The members of this object, by name.
    public func members() throws(Fault) -> [(name: String, node: DefinitionNode)] {
        guard case .object(let members) = value else { throw fault("an object { … } is needed here") }
        return members.map { ($0.name, child($0.value, $0.name)) }
    }

    /// The items of this list.
    public func items() throws(Fault) -> [DefinitionNode] {
        guard case .array(let items) = value else { throw fault("a list [ … ] is needed here") }
        return items.enumerated().map { DefinitionNode(value: $1, file: file, path: "\(path)[\($0)]") }
    }

    /// A member that may be absent (or null).
    public func optional(_ name: String) throws(Fault) -> DefinitionNode? {
        guard case .object = value else { throw fault("an object { … } is needed here") }
        guard let member = value[name], member != .null else { return nil }
        return child(member, name)
    }

    /// A member that must be there.
    public func required(_ name: String) throws(Fault) -> DefinitionNode {
        guard let node = try optional(name) else { throw fault("the member \"\(name)\" is missing") }
        return node
    }

    /// This text.
    public func text() throws(Fault) -> String {
        guard case .string(let text) = value else { throw fault("a text in double quotes is needed here") }
        return text
    }

    /// This whole number.
    public func integer() throws(Fault) -> Int {
        guard case .integer(let number) = value else { throw fault("a whole number is needed here") }
        return Int(number)
    }

    /// This number.
    public func number() throws(Fault) -> Double {
        switch value {
        case .integer(let number): return Double(number)
        case .number(let number): return number
        default: throw fault("a number is needed here")
        }
    }

    /// This truth value.
    public func bool() throws(Fault) -> Bool {
        guard case .bool(let value) = value else { throw fault("true or false is needed here") }
        return value
    }

    /// This list of texts.
    public func texts() throws(Fault) -> [String] {
        var texts: [String] = []
        for item in try items() { texts.append(try item.text()) }
        return texts
    }

    /// Refuses members other than these, so that a misspelt name is found.
    public func allow(only names: Set<String>) throws(Fault) {
        for (name, node) in try members() where !names.contains(name) {
            throw node.fault("there is no such member; known here: \(names.sorted().joined(separator: ", "))")
        }
    }

    private func child(_ value: JSON, _ name: String) -> DefinitionNode {
        DefinitionNode(value: value, file: file, path: path.isEmpty ? name : "\(path).\(name)")
    }
}
