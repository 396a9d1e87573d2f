public import Governance

extension RecordClass {
    /// What pages call it.
    public var words: String {
        switch self {
        case .normal: "Ordinary"
        case .restricted: "Restricted"
        case .protected: "Protected"
        case .sealed: "Sealed"
        }
    }

    /// What it means.
    public var meaning: String {
        switch self {
        case .normal: "Open to people of the agency that holds it, by their roles, and to those with whom it is shared"
        case .restricted: "Open to the owner and to the people named on it. It does not exist for others."
        case .protected:
            "Open to the owner, the team and those with an action. Others open it with a reason, for three hours."
        case .sealed: "Open only to people to whom it was granted. Nobody else can know that it exists."
        }
    }
}

extension BrokenGlass.Category {
    /// Why a record is opened.
    public var words: String {
        switch self {
        case .riskToLife: "Risk to life"
        case .childSafeguarding: "Safeguarding a child"
        case .adultSafeguarding: "Safeguarding an adult"
        case .court: "A court asks"
        case .missingPerson: "A missing person"
        case .other: "Another reason"
        }
    }
}
