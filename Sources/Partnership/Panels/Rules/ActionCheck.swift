public import Casework
public import Governance
public import Kernel

/// Whether an action says what, who and when (casework.md §2.4). It looks at the form, not at the sense.
public enum ActionCheck {
    /// The longest text, in characters.
    public static let longestText = 1000

    /// What is wrong with an action; nothing when it may be kept.
    /// - Parameter verbs: words with which an action may begin, beside the common ones.
    public static func problems(
        _ text: String, agency: Code<Agency>?, owner: ID<Account>?, due: LocalDate?, on today: LocalDate,
        verbs: Set<String> = []
    ) -> [AnswerProblem] {
        var problems: [AnswerProblem] = []
        let words = text.split { !$0.isLetter }.map { $0.lowercased() }
        if words.isEmpty {
            problems.append(AnswerProblem("text", "Enter what is to be done, beginning with a verb"))
        } else if let first = words.first, !common.contains(first), !verbs.contains(first) {
            problems.append(AnswerProblem("text", "Begin with what is to be done: Visit, Refer, Change, Share"))
        } else if words.count < 2 {
            problems.append(AnswerProblem("text", "Say what is to be done, and not the verb alone"))
        }
        if text.count > longestText {
            problems.append(AnswerProblem("text", "Use \(longestText) characters or fewer"))
        }
        if agency == nil { problems.append(AnswerProblem("agency", "Choose the agency that does it")) }
        if owner == nil { problems.append(AnswerProblem("owner", "Choose the person who does it")) }
        if let due {
            if due < today { problems.append(AnswerProblem("due", "Enter a day that is not past")) }
        } else {
            problems.append(AnswerProblem("due", "Enter the day by which it is done"))
        }
        return problems
    }

    /// How an action ended: done after its last day is done late, whatever is said.
    public static func outcome(_ said: CaseAction.Status, due: LocalDate, on day: LocalDate) -> CaseAction.Status {
        said == .done && day > due ? .doneLate : said
    }

    /// Verbs with which actions of panels commonly begin.
    public static let common: Set<String> = Set(
        """
        accept accompany add address advise agree alert allocate amend analyse apply approach arrange arrest ask \
        assess assign assist attend \
        book brief bring build call cancel carry chair change chase check circulate close collect \
        commission complete confirm consider contact consult convene co coordinate create debrief decide deliver \
        develop disclose discuss draft drive email encourage enforce engage enquire enrol ensure escalate establish \
        evaluate explain explore extend feed file fill find fit flag follow gather get give hand help hold host \
        identify inform initiate inspect install interview introduce invite involve issue keep lead liaise link list \
        locate look maintain make map meet monitor move notify obtain offer open organise pass patrol phone place plan \
        post prepare present prevent progress propose protect provide pursue put raise re read rearrange reassess \
        recall recommend record reduce refer register rehouse remind remove repair replace reply report request \
        research resolve respond review revisit ring run safeguard schedule screen search secure seek send serve set \
        share sign signpost speak start stop submit supply support survey take talk teach tell text trace train \
        transfer translate treat try undertake update upgrade use verify view visit watch weigh withdraw work write
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
