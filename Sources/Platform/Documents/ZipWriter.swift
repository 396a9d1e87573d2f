internal import CZlib
public import Kernel

/// Writes a ZIP archive piece by piece (APPNOTE 6.3.10): each file's bytes come out as it is added, so that an archive of
/// many files never lies in memory whole. Names are UTF-8. At most 65,535 files and 4 GiB.
public struct ZipWriter: Sendable {
    private struct Entry {
        let name: [UInt8]
        let check: UInt32
        let packed: Int
        let size: Int
        let isPacked: Bool
        let place: Int
    }

    private let date: Int
    private let time: Int
    private var entries: [Entry] = []
    private var place = 0

    /// An archive whose files all have this time, as clocks in the United Kingdom show it.
    public init(at now: Instant) {
        let second = Int(UKTime.wallClock(atUTC: now.seconds) - Int64(now.ukDate.day) * 86_400)
        let day = now.ukDate.civil
        time = (second / 3600) << 11 | (second / 60 % 60) << 5 | second % 60 / 2
        date = max(0, day.year - 1980) << 9 | day.month << 5 | day.day
    }

    /// Adds a file.
    /// - Parameters:
    ///   - name: with `/` between folders; it must be new.
    ///   - bytes: all of it. It is packed when that makes it smaller.
    /// - Returns: the bytes of the archive that come next.
    /// - Throws: a `Fault` when the archive would grow beyond what the format holds.
    public mutating func add(_ name: String, _ bytes: [UInt8]) throws(Fault) -> [UInt8] {
        let packed = ZipWriter.packed(bytes)
        let content = packed ?? bytes
        let name = Array(name.utf8)
        guard entries.count < 0xFFFF, name.count <= 0xFFFF, place + content.count + name.count + 30 < 0xFFFF_FFFF,
            !entries.contains(where: { $0.name == name })
        else {
            throw Fault(
                "The archive could not be written", because: "it is too large, or two files in it have one name",
                remedy: "Choose fewer files, and export the others by themselves.")
        }
        let check = UInt32(truncatingIfNeeded: bytes.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) })
        let entry = Entry(
            name: name, check: check, packed: content.count, size: bytes.count, isPacked: packed != nil, place: place)
        entries.append(entry)
        let head = ZipWriter.little(0x0403_4B50, 4) + shared(entry) + ZipWriter.little(0, 2) + name
        place += head.count + content.count
        return head + content
    }

    /// The end of the archive: the list of its files.
    public func end() -> [UInt8] {
        var list: [UInt8] = []
        for entry in entries {
            list += ZipWriter.little(0x0201_4B50, 4) + ZipWriter.little(20, 2) + shared(entry)
            // No extra fields, no comment, the first disk, no attributes.
            list += ZipWriter.little(0, 2) + ZipWriter.little(0, 2) + ZipWriter.little(0, 2) + ZipWriter.little(0, 2)
            list += ZipWriter.little(0, 4) + ZipWriter.little(entry.place, 4) + entry.name
        }
        let count = ZipWriter.little(entries.count, 2)
        return list + ZipWriter.little(0x0605_4B50, 4) + ZipWriter.little(0, 4) + count + count
            + ZipWriter.little(list.count, 4) + ZipWriter.little(place, 4) + ZipWriter.little(0, 2)
    }

    /// What stands alike before a file and in the list: version, flags, method, time, sizes and the name's length.
    private func shared(_ entry: Entry) -> [UInt8] {
        let utf8 = 0x0800
        let method = entry.isPacked ? 8 : 0
        let start = ZipWriter.little(20, 2) + ZipWriter.little(utf8, 2) + ZipWriter.little(method, 2)
        let sizes = ZipWriter.little(entry.packed, 4) + ZipWriter.little(entry.size, 4)
        return start + ZipWriter.little(time, 2) + ZipWriter.little(date, 2)
            + ZipWriter.little(Int(entry.check), 4) + sizes + ZipWriter.little(entry.name.count, 2)
    }

    private static func little(_ number: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    /// The bytes deflated (RFC 1951); nil when that would not make them smaller.
    private static func packed(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count < Int(UInt32.max) else { return nil }
        var stream = z_stream()
        // -15: a window of 32 kB, without head and end.
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
            return nil
        }
        defer { deflateEnd(&stream) }
        var source = bytes
        let room = bytes.count
        let out = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            source.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(room)
                count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? room - Int(stream.avail_out) : 0
            }
        }
        return out.isEmpty ? nil : out
    }
}
