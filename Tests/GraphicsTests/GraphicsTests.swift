import Graphics
import Kernel
import Testing

private func figure(_ width: Double = 720) -> Figure {
    Figure(id: "f", title: "Title & <more>", description: "“Text”", width: width)
}

@Suite("Colours")
struct ColourTests {
    @Test("Luminance and contrast are those of the WCAG")
    func contrast() {
        #expect(abs(Colour(0xFFFFFF).contrast(with: Colour(0x000000)) - 21) < 1e-9)
        // #767676 on white is the well-known lightest grey that passes: 4.54.
        #expect(abs(Colour(0xFFFFFF).contrast(with: Colour(0x767676)) - 4.54) < 0.005)
        #expect(Colour(0x0B3A70).css == "#0b3a70")
    }

    @Test("Text can be read on what is behind it", arguments: [true, false])
    func text(isDark: Bool) {
        let theme = isDark ? Theme.dark : Theme.light
        for paint in [Paint.ink, .soft] {
            #expect(theme.colour(paint).contrast(with: theme.colour(.paper)) >= 4.5)
            if paint == .ink { #expect(theme.colour(paint).contrast(with: theme.colour(.band)) >= 4.5) }
        }
        for shade in Paint.sequence { #expect(theme.colour(shade.on).contrast(with: theme.colour(shade)) >= 4.5) }
    }

    @Test("Marks stand out from the paper by 3 to 1", arguments: [true, false])
    func marks(isDark: Bool) {
        let theme = isDark ? Theme.dark : Theme.light
        for paint in [Paint.main, .border, .ink, .soft] {
            #expect(theme.colour(paint).contrast(with: theme.colour(.paper)) >= 3)
        }
        #expect(theme.colour(.main).contrast(with: theme.colour(.band)) >= 3)
    }

    @Test("The sequence is ordered by luminance alone, its steps told apart in grey", arguments: [true, false])
    func sequence(isDark: Bool) {
        let shades = Paint.sequence.map { (isDark ? Theme.dark : Theme.light).colour($0) }
        for (few, many) in zip(shades, shades.dropFirst()) {
            #expect(isDark ? many.luminance > few.luminance : many.luminance < few.luminance)
            #expect(few.contrast(with: many) >= 1.35)
        }
    }
}

@Suite("Numbers")
struct NumberTextTests {
    @Test(
        "Numbers are written for British readers",
        arguments: [
            (NumberText.whole(1_234_567), "1,234,567"), (NumberText.whole(-1234), "−1,234"), (NumberText.whole(0), "0"),
            (NumberText.whole(Int.min), "−9,223,372,036,854,775,808"), (NumberText.decimal(1234.565, 1), "1,234.6"),
            (NumberText.decimal(-0.04, 1), "0.0"), (NumberText.decimal(0.05, 1), "0.1"),
            (NumberText.decimal(2.5, 0), "3"), (NumberText.decimal(.nan, 1), "–"),
            (NumberText.signed(3, 0), "+3"), (NumberText.signed(-3, 0), "−3"), (NumberText.signed(0, 1), "0.0"),
            (NumberText.signed(0.001, 1), "0.0"), (NumberText.trimmed(12.50, 2), "12.5"),
            (NumberText.trimmed(12, 2), "12"), (NumberText.short(2_500_000), "2.5m"), (NumberText.short(1500), "1,500"),
            (NumberText.decimal(1e20, 2), "100,000,000,000,000,000,000"),
        ])
    func texts(text: String, expected: String) {
        #expect(text == expected)
    }
}

@Suite("Ticks and classes")
struct ScaleTests {
    @Test("Ticks are round, cover the figures and are few")
    func ticks() {
        #expect(Ticks.covering(0, 5088, about: 5) == [0, 2000, 4000, 6000])
        #expect(Ticks.covering(-14.9, 21.4, about: 5) == [-20, -10, 0, 10, 20, 30])
        #expect(Ticks.covering(0, 0) == [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1])
        #expect(Ticks.covering(0, 2, about: 5, whole: true) == [0, 1, 2])
        for power in -12...18 {
            var high = 3.7
            for _ in 0..<abs(power) { high = power < 0 ? high / 10 : high * 10 }
            let ticks = Ticks.covering(0, high)
            #expect((2...12).contains(ticks.count) && ticks[0] == 0 && ticks[ticks.count - 1] >= high)
        }
    }

    @Test("Quantile classes hold about as many figures each; limits are round")
    func quantiles() {
        let classes = ClassBreaks(quantiles: (1...100).map(Double.init))

        #expect(classes.limits == [21, 41, 60, 80])
        #expect(classes.labels == ["Under 21", "21 to 40", "41 to 59", "60 to 79", "80 and over"])
        #expect(classes.counts(of: (1...100).map(Double.init)) == [20, 20, 19, 20, 21])
        #expect(classes.index(of: 21) == 1 && classes.index(of: 20.99) == 0)
    }

    @Test("Equal classes, few figures, all the same, none")
    func odd() {
        #expect(ClassBreaks(equalSteps: [0, 3, 50, 99]).limits == [20, 40, 60, 80])
        #expect(ClassBreaks(quantiles: [0, 0, 2, 3]).labels == ["0", "2", "3"])
        #expect(ClassBreaks(quantiles: [7, 7]).labels == ["7"])
        #expect(ClassBreaks(quantiles: []).labels.count == 1)
        #expect(ClassBreaks(equalSteps: [0, 0]).labels == ["0"])
        #expect(ClassBreaks(equalSteps: [0.1, 0.25, 0.9]).labels.last == "0.8 and over")
    }
}

@Suite("Bars and columns")
struct BarTests {
    @Test("The length of bars is proportional to their figures", arguments: [720.0, 330])
    func lengths(width: Double) throws {
        let values = [5088.0, 1272, 318, 0]
        let chart = BarChart(figure(width), bars: values.map { .init("Bar \($0)", $0) }, measure: "Count")
        let bars = Drawn(chart.svg()).bars

        #expect(bars.count == 4)
        for (bar, value) in zip(bars, values) { #expect(abs(bar.width / bars[0].width - value / 5088) < 0.001) }
        #expect(Set(bars.map(\.x)).count == 1)
    }

    @Test("Negative bars end where positive ones begin, on one scale")
    func negative() {
        let chart = BarChart(figure(), bars: [.init("up", 20), .init("down", -10)], measure: "Change")
        let bars = Drawn(chart.svg()).bars

        #expect(abs(bars[1].x + bars[1].width - bars[0].x) < 0.02)
        #expect(abs(bars[0].width - 2 * bars[1].width) < 0.05)
    }

    @Test("Columns stand on one line, their height proportional")
    func columns() {
        let chart = ColumnChart(figure(), columns: [.init("a", 10), .init("b", 40)], measure: "Count")
        let bars = Drawn(chart.svg()).bars

        #expect(abs(bars[0].y + bars[0].height - bars[1].y - bars[1].height) < 0.02)
        #expect(abs(bars[1].height - 4 * bars[0].height) < 0.05)
    }

    @Test("A long label is cut and kept whole in a title")
    func longLabel() {
        let label = String(repeating: "Violence with injury & more ", count: 9)
        let drawn = Drawn(BarChart(figure(), bars: [.init(label, 3)], measure: "m").svg())

        #expect(drawn.text.contains("<title>Violence with injury &amp; more"))
        #expect(drawn.words("text").contains { $0.hasSuffix("…") })
    }

    @Test("Text is escaped")
    func escaping() {
        let drawn = Drawn(BarChart(figure(), bars: [.init("<b>&\"", 3)], measure: "<m>").svg())

        #expect(!drawn.text.contains("<b>") && !drawn.text.contains("<m>"))
        #expect(drawn.text.contains("<title id=\"f-title\">Title &amp; &lt;more&gt;</title>"))
    }
}
