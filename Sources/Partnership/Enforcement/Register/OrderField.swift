public import Governance

/// The parts of an order that are guarded and changed for themselves. The raw value is the name in the audit.
public enum OrderField: String, CaseIterable, Hashable, Sendable {
    /// Its type, who applies, where, on what basis, in which court.
    case authority
    /// Whom or what it is about.
    case subject
    /// When the person was born.
    case born
    /// How far it has come and when.
    case dates
    /// What it asks, where, and how.
    case terms
    /// Its clocks and the rules it was judged under.
    case clocks
    /// The amounts of a fixed penalty.
    case penalty
    /// The decision on publicity.
    case publicity
    /// What came before and the cases that it belongs to.
    case links
    /// Who authorised it and where the risk assessment is.
    case authorisation
    /// How equality and proportionality were weighed up, and where a step was taken without.
    case proportionality
    /// How it was served.
    case service
    /// Breaches with their evidence.
    case breaches
    /// Appeals.
    case appeals
    /// Sex and ethnic group of the subject.
    case equality
    /// Whom it protects.
    case protected

    /// The class of the field: names and terms are personal; breaches and evidence are criminal matters; whom an order
    /// protects is victim safety.
    public var fieldClass: FieldClass {
        switch self {
        case .authority, .subject, .born, .dates, .terms, .clocks, .penalty, .publicity, .links: .p1
        case .authorisation, .proportionality, .service, .breaches, .appeals, .equality: .p2
        case .protected: .p3
        }
    }
}

extension Order {
    /// The fields in which two versions differ.
    func changes(from other: Order) -> [OrderField] {
        OrderField.allCases.filter { json($0) != other.json($0) }
    }

    /// The fields that hold something.
    var filled: [OrderField] {
        let empty = Order(type, subject: subject, name: "", applicant: applicant, maker: maker)
        return OrderField.allCases.filter { $0 == .authority || $0 == .subject || json($0) != empty.json($0) }
    }
}
