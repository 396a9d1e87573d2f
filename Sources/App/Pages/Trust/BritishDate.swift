internal import Kernel

/// Days as people in the United Kingdom type them.
enum BritishDate {
    /// The day of `27/3/2026`, `27-3-2026`, `27 3 2026`, `27 March 2026` or `27 Mar 2026`; nil when the text is none of
    /// these or there is no such day.
    static func day(_ text: String) -> LocalDate? {
        let parts = text.split { " /-.".contains($0) }.map(String.init)
        guard parts.count == 3, parts[2].utf8.count == 4, let day = number(parts[0]), let year = number(parts[2])
        else { return nil }
        guard let month = number(parts[1]) ?? month(parts[1]) else { return nil }
        return LocalDate(year: year, month: month, day: day)
    }

    /// The day as `27/3/2026`.
    static func text(_ day: LocalDate) -> String {
        let (year, month, day) = day.civil
        return "\(day)/\(month)/\(year)"
    }

    private static func number(_ text: String) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } && text.utf8.count <= 4 ? Int(text) : nil
    }

    private static func month(_ text: String) -> Int? {
        let word = text.lowercased()
        guard word.count >= 3 else { return nil }
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        return names.firstIndex { $0.hasPrefix(word) }.map { $0 + 1 }
    }
}
