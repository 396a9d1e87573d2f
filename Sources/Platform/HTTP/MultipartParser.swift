#if canImport(Glibc)
    internal import Glibc
#endif

/// Takes a form with files apart while it arrives (RFC 7578, RFC 2046 §5.1). Memory does not grow with the files.
public final class MultipartParser {
    private enum State {
        case preamble
        case afterDelimiter
        case head
        case body
        case end
    }

    private let limits: MultipartLimits
    private let delimiter: [UInt8]
    private var state = State.preamble
    // Starts with a line end, so that the first delimiter looks like all others.
    private var buffer: [UInt8] = [0x0D, 0x0A]
    private var taken = 0
    private var parts = 0
    private var part: MultipartPart?
    private var sink: FileSink?
    private var fieldValue: [UInt8] = []
    private var fields = FormFields()
    private var files: [UploadedFile] = []

    private static let headLimit = 8 << 10

    /// A parser for one body.
    /// - Parameter boundary: the parameter of the Content-Type.
    public init(boundary: String, limits: MultipartLimits) {
        self.limits = limits
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// Whether a text may be a boundary: 1 to 70 characters of RFC 2046 §5.1.1.
    public static func isBoundary(_ text: String) -> Bool {
        (1...70).contains(text.utf8.count) && text.utf8.last != 0x20
            && text.utf8.allSatisfy { isTokenByte($0) || "()/:=?, ".utf8.contains($0) }
    }

    /// Takes the next bytes, however they are cut.
    /// - Throws: a `BodyFailure`; the parser is of no more use then.
    public func feed(_ bytes: UnsafeRawBufferPointer) throws(BodyFailure) {
        taken += bytes.count
        guard taken <= limits.total else { throw tooLarge("The form", limits.total) }
        if state == .end { return }
        buffer.append(contentsOf: bytes)
        var used = 0
        while try step(&used) {}
        buffer.removeFirst(used)
    }

    /// What was in the form.
    /// - Throws: a `BodyFailure` when the last delimiter has not come.
    public func finish() throws(BodyFailure) -> (fields: FormFields, files: [UploadedFile]) {
        guard state == .end else { throw .malformed("The form ends before its last boundary.") }
        return (fields, files)
    }

    // One step forward in the buffer; false when more bytes are needed.
    private func step(_ used: inout Int) throws(BodyFailure) -> Bool {
        switch state {
        case .preamble: return try preamble(&used)
        case .afterDelimiter: return try afterDelimiter(&used)
        case .head: return try head(&used)
        case .body: return try body(&used)
        case .end:
            used = buffer.count
            return false
        }
    }

    private func preamble(_ used: inout Int) throws(BodyFailure) -> Bool {
        guard let found = find(delimiter, from: used) else {
            guard buffer.count <= MultipartParser.headLimit else {
                throw .malformed("The form does not start with its boundary.")
            }
            return false
        }
        used = found + delimiter.count
        state = .afterDelimiter
        return true
    }

    private func afterDelimiter(_ used: inout Int) throws(BodyFailure) -> Bool {
        var index = used
        while index < buffer.count, isBlank(buffer[index]), index - used < 64 { index += 1 }
        guard index + 2 <= buffer.count else { return false }
        switch (buffer[index], buffer[index + 1]) {
        case (UInt8(ascii: "-"), UInt8(ascii: "-")) where index == used: state = .end
        case (0x0D, 0x0A):
            parts += 1
            guard parts <= limits.parts else { throw .tooLarge("The form has more than \(limits.parts) parts.") }
            state = .head
        default: throw .malformed("A boundary of the form is followed by something else.")
        }
        used = index + 2
        return true
    }

    private func head(_ used: inout Int) throws(BodyFailure) -> Bool {
        guard let end = find([0x0D, 0x0A, 0x0D, 0x0A], from: used), end - used <= MultipartParser.headLimit else {
            guard buffer.count - used <= MultipartParser.headLimit else {
                throw .tooLarge("The head of a part of the form is too long.")
            }
            return false
        }
        guard let part = MultipartPart(head: buffer[used..<end]) else {
            throw .malformed("The head of a part of the form is malformed.")
        }
        self.part = part
        fieldValue.removeAll(keepingCapacity: true)
        if part.fileName != nil { sink = try FileSink(limits: limits) }
        used = end + 4
        // A part without content has its delimiter's line end in place of the head's last one.
        if find(Array(delimiter.dropFirst(2)), from: used) == used { used -= 2 }
        state = .body
        return true
    }

    private func body(_ used: inout Int) throws(BodyFailure) -> Bool {
        if let found = find(delimiter, from: used) {
            try store(used..<found)
            try endPart()
            used = found + delimiter.count
            state = .afterDelimiter
            return true
        }
        let safe = buffer.count - delimiter.count + 1
        if safe > used {
            try store(used..<safe)
            used = safe
        }
        return false
    }

    private func store(_ range: Range<Int>) throws(BodyFailure) {
        guard !range.isEmpty else { return }
        if let sink {
            try sink.write(buffer[range])
        } else {
            fieldValue.append(contentsOf: buffer[range])
            guard fieldValue.count <= limits.field else { throw tooLarge("A field of the form", limits.field) }
        }
    }

    private func endPart() throws(BodyFailure) {
        guard let part else { return }
        if let sink {
            // An empty name with no bytes: the file box was left empty.
            if part.fileName?.isEmpty == false || sink.size > 0 { files.append(try sink.finish(part)) }
        } else {
            fields.add(part.name, String(decoding: fieldValue, as: UTF8.self))
        }
        sink = nil
        self.part = nil
    }

    // The first place at or after `start` where the wanted bytes stand.
    private func find(_ wanted: [UInt8], from start: Int) -> Int? {
        buffer.withUnsafeBytes { all in
            guard let base = all.baseAddress, let first = wanted.first else { return nil }
            var index = start
            while index + wanted.count <= all.count,
                let found = memchr(base + index, Int32(first), all.count - wanted.count - index + 1)
            {
                index = UnsafeRawPointer(found) - base
                if memcmp(base + index, wanted, wanted.count) == 0 { return index }
                index += 1
            }
            return nil
        }
    }

    private func tooLarge(_ what: String, _ limit: Int) -> BodyFailure {
        .tooLarge("\(what) is larger than \(BodyFailure.inWords(limit)). Send less.")
    }
}
