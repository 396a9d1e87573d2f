import Foundation
import HTML
public import HTTP

/// What a site answered.
public struct TestAnswer: Sendable {
    /// The answer.
    public let response: Response

    init(_ response: Response) { self.response = response }

    /// Its status.
    public var status: Status { response.status }

    /// Where it leads, of a redirect.
    public var location: String? { response.headers["Location"] }

    /// The bytes of an answer in memory.
    public var bytes: [UInt8] {
        if case .bytes(let bytes) = response.body { bytes } else { [] }
    }

    /// The page's text with its tags.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What is wrong with the page's HTML.
    public var problems: [String] { HtmlLint.problems(in: bytes, whole: true, policy: .application) }

    /// The value of a hidden field, as it stands in the page.
    public func hidden(_ name: String) -> String? { between("name=\"\(name)\" value=\"", "\"") }

    /// The body without the tokens of its forms, which are masked anew for each form.
    public var textWithoutTokens: String {
        text.replacing(#/(name="csrf" value=")[^"]*/#) { "\($0.output.1)TOKEN" }
    }

    /// What stands between two texts for the first time.
    public func between(_ start: String, _ end: String) -> String? {
        guard let from = text.range(of: start)?.upperBound,
            let to = text.range(of: end, range: from..<text.endIndex)?.lowerBound
        else { return nil }
        return String(text[from..<to])
    }

    /// Whether it holds that text.
    public func says(_ words: String) -> Bool { text.contains(words) }

    /// The Set-Cookie field of a cookie.
    public func cookie(_ name: String) -> String? {
        response.headers.all("Set-Cookie").first { $0.hasPrefix("\(name)=") }
    }
}
