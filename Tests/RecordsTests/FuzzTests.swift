import Foundation
import Kernel
import Testing

@testable import Records

/// Damaged files through the reader and the mappings: a fault or a reading in which every row is either kept or
/// rejected, and never the end of the program.
@Suite("Damaged files")
struct FuzzTests {
    private static let samples: [(mapping: String, text: String)] = [
        (
            "police-uk-street",
            """
            Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context
            a1,2024-01,Kent Police,Kent Police,-0.16,51.36,On or near High Street,E01000001,Sutton 001A,Burglary,Charged,
            a1,2024-01,Kent Police,Kent Police,-0.16,51.36,On or near High Street,E01000001,Sutton 001A,Burglary,Fined,
            ,2024-01,Kent Police,Kent Police,,,No location,,,Anti-social behaviour,,
            ,2024-02,Kent Police,Kent Police,-0.2,51.3,"On or near ""The"" Green",E01000002,Sutton 001B,Anti-social behaviour,,

            """
        ),
        (
            "mps-lsoa",
            """
            lsoa_code,lsoa_name,borough,major_category,minor_category,202402,202403,202404
            E01000001,Sutton 001A,E09000029,ROBBERY,PERSONAL ROBBERY,0,2,3
            E01000002,Sutton 001B,E09000029,THEFT,SHOPLIFTING,1,4,5

            """
        ),
        (
            "concord-incidents",
            """
            incident_id,source,category,offence_code,from,to,reported_at,easting,northing,lsoa,knife,alcohol,injury
            1,police,Robbery,034/01,2024-03-31T00:30,2024-03-31T03:15:00Z,2024-04-01,525900,164700,E01000001,yes,0,serious
            2,ambulance,Assault,,2024-04-02,2024-04-02,,,,E01000002,no,1,
            3,council-asb,Noise,,,,2024-05-01T10:00+01:00,526000,165000,,,,

            """
        ),
        (
            "lsoa-month-category",
            """
            lsoa_code,lsoa_name,borough,category,year,month,crime_count
            E01000001,Sutton 001A,Sutton,robbery,2024,1,7
            E01000002,Sutton 001B,Sutton,drugs,2024,2,3

            """
        ),
        (
            "police-uk-stop-and-search",
            """
            Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome
            Person search,2024-07-31T23:20:00+00:00,False,,51.36,-0.16,Male,18-24,,White,Misuse of Drugs Act 1971 (section 23),Controlled drugs,Arrest

            """
        ),
        (
            "asb-points",
            "month\tlongitude\tlatitude\tlocation\tlsoa_code\n2022-01-01\t-1.6\t54.9\tOn or near Park\tE01008162\n"
                + "2022-01-01\t-1.6\t54.9\tOn or near Park\tE01008162\n"
        ),
    ]

    private static let pieces: [[UInt8]] =
        [
            "\"", "\"\"", ",", "\n", "\r\n", "\t", ";", "-", "999999999999999999999", "2024-02-30", "1e308", "-1",
            "\u{FEFF}", "é",
            "2147483648", "0", "NaN", "inf", "E01999999", "9999-12-31", "0001-01-01", " ",
        ].map { Array($0.utf8) } + [[0], [0xFF], [0x80, 0x92], [0xC3]]

    private static func damaged(_ text: String, _ random: inout SeededRandom) -> [UInt8] {
        var bytes = Array(text.utf8)
        let header = (bytes.firstIndex(of: 0x0A) ?? 0) + 1
        // Most damage is below the header, so that the file is still recognised.
        let first = random.uniform() < 0.9 ? header : 0
        for _ in 0..<(1 + Int(random.uniform() * 6)) {
            guard bytes.count > first + 1 else { break }
            let at = first + Int(random.uniform() * Double(bytes.count - first))
            let length = min(Int(random.uniform() * 12), bytes.count - at)
            let piece = pieces[Int(random.uniform() * Double(pieces.count))]
            switch Int(random.uniform() * 6) {
            case 0: bytes[at] = UInt8(random.uniform() * 256)
            case 1: bytes.removeSubrange(at..<(at + length))
            case 2: bytes.insert(contentsOf: piece, at: at)
            case 3: bytes.replaceSubrange(at..<(at + length), with: piece)
            case 4: bytes.insert(contentsOf: bytes[at..<(at + length)], at: at)
            default: if random.uniform() < 0.2 { bytes.removeSubrange(at...) }
            }
        }
        return bytes
    }

    @Test("Two thousand damaged files end in a fault or lose no row", arguments: 0..<8)
    func files(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let folder = try Folder()
        let library = try Place.library()
        var readings = 0
        for number in 0..<250 {
            let sample = Self.samples[number % Self.samples.count]
            let path = try folder.write(Self.damaged(sample.text, &random), to: "damaged.csv")
            let log = RejectLog(path: "\(folder.path)/rejects.csv")
            let reader = RecordReader(library: library, log: log, rejectLimit: 1)
            let set: RecordSet
            do { set = try reader.read([.init(path: path, mapping: sample.mapping)]) } catch {
                #expect(error.description.contains("damaged.csv"), "\(error)")
                continue
            }
            readings += 1
            #expect(log.rejectedRows.values.reduce(0, +) == set.rejected, "seed \(seed), file \(number)")
            let tables = set.incidents + set.outcomes + set.people
            for table in tables { check(table) }
            guard sample.mapping != "mps-lsoa" else { continue }
            let kept = tables.reduce(0) { $0 + $1.rowCount } + set.countedOnce.values.reduce(0, +)
            #expect(kept + set.rejected == set.rows, "seed \(seed), file \(number)")
        }
        #expect(readings > 100)
    }

    /// Every column is empty or as long as the table, and every code is in its dictionary.
    private func check(_ table: RecordTable) {
        let rows = table.rowCount
        let codes =
            [
                (table.category, table.categories), (table.offence, table.offences), (table.lsoa, table.lsoas),
                (table.ward, table.wards), (table.borough, table.boroughs), (table.reporter, table.reporters),
            ] + Array(zip(table.attributes, table.attributeValues))
        for (codes, texts) in codes {
            #expect(codes.isEmpty || codes.count == rows)
            #expect(codes.allSatisfy { $0 < Int32(texts.count) })
        }
        #expect(table.category.allSatisfy { $0 >= 0 } || table.source.subject == "people")
        let lengths = [
            table.count.count, table.month.count, table.from.count, table.to.count, table.longitude.count,
            table.latitude.count, table.identifier.count, table.rowHash.count, table.flags.count, table.file.count,
        ]
        #expect(lengths.allSatisfy { $0 == rows || $0 == 0 })
        #expect(table.count.allSatisfy { $0 >= 0 })
    }
}
