internal import Kernel

/// Names of places that do not exist, put together from syllables. A test compares them with the names of all wards
/// and boroughs of England and Wales.
struct DemoPlaceNames {
    private static let beginnings: [String] = [
        "Quen", "Brax", "Sker", "Thim", "Orl", "Zel", "Ulm", "Vark", "Drey", "Plim", "Mosk", "Tarl", "Gwil", "Jask",
        "Nev", "Obb",
    ]
    private static let endings: [String] = [
        "mere", "holt", "wade", "stow", "marsh", "wold", "croft", "field", "gate", "hythe",
    ]
    private var unused: [String]

    init(_ random: inout SeededRandom) {
        var names: [String] = []
        for beginning in Self.beginnings {
            for ending in Self.endings { names.append(beginning + ending) }
        }
        unused = random.mixed(names)
    }

    /// A name that was not given before.
    mutating func next() -> String { unused.popLast() ?? "Elsewhere" }

    /// Every name that can be made.
    static var all: [String] { beginnings.flatMap { beginning in endings.map { beginning + $0 } } }
}
