internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Instruments
internal import Kernel
internal import Site

/// How the risk of a case was assessed, and assessing it again.
enum CaseRiskPages {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.openCase()
        let instruments = open.view.type.instruments.compactMap(visit.cases.instruments.current)
        let links: Html = """
            <ul class="govuk-list">
            \(each: instruments, { instrument in
                "<li><a class=\"govuk-link\" href=\"\(href: "\(open.address)/risk/\(instrument.version.code)")\">Assess: \(instrument.name)</a></li>"
            })
            </ul>
            """
        return visit.page(
            Page(
                "Risk", in: .cases, above: CasePlace.above(open), canBeLeftQuickly: true, isWide: true,
                """
                \(CasePlace.navigation(open, on: "/risk"))
                \(if: open.view.rights.writes.contains(.p2), links)
                \(if: open.view.assessments.isEmpty, "<p class=\"govuk-body\">No assessment that you may see was made yet.</p>")
                \(each: open.view.assessments.reversed(), { assessment($0, open, visit) })
                """))
    }

    private static func assessment(_ assessment: CaseAssessment, _ open: OpenCase, _ visit: Visit) -> Html {
        let version = assessment.instrument
        let instrument = visit.cases.instruments.version(version.code, version.version)
        func name(_ band: String) -> String {
            instrument?.bands.first { $0.code.text == band }?.name ?? band
        }
        var rows: [SummaryList.Row] = [
            .init(key: "Level", value: .html(CaseTags.band(name(assessment.holds)).html))
        ]
        if let score = assessment.score { rows.append(.init(key: "Score", value: .text(String(score)))) }
        if let judgement = assessment.judgement {
            rows.append(.init(key: "Level by the score", value: .text(name(assessment.band))))
            rows.append(.init(key: "Why another level", value: .text(judgement)))
        }
        let answers = instrument?.questions.compactMap { question -> SummaryList.Row? in
            guard let given = assessment.answers.given[question.code] else { return nil }
            return .init(key: .text(question.text), value: .text(question.answer(given)?.text ?? given.text))
        }
        return """
            <h2 class="govuk-heading-m">\(assessment.madeAt.inWords)</h2>
            <p class="govuk-hint">\(instrument?.name ?? version.code.text), version \(version.version), by \
            \(open.name(assessment.madeBy)), \(visit.site.partnership.name(of: assessment.agency))</p>
            \(SummaryList(rows: rows))
            \(some: answers.flatMap { $0.isEmpty ? nil : $0 }, { Details(summary: "Answers", content: .html(SummaryList(rows: $0).html)).html })
            \(if: assessment.hasHidden, "<p class=\"govuk-body\">There are answers about the safety of someone, which are not for you.</p>")
            """
    }

    // MARK: - Assessing

    private static func instrument(_ open: OpenCase, _ visit: Visit) throws -> RiskInstrument {
        guard let code = Code<RiskInstrument>(try visit.text("instrument")), open.view.type.instruments.contains(code),
            let instrument = visit.cases.instruments.current(code)
        else { throw Refusal.notFound }
        return instrument
    }

    static func assessPage(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        return visit.page(try page(instrument(open, visit), open, visit, errors: []))
    }

    static func assess(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        let instrument = try instrument(open, visit)
        let sent = visit.request.form
        var given: [Code<RiskQuestion>: Code<RiskAnswer>] = [:]
        for question in instrument.questions {
            if let answer = sent["q-\(question.code)"], !answer.isEmpty { given[question.code] = Code(answer) }
        }
        let band = sent["judged-band"].flatMap { $0.isEmpty ? nil : Code<RiskBand>($0) }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write {
            try visit.cases.assess(
                id, with: instrument.version.code, given,
                judged: band.map { ($0, sent["judgement"] ?? "") }, on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("\(open.address)/risk")
        case .failure(.problems(let problems)):
            let errors = problems.map { problem in
                let isOwn = problem.field == "judged-band" || problem.field == "judgement"
                return FormError(isOwn ? problem.field : "q-\(problem.field)", problem.says)
            }
            return visit.page(try page(instrument, open, visit, errors: errors))
        case .failure(let refusal):
            return visit.page(try page(instrument, open, visit, errors: visit.errors(refusal, at: "judged-band")))
        }
    }

    private static func page(
        _ instrument: RiskInstrument, _ open: OpenCase, _ visit: Visit, errors: [FormError]
    ) throws -> Page {
        let sent = visit.request.form
        let questions = instrument.questions.map { question in
            let text = question.isRequired ? question.text : "\(question.text) (optional)"
            return Radios(
                name: "q-\(question.code)",
                items: question.answers.map { .item(.init(value: $0.code.text, text: .text($0.text))) },
                value: sent["q-\(question.code)"],
                fieldset: Fieldset(legend: .init(text: .text(text), classes: "govuk-fieldset__legend--s")),
                hint: question.hint.map { Hint(text: .text($0)) }, errorMessage: errors.message("q-\(question.code)"),
                classes: "govuk-radios--small")
        }
        let judgement: Html = """
            <h2 class="govuk-heading-m">Your own judgement</h2>
            <p class="govuk-body">The score helps to put cases in order. Where you see more danger than it does, say so. \
            A supervisor alone gives a lower level.</p>
            \(Select(
                name: "judged-band", label: "Another level than the score’s (optional)",
                items: [.init(value: "", text: "No: the score’s")]
                    + instrument.bands.map { .init(value: $0.code.text, text: $0.name) },
                value: sent["judged-band"] ?? "", errorMessage: errors.message("judged-band")))
            \(Textarea(
                name: "judgement", label: "Why?", hint: "At least \(RiskJudgement.shortestReason) characters",
                errorMessage: errors.message("judgement"), value: sent["judgement"] ?? "", rows: 3, checksSpelling: true))
            """
        let content: Html = """
            \(each: questions, { $0.html })
            \(judgement)
            \(Button(text: "Save the assessment", preventsDoubleClick: true))
            """
        return Page(
            instrument.name, in: .cases, above: CasePlace.above(open), errors: errors, canBeLeftQuickly: true,
            """
            \(each: instrument.notes, { "<p class=\"govuk-body\">\($0)</p>" })
            \(visit.form("\(open.address)/risk/\(instrument.version.code)", content))
            """)
    }
}
