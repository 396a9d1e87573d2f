public import HTTP
import Kernel
import Site
import Synchronization

/// A browser: it keeps the site's cookies and sends them again, and the token of the last page's forms.
public final class TestBrowser: Sendable {
    private let dispatch: Dispatch
    private let address: String
    private let jar = Mutex<[String: String]>([:])
    private let token = Mutex<String?>(nil)
    private let count = Mutex(0)

    init(_ site: TestSite, address: String) {
        dispatch = site.dispatch
        self.address = address
    }

    /// The cookies that it keeps.
    public var cookies: [String: String] { jar.withLock { $0 } }

    /// Keeps or forgets a cookie.
    public func set(_ name: String, _ value: String?) { jar.withLock { $0[name] = value } }

    /// Fetches a page: a path with its query.
    public func get(_ path: String) throws -> TestAnswer { try send(.get, path, form: nil) }

    /// Sends a form. When no form was on the last page, one is fetched first (`/account` or the sign-in page), so that
    /// there is a token.
    public func post(_ path: String, _ fields: [String: String] = [:]) throws -> TestAnswer {
        if token.withLock({ $0 }) == nil {
            if try get("/account").status != .ok { _ = try get("/sign-in") }
        }
        var fields = fields
        fields["csrf"] = token.withLock { $0 }
        return try post(path, exactly: fields)
    }

    /// Sends exactly these fields, without the token unless it is among them.
    public func post(_ path: String, exactly fields: [String: String]) throws -> TestAnswer {
        let sorted = fields.sorted { $0.key < $1.key }.map { FormFields.Field($0.key, $0.value) }
        return try post(path, form: FormFields(sorted))
    }

    /// Sends exactly these fields, for forms whose names stand more than once.
    public func post(_ path: String, form: FormFields) throws -> TestAnswer {
        try send(.post, path, form: form)
    }

    /// Sends a form with one file, as browsers send it, with the token against forged requests.
    public func post(
        _ path: String, _ fields: [String: String], file: (field: String, name: String, bytes: [UInt8])
    ) throws -> TestAnswer {
        var fields = fields
        fields["csrf"] = token.withLock { $0 }
        let boundary = "concord-test-boundary"
        var body: [UInt8] = []
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n"
            body += Array("\(head)\(value)\r\n".utf8)
        }
        let disposition = "form-data; name=\"\(file.field)\"; filename=\"\(file.name)\""
        body += Array("--\(boundary)\r\nContent-Disposition: \(disposition)\r\n\r\n".utf8)
        body += file.bytes + Array("\r\n--\(boundary)--\r\n".utf8)
        return try send(.post, path, body: body, type: "multipart/form-data; boundary=\(boundary)")
    }

    /// The token that it would send.
    public var formToken: String? { token.withLock { $0 } }

    /// Sets the token that it sends.
    func keep(token new: String) { token.withLock { $0 = new } }

    private func send(_ method: Method, _ path: String, form: FormFields?) throws -> TestAnswer {
        let head = head(method, path)
        let admission = dispatch.admit(head)
        if let refusal = admission.refusal { return TestAnswer(refusal) }
        if form != nil, case .none = admission.body { return TestAnswer(Response(.contentTooLarge)) }
        return try send(head, form.map { .form($0, files: []) } ?? .none)
    }

    /// Sends a body as its route's policy reads it.
    private func send(_ method: Method, _ path: String, body: [UInt8], type: String) throws -> TestAnswer {
        let head = head(method, path)
        let admission = dispatch.admit(head)
        if let refusal = admission.refusal { return TestAnswer(refusal) }
        if let status = admission.body.refusal(type: type, length: body.count) { return TestAnswer(Response(status)) }
        let collector = BodyCollector(admission.body, type: type)
        _ = body.withUnsafeBytes { collector.feed($0) }
        let read: RequestBody
        do throws(BodyFailure) {
            read = try collector.finish()
        } catch {
            return TestAnswer(Response(error.status))
        }
        return try send(head, read)
    }

    private func send(_ head: RequestHead, _ body: RequestBody) throws -> TestAnswer {
        let answer = TestAnswer(try dispatch.answer(Request(head: head, body: body)))
        take(answer)
        return answer
    }

    private func head(_ method: Method, _ path: String) -> RequestHead {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        var headers: Headers = ["User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"]
        let cookies = jar.withLock { $0.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } }
        if !cookies.isEmpty { headers["Cookie"] = cookies.joined(separator: "; ") }
        let number = count.withLock {
            $0 += 1
            return $0
        }
        return RequestHead(
            method: method, path: parts.first ?? "/",
            query: parts.count > 1 ? FormFields(parsing: Array(parts[1].utf8)) ?? FormFields() : FormFields(),
            headers: headers, remoteAddress: address, id: "request-\(number)")
    }

    private func take(_ answer: TestAnswer) {
        for cookie in answer.response.headers.all("Set-Cookie") {
            guard let pair = cookie.split(separator: ";").first, let equals = pair.firstIndex(of: "=") else { continue }
            let value = String(pair[pair.index(after: equals)...])
            let isRemoval = cookie.contains("Max-Age=0")
            jar.withLock { $0[String(pair[..<equals])] = isRemoval ? nil : value }
            // A token belongs to a session, so a new one is needed with the next.
            if pair[..<equals].hasSuffix("concord-session") { token.withLock { $0 = nil } }
        }
        if let found = answer.hidden("csrf") { keep(token: found) }
    }
}
