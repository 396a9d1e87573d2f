import Testing

/// A drawing taken apart for tests.
struct Drawn {
    let text: String

    init(_ bytes: [UInt8]) { text = String(decoding: bytes, as: UTF8.self) }

    /// The attributes of each element of that name, in order.
    func elements(_ name: String) -> [[String: String]] {
        text.split(separator: "<").filter { $0.hasPrefix(name + " ") }.map { element in
            let inside = element.prefix { $0 != ">" }
            return Dictionary(
                inside.matches(of: /([a-zA-Z-]+)="([^"]*)"/).map { (String($0.1), String($0.2)) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// The words of each element of that name.
    func words(_ name: String) -> [String] {
        text.split(separator: "<").filter { $0.hasPrefix(name + " ") || $0.hasPrefix(name + ">") }.compactMap {
            $0.split(separator: ">", maxSplits: 1).dropFirst().first.map(String.init)
        }
    }

    /// Every coordinate in the drawing's attributes.
    var numbers: [Double] {
        text.matches(of: /(x|y|x1|x2|y1|y2|width|height|cx|cy|r)="([^"]*)"/).compactMap { Double($0.2) }
    }

    /// The bars: rectangles with a title before them.
    var bars: [(x: Double, y: Double, width: Double, height: Double)] {
        text.matches(of: /<\/title><rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/).compactMap {
            guard let x = Double($0.1), let y = Double($0.2), let width = Double($0.3), let height = Double($0.4) else {
                return nil
            }
            return (x, y, width, height)
        }
    }

    /// Whether tags close in order, ids are single, and the drawing is named.
    func check(_ comment: Comment) {
        var open: [Substring] = []
        for match in text.matches(of: /<(\/?)([a-z]+)[^>]*?(\/?)>/) {
            if match.1 == "/" {
                #expect(open.popLast() == match.2, comment)
            } else if match.3.isEmpty {
                open.append(match.2)
            }
        }
        #expect(open.isEmpty, comment)
        let ids = text.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count, comment)
        let root = elements("svg").first ?? [:]
        #expect(root["role"] == "img", comment)
        #expect(root["aria-labelledby"].map(ids.contains) == true, comment)
        #expect(root["aria-describedby"].map(ids.contains) == true, comment)
        #expect(!text.contains("<script") && !text.contains("href"), comment)
    }
}
