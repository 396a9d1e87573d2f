import Casework
import Files
import Kernel
import Rules
import Testing

@testable import Cohorts

@Suite("Figures of a cohort")
struct CohortFiguresTests {
    typealias W = CohortWords

    /// The months that end with October 2026.
    private static let month = W.month("2026-10")

    private func figures(_ histories: [CaseHistory], _ month: Month = CohortFiguresTests.month) throws -> CohortFigures
    {
        try CohortFigures(month, of: W.shipped(), histories, under: W.policy())
    }

    @Test("The caseload is who is on it at the end of the month, by state, group and colour")
    func caseload() throws {
        let histories = [
            // Taken on in September, in custody since 20 October.
            W.history(
                "2026-09-01", [("selected", "2026-09-10"), ("active", "2026-09-15"), ("custody", "2026-10-20")],
                [
                    ("nomination", "2026-09-01", ["cohort": ["fixed"]]), ("rag", "2026-09-15", ["colour": ["red"]]),
                    ("rag", "2026-11-02", ["colour": ["green"]]),
                ]),
            // Left on the last day of the month.
            W.history("2026-01-01", [("selected", "2026-01-10"), ("leaving", "2026-10-01"), ("left", "2026-10-31")]),
            // Taken on in the month.
            W.history(
                "2026-10-01", [("selected", "2026-10-31")], [("nomination", "2026-10-01", ["cohort": ["flex"]])]),
            // Taken on after it, and not taken on at all.
            W.history("2026-10-01", [("selected", "2026-11-01")]),
            W.history("2026-10-01", [("assessed", "2026-10-05"), ("not-selected", "2026-10-20")]),
        ]
        let figures = try figures(histories)
        #expect(figures.caseload == 2)
        #expect(figures.byState == ["custody": 1, "selected": 1])
        #expect(figures.byGroup == ["fixed": 1, "flex": 1])
        // What was coloured after the month is not known in it.
        #expect(figures.byColour == ["red": 1, "": 1])
        #expect(figures.taken == 1 && figures.left == ["left": 1])
        #expect(figures.takenInYear == 3 && figures.managed == 3)
    }

    @Test("Who comes again after leaving is one person who was taken on a second time")
    func again() throws {
        let history = W.history(
            "2025-11-01",
            [
                ("selected", "2025-11-10"), ("left", "2026-02-01"), ("nominated", "2026-05-01"),
                ("selected", "2026-05-10"),
            ])
        let figures = try figures([history])
        #expect(figures.takenInYear == 2 && figures.managed == 1 && figures.caseload == 1)
    }

    /// Taken on on 10 November 2025 and on 10 March 2026: both times of six months, to 10 May and 10 September 2026, end
    /// in the twelve months to October 2026. The offence of 1 July is after the second alone: with it they count as one
    /// person who offended, by the second time; without it as one who did not, by the first. That of 20 February 2026 is
    /// after the first, so the first counts, though it is before the second; that of 1 October 2025 is before the first.
    @Test(
        "Who comes again is followed, starts and has needs as one person",
        arguments: [
            ([], 1, 0, 0), (["2026-07-01"], 0, 0, 1), (["2026-02-20"], 0, 0, 1),
            (["2026-02-20", "2026-07-01"], 0, 0, 1),
            (["2025-10-01"], 1, 1, 0),
        ] as [([String], Int, Int, Int)])
    func onePerson(_ offences: [String], _ not: Int, _ before: Int, _ after: Int) throws {
        let moves = [
            ("selected", "2025-11-10"), ("left", "2026-02-01"), ("nominated", "2026-03-01"), ("selected", "2026-03-10"),
        ]
        func score(_ day: String, _ score: Int) -> (String, String, [String: [String]]) {
            ("pathway", day, ["pathway": ["finance"], "need": [String(score)]])
        }
        let history = W.history(
            "2025-11-01", moves,
            offences.map { ("offence", $0, ["stage": ["charge"]]) } + [
                score("2025-12-01", 4), score("2026-01-01", 2), score("2026-04-01", 2), score("2026-06-01", 3),
                ("start", "2025-12-01", ["what": ["work"]]), ("start", "2026-04-01", ["what": ["work"]]),
            ])
        let figures = try figures([history])
        #expect(figures.managed == 1 && figures.takenInYear == 2)
        #expect(figures.notOffended == CohortShare(not, of: 1))
        #expect(figures.offencesBefore == before && figures.offencesAfter == after)
        #expect(figures.starts["education-work"] == CohortShare(1, of: 1))
        // Lower in the first time, higher in the second: the last counts.
        #expect(figures.needs == ["finance": CohortShare(0, of: 1)])
    }

    @Test("Starts count once for each person, of all who were on the caseload in the twelve months")
    func starts() throws {
        let histories = [
            W.history(
                "2026-01-01", [("selected", "2026-01-10")],
                [
                    ("start", "2026-03-01", ["what": ["work"]]), ("start", "2026-04-01", ["what": ["learning"]]),
                    ("start", "2026-05-01", ["what": ["treatment"]]),
                ]),
            // Before they were taken on, and before the twelve months.
            W.history(
                "2026-01-01", [("selected", "2026-06-10")], [("start", "2026-06-01", ["what": ["work"]])]),
            W.history("2024-01-01", [("selected", "2024-01-10")], [("start", "2025-10-31", ["what": ["work"]])]),
            W.history("2026-01-01", [("selected", "2026-01-10")], [("start", "2026-11-01", ["what": ["work"]])]),
        ]
        let figures = try figures(histories)
        #expect(figures.starts["education-work"] == CohortShare(1, of: 4))
        #expect(figures.starts["treatment"] == CohortShare(1, of: 4))
        #expect(figures.starts["treatment"]?.share == 0.25)
    }

    /// Six months after 10 March is 10 September: an offence on that day is within the time, one on the day after is not.
    @Test(
        "Offending again is looked for from the day after being taken on to the corresponding day six months later",
        arguments: [
            ("2026-03-09", 0, 1, 0), ("2026-03-10", 0, 0, 0), ("2026-03-11", 1, 0, 1), ("2026-09-10", 1, 0, 1),
            ("2026-09-11", 0, 0, 0), ("2025-09-10", 0, 1, 0), ("2025-09-09", 0, 0, 0),
        ])
    func window(_ day: String, _ offended: Int, _ before: Int, _ after: Int) throws {
        let history = W.history(
            "2026-03-01", [("selected", "2026-03-10")], [("offence", day, ["stage": ["charge"]])])
        let figures = try figures([history])
        #expect(figures.notOffended == CohortShare(1 - offended, of: 1))
        #expect(figures.offencesBefore == before && figures.offencesAfter == after)
    }

    /// Taken on on 10 March 2026. The cases tell of a charge on 1 May and of two on 2 May; the orders of what is given. A
    /// breach on a day on which the cases tell of an offence is taken for the same; one more than they tell of is another.
    @Test(
        "A breach counts on its day, unless a case tells of an offence on that day",
        arguments: [
            ([], 3, 0), (["2026-05-01"], 3, 0), (["2026-05-02"], 3, 0), (["2026-05-03"], 4, 1),
            (["2026-05-01", "2026-05-01"], 4, 1), (["2026-05-01", "2026-05-02", "2026-05-04"], 4, 1),
            (["2026-09-11"], 3, 0),
        ] as [([String], Int, Int)])
    func breaches(_ days: [String], _ after: Int, _ breaches: Int) throws {
        let history = W.history(
            "2026-03-01", [("selected", "2026-03-10")],
            [
                ("offence", "2026-05-01", ["stage": ["charge"]]), ("offence", "2026-05-02", ["stage": ["charge"]]),
                ("offence", "2026-05-02", ["stage": ["convicted"]]),
            ])
        let person = CohortPerson([history], breaches: days.map(W.day))
        let figures = try CohortFigures(Self.month, of: W.shipped(), [person], under: W.policy())
        #expect(figures.offencesAfter == after && figures.breachesAfter == breaches)
        #expect(figures.notOffended == CohortShare(0, of: 1))
    }

    @Test("A breach alone makes someone who offended, and one before being taken on counts before")
    func breachAlone() throws {
        func figures(_ day: String) throws -> CohortFigures {
            let history = W.history("2026-03-01", [("selected", "2026-03-10")])
            return try CohortFigures(
                Self.month, of: W.shipped(), [CohortPerson([history], breaches: [W.day(day)])], under: W.policy())
        }
        let after = try figures("2026-06-01")
        #expect(after.notOffended == CohortShare(0, of: 1) && after.offencesAfter == 1 && after.breachesAfter == 1)
        let before = try figures("2026-01-01")
        #expect(before.notOffended == CohortShare(1, of: 1) && before.offencesBefore == 1 && before.breachesAfter == 0)
    }

    @Test("Several cases of one person are one person, and what two of them tell of one day is one offence")
    func severalCases() throws {
        let offence = [("offence", "2026-05-01", ["stage": ["charge"]])]
        let histories = [
            W.history("2026-03-01", [("selected", "2026-03-10")], offence),
            W.history("2026-04-01", [("selected", "2026-04-10")], offence),
        ]
        let one = try CohortFigures(Self.month, of: W.shipped(), [CohortPerson(histories)], under: W.policy())
        #expect(one.caseload == 1 && one.managed == 1 && one.notOffended == CohortShare(0, of: 1))
        #expect(one.offencesAfter == 1 && one.takenInYear == 1)
        let two = try figures(histories)
        #expect(two.caseload == 2 && two.managed == 2 && two.offencesAfter == 2)
    }

    /// Someone's first case is from 10 September 2026 to the day given, or goes on; their others are told beside it.
    @Test(
        "Who is on the caseload by several cases at once was taken on once, and leaves with the last of them",
        arguments: [
            // The second goes on within the first and is closed as a duplicate.
            (nil, [("2026-10-05", "2026-10-20")], [0, 0, 1, 1]),
            // Both end in the month, the second first and then the first.
            ("2026-10-25", [("2026-10-05", "2026-10-20")], [0, 1, 1, 0]),
            ("2026-10-20", [("2026-10-05", "2026-10-25")], [0, 1, 1, 0]),
            // One ends on the day on which the next begins, and the day before.
            ("2026-10-10", [("2026-10-10", nil)], [0, 0, 1, 1]),
            ("2026-10-09", [("2026-10-10", nil)], [1, 1, 2, 1]),
            // A short one within the first, and a third that overlaps the first alone.
            (nil, [("2026-09-15", "2026-09-20"), ("2026-10-05", nil)], [0, 0, 1, 1]),
        ] as [(String?, [(String, String?)], [Int])])
    func overlapping(_ end: String?, _ others: [(String, String?)], _ expected: [Int]) throws {
        let cases = [("2026-09-10", end)] + others
        let histories = cases.map { from, until in
            W.history("2026-09-01", [("selected", from)] + (until.map { [("left", $0)] } ?? []))
        }
        let figures = try CohortFigures(Self.month, of: W.shipped(), [CohortPerson(histories)], under: W.policy())
        let left = figures.left.values.reduce(0, +)
        #expect([figures.taken, left, figures.takenInYear, figures.caseload] == expected)
        #expect(figures.managed == 1)
    }

    @Test("Who stays on the caseload by one case is in its state, whatever the state in which another ended")
    func joinedState() throws {
        let histories = [
            W.history("2026-09-01", [("selected", "2026-09-10"), ("active", "2026-09-12")]),
            W.history("2026-09-01", [("selected", "2026-10-05"), ("leaving", "2026-10-06"), ("left", "2026-10-20")]),
        ]
        func states(_ month: String) throws -> [String: Int] {
            try CohortFigures(W.month(month), of: W.shipped(), [CohortPerson(histories)], under: W.policy()).byState
        }
        #expect(try states("2026-09") == ["active": 1] && states("2026-10") == ["active": 1])
    }

    @Test("Figures that were kept before orders were looked at say so, and no zero")
    func keptBefore() throws {
        let figures = try figures([])
        guard case .object(let members) = figures.json else { throw Fault("No object") }
        let old = JSON.object(members.filter { $0.name != "breachesAfter" })
        #expect(CohortFigures(json: old)?.breachesAfter == nil)
        var counted = figures
        counted.breachesAfter = 2
        #expect(CohortFigures(json: counted.json)?.breachesAfter == 2)
    }

    @Test("What holds is what happened last, and not what was written last; an offence may be older than any rule")
    func order() throws {
        let colour = { (day: String, colour: String) in ("rag", day, ["colour": [colour]]) }
        let history = W.history(
            "2026-01-01", [("selected", "2026-01-10")],
            [
                colour("2026-03-01", "green"), colour("2026-02-01", "red"),
                ("offence", "2010-05-01", ["stage": ["convicted"]]),
            ])
        let figures = try figures([history])
        #expect(figures.byColour == ["green": 1])
        #expect(figures.notOffended == CohortShare(1, of: 1))
    }

    @Test("An arrest alone is no further offence")
    func arrest() throws {
        let history = W.history(
            "2026-03-01", [("selected", "2026-03-10")], [("offence", "2026-04-01", ["stage": ["arrest"]])])
        #expect(try figures([history]).notOffended == CohortShare(1, of: 1))
    }

    /// The six months of someone taken on on 30 April 2026 end on 30 October, those of 1 May on 1 November; and those of
    /// someone taken on on 1 May 2025 ended on 1 November 2025, on 30 April 2025 on 30 October.
    @Test(
        "Each person is followed once, in the twelve months in which their six months end",
        arguments: [("2026-04-30", 1), ("2026-05-01", 0), ("2025-05-01", 1), ("2025-04-30", 0)])
    func followed(_ day: String, _ count: Int) throws {
        #expect(try figures([W.history("2025-01-01", [("selected", day)])]).notOffended.of == count)
    }

    @Test("Who died or moved away before the end cannot be followed, unless they had offended")
    func attrition() throws {
        let histories = [
            W.history("2026-03-01", [("selected", "2026-03-10"), ("died", "2026-06-01")]),
            W.history("2026-03-01", [("selected", "2026-03-10"), ("transferred", "2026-09-11")]),
            W.history(
                "2026-03-01", [("selected", "2026-03-10"), ("transferred", "2026-06-01")],
                [("offence", "2026-05-01", ["stage": ["convicted"]])]),
            // Leaving in any other way does not end that they are followed.
            W.history("2026-03-01", [("selected", "2026-03-10"), ("left", "2026-06-01")]),
        ]
        let figures = try figures(histories)
        #expect(figures.unfollowed == 1 && figures.notOffended == CohortShare(2, of: 3))
    }

    @Test("Needs count who was scored twice, and contacts who kept them")
    func needs() throws {
        func score(_ day: String, _ need: String, _ score: Int) -> (String, String, [String: [String]]) {
            ("pathway", day, ["pathway": [need], "need": [String(score)]])
        }
        let history = W.history(
            "2026-01-01", [("selected", "2026-01-10")],
            [
                score("2026-01-15", "accommodation", 4), score("2026-05-15", "accommodation", 1),
                score("2026-01-15", "finance", 2), score("2026-05-15", "finance", 3), score("2026-01-15", "health", 3),
                ("engagement", "2026-02-01", ["kept": ["yes"]]), ("engagement", "2026-03-01", ["kept": ["missed"]]),
                ("engagement", "2026-04-01", ["kept": ["no"]]), ("engagement", "2026-05-01", ["kept": ["yes"]]),
                ("engagement", "2026-04-08", ["kept": ["no"]]),
            ])
        let figures = try figures([history])
        #expect(figures.needs == ["accommodation": CohortShare(1, of: 1), "finance": CohortShare(0, of: 1)])
        // Two were kept and two missed; the one that was missed with a good reason is neither.
        #expect(figures.contacts == CohortShare(2, of: 4))
    }

    @Test("Figures are read back as they were kept, and what is none is refused")
    func json() throws {
        let histories = [
            W.history(
                "2026-03-01", [("selected", "2026-03-10")],
                [
                    ("offence", "2026-04-01", ["stage": ["charge"]]),
                    ("nomination", "2026-03-01", ["cohort": ["free"]]),
                    ("start", "2026-04-02", ["what": ["treatment"]]),
                ])
        ]
        let figures = try figures(histories)
        #expect(CohortFigures(json: figures.json) == figures)
        #expect(CohortFigures(json: .object([])) == nil)
    }

    @Test("A cohort that names what its case type lacks is refused with its place")
    func wrong() throws {
        let text = try String(
            decoding: FileSystem.read("\(W.definitions)/cohorts/offender-management.json", limit: 100_000),
            as: UTF8.self)
        let catalogue = try CaseCatalogue(folder: "\(W.definitions)/case-types")
        for (old, new) in [
            ("\"custody\"", "\"prison\""), ("\"field\": \"colour\"", "\"field\": \"color\""),
            ("\"learning\"", "\"school\""), ("\"person\": \"person\"", "\"person\": \"offender\""),
        ] {
            let file = try DefinitionFile(bytes: Array(text.replacing(old, with: new).utf8), path: "own.json")
            #expect(try CohortDefinition(file).missing(in: catalogue) != nil, "\(new)")
        }
        let unknown = try DefinitionFile(
            bytes: Array(text.replacing("\"notes\"", with: "\"note\"").utf8), path: "own.json")
        #expect(throws: Fault.self) { try CohortDefinition(unknown) }
    }
}

enum CohortWords {
    static let definitions: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/") + "/Definitions"
    }()

    static func shipped() throws -> CohortDefinition {
        try CohortDefinition(DefinitionFile(path: "\(definitions)/cohorts/offender-management.json"))
    }

    static func policy() throws -> PolicyRules {
        try PolicyRules([DefinitionFile(path: "\(definitions)/rules/default.json")])
    }

    static func month(_ text: String) -> Month { Month(text) ?? Month(index: 0) }

    static func day(_ text: String) -> LocalDate { LocalDate(text) ?? LocalDate(day: 0) }

    static func code<Tag>(_ text: String) -> Code<Tag> {
        guard let code = Code<Tag>(text) else { preconditionFailure(text) }
        return code
    }

    static func history(
        _ opened: String, _ moves: [(String, String)], _ entries: [(String, String, [String: [String]])] = []
    ) -> CaseHistory {
        CaseHistory(
            ID(at: day(opened).startOfTest), openedOn: day(opened),
            moves: [CaseHistory.Move(code("nominated"), day(opened))]
                + moves.map { CaseHistory.Move(code($0.0), day($0.1)) },
            entries: entries.map { CaseHistory.Entry(code($0.0), day($0.1), $0.2) })
    }
}

extension LocalDate {
    fileprivate var startOfTest: Instant { Instant(self, hour: 9, minute: 0) }
}
