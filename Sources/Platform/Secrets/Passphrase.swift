/// The passphrase of a file that leaves the program, made by the program and kept nowhere: twenty characters with 98 bits,
/// so that whoever finds the file cannot guess it, however fast their machines are.
public struct Passphrase: Hashable, Sendable {
    private static let length = 20

    /// The characters without dashes: what keys are made from.
    let characters: [UInt8]

    private init(characters: [UInt8]) { self.characters = characters }

    /// A new passphrase.
    public static func make() -> Passphrase { Passphrase(characters: GroupedCode.make(length: length)) }

    /// The passphrase that someone typed; nil when it cannot be one. Small letters, spaces and dashes make no difference.
    public init?(_ typed: String) {
        guard typed.utf8.count <= 100 else { return nil }
        let characters = GroupedCode.characters(typed)
        guard characters.count == Passphrase.length else { return nil }
        self.characters = characters
    }

    /// As it is written down: `7KQ2-M9XP-4HVD-ZR3T-B8WN`.
    public var text: String { GroupedCode.grouped(characters) }
}

extension Passphrase: CustomStringConvertible, CustomReflectable {
    /// Never the passphrase.
    public var description: String { "passphrase" }

    /// Hides the characters from `dump` and debuggers' summaries.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
