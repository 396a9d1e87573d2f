internal import Kernel
internal import Secrets

/// What is kept of a person. A field that is nil is not known, or not for the reader: the two look the same.
public struct PersonDetails: Hashable, Sendable {
    /// The name used with the family's: one or more.
    public var givenName: String?
    /// The family's name.
    public var familyName: String?
    /// Other names that they are known by, one to a line.
    public var otherNames: String?
    /// When they were born.
    public var birth: Birth?
    /// How to speak of them.
    public var pronouns: String?
    /// What they need to be understood and to understand: language, interpreter, hearing, reading.
    public var needs: String?
    /// How and when to reach them without putting them at risk.
    public var safeContact: String?
    /// A telephone number.
    public var phone: String?
    /// An e-mail address.
    public var email: String?
    /// Where they live, one line of the address to a line.
    public var address: String?

    /// A person of whom nothing is known yet.
    public init() {}

    /// The name as lists show it.
    public var name: String {
        [givenName, familyName].compactMap { $0 }.joined(separator: " ")
    }

    /// Other names, each for itself.
    public var otherNameList: [String] {
        otherNames?.split(whereSeparator: \.isNewline).map(String.init) ?? []
    }

    /// A field as text, or nil.
    public subscript(_ field: PersonField) -> String? {
        get { field == .birth ? birth?.text : self[keyPath: PersonDetails.path(field)] }
        set {
            let text = newValue.flatMap { PersonDetails.clean($0, isLong: field.isLong) }
            if field == .birth {
                birth = text.flatMap { Birth($0) }
            } else {
                self[keyPath: PersonDetails.path(field)] = text.map { String($0.prefix(field.longest)) }
            }
        }
    }

    /// The fields that hold something.
    public var filled: [PersonField] { PersonField.allCases.filter { self[$0] != nil } }

    /// These fields only.
    public func only(_ fields: Set<PersonField>) -> PersonDetails {
        var details = PersonDetails()
        for field in fields { details[field] = self[field] }
        return details
    }

    /// BLAKE2b-256 of all fields in their order, for the audit.
    var digest: [UInt8] {
        Hash.blake2b(Array(JSON.array(PersonField.allCases.map { self[$0].map(JSON.string) ?? .null }).encoded()))
    }

    // The birth is text only in tables; its path is never asked for.
    private static func path(_ field: PersonField) -> WritableKeyPath<PersonDetails, String?> {
        switch field {
        case .givenName: \.givenName
        case .familyName, .birth: \.familyName
        case .otherNames: \.otherNames
        case .pronouns: \.pronouns
        case .needs: \.needs
        case .safeContact: \.safeContact
        case .phone: \.phone
        case .email: \.email
        case .address: \.address
        }
    }

    /// Single blanks, no control characters; lines only where the field has them. Nil when nothing is left.
    private static func clean(_ text: String, isLong: Bool) -> String? {
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            line.split { $0.isWhitespace || $0.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control } }
                .joined(separator: " ")
        }.filter { !$0.isEmpty }
        return lines.isEmpty ? nil : lines.joined(separator: isLong ? "\n" : " ")
    }
}

extension PersonField {
    /// Whether it may have several lines.
    public var isLong: Bool { [.otherNames, .needs, .safeContact, .address].contains(self) }
    /// The most characters of it that are kept.
    public var longest: Int { isLong ? 2000 : 200 }
}

/// What is wrong with what was entered of a person.
public enum PersonProblem: Hashable, Sendable {
    /// Neither a given nor a family name.
    case nameMissing
    /// A telephone number of fewer than 7 or more than 15 digits, or with other signs.
    case phone
    /// No e-mail address.
    case email
    /// A birth in the future or before 1890.
    case birth
    /// An address that would be guarded less than its kind asks.
    case leastSecrecy
}

extension PersonDetails {
    /// What is wrong, in the order of the fields.
    /// - Parameter year: the present year.
    public func problems(in year: Int) -> [PersonProblem] {
        var problems: [PersonProblem] = []
        if name.isEmpty { problems.append(.nameMissing) }
        if let birth, !(Birth.firstYear...year).contains(birth.year) { problems.append(.birth) }
        if let phone, !PersonDetails.isPhone(phone) { problems.append(.phone) }
        if let email, !PersonDetails.isEmail(email) { problems.append(.email) }
        return problems
    }

    static func isPhone(_ text: String) -> Bool {
        let digits = text.filter { ("0"..."9").contains($0) }.count
        return (7...15).contains(digits) && text.allSatisfy { ("0"..."9").contains($0) || "+-() .".contains($0) }
    }

    static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !text.contains(where: \.isWhitespace) else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
    }
}
