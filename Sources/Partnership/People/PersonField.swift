public import Governance

/// What is kept of a person. The raw value is the name in forms and in the audit.
public enum PersonField: String, CaseIterable, Hashable, Sendable {
    case givenName = "given-name"
    case familyName = "family-name"
    case otherNames = "other-names"
    case birth
    case pronouns
    case needs
    case safeContact = "safe-contact"
    case phone
    case email
    case address

    /// The class of the field (casework.md §4.2).
    ///
    /// Names and birth are personal. Pronouns and needs tell of health, language or gender: special categories. How and
    /// where to reach a person is victim safety, unless the record is that of someone who harms; a record whose side
    /// nobody set counts as a victim's, as in `Access`. The address may be guarded further.
    public func fieldClass(side: SubjectSide?, secrecy: AddressSecrecy) -> FieldClass {
        switch self {
        case .givenName, .familyName, .otherNames, .birth: return .p1
        case .pronouns, .needs: return .p2
        case .safeContact, .phone, .email: return PersonField.contactClass(side)
        case .address:
            switch secrecy {
            case .ordinary: return PersonField.contactClass(side)
            case .safety: return .p3
            case .sealed: return .p4
            }
        }
    }

    static func contactClass(_ side: SubjectSide?) -> FieldClass { side == .perpetrator ? .p2 : .p3 }
}

/// How far an address is guarded beyond what the person's side asks for.
public enum AddressSecrecy: String, CaseIterable, Sendable {
    /// As the telephone number.
    case ordinary
    /// As victim safety, whosever record it is.
    case safety
    /// Only for those to whom a panel's chair granted it.
    case sealed
}
