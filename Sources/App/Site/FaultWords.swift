public import Kernel

extension Fault {
    /// The fault as one line beside a form, without its place in a file.
    public var inForm: String {
        var text = why.isEmpty ? what : "\(what): \(why)"
        if let last = text.last, !".?!".contains(last) { text += "." }
        return remedy.isEmpty ? text : "\(text) \(remedy)"
    }
}
