internal import Kernel

/// Hashes of records by what they say, the same in whatever file or order they stand.
struct ContentDigest {
    private let table: RecordTable
    private let categories: [UInt64]
    private let offences: [UInt64]
    private let lsoas: [UInt64]
    private let wards: [UInt64]
    private let boroughs: [UInt64]
    private let attributes: [[UInt64]]

    init(_ table: RecordTable) {
        self.table = table
        categories = table.categories.map(ContentDigest.hash)
        offences = table.offences.map(ContentDigest.hash)
        lsoas = table.lsoas.map(ContentDigest.hash)
        wards = table.wards.map(ContentDigest.hash)
        boroughs = table.boroughs.map(ContentDigest.hash)
        attributes = table.attributeValues.map { $0.map(ContentDigest.hash) }
    }

    /// The hash of a row.
    func row(_ row: Int) -> UInt64 {
        var hash: UInt64 = 0x243F_6A88_85A3_08D3
        func add(_ value: UInt64) { hash = ContentDigest.mix(hash ^ value) }
        add(UInt64(bitPattern: Int64(table.month[row])))
        add(UInt64(bitPattern: Int64(table.count[row])))
        add(text(table.category, row, categories))
        add(text(table.offence, row, offences))
        add(text(table.lsoa, row, lsoas))
        add(text(table.ward, row, wards))
        add(text(table.borough, row, boroughs))
        add(table.identifier[safe: row] ?? 0)
        add(UInt64(bitPattern: table.from[safe: row] ?? 0))
        add(UInt64(bitPattern: table.to[safe: row] ?? 0))
        add((table.longitude[safe: row] ?? 0).bitPattern)
        add((table.latitude[safe: row] ?? 0).bitPattern)
        add(UInt64(table.flags[safe: row] ?? 0))
        for (codes, hashes) in zip(table.attributes, attributes) { add(text(codes, row, hashes)) }
        return hash
    }

    private func text(_ codes: [Int32], _ row: Int, _ hashes: [UInt64]) -> UInt64 {
        guard let code = codes[safe: row], code >= 0 else { return 0 }
        return hashes[safe: Int(code)] ?? 0
    }

    private static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return mix(hash)
    }

    // The finaliser of SplitMix64.
    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
