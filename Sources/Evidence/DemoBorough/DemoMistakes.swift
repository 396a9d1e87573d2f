internal import Kernel

/// A person as one record has them: with the slips that make the same person hard to recognise.
struct DemoRecordedPerson {
    var reference: String
    var given: String
    var family: String
    var born: String
    var postcode: String
}

extension DemoRecordedPerson {
    /// How a person was written down. About two records in three are without any slip.
    init(_ person: DemoPerson, _ random: inout SeededRandom) {
        reference = ""
        if random.percent(58) {
            let other = random.percent(6) ? 500_000 : 0
            reference = "P" + padded(person.number + other, to: 7)
        }
        given = person.given.name
        if !person.given.short.isEmpty, random.percent(13) { given = random.one(of: person.given.short) }
        if !person.second.isEmpty, random.percent(70) { given += (random.percent(50) ? "-" : " ") + person.second }
        family = !person.otherFamily.isEmpty && random.percent(35) ? person.otherFamily : person.family
        if random.percent(4) { given = DemoSlip.misspelt(given, &random) }
        if random.percent(6) { family = DemoSlip.misspelt(family, &random) }
        if random.percent(1.2) { swap(&given, &family) }
        if random.percent(5) { family = family.uppercased() }
        if random.percent(1) { given = "" }
        born = DemoSlip.birthday(person.born, &random)
        let code =
            person.formerPostcode != person.postcode && random.percent(30) ? person.formerPostcode : person.postcode
        postcode = random.percent(16) ? "" : DemoSlip.spaced(code, random.percent(82))
    }
}

/// The usual slips of the keyboard and the ear.
enum DemoSlip {
    /// A name with two letters swapped, one left out, doubled or replaced.
    static func misspelt(_ name: String, _ random: inout SeededRandom) -> String {
        var letters = Array(name.utf8)
        guard letters.count > 3 else { return name }
        let place = random.within(1...letters.count - 2)
        switch random.below(4) {
        case 0: letters.swapAt(place, place + 1)
        case 1: letters.remove(at: place)
        case 2: letters.insert(letters[place], at: place)
        default: letters[place] = random.one(of: Array("aeioubdmnprst".utf8))
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// A date of birth: right, missing, with day and month swapped, or wrong in one part.
    static func birthday(_ day: Int, _ random: inout SeededRandom) -> String {
        let date = LocalDate(day: Int32(day))
        let (year, month, dayOfMonth) = date.civil
        switch random.below(1000) {
        case ..<90: return ""
        case ..<115: return (LocalDate(year: year, month: dayOfMonth, day: month) ?? date).description
        case ..<130:
            return (LocalDate(year: year + random.one(of: [-10, -1, 1]), month: month, day: dayOfMonth) ?? date)
                .description
        case ..<145: return (LocalDate(year: year, month: month, day: dayOfMonth % 28 + 1) ?? date).description
        case ..<155: return (LocalDate(year: year, month: 1, day: 1) ?? date).description
        default: return date.description
        }
    }

    /// A postcode with or without its space.
    static func spaced(_ code: String, _ withSpace: Bool) -> String {
        withSpace ? "\(code.dropLast(3)) \(code.suffix(3))" : code
    }
}
