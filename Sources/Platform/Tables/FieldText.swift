/// The bytes of one field, unquoted and trimmed. Sixteen bytes from `start` are readable even when it is shorter.
struct FieldText {
    let start: UnsafePointer<UInt8>
    let count: Int

    var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
    /// The text for people, at most 200 characters of it.
    var shown: String { String(Decoding.text(buffer).prefix(200)) }

    /// The text without the spaces and control characters around it.
    func trimmed() -> FieldText {
        var first = start
        var end = start + count
        while first < end, first.pointee <= Mark.space { first += 1 }
        while end > first, (end - 1).pointee <= Mark.space { end -= 1 }
        return FieldText(start: first, count: end - first)
    }
}

/// Takes the quotes off fields that have them; keeps its memory from one field to the next.
final class Unquoter {
    private var memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 64)
    private var capacity = 64

    deinit { memory.deallocate() }

    /// The text between the quotes, doubled quotes single, and anything after the closing quote as it stands.
    /// The result lasts until the next call.
    func unquoted(_ field: FieldText) -> FieldText {
        guard field.count > 0, field.start[0] == Mark.quote else { return field }
        reserve(field.count + 16)
        var length = 0
        var position = 1
        while position < field.count {
            let byte = field.start[position]
            position += 1
            if byte == Mark.quote {
                guard position < field.count, field.start[position] == Mark.quote else { break }
                position += 1
            }
            memory[length] = byte
            length += 1
        }
        while position < field.count {
            memory[length] = field.start[position]
            length += 1
            position += 1
        }
        return FieldText(start: UnsafePointer(memory), count: length)
    }

    private func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        memory.deallocate()
        capacity = wanted * 2
        memory = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        memory.initialize(repeating: 0, count: capacity)
    }
}

/// The fields of a run of rows, by row and column.
struct FieldView {
    let bytes: UnsafePointer<UInt8>
    let ends: UnsafePointer<UInt32>
    let firstEnds: UnsafePointer<UInt32>
    let starts: UnsafePointer<UInt32>
    let rowCount: Int
    let unquoter: Unquoter

    /// The field as it stands in the file. A field that a short row lacks is empty.
    @inline(__always)
    func raw(_ field: Int, ofRow row: Int) -> FieldText {
        let first = Int(firstEnds[row])
        let start = field == 0 ? Int(starts[row]) : Int(ends[first &+ field &- 1]) &+ 1
        let end = Int(ends[first &+ field])
        return FieldText(start: bytes + start, count: max(0, end &- start))
    }

    /// The field unquoted and trimmed.
    @inline(__always)
    func text(_ field: Int, ofRow row: Int) -> FieldText {
        let raw = raw(field, ofRow: row)
        guard raw.count > 0 else { return raw }
        let first = raw.start[0]
        if first > Mark.space, first != Mark.quote, raw.start[raw.count &- 1] > Mark.space { return raw }
        return cleaned(raw)
    }

    @inline(never)
    private func cleaned(_ raw: FieldText) -> FieldText { unquoter.unquoted(raw).trimmed() }
}
