import Casework
import Foundation
import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import PanelPages

/// A case that is hidden from someone is not there for them, on whatever page of panels they ask (casework.md §5.6).
@Suite("A hidden case on the pages of panels", .serialized)
struct HiddenCasePagesTests {
    /// Why it is hidden from those who sit on the panel.
    enum Hiding: String, CaseIterable, Sendable {
        /// They declared that they know someone in it.
        case conflict
        /// It was restricted to the people named on it, and to its owner.
        case restricted
    }

    @Test(
        "Pages with the identifiers of a hidden case and of its parts answer as for identifiers that there are not",
        arguments: Engine.allCases, Hiding.allCases)
    func identifiers(_ engine: Engine, _ hiding: Hiding) throws {
        let panel = try HiddenPanel(engine, withHidden: true)
        let hidden = try #require(panel.hidden)
        // Until then the pages are there for who sits on the panel, and the wrong answer would not be the same.
        for path in [hidden.item, hidden.casePath, hidden.referral, hidden.action, hidden.research] {
            #expect(try panel.world.get(path, panel.world.health).status == .ok, "\(path)")
        }
        #expect(try panel.world.get(hidden.transfer, panel.world.coordinator).status == .ok)
        try panel.hide(hiding)
        for viewer in panel.viewers(hiding) {
            for path in hidden.paths {
                let unknown = panel.unknown(path)
                let (own, other) = (try panel.world.get(path, viewer), try panel.world.get(unknown, viewer))
                #expect(own.status == .notFound, "\(viewer.details.name) \(path)")
                #expect(other.status == .notFound, "\(viewer.details.name) \(unknown)")
                #expect(own.textWithoutTokens == other.textWithoutTokens, "\(viewer.details.name) \(path)")
            }
            for (path, fields) in hidden.acts {
                let unknown = panel.unknown(path)
                let own = try panel.world.post(path, fields, viewer)
                let other = try panel.world.post(unknown, fields, viewer)
                #expect(own.status == other.status && own.location == nil, "\(viewer.details.name) \(path)")
                #expect(own.textWithoutTokens == other.textWithoutTokens, "\(viewer.details.name) \(path)")
            }
        }
        // Nothing was done to it, and who holds it has it as before.
        #expect(try panel.world.get(hidden.casePath, panel.world.officer).status == .ok)
        #expect(try panel.world.get(hidden.action, panel.world.officer).says("Open"))
    }

    @Test(
        "Panels, meetings, minutes, counts, calendar and work are the same for them as without the case",
        arguments: Engine.allCases, Hiding.allCases)
    func lists(_ engine: Engine, _ hiding: Hiding) throws {
        let (with, without) = (try HiddenPanel(engine, withHidden: true), try HiddenPanel(engine, withHidden: false))
        let before = try with.pages.map { try with.shown($0, with.world.chair) }
        try with.hide(hiding)
        for (viewer, twin) in zip(with.viewers(hiding), without.viewers(hiding)) {
            for (path, other) in zip(with.pages, without.pages) {
                let (own, theirs) = (try with.shown(path, viewer), try without.shown(other, twin))
                #expect(own == theirs, "\(viewer.details.name) \(path)")
            }
        }
        // It stood on these pages as long as it was open to them.
        for (i, path) in with.pages.enumerated()
        where [with.meeting, "\(with.meeting)/minutes", "/panels/marac", with.counts].contains(path) {
            #expect(try before[i] != without.shown(without.pages[i], without.world.chair), "\(path)")
        }
    }
}

/// A meeting in session with a case that everyone sees, and with another that is to be hidden.
private struct HiddenPanel {
    struct Hidden {
        let casePath: String
        let referral: String
        let item: String
        let action: String
        let transfer: String
        let line: String
        let research: String

        /// Where it or a part of it would be.
        var paths: [String] {
            [
                casePath, "\(casePath)/panels", "\(casePath)/timeline", "\(casePath)/refer/marac",
                "\(casePath)/received/marac", referral, "\(referral)/transfer", item, research, line, action, transfer,
            ]
        }

        /// What someone might do to it there.
        var acts: [(String, [String: String])] {
            [
                ("\(casePath)/refer/marac", ["route": "judgement", "why": "Again"]),
                ("\(casePath)/received/marac", ["area": "Elsewhere"]),
                (referral, ["act": "answer", "answer": "accept"]), (referral, ["act": "withdraw", "reason": "Mine"]),
                ("\(referral)/transfer", ["area": "Elsewhere", "contact": "Jo", "reason": "Moved"]),
                (item, ["act": "decide", "decision": "Mine", "before": "high", "after": "low", "none": "None"]),
                (item, ["act": "leave"]), (line, ["reason": "Mine"]),
                (research, ["answer": "not-known"]), (action, ["status": "done", "outcome": "Mine"]), (transfer, [:]),
            ]
        }
    }

    let world: PanelSite
    let meeting: String
    let hidden: Hidden?
    private let visible: (item: String, referral: String, casePath: String)

    init(_ engine: Engine, withHidden: Bool) throws {
        let world = try PanelSite(engine)
        self.world = world
        let listed = try world.listed()
        meeting = listed.meeting
        visible = (listed.item, listed.referral, listed.pair.path)
        let meeting = listed.meeting
        let other = withHidden ? try HiddenPanel.list(on: meeting, world) : nil
        for member in [world.chair, world.health, world.haven, world.probation, world.council] {
            _ = try world.act("\(meeting)/confidentiality", [:], member)
        }
        for (step, reason) in [("publish-agenda", ""), ("close-research", ""), ("begin", "It cannot wait")] {
            _ = try world.act("\(meeting)/step", ["step": step, "reason": reason], world.coordinator)
        }
        _ = try HiddenPanel.hear(listed.item, owner: world.council, world)
        hidden = try other.map { pair, referral, item in
            let line = try HiddenPanel.minute(item, meeting, world)
            let action = try HiddenPanel.hear(item, owner: world.officer, world)
            let transfer = try world.act(
                "\(referral)/transfer", ["area": "Elsewhere", "contact": "Jo", "reason": "She moves"],
                world.coordinator)
            return Hidden(
                casePath: pair.path, referral: referral, item: item, action: action,
                transfer: String(transfer.prefix { $0 != "?" }), line: line,
                research: "\(meeting)/research/\(item.suffix(36))/\(pair.victim.text)")
        }
    }

    private static func list(
        on meeting: String, _ world: PanelSite
    ) throws -> (PanelSite.Pair, referral: String, item: String) {
        let before = try items(meeting, world)
        let pair = try world.pair()
        let referral = try world.act("\(pair.path)/refer/marac", world.fields(of: pair), world.officer)
        _ = try world.act(referral, ["act": "answer", "answer": "accept"], world.coordinator)
        _ = try world.act(
            referral, ["act": "list", "meeting": String(meeting.dropFirst("/meetings/".count))], world.coordinator)
        guard let item = try items(meeting, world).subtracting(before).first else { throw Fault("No item") }
        return (pair, referral, item)
    }

    private static func items(_ meeting: String, _ world: PanelSite) throws -> Set<String> {
        addresses("\(meeting)/items/", in: try world.get(meeting, world.coordinator).text)
    }

    private static func addresses(_ start: String, in text: String) -> Set<String> {
        Set(text.ranges(of: start).map { String(text[$0.lowerBound...].prefix(start.count + 36)) })
    }

    private static func minute(_ item: String, _ meeting: String, _ world: PanelSite) throws -> String {
        _ = try world.act(
            item,
            [
                "act": "line", "part": "discussion", "text-1": "She was seen twice", "class-1": "P2",
                "side-1": "victim", "kind-1": "fact", "agency": "health",
            ], world.coordinator)
        let page = try world.get(item, world.health).text
        guard let line = addresses("\(meeting)/lines/", in: page).first else { throw Fault("No line", because: page) }
        return line
    }

    /// An action and a decision; the path of the action.
    private static func hear(_ item: String, owner: TestAccount, _ world: PanelSite) throws -> String {
        _ = try world.act(
            item,
            [
                "act": "action", "text": "Change the locks at her flat", "owner-address": owner.email,
                "due-day": "1", "due-month": "7", "due-year": "2026",
            ], world.coordinator)
        _ = try world.act(
            item, ["act": "decide", "decision": "The plan goes on", "before": "high", "after": "medium"],
            world.coordinator)
        let home = try world.get("/", owner).text
        guard let action = addresses("/panel-actions/", in: home).first else { throw Fault("No action", because: home) }
        return action
    }

    // MARK: - Hiding

    func hide(_ hiding: HiddenCasePagesTests.Hiding) throws {
        guard let hidden else { return }
        switch hiding {
        case .conflict:
            for member in [world.haven, world.health] { _ = try world.act(hidden.item, ["act": "conflict"], member) }
        case .restricted:
            let id = String(hidden.casePath.suffix(36))
            try world.site.site.database.write { connection in
                _ = try connection.run("UPDATE register_records SET class = 'restricted' WHERE id = \(id)")
            }
        }
    }

    /// Those for whom it does not exist then; who sits on another panel never knew of it.
    func viewers(_ hiding: HiddenCasePagesTests.Hiding) -> [TestAccount] {
        switch hiding {
        case .conflict: [world.haven, world.health, world.fire]
        case .restricted:
            [world.coordinator, world.chair, world.haven, world.health, world.probation, world.council, world.fire]
        }
    }

    // MARK: - Asking

    /// The counts of the months in which the meeting was.
    let counts =
        "/panels/marac/return?from-day=1&from-month=6&from-year=2026&to-day=30&to-month=6&to-year=2026"

    /// Pages that show several things at once.
    var pages: [String] {
        [
            "/", "/panels", "/panels/marac", "/panels/marac/return", counts, "\(counts)&format=csv", "/panels/calendar",
            "/panels/calendar.ics", "/panels/community-marac", meeting, "\(meeting)/attendance", "\(meeting)/minutes",
            "\(meeting)/research", "\(meeting)/pack", "\(meeting)/agenda", "/cases", visible.item, visible.referral,
            visible.casePath, "\(visible.casePath)/panels", "/search?q=MRC",
        ]
    }

    /// A path with other identifiers in the place of all but the meeting's.
    func unknown(_ path: String) -> String {
        path.split(separator: "/").map { part in
            let isOther = ID<PanelSite>(String(part)) != nil && !meeting.hasSuffix(part)
            return "/" + (isOther ? ID<PanelSite>(at: world.site.now).text : String(part))
        }.joined()
    }

    /// What a page says to someone, with all identifiers alike: its parts in the order of their texts, as people and
    /// accounts that were made in one moment stand in no order of their own.
    func shown(_ path: String, _ account: TestAccount) throws -> [String] {
        let answer = try world.get(path, account)
        let identifier = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
        let text = "\(answer.status) \(answer.location ?? "") \(answer.textWithoutTokens)"
        return text.replacingOccurrences(of: identifier, with: "ID", options: .regularExpression)
            .split(separator: "<").map(String.init).sorted()
    }
}
