/// What went wrong, said for the person who must put it right: what, where, why, and what to do.
///
/// Every failure that a user can cause or mend is a `Fault`; it never holds personal data.
public struct Fault: Error, Hashable, Sendable {
    /// What failed, in a few words ("The boundaries could not be read").
    public let what: String
    /// Where: a file, with line or column or the path inside a JSON file. Empty when there is no place.
    public let place: String
    /// Why it failed.
    public let why: String
    /// What the reader can do about it. Empty when nothing is known to help.
    public let remedy: String

    /// A fault with its place, cause and remedy.
    public init(_ what: String, at place: String = "", because why: String = "", remedy: String = "") {
        self.what = what
        self.place = place
        self.why = why
        self.remedy = remedy
    }
}

extension Fault: CustomStringConvertible {
    /// One message: `what: place: why. remedy.`
    public var description: String {
        var text: String = what
        if !place.isEmpty { text += " (\(place))" }
        if !why.isEmpty { text += ": \(why)" }
        if let last = text.last, !".!?".contains(last) { text += "." }
        if !remedy.isEmpty { text += " \(remedy)" }
        return text
    }
}
