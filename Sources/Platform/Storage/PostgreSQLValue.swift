internal import CPostgreSQL
internal import Kernel

/// Values as PostgreSQL takes and gives them, in its text format.
enum PostgreSQLValue {
    // Object identifiers of pg_type.dat.
    private static let bool: Oid = 16
    private static let bytea: Oid = 17
    private static let int8: Oid = 20
    private static let int2: Oid = 21
    private static let int4: Oid = 23
    private static let text: Oid = 25
    private static let float4: Oid = 700
    private static let float8: Oid = 701
    private static let numeric: Oid = 1700

    /// The type that a value is bound as; 0 lets PostgreSQL find it.
    static func kind(_ value: SQLValue) -> Oid {
        switch value {
        case .null: 0
        case .integer: int8
        case .real: float8
        case .text: text
        case .blob: bytea
        }
    }

    /// The value as a C string, nil for NULL.
    static func text(_ value: SQLValue) throws -> [CChar]? {
        switch value {
        case .null: return nil
        case .integer(let number): return Array(String(number).utf8CString)
        case .real(let number):
            guard !number.isNaN else { throw StorageError.notANumber }
            return Array(number.description.utf8CString)
        case .text(let text):
            guard !text.utf8.contains(0) else { throw StorageError.holdsNUL }
            return Array(text.utf8CString)
        case .blob(let bytes):
            var out: [CChar] = [0x5C, 0x78]
            out.reserveCapacity(bytes.count * 2 + 3)
            for byte in bytes {
                out.append(hex(byte >> 4))
                out.append(hex(byte & 15))
            }
            out.append(0)
            return out
        }
    }

    private static func hex(_ nibble: UInt8) -> CChar { CChar(nibble < 10 ? 0x30 + nibble : 0x57 + nibble) }

    /// The value of a field of a result.
    static func value(_ bytes: UnsafeBufferPointer<UInt8>, kind: Oid) -> SQLValue {
        switch kind {
        case int8, int4, int2: return Int64(string(bytes)).map { .integer($0) } ?? .null
        case float8, float4: return Double(string(bytes)).map { .real($0) } ?? .null
        case numeric:
            let text = string(bytes)
            return Int64(text).map { .integer($0) } ?? Double(text).map { .real($0) } ?? .text(text)
        case bool: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        case bytea: return .blob(unhex(bytes.dropFirst(2)))
        default: return .text(string(bytes))
        }
    }

    private static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func unhex(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
        func nibble(_ digit: UInt8) -> UInt8 { digit < 0x3A ? digit &- 0x30 : digit &- 0x57 }
        var out: [UInt8] = []
        out.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            if let first = high {
                out.append(first << 4 | nibble(digit))
                high = nil
            } else {
                high = nibble(digit)
            }
        }
        return out
    }

    /// The text with `$1`, `$2` … for each `?` outside quotes and comments (`--` to the end of the line).
    static func numbered(_ text: String) -> String {
        var out: [UInt8] = []
        var quote: UInt8?
        var count = 0
        for byte in text.utf8 {
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == 0x27 || byte == 0x22 {
                quote = byte
            } else if byte == 0x2D, out.last == 0x2D {
                quote = 0x0A
            } else if byte == 0x3F {
                count += 1
                out.append(0x24)
                out.append(contentsOf: String(count).utf8)
                continue
            }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// A result that is given back to libpq when it is no longer used.
final class PostgreSQLResult {
    private let result: OpaquePointer

    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    var count: Int { Int(PQntuples(result)) }

    /// The first word of the command tag.
    var command: String {
        PQcmdStatus(result).map { String(cString: $0) }?.split(separator: " ").first.map(String.init) ?? ""
    }

    var changed: Int { PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }

    var columns: Row.Columns {
        Row.Columns((0..<PQnfields(result)).map { PQfname(result, $0).map { String(cString: $0) } ?? "" })
    }

    func row(_ index: Int, _ columns: Row.Columns) -> Row {
        let values = (0..<Int32(columns.names.count)).map { column -> SQLValue in
            guard PQgetisnull(result, Int32(index), column) == 0, let text = PQgetvalue(result, Int32(index), column)
            else { return .null }
            let length = Int(PQgetlength(result, Int32(index), column))
            return text.withMemoryRebound(to: UInt8.self, capacity: length) {
                PostgreSQLValue.value(UnsafeBufferPointer(start: $0, count: length), kind: PQftype(result, column))
            }
        }
        return Row(columns: columns, values: values)
    }
}

/// Rows in the text format of COPY (PostgreSQL documentation, COPY, "Text Format").
enum CopyText {
    static func write(_ row: [SQLValue], to out: inout [UInt8]) throws {
        for (position, value) in row.enumerated() {
            if position > 0 { out.append(0x09) }
            switch value {
            case .null: out.append(contentsOf: "\\N".utf8)
            case .integer(let number): out.append(contentsOf: String(number).utf8)
            case .real(let number):
                guard !number.isNaN else { throw StorageError.notANumber }
                out.append(contentsOf: number.description.utf8)
            case .text(let text): try escape(text.utf8, to: &out)
            case .blob(let bytes):
                out.append(contentsOf: "\\\\x".utf8)
                let hex = Array("0123456789abcdef".utf8)
                for byte in bytes {
                    out.append(hex[Int(byte >> 4)])
                    out.append(hex[Int(byte & 15)])
                }
            }
        }
        out.append(0x0A)
    }

    private static func escape(_ text: String.UTF8View, to out: inout [UInt8]) throws {
        for byte in text {
            switch byte {
            case 0x00: throw StorageError.holdsNUL
            case 0x09: out.append(contentsOf: "\\t".utf8)
            case 0x0A: out.append(contentsOf: "\\n".utf8)
            case 0x0D: out.append(contentsOf: "\\r".utf8)
            case 0x5C: out.append(contentsOf: "\\\\".utf8)
            default: out.append(byte)
            }
        }
    }
}
