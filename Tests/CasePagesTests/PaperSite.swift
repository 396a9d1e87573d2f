import Configuration
import Documents
import Files
import Governance
import HTTP
import HomePages
import Kernel
import PeoplePages
import Site
import Storage
import TestSite

@testable import CasePages

/// A site whose cases take files, with a case of a victim, and someone who is said to harm.
final class PaperSite {
    let site: TestSite
    let officer: TestAccount
    let supervisor: TestAccount
    let police: TestAccount
    let folder: String
    /// The case's path.
    let path: String

    /// - Parameter scanner: the program against malware.
    init(_ engine: Engine = .sqlite, scanner: [String]? = nil, megabytes: Int = 1) throws {
        var random = SystemRandomNumberGenerator()
        let folder = "/tmp/concord-uploads-\(random.next())"
        try FileSystem.makeFolder(folder, isPrivate: true)
        self.folder = folder
        let routes =
            CaseRoutes.routes + CaseRoutes.uploads(in: folder, largest: megabytes << 20) + HomeRoutes.routes
            + PeopleRoutes.routes
        site = try TestSite(engine, routes: routes) { configuration in
            configuration.attachments.scanner = scanner
            configuration.attachments.largestMegabytes = megabytes
        }
        officer = try site.account(roles: ["case-officer"], teams: ["asb-team"], name: "Orla Officer", side: .victim)
        supervisor = try site.account(roles: ["supervisor"], teams: ["asb-team"], name: "Sue Super", side: .victim)
        police = try site.account(roles: ["case-officer"], agency: "police", name: "Pol Ice", side: .victim)
        let answer = try site.post("/cases/new/asb", CaseSite.opening, as: officer)
        guard let path = answer.location else { throw Fault("The case was not opened", because: answer.text) }
        self.path = path
    }

    deinit { _ = try? ChildProcess("rm", ["-rf", folder], seconds: 10).run([]) }

    /// Gives the victim an address and how it is guarded, as their record has it.
    func victim(_ address: String, secrecy: String = "ordinary", phone: String = "07700 900123") throws {
        try site.site.database.write {
            _ = try $0.run(
                """
                INSERT INTO person_addresses
                    (id, person, kind, lines, secrecy, takes_letters, version, changed_at, changed_by)
                SELECT id, id, 'home', \(address), \(secrecy), 1, 1, changed_at, changed_by
                FROM people WHERE family_name = 'O’Brien'
                """)
            _ = try $0.run(
                "UPDATE people SET address = \(address), address_secrecy = \(secrecy), phone = \(phone) WHERE family_name = 'O’Brien'"
            )
        }
    }

    /// Adds someone who is said to harm, by the page; gives their part.
    func addHarmer() throws {
        let answer = try site.post(
            "\(path)/people",
            ["role": "alleged-perpetrator", "party-someone-given": "Tom", "party-someone-family": "Field"], as: officer)
        guard answer.location != nil else { throw Fault("Nobody was added", because: answer.text) }
    }

    func party(_ role: String) throws -> String {
        let row = try site.site.database.read { try $0.first("SELECT id FROM case_parties WHERE role = \(role)") }
        guard let id: String = try row?.get("id") else { throw Fault("There is no such part") }
        return id
    }

    static let words = [
        "description": "Shouting, from the window", "class": "P2", "evidence": "fact",
        "source": "The victim, by e-mail",
    ]

    /// Sends a file as a browser does: the body passes the server's own collector.
    func upload(
        _ name: String, _ bytes: [UInt8], _ fields: [String: String] = PaperSite.words, as account: TestAccount? = nil,
        to path: String? = nil
    ) throws -> Response {
        let account = account ?? officer
        if account.browser.formToken == nil { _ = try site.get("/cases", as: account) }
        var fields = fields
        fields["csrf"] = account.browser.formToken
        var body: [UInt8] = []
        for (field, value) in fields.sorted(by: { $0.key < $1.key }) {
            body += Array("--xyz\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array("--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n".utf8)
        body += Array("Content-Type: application/octet-stream\r\n\r\n".utf8) + bytes + Array("\r\n--xyz--\r\n".utf8)
        let type = "multipart/form-data; boundary=xyz"
        let cookies = account.browser.cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let head = RequestHead(
            method: .post, path: (path ?? self.path) + "/attachments",
            headers: [
                "User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0",
                "Cookie": cookies.joined(separator: "; "), "Content-Type": type,
            ], remoteAddress: "192.0.2.9", id: "upload")
        let admission = site.dispatch.admit(head)
        if let status = admission.body.refusal(type: type, length: body.count) { return Response(status) }
        let collector = BodyCollector(admission.body, type: type)
        for start in stride(from: 0, to: body.count, by: 10_000) {
            body[start..<min(start + 10_000, body.count)].withUnsafeBytes { _ = collector.feed($0) }
        }
        let sent: RequestBody
        do throws(BodyFailure) {
            sent = try collector.finish()
        } catch {
            return Response(error.status)
        }
        return try site.dispatch.answer(Request(head: head, body: sent))
    }
}

extension Response {
    /// Where it leads.
    var location: String? { headers["Location"] }

    /// All bytes of its body, also of one that is made while it is sent.
    func drained() throws -> [UInt8] {
        switch body {
        case .bytes(let bytes): return bytes
        case .stream(let next):
            var all: [UInt8] = []
            while let more = try next() { all += more }
            return all
        case .file, .events: return []
        }
    }

    /// The body as text.
    var words: String { (try? String(decoding: drained(), as: UTF8.self)) ?? "" }
}
