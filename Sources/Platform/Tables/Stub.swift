public import Kernel
public enum DateOrder: Hashable, Sendable { case yearFirst, dayFirst }
public enum Clock: Hashable, Sendable { case uk, utc }
public enum ColumnKind: Hashable, Sendable { case text, identifier, integer, decimal, decimalScaled(Int), date(DateOrder), month, dateTime(DateOrder, Clock), boolean }
public enum ColumnValues: Sendable { case codes([Int32]), hashes([UInt64]), integers([Int64]), decimals([Double]), days([Int32]), months([Int32]), seconds([Int64]), booleans([Int8]) }
public struct ColumnRequest: Sendable { public let field: Int; public let kind: ColumnKind; public init(field: Int, kind: ColumnKind) { self.field = field; self.kind = kind } }
public final class TextDictionary: @unchecked Sendable { public init() {}; public var count: Int { 0 }; public func text(of code: Int32) -> String { "" }; public var texts: [String] { [] } }
public struct FieldFault: Sendable { public let row: Int; public let line: Int; public let request: Int; public let value: String; public let reason: String }
public struct Batch: Sendable { public let firstRow: Int; public let rowCount: Int; public let columns: [ColumnValues]; public let faults: [FieldFault]; public let rowHashes: [UInt64]; public func line(ofRow row: Int) -> Int { 0 } }
public struct DelimitedFile { public init(path: String, delimiter: UInt8? = nil) throws(Fault) { throw Fault("") }; public let path: String; public let header: [String]; public let delimiter: UInt8
public func read(_ requests: [ColumnRequest], dictionaries: [TextDictionary?], rowHashes: Bool, threads: Int, bytesRead progress: ((Int64, Int64) -> Void)?, onBytes: ((UnsafeRawBufferPointer) -> Void)?, body: (Batch) throws -> Void) throws {}
public func allRows(limitRows: Int) throws(Fault) -> [[String]] { [] } }
