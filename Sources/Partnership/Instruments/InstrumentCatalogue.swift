public import Files
public import Kernel

/// Every version of every instrument in a folder such as `Definitions/instruments`.
///
/// A new version is a new file beside the old one: `NAME.json`, `NAME-VERSION.json`. The old one stays, because what
/// was assessed under it is read with it.
public struct InstrumentCatalogue: Sendable {
    /// All versions: by the instrument's code, and of one instrument the oldest first.
    public let all: [RiskInstrument]

    /// Reads a folder.
    /// - Throws: a `Fault` that names the place in the file: a wrong file, two of one version, a file that is not named
    ///   after its instrument.
    public init(folder: String) throws(Fault) {
        var files: [DefinitionFile] = []
        for name in try FileSystem.names(in: folder) where name.hasSuffix(".json") {
            files.append(try DefinitionFile(path: "\(folder)/\(name)"))
        }
        try self.init(files)
    }

    /// The instruments of files already read.
    /// - Throws: as `init(folder:)`.
    public init(_ files: [DefinitionFile]) throws(Fault) {
        var found: [InstrumentVersion: RiskInstrument] = [:]
        for file in files {
            let instrument = try RiskInstrument(file)
            let version = instrument.version
            let name = FileSystem.name(of: file.path)
            guard ["\(version.code).json", "\(version.code)-\(version.version).json"].contains(name) else {
                throw try file.root.required("code").fault(
                    "\(version) is needed in a file \(version.code).json or \(version.code)-\(version.version).json")
            }
            guard found.updateValue(instrument, forKey: version) == nil else {
                throw try file.root.required("version").fault("two files hold \(version)")
            }
        }
        all = found.values.sorted { a, b in
            a.version.code == b.version.code
                ? InstrumentCatalogue.isOlder(a, b) : a.version.code < b.version.code
        }
    }

    /// The instruments' codes, in the order of the alphabet.
    public var codes: [Code<RiskInstrument>] {
        all.map(\.version.code).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    /// The newest version of an instrument, for new assessments; nil when there is none.
    public func current(_ code: Code<RiskInstrument>) -> RiskInstrument? { all.last { $0.version.code == code } }

    /// The version under which something was assessed, or nil.
    public func version(_ code: Code<RiskInstrument>, _ version: String) -> RiskInstrument? {
        all.first { $0.version == InstrumentVersion(code, version) }
    }

    private static func isOlder(_ a: RiskInstrument, _ b: RiskInstrument) -> Bool {
        func numbers(_ instrument: RiskInstrument) -> [Int] {
            InstrumentVersion.numbers(instrument.version.version) ?? []
        }
        return numbers(a).lexicographicallyPrecedes(numbers(b))
    }
}
