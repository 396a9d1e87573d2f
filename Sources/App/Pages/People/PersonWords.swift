internal import Governance
internal import People

extension PersonField {
    /// What pages call it.
    var label: String {
        switch self {
        case .givenName: "Given name"
        case .familyName: "Family name"
        case .otherNames: "Other names known by"
        case .birth: "Date of birth"
        case .pronouns: "Pronouns"
        case .needs: "Communication needs"
        case .safeContact: "Safe contact"
        case .phone: "Telephone number"
        case .email: "Email address"
        case .address: "Address"
        }
    }

    /// What helps to fill it in, or nil.
    var hint: String? {
        switch self {
        case .otherNames: "Former names, aliases and nicknames, each on its own line"
        case .pronouns: "For example, she/her. Leave it empty if they have not said."
        case .needs: "Language, interpreter, hearing, sight, reading: what they need to understand and be understood"
        case .safeContact: "When and how it is safe to reach them, and what to say if someone else answers"
        case .phone: "For example, 01632 960 001 or 07700 900 982"
        case .address: "Each part on its own line, with the postcode last"
        case .givenName, .familyName, .birth, .email: nil
        }
    }
}

extension AddressSecrecy {
    /// What pages call it.
    var words: String {
        switch self {
        case .ordinary: "As other contact details"
        case .safety: "Keep it for those who keep the person safe"
        case .sealed: "Seal it: only people to whom a panel’s chair granted it"
        }
    }
}

extension SubjectSide {
    /// Whose record it is.
    var ofPerson: String {
        switch self {
        case .victim: "A victim, or someone at risk"
        case .perpetrator: "Someone who harms"
        case .child: "A child"
        }
    }
}

extension PersonProblem {
    /// The field it concerns, and what to do.
    var message: (field: PersonField, text: String) {
        switch self {
        case .nameMissing: (.familyName, "Enter a given name or a family name")
        case .phone: (.phone, "Enter a telephone number, like 01632 960 001")
        case .email: (.email, "Enter an email address in the correct format, like name@example.com")
        case .leastSecrecy:
            (.address, "Where a refuge is, or where someone learns, stays with those who keep the person safe")
        case .birth: (.birth, "Date of birth must be in the past, and in \(Birth.firstYear) or later")
        }
    }
}
