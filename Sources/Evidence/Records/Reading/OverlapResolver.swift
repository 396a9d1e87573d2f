internal import Kernel

/// Decides which file's records count where several files hold the same source, reporter and month.
enum OverlapResolver {
    private struct Key: Hashable {
        let reporter: Int32
        let month: Int32
    }

    private struct Content {
        var digest: UInt64 = 0
        var count = 0
    }

    /// Fills in what each file holds, and keeps of overlapping parts those that count.
    static func resolve(_ table: inout RecordTable, files: [RecordReader.File], in set: inout RecordSet) throws(Fault) {
        let reporters = table.reporter.isEmpty ? table.borough : table.reporter
        let names = table.reporter.isEmpty ? table.boroughs : table.reporters
        let contents = contents(of: table, reporters: reporters)
        var owners: [Key: [Int32]] = [:]
        var replaced = Set<Owned>()
        var restated: [(file: Int32, key: Key)] = []
        var repeated: [Int32: Int] = [:]
        for file in contents.keys.sorted() {
            for (key, content) in inOrder(contents[file] ?? [:]) {
                set.files[Int(file)].parts.append(part(table, names, key, content))
                let earlier = owners[key] ?? []
                if earlier.contains(where: { contents[$0]?[key]?.digest == content.digest }) {
                    replaced.insert(Owned(file: file, key: key))
                    repeated[file, default: 0] += 1
                    continue
                }
                if !earlier.isEmpty {
                    switch files[Int(file)].overlap {
                    case .refuse:
                        throw refusal(table, files, earlier: earlier[0], later: file, key: key, contents, names)
                    case .restate:
                        for owner in earlier { replaced.insert(Owned(file: owner, key: key)) }
                        owners[key] = []
                        restated.append((file, key))
                    case .add: break
                    }
                }
                owners[key, default: []].append(file)
            }
            set.files[Int(file)].parts.sort { ($0.source, $0.month, $0.reporter) < ($1.source, $1.month, $1.reporter) }
        }
        for (key, files) in owners {
            for file in files {
                guard let content = contents[file]?[key] else { continue }
                set.inForce.insert(part(table, names, key, content))
            }
        }
        for (file, parts) in repeated.sorted(by: { $0.key < $1.key }) {
            set.notes.append(
                "\(files[Int(file)].name): \(parts) month(s) of \(table.source.title) were already there with the same "
                    + "content and are counted once.")
        }
        guard !replaced.isEmpty else { return }
        let months = Set(restated.map(\.key.month)).sorted().map { Month(index: $0).description }
        if !months.isEmpty {
            set.notes.append(
                "\(table.source.title): restated months, of which the later file counts: "
                    + months.joined(separator: ", ") + ".")
        }
        table.filter(
            table.file.indices.map { row in
                let reporter = reporters[safe: row] ?? -1
                return !replaced.contains(
                    Owned(file: table.file[row], key: Key(reporter: reporter, month: table.month[row])))
            })
    }

    private static func part(_ table: RecordTable, _ names: [String], _ key: Key, _ content: Content) -> RecordFile.Part
    {
        RecordFile.Part(
            source: table.source.id, reporter: names[safe: Int(key.reporter)] ?? "", month: Month(index: key.month),
            digest: content.digest, count: content.count)
    }

    // By month, then as the file names them, so that the first difference said is the same in every run.
    private static func inOrder(_ contents: [Key: Content]) -> [(key: Key, value: Content)] {
        contents.sorted { ($0.key.month, $0.key.reporter) < ($1.key.month, $1.key.reporter) }
    }

    private struct Owned: Hashable {
        let file: Int32
        let key: Key
    }

    private static func contents(of table: RecordTable, reporters: [Int32]) -> [Int32: [Key: Content]] {
        let digest = ContentDigest(table)
        var contents: [Int32: [Key: Content]] = [:]
        for row in table.file.indices {
            let key = Key(reporter: reporters[safe: row] ?? -1, month: table.month[row])
            let hash = digest.row(row)
            contents[table.file[row], default: [:]][key, default: Content()].digest &+= hash
            contents[table.file[row], default: [:]][key, default: Content()].count += Int(table.count[row])
        }
        return contents
    }

    private static func refusal(
        _ table: RecordTable, _ files: [RecordReader.File], earlier: Int32, later: Int32, key: Key,
        _ contents: [Int32: [Key: Content]], _ names: [String]
    ) -> Fault {
        let reporter = names[safe: Int(key.reporter)].map { " of \($0)" } ?? ""
        let old = contents[earlier]?[key]?.count ?? 0
        let new = contents[later]?[key]?.count ?? 0
        return Fault(
            "Two files hold different records of the same month",
            at: "\(files[Int(earlier)].name) and \(files[Int(later)].name)",
            because: "\(table.source.title)\(reporter) in \(Month(index: key.month)): \(old) incidents in the first, "
                + "\(new) in the second",
            remedy: "Use --restate if the later file replaces the earlier one, or --add if they complete each other.")
    }
}
