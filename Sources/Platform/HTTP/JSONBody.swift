public import Kernel

/// Reading JSON that a stranger sent.
public enum JSONBody {
    /// Reads JSON within limits.
    /// - Throws: a `Fault` that says what is wrong and where, without the text itself.
    public static func parse(_ bytes: [UInt8], limits: JSONLimits) throws(Fault) -> JSON {
        guard bytes.count <= limits.bytes else {
            throw Fault("The JSON is too large", because: "more than \(limits.bytes) bytes are not taken here")
        }
        try check(bytes, limits)
        do throws(Fault) {
            return try JSON(parsing: bytes, from: "request body")
        } catch {
            throw Fault(
                error.what, at: error.place, because: error.why, remedy: "Correct the request and send it again.")
        }
    }

    // Counts brackets and commas outside texts, so that the reader never sees what it would be slow or deep for.
    private static func check(_ bytes: [UInt8], _ limits: JSONLimits) throws(Fault) {
        var open: [Container] = []
        var isInText = false
        var isEscaped = false
        for byte in bytes {
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append(Container(isObject: byte == UInt8(ascii: "{")))
                guard open.count <= limits.depth else {
                    throw Fault("The JSON is nested too deeply", because: "\(limits.depth) levels are taken here")
                }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
            case UInt8(ascii: ","):
                guard let last = open.indices.last else { continue }
                open[last].commas += 1
                guard !open[last].isObject || open[last].commas < limits.members else {
                    throw Fault(
                        "An object in the JSON has too many members", because: "\(limits.members) are taken here")
                }
            default: continue
            }
        }
    }

    private struct Container {
        let isObject: Bool
        var commas = 0
    }
}
