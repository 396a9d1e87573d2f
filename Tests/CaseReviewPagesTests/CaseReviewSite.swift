import CasePages
import Governance
import HTTP
import HomePages
import Kernel
import PeoplePages
import Storage
import TestSite

@testable import CaseReviewPages

/// A site with the people who work on case reviews.
struct CaseReviewSite {
    let site: TestSite
    let officer: TestAccount
    let supervisor: TestAccount
    let police: TestAccount

    init(_ engine: Engine = .sqlite) throws {
        site = try TestSite(
            engine,
            routes: CaseReviewRoutes.routes + CaseRoutes.routes + HomeRoutes.routes + PeopleRoutes.routes)
        officer = try site.account(roles: ["case-officer"], teams: ["asb-team"], name: "Orla Officer", side: .victim)
        supervisor = try site.account(roles: ["supervisor"], teams: ["asb-team"], name: "Sue Super", side: .victim)
        police = try site.account(roles: ["case-officer"], agency: "police", name: "Pol Ice", side: .victim)
    }

    static let application = [
        "heading": "Noise at Elm House", "party-victim-given": "Zoë", "party-victim-family": "O’Brien",
        "application-happened-on-day": "1", "application-happened-on-month": "6",
        "application-happened-on-year": "2026", "application-by": "victim", "application-consent": "yes",
        "application-what": "Nobody came after four reports", "application-came-by": "phone",
    ]

    /// Takes an application by the form, and gives its path.
    func apply(_ changes: [String: String] = [:], as account: TestAccount? = nil) throws -> String {
        let fields = CaseReviewSite.application.merging(changes) { $1 }
        let answer = try post("/case-reviews/new", fields, account)
        guard let path = answer.location else { throw Fault("The application was not taken", because: answer.text) }
        return path
    }

    func get(_ path: String, _ account: TestAccount? = nil) throws -> TestAnswer {
        try site.get(path, as: account ?? officer)
    }

    func post(_ path: String, _ fields: [String: String], _ account: TestAccount? = nil) throws -> TestAnswer {
        try site.post(path, fields, as: account ?? officer)
    }

    /// The three boxes of a day such as 2026-05-01.
    static func day(_ name: String, _ text: String) -> [String: String] {
        let parts = text.split(separator: "-").map { String(Int($0) ?? 0) }
        return ["\(name)-day": parts[2], "\(name)-month": parts[1], "\(name)-year": parts[0]]
    }

    /// Fills in a form, of a step or by itself; the answers by the codes of the questions.
    func send(
        _ path: String, _ form: String, _ given: [String: String] = [:], days: [String: String] = [:],
        _ more: [String: String] = [:], _ account: TestAccount? = nil
    ) throws -> TestAnswer {
        var fields = more
        for (code, text) in given { fields["\(form)-\(code)"] = text }
        for (code, text) in days { fields.merge(CaseReviewSite.day("\(form)-\(code)", text)) { $1 } }
        if days["happened-on"] == nil { fields.merge(CaseReviewSite.day("\(form)-happened-on", "2026-06-01")) { $1 } }
        return try post(path, fields, account)
    }

    /// Writes a form down, which must be taken.
    func write(
        _ form: String, _ review: String, _ given: [String: String] = [:], days: [String: String] = [:]
    ) throws {
        let answer = try send("\(review)/write/\(form)", form, given, days: days)
        guard answer.status == .seeOther else { throw Fault("\(form) was not taken", because: answer.text) }
    }

    /// Makes a step from a state, which must be taken.
    func step(
        _ step: String, from state: String, _ review: String, _ form: String = "", _ given: [String: String] = [:],
        days: [String: String] = [:], reason: String? = nil, as account: TestAccount? = nil
    ) throws {
        var more = ["from": state]
        more["reason"] = reason
        let answer = try send("\(review)/step/\(step)", form, given, days: days, more, account)
        guard answer.status == .seeOther else { throw Fault("\(step) was not made", because: answer.text) }
    }

    /// A complaint of the victim to the council on the day on which it happened.
    func complain(_ day: String, _ review: String, to body: String = "council") throws {
        try write(
            "complaint", review, ["to": body, "by": "victim", "what": "Music at night"],
            days: ["happened-on": day, "made": day])
    }

    /// Brings an application to where its complaints are counted.
    func bringToRecords(_ review: String, complaints: [String]) throws {
        try step(
            "acknowledge", from: "received", review, "acknowledgement",
            ["contact-person": "Orla Officer", "explained": "yes"])
        try write("validity", review, ["area": "yes", "asb": "yes", "reviewed-before": "no", "reason": "All here"])
        try step("validate", from: "acknowledged", review)
        for day in complaints { try complain(day, review) }
        try step("ask-records", from: "valid", review)
    }

    /// An application whose review was held, with one recommendation.
    func reviewed() throws -> String {
        let review = try apply()
        try bringToRecords(review, complaints: ["2026-05-01", "2026-05-10", "2026-05-20"])
        _ = try post("\(review)/count", [:])
        try step("met", from: "records", review, "threshold", ["reason": "Three count"], days: ["told": "2026-06-01"])
        try write("participation", review, ["how": "in-person"])
        try step("arrange", from: "met", review)
        try step(
            "review", from: "panel", review, "review-meeting",
            ["chair": "Hana Health", "chair-agency": "health", "there": "police", "found": "Nobody led"])
        try write(
            "recommendation", review, ["to": "council", "text": "Name one officer"], days: ["due": "2026-07-01"])
        return review
    }
}
