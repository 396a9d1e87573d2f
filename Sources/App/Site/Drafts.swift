internal import Governance

extension Visit {
    /// Whether drafts of assessments exist for this visitor: for those who make assessments and those who publish them.
    public var seesDrafts: Bool { may(.run, "assessment") || may(.publish, "assessment") }
}
