internal import Digests
public import Kernel

#if canImport(Glibc)
    internal import Glibc
#endif

/// The few operations on files that reading and keeping records needs, with faults for people.
public enum FileSystem {
    /// The bytes of a file.
    /// - Parameter limit: refuses a larger file, in bytes.
    public static func read(_ path: String, limit: Int) throws(Fault) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("The file could not be opened", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            guard count >= 0 else { throw failure("The file could not be read", path) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: block[0..<count])
            guard bytes.count <= limit else {
                throw Fault(
                    "The file is too large", at: path, because: "more than \(limit >> 20) MB are not expected here",
                    remedy: "Check that the right file was given.")
            }
        }
    }

    /// SHA-256 of a file's bytes, in hexadecimal.
    public static func sha256(of path: String) throws(Fault) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("The file could not be opened", path) }
        defer { close(descriptor) }
        let hash = SHA256()
        var block = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            guard count >= 0 else { throw failure("The file could not be read", path) }
            if count == 0 { return hash.finish() }
            block.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[0..<count])) }
        }
    }

    /// Writes a file so that it is there whole or not at all: to a temporary name, flushed, then renamed.
    /// - Parameter isPrivate: readable by its owner only, for personal data.
    public static func write(_ bytes: [UInt8], to path: String, isPrivate: Bool = false) throws(Fault) {
        try replace(path, isPrivate: isPrivate) { (descriptor) throws(Fault) in
            try write(bytes, to: descriptor, path: path)
        }
    }

    /// Writes files that belong together: all are written to temporary names before the first takes its own, so that a
    /// full disk leaves none of them.
    public static func write(_ files: [(path: String, bytes: [UInt8])]) throws(Fault) {
        var staged: [String] = []
        do throws(Fault) {
            for file in files {
                staged.append(temporary(file.path))
                try stage(file.path, isPrivate: false) { (descriptor) throws(Fault) in
                    try write(file.bytes, to: descriptor, path: file.path)
                }
            }
            for file in files { try settle(file.path) }
        } catch {
            for path in staged { unlink(path) }
            throw error
        }
    }

    /// Copies a file, whole or not at all, readable by its owner only.
    public static func copy(_ source: String, to path: String) throws(Fault) {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw failure("The file could not be opened", source) }
        defer { close(input) }
        try replace(path, isPrivate: true) { (output) throws(Fault) in
            var block = [UInt8](repeating: 0, count: 1 << 20)
            while true {
                let count = Glibc.read(input, &block, block.count)
                guard count >= 0 else { throw failure("The file could not be read", source) }
                if count == 0 { return }
                try write(Array(block[0..<count]), to: output, path: path)
            }
        }
    }

    private static func replace(_ path: String, isPrivate: Bool, _ fill: (Int32) throws(Fault) -> Void) throws(Fault) {
        try stage(path, isPrivate: isPrivate, fill)
        try settle(path)
    }

    private static func temporary(_ path: String) -> String { "\(path).part-\(getpid())" }

    // Writes the temporary file, or leaves none.
    private static func stage(_ path: String, isPrivate: Bool, _ fill: (Int32) throws(Fault) -> Void) throws(Fault) {
        let temporary = temporary(path)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, isPrivate ? 0o600 : 0o644)
        guard descriptor >= 0 else { throw failure("The file could not be written", path) }
        do throws(Fault) {
            defer { close(descriptor) }
            try fill(descriptor)
            guard fsync(descriptor) == 0 || errno == EINVAL else {
                throw failure("The file could not be written", path)
            }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    // Gives the temporary file its name.
    private static func settle(_ path: String) throws(Fault) {
        let temporary = temporary(path)
        guard rename(temporary, path) == 0 else {
            let fault = failure("The file could not be written", path)
            unlink(temporary)
            throw fault
        }
    }

    /// Writes all bytes to an open file.
    /// - Throws: a `Fault` that names the file, when the disk is full or the file may not grow.
    public static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(Fault) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("The file could not be written", path) }
            offset += count
        }
    }

    /// Makes a folder and those above it, where absent.
    public static func makeFolder(_ path: String, isPrivate: Bool = false) throws(Fault) {
        if isFolder(path) { return }
        let parent = parent(of: path)
        if parent != path, !parent.isEmpty { try makeFolder(parent) }
        guard mkdir(path, isPrivate ? 0o700 : 0o755) == 0 || isFolder(path) else {
            throw failure("The folder could not be made", path)
        }
    }

    /// Whether there is a folder of that name.
    public static func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether there is anything of that name.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The names in a folder, sorted, without hidden ones.
    public static func names(in path: String) throws(Fault) -> [String] {
        guard let folder = opendir(path) else { throw failure("The folder could not be read", path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// The nearest folder, from a path's own upwards, in which there is a folder of that name; or nil.
    public static func folder(above path: String, holding name: String) -> String? {
        var folder = parent(of: path)
        while true {
            if isFolder("\(folder)/\(name)") { return folder }
            let above = parent(of: folder)
            guard above != folder else { return nil }
            folder = above
        }
    }

    /// The path without its last part.
    public static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last part of a path.
    public static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// A path written relative to a folder, as seen from here.
    public static func path(_ path: String, relativeTo folder: String) -> String {
        path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    /// What the operating system said of the last failed call, as a fault.
    public static func failure(_ what: String, _ path: String) -> Fault {
        let code = errno
        let why = String(cString: strerror(code))
        let remedy: String =
            switch code {
            case ENOENT: "Check the spelling of the path."
            case EACCES, EPERM: "Ask for the right to use it, or choose another place."
            case ENOSPC, EDQUOT, EFBIG:
                "Make room on the disk and run the command again; nothing was left half written."
            case EEXIST, ENOTDIR: "A file stands where a folder is needed: choose another place."
            case EISDIR: "A folder stands where a file is needed."
            default: ""
            }
        return Fault(what, at: path, because: why.prefix(1).lowercased() + why.dropFirst(), remedy: remedy)
    }
}
