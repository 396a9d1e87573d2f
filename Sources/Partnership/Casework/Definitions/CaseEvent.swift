internal import Files
public import Instruments
public import Kernel

/// Something that happens to a case, by which clocks start, end and begin anew.
public enum CaseEvent: Hashable, Sendable {
    /// It was opened.
    case opened
    /// A move was made.
    case moved(Code<CaseMove>)
    /// A form was filled in.
    case filled(Code<CaseForm>)
    /// A risk was assessed with an instrument.
    case assessed(Code<RiskInstrument>)
    /// A panel did something with it.
    case panel(PanelStep)
}

/// What a panel does with a case that moves the case on as well.
public enum PanelStep: String, Hashable, Sendable {
    /// It took the referral.
    case accepted
    /// It heard the case and decided.
    case heard
}

extension CaseEvent {
    /// Reads `opened`, `move assess`, `form contact`, `assessment asb-risk`, `panel heard`.
    init(_ node: DefinitionNode) throws(Fault) {
        let text = try node.text()
        let words = text.split(separator: " ").map(String.init)
        switch (words.first, words.count == 2 ? words[1] : nil) {
        case ("opened", nil) where words.count == 1: self = .opened
        case ("move", let name?):
            guard let code = Code<CaseMove>(name) else { throw node.fault("\(name) is no code") }
            self = .moved(code)
        case ("form", let name?):
            guard let code = Code<CaseForm>(name) else { throw node.fault("\(name) is no code") }
            self = .filled(code)
        case ("assessment", let name?):
            guard let code = Code<RiskInstrument>(name) else { throw node.fault("\(name) is no code") }
            self = .assessed(code)
        case ("panel", let name?):
            guard let step = PanelStep(rawValue: name) else {
                throw node.fault("a panel has \"accepted\" or \"heard\" a case")
            }
            self = .panel(step)
        default:
            throw node.fault(
                "\"\(text)\" is no event; there are \"opened\", \"move CODE\", \"form CODE\", \"assessment CODE\", \"panel accepted\" and \"panel heard\""
            )
        }
    }
}
