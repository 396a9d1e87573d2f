import DemoBorough
import Foundation
import Kernel

/// Boroughs made once for all tests, in a temporary folder.
enum Made {
    /// Two years of seed 7.
    static let small: Borough = Borough(seed: 7, years: 2)
    /// One year of another seed.
    static let other: Borough = Borough(seed: 20_260_101, years: 1)
    /// The same again.
    static let again: Borough = Borough(seed: 20_260_101, years: 1)

    /// The folder of this run, removed at its end.
    static let folder: String = {
        atexit { try? FileManager.default.removeItem(atPath: Made.folder) }
        return NSTemporaryDirectory() + "demo-borough-\(UUID().uuidString)"
    }()

    private static let incidentsOnce = Result { try small.rows("police-incidents.csv") }
    private static let peopleOnce = Result { try small.rows("police-people.csv") }
    /// The police incidents of the first, read once.
    static func incidents() throws -> CSVRows { try incidentsOnce.get() }
    /// The people of the first, read once.
    static func people() throws -> CSVRows { try peopleOnce.get() }
}

/// A borough on disk.
struct Borough: Sendable {
    let folder: String
    let truth: DemoTruth?
    let failure: String?

    init(seed: UInt64, years: Int) {
        folder = "\(Made.folder)/\(UUID().uuidString)"
        do {
            truth = try DemoBorough.write(seed: seed, to: folder, years: years)
            failure = nil
        } catch {
            truth = nil
            failure = "\(error)"
        }
    }

    static let files: [String] = [
        "lsoa.geojson", "lookup.csv", "population.csv", "deprivation.csv", "police-incidents.csv", "police-people.csv",
        "people-truth.csv", "police-asb.csv", "council-asb.csv", "ambulance.csv", "ae.csv", "stop-and-search.csv",
        "survey.csv", "region.csv", "region-population.csv", "partnership.json", "truth.json",
    ]

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
    }

    func rows(_ name: String) throws -> CSVRows { try CSVRows(bytes(name)) }
}

/// A CSV file in memory, read by the simplest means that can be right.
struct CSVRows: Sendable {
    let header: [String]
    let rows: [[String]]

    init(_ bytes: [UInt8]) throws {
        var lines: [[String]] = []
        var fields: [String] = []
        var field: [UInt8] = []
        var quoted = false
        for byte in bytes {
            switch byte {
            case 0x22: quoted.toggle()
            case 0x2C where !quoted:
                fields.append(String(decoding: field, as: UTF8.self))
                field.removeAll(keepingCapacity: true)
            case 0x0A where !quoted:
                fields.append(String(decoding: field, as: UTF8.self))
                lines.append(fields)
                fields.removeAll(keepingCapacity: true)
                field.removeAll(keepingCapacity: true)
            default: field.append(byte)
            }
        }
        header = lines.first ?? []
        rows = Array(lines.dropFirst())
    }

    func column(_ name: String) -> [String] {
        guard let position = header.firstIndex(of: name) else { return [] }
        return rows.map { $0[position] }
    }
}

/// The repository's root, and the folder of shared reference data where there is one.
enum Places {
    static let root: String = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let shared: String =
        ProcessInfo.processInfo.environment["CONCORD_SHARED"] ?? "\(root)/../shared"
    static let lookup = "\(shared)/data/geo/LSOA21_WD24_LAD24_bestfit_EW.csv.gz"
    static var hasLookup: Bool { FileManager.default.fileExists(atPath: lookup) }

    /// The text of a gzip file.
    static func unzipped(_ path: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }
}
