public import Files
public import Kernel

extension RiskInstrument {
    /// Reads an instrument.
    /// - Throws: a `Fault` that names the place in the file: an unknown member, two questions of one code, bands that
    ///   leave a score out, wording that needs a permission nobody has recorded.
    public init(_ file: DefinitionFile) throws(Fault) {
        let root = file.root
        try root.allow(only: [
            "code", "name", "version", "licence", "permission", "source", "notes", "arithmetic", "questions", "bands",
        ])
        let version = try root.required("version")
        guard InstrumentVersion.numbers(try version.text()) != nil else {
            throw version.fault("a version such as \"1\" or \"2.1\" is needed here")
        }
        self.version = InstrumentVersion(try root.required("code").code(), try version.text())
        name = try root.required("name").wording()
        licence = try InstrumentLicence(root)
        source = try root.required("source").wording()
        notes = try root.optional("notes")?.texts() ?? []
        arithmetic = try root.required("arithmetic").word()
        questions = try RiskInstrument.questions(root.required("questions"), arithmetic)
        sha256 = file.sha256
        bands = try RiskInstrument.bands(root.required("bands"))
        try check(root.required("bands"))
    }

    private static func questions(
        _ node: DefinitionNode, _ arithmetic: Arithmetic
    ) throws(Fault) -> [RiskQuestion] {
        var questions: [RiskQuestion] = []
        for item in try node.items() {
            let question = try RiskQuestion(item)
            guard !questions.contains(where: { $0.code == question.code }) else {
                throw try item.required("code").fault("two questions have the code \(question.code)")
            }
            guard arithmetic == .sum || question.kind == .risk else {
                throw item.fault("indicators are not added, so that nothing can be protective here")
            }
            questions.append(question)
        }
        guard !questions.isEmpty else { throw node.fault("a question is needed here") }
        return questions
    }

    private static func bands(_ node: DefinitionNode) throws(Fault) -> [RiskBand] {
        var bands: [RiskBand] = []
        for item in try node.items() {
            try item.allow(only: ["code", "name", "from"])
            let band = RiskBand(
                code: try item.required("code").code(), name: try item.required("name").wording(),
                from: try item.required("from").integer(), order: bands.count)
            guard !bands.contains(where: { $0.code == band.code }) else {
                throw try item.required("code").fault("two bands have the code \(band.code)")
            }
            if let before = bands.last, before.from >= band.from {
                throw try item.required("from").fault(
                    "the band overlaps \(before.name): bands are needed from the lowest score to the highest")
            }
            bands.append(band)
        }
        return bands
    }

    /// Sees to it that every possible score has a band, and that every band can be reached.
    private func check(_ node: DefinitionNode) throws(Fault) {
        guard let first = bands.first, let last = bands.last else { throw node.fault("a band is needed here") }
        guard first.from <= range.lowerBound else {
            throw node.fault("scores from \(range.lowerBound) to \(first.from - 1) have no band")
        }
        let isReached = bands.dropFirst().first.map { $0.from > range.lowerBound } ?? true
        guard isReached, last.from <= range.upperBound else {
            throw node.fault(
                "a band cannot be reached: scores go from \(range.lowerBound) to \(range.upperBound)")
        }
    }
}

extension InstrumentLicence {
    /// Reads `licence`, with the `permission` that stands beside it. Wording of others is held to need a permission
    /// unless the file says otherwise.
    fileprivate init(_ root: DefinitionNode) throws(Fault) {
        let node = try root.required("licence")
        try node.allow(only: ["owner", "terms", "needsPermission"])
        owner = try node.required("owner").wording()
        terms = try node.required("terms").wording()
        let needsPermission = try node.optional("needsPermission")?.bool() ?? (owner != "own")
        guard let given = try root.optional("permission") else {
            guard !needsPermission else {
                throw node.fault(
                    "\(owner) owns the wording, and nobody has recorded a permission to use it",
                    remedy:
                        "Ask \(owner) for permission in writing, then add \"permission\": { \"by\": who granted it, "
                        + "\"on\": the day } to the file, or take the file out of the folder.")
            }
            permission = nil
            return
        }
        try given.allow(only: ["by", "on"])
        permission = Permission(
            by: try given.required("by").wording(), on: try given.required("on").date())
    }
}

extension RiskQuestion {
    fileprivate init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: [
            "code", "text", "hint", "class", "level", "kind", "required", "answers", "yesNo",
        ])
        code = try node.required("code").code()
        text = try node.required("text").wording()
        hint = try node.optional("hint")?.wording()
        sensitivity = try RiskQuestion.sensitivity(node.optional("class"))
        level = try node.optional("level")?.word()
        kind = try node.optional("kind")?.word() ?? .risk
        isRequired = try node.optional("required")?.bool() ?? true
        answers = try RiskQuestion.answers(node, kind)
    }

    private static func sensitivity(_ node: DefinitionNode?) throws(Fault) -> Sensitivity {
        guard let node else { return .p2 }
        let text = try node.text()
        guard let found = Sensitivity.allCases.first(where: { $0.text == text }) else {
            throw node.fault("one of P0, P1, P2, P3, P4 is needed here")
        }
        return found
    }

    private static func answers(_ node: DefinitionNode, _ kind: Kind) throws(Fault) -> [RiskAnswer] {
        if let weights = try node.optional("yesNo") {
            guard try node.optional("answers") == nil else {
                throw node.fault("either \"answers\" or \"yesNo\" is needed here, not both")
            }
            try weights.allow(only: ["yes", "no", "notKnown"])
            return [
                try answer("yes", "Yes", weights.required("yes"), kind),
                try answer("no", "No", weights.required("no"), kind),
                try answer(RiskAnswer.notKnown, "Not known", weights.required("notKnown"), kind),
            ]
        }
        var answers: [RiskAnswer] = []
        for item in try node.required("answers").items() {
            try item.allow(only: ["code", "text", "weight"])
            let code: Code<RiskAnswer> = try item.required("code").code()
            guard !answers.contains(where: { $0.code == code }) else {
                throw try item.required("code").fault("two answers have the code \(code)")
            }
            answers.append(
                try answer(code.text, item.required("text").wording(), item.required("weight"), kind))
        }
        guard answers.count > 1 else { throw node.fault("two answers or more are needed here") }
        return answers
    }

    private static func answer(
        _ code: String, _ text: String, _ node: DefinitionNode, _ kind: Kind
    ) throws(Fault) -> RiskAnswer {
        let weight = try node.integer()
        let range = kind == .risk ? 0...100 : -100...0
        guard range.contains(weight), let code = Code<RiskAnswer>(code) else {
            throw node.fault(
                kind == .risk
                    ? "a question about risk needs a weight from 0 to 100 here"
                    : "a protective question needs a weight from -100 to 0 here")
        }
        return RiskAnswer(code: code, text: text, weight: weight)
    }
}

extension DefinitionNode {
    /// This text, which must be more than spaces.
    fileprivate func wording() throws(Fault) -> String {
        let text = try text()
        guard text.contains(where: { !$0.isWhitespace }) else { throw fault("words are needed here") }
        return text
    }
}
