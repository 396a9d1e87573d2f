import Kernel
import Rules
import Testing

@testable import Instruments

@Suite("The instruments that are shipped")
struct ShippedInstrumentTests {
    @Test("Every one reads, is ours, and says where it comes from and what it is not")
    func all() throws {
        let catalogue = try Shipped.catalogue()
        #expect(
            catalogue.codes.map(\.text) == [
                "asb-risk", "child-exploitation", "common-screening", "domestic-abuse-demonstration", "offender-needs",
            ])
        for instrument in catalogue.all {
            #expect(instrument.licence.owner == "own" && !instrument.source.isEmpty, "\(instrument.version)")
            #expect(instrument.notes.contains { $0.contains("validated") }, "\(instrument.version)")
        }
    }

    // By hand from the file: 4+3+3+3+4+3+4+2+2+3+3+2+2+1+2 = 41, as the older matrices of 41 points.
    @Test("The antisocial behaviour matrix goes from 0 to 41, and its bands begin at 11 and 26")
    func antisocialBehaviour() throws {
        let instrument = try Shipped.instrument("asb-risk")
        let least = try instrument.assess(instrument.answers { $0.answers.min { $0.weight < $1.weight } })
        let most = try instrument.assess(instrument.answers { $0.answers.max { $0.weight < $1.weight } })
        #expect(least.score == 0 && most.score == 41)
        #expect(least.band.code.text == "low" && most.band.code.text == "high")
        #expect(most.range == 0...41 && most.levels.isEmpty)
        #expect(instrument.bands.map(\.from) == [0, 11, 26])
    }

    @Test(
        "The demonstration for domestic abuse has its bands at the edges that areas publish",
        arguments: [(0, "standard"), (1, "standard"), (9, "standard"), (10, "medium"), (13, "medium"), (14, "high")])
    func domesticAbuse(ticks: Int, band: String) throws {
        let instrument = try Shipped.instrument("domestic-abuse-demonstration")
        let score = try instrument.assess(instrument.ticks(ticks))
        #expect(score.score == ticks)
        #expect(score.band.code.text == band)
    }

    @Test("The demonstration's 24 questions and bands agree with the rules, and its name says what it is")
    func demonstration() throws {
        let instrument = try Shipped.instrument("domestic-abuse-demonstration")
        let rules = try Shipped.rules()
        let today = LocalDate(year: 2026, month: 11, day: 21) ?? LocalDate(day: 0)
        #expect(try instrument.band(word("high"))?.from == rules.number("marac.ticks.high", on: today))
        #expect(try instrument.band(word("medium"))?.from == rules.number("marac.ticks.medium", on: today))
        #expect(instrument.questions.count == 24)
        #expect(instrument.range == 0...24)
        #expect(instrument.name.contains("demonstration") && instrument.name.contains("not a validated"))
        #expect(instrument.questions.allSatisfy { $0.sensitivity == .p3 })
        let nobodyKnows = try instrument.assess(instrument.answers { $0.answers.last })
        #expect(nobodyKnows.notKnown == 24 && nobodyKnows.score == 0)
    }

    // Three risk questions (2 each) and two protective ones (-1 each) at each of four levels: from -8 to 24.
    @Test("The common screening looks at four levels, and what protects lowers the score")
    func commonScreening() throws {
        let instrument = try Shipped.instrument("common-screening")
        var answers = try instrument.ticks(0)
        #expect(try instrument.assess(answers).score == 0)
        answers.given[try word("led")] = try word("yes")
        answers.given[try word("place")] = try word("yes")
        #expect(try instrument.assess(answers).score == 4)
        answers.given[try word("adult")] = try word("yes")
        let score = try instrument.assess(answers)
        #expect(score.score == 3 && score.range == -8...24)
        #expect(score.levels.map(\.level) == [.individual, .relationship, .community, .society])
        #expect(score.levels.map(\.score) == [0, 1, 2, 0])
        #expect(score.levels[1].risk == 2 && score.levels[1].protective == -1)
        #expect(score.levels.allSatisfy { $0.range == -2...6 })
    }

    @Test("One significant indicator makes the level significant, and many slight ones do not add up")
    func childExploitation() throws {
        let instrument = try Shipped.instrument("child-exploitation")
        let none = instrument.answers { $0.answers.first }
        #expect(try instrument.assess(none).band.code.text == "none-seen")
        let slight = instrument.answers { question in question.answers.first { $0.code.text == "possible" } }
        #expect(try instrument.assess(slight).band.code.text == "emerging")
        var one = none
        one.given[try word("debt")] = try word("certain")
        #expect(try instrument.assess(one).band.code.text == "significant")
        one.given[try word("debt")] = try word("clear")
        #expect(try instrument.assess(one).band.code.text == "moderate")
    }

    @Test("The seven pathways have a need from 0 to 4 each")
    func offenderNeeds() throws {
        let instrument = try Shipped.instrument("offender-needs")
        #expect(instrument.questions.count == 7)
        #expect(instrument.questions.allSatisfy { $0.answers.map(\.weight) == [0, 1, 2, 3, 4] })
        let all = try instrument.assess(instrument.answers { $0.answers.last })
        #expect(all.score == 28 && all.band.code.text == "high")
    }

    @Test("Raising one answer's weight never lowers the score or the band")
    func rising() throws {
        var random = SeededRandom(seed: 7)
        for instrument in try Shipped.catalogue().all {
            for _ in 0..<200 {
                let answers = instrument.answers { $0.answers[random.below($0.answers.count)] }
                let before = try instrument.assess(answers)
                let question = instrument.questions[random.below(instrument.questions.count)]
                let weight = answers.given[question.code].flatMap(question.answer)?.weight ?? 0
                for answer in question.answers where answer.weight >= weight {
                    var raised = answers
                    raised.given[question.code] = answer.code
                    let after = try instrument.assess(raised)
                    #expect(after.score >= before.score && after.band.order >= before.band.order)
                    #expect(after.range.contains(after.score))
                }
            }
        }
    }
}
