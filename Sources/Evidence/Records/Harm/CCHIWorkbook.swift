internal import Kernel

/// The Cambridge Crime Harm Index workbook, saved as CSV with its own headings.
enum CCHIWorkbook {
    static func weights(_ table: HarmTable) throws(Fault) -> (
        schemes: [String: [String: HarmWeights.Weight]], ambiguous: [String]
    ) {
        guard let code = table.column(["HOME_OFFICE_CLASSIFICATION"]), let score = table.column(["CCHI Score"]),
            let group = table.column(["GROUP"]), let subGroup = table.column(["SUB_GROUP"])
        else {
            throw Fault(
                "The Crime Harm Index could not be read", at: table.path,
                because: "HOME_OFFICE_CLASSIFICATION, CCHI Score, GROUP or SUB_GROUP is missing",
                remedy: "Save the workbook's first sheet as CSV with its headings.")
        }
        let notifiable = table.column(["NOTIFIABLE"])
        var byCode: [String: [Int64]] = [:]
        var bySubGroup: [String: [Int64]] = [:]
        var byGroup: [String: [Int64]] = [:]
        var byCategory: [String: [Int64]] = [:]
        for (index, row) in table.rows.enumerated() where !row[score].isEmpty {
            let days = try table.number(row[score], index + 2)
            guard let hundredths = HarmWeights.hundredths(days) else {
                throw Fault(
                    "The Crime Harm Index could not be read", at: "\(table.path), line \(index + 2)",
                    because: "the score \(row[score]) has more than two decimals")
            }
            if let key = normalised(row[code]) { byCode[key, default: []].append(hundredths) }
            guard notifiable.map({ Header.folded(row[$0]) == "notifiable" }) ?? true else { continue }
            bySubGroup[row[subGroup], default: []].append(hundredths)
            byGroup[row[group], default: []].append(hundredths)
            if let category = policeUKCategory(group: row[group], subGroup: row[subGroup]) {
                byCategory[category.title, default: []].append(hundredths)
                byCategory[category.slug, default: []].append(hundredths)
            }
        }
        let ambiguous = byCode.filter { Set($0.value).count > 1 }.sorted { $0.key < $1.key }.map { key, scores in
            let days = Set(scores).sorted().map { shortest(Double($0) / 100) }.joined(separator: ", ")
            return "\(key): \(days) days; \(shortest(Double(mode(scores).days) / 100)) used"
        }
        return (
            [
                "ho-code": byCode.mapValues(mode), "mps-minor": bySubGroup.mapValues(median),
                "mps-major": byGroup.mapValues(median), "police-uk": byCategory.mapValues(median),
            ], ambiguous
        )
    }

    /// A Home Office class and sub-code written `ddd/dd`, or nil when the text is not one.
    static func normalised(_ code: String) -> String? {
        let parts = Header.folded(code).split(separator: "/")
        guard parts.count == 2, let sub = Int(parts[1]) else { return nil }
        let digits = parts[0].prefix { $0.isNumber }
        guard let number = Int(digits), !digits.isEmpty else { return nil }
        return "\(padded(number, to: 3))\(parts[0].dropFirst(digits.count))/\(padded(sub, to: 2))"
    }

    /// The most frequent score, the lower where equally frequent.
    static func mode(_ scores: [Int64]) -> HarmWeights.Weight {
        var frequency: [Int64: Int] = [:]
        for score in scores { frequency[score, default: 0] += 1 }
        let days = frequency.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
        return HarmWeights.Weight(days: days, low: scores.min() ?? days, high: scores.max() ?? days)
    }

    /// The median score; between two middle scores their mean.
    static func median(_ scores: [Int64]) -> HarmWeights.Weight {
        let sorted = scores.sorted()
        let middle = sorted.count / 2
        let days = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        return HarmWeights.Weight(days: days, low: sorted.first ?? days, high: sorted.last ?? days)
    }

    /// The data.police.uk category that a group and sub-group of the index belong to.
    private static func policeUKCategory(group: String, subGroup: String) -> (title: String, slug: String)? {
        let sub = subGroup.uppercased()
        switch group.uppercased() {
        case "VIOLENCE AGAINST THE PERSON", "SEXUAL OFFENCES": return ("Violence and sexual offences", "violent-crime")
        case "ROBBERY": return ("Robbery", "robbery")
        case "BURGLARY": return ("Burglary", "burglary")
        case "VEHICLE OFFENCES": return ("Vehicle crime", "vehicle-crime")
        case "ARSON AND CRIMINAL DAMAGE": return ("Criminal damage and arson", "criminal-damage-arson")
        case "DRUG OFFENCES": return ("Drugs", "drugs")
        case "POSSESSION OF WEAPONS": return ("Possession of weapons", "possession-of-weapons")
        case "PUBLIC ORDER OFFENCES": return ("Public order", "public-order")
        case "MISCELLANEOUS CRIMES AGAINST SOCIETY": return ("Other crime", "other-crime")
        case "THEFT":
            if sub.contains("SHOPLIFTING") { return ("Shoplifting", "shoplifting") }
            if sub.contains("BICYCLE") { return ("Bicycle theft", "bicycle-theft") }
            if sub.contains("PERSON") { return ("Theft from the person", "theft-from-the-person") }
            return ("Other theft", "other-theft")
        default: return nil
        }
    }
}
