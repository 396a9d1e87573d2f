public import Governance
public import Kernel

/// Why a person must not be reached so now.
public enum ContactBar: Hashable, Sendable {
    /// The actor may not see how the person is reached: they ask the agency that holds the record.
    case notForYou
    /// There is no number, or no address to which letters go.
    case noWay
    /// The address is withheld: a letter goes there only through those who keep the person safe.
    case withheld
    /// The person said that it is not safe.
    case unsafe
    /// Nobody has asked the person whether it is safe.
    case notAsked
    /// The person said so too long ago: ask again.
    case notConfirmed(since: LocalDate?)
    /// It is not safe on this day of the week.
    case notToday(String)
    /// It is not safe at this time of the day.
    case notNow(String)
}

/// Whether a person may be reached in some way today, with the reasons and with what to mind.
public struct ContactAnswer: Hashable, Sendable {
    /// How.
    public let channel: ContactChannel
    /// Why not; nothing when it is safe.
    public let bars: [ContactBar]
    /// What to mind when it is done: times, messages, the name to leave, a shared device, what the record says.
    public let advice: [String]
    /// The number or the address to use, when it is safe and the actor may see it.
    public let value: String?

    /// Whether it is safe.
    public var isSafe: Bool { bars.isEmpty }

    /// Answers from what is known of a person. Whoever works for a victim, a child or someone whose side nobody set needs
    /// the person's own yes; someone who harms may be reached unless that was said to be unsafe.
    /// - Parameters:
    ///   - methods: the ways that are recorded.
    ///   - address: the address to which letters go.
    ///   - phone: the number of the record, for when no way is recorded.
    ///   - email: the e-mail address of the record, likewise.
    ///   - note: what the record says of safe contact.
    ///   - doubts: what other records of the same person say against it.
    ///   - confirmedSince: the first day that counts as recent; nil when the partnership has no rule for it.
    public static func decide(
        _ channel: ContactChannel, methods: [ContactContent], address: AddressContent?, phone: String?, email: String?,
        note: String?, side: SubjectSide?, besides doubts: ContactDoubts = ContactDoubts(),
        confirmedSince: LocalDate?, now: Instant
    ) -> ContactAnswer {
        let today = now.ukDate
        // Nobody is there any more, or not yet: a letter would be opened by someone else.
        let address = address.flatMap { $0.holds(on: today) ? $0 : nil }
        var own = methods.filter { $0.channel == channel && $0.holds(on: today) }
        let known: String? =
            switch channel {
            case .telephone, .text: phone
            case .email: email
            case .letter, .inPerson, .thirdPerson: nil
            }
        if own.isEmpty, let known { own = [ContactContent(channel, known)] }
        if own.isEmpty, channel == .letter, address != nil { own = [ContactContent(.letter)] }
        var best: ContactAnswer?
        for method in own {
            let answer = ContactAnswer(method, address, note, side, doubts, confirmedSince, now)
            if best.map({ answer.bars.count < $0.bars.count }) ?? true { best = answer }
        }
        return best ?? ContactAnswer(channel: channel, bars: [.noWay], advice: note.map { [$0] } ?? [], value: nil)
    }

    private init(
        _ method: ContactContent, _ address: AddressContent?, _ note: String?, _ side: SubjectSide?,
        _ doubts: ContactDoubts, _ confirmedSince: LocalDate?, _ now: Instant
    ) {
        let today = now.ukDate
        var bars: [ContactBar] = []
        if method.channel == .letter {
            if address == nil { bars.append(.noWay) }
            if let address, address.secrecy != .ordinary { bars.append(.withheld) }
        }
        let isHarmed = side != .perpetrator
        switch method.safety {
        case .no: bars.append(.unsafe)
        case .unknown: if isHarmed { bars.append(.notAsked) }
        case .yes:
            if isHarmed, let confirmedSince, method.confirmedOn.map({ $0 < confirmedSince }) ?? true {
                bars.append(.notConfirmed(since: method.confirmedOn))
            }
        }
        if method.channel != .letter {
            if !method.days.isEmpty, !method.days.contains(today.weekday) {
                bars.append(.notToday(ContactContent.dayNames[today.weekday]))
            }
            let (hour, minute) = now.ukTime
            let time = hour * 60 + minute
            if let from = method.fromMinute, time < from { bars.append(.notNow(ContactContent.clock(time))) }
            if let until = method.untilMinute, time >= until { bars.append(.notNow(ContactContent.clock(time))) }
        }
        for bar in doubts.bars(method, address, on: today) where !bars.contains(bar) { bars.append(bar) }
        channel = method.channel
        self.bars = bars
        advice = method.advice + (note.map { [$0] } ?? [])
        value = bars.isEmpty ? method.channel == .letter ? address?.lines : method.value : nil
    }

    private init(channel: ContactChannel, bars: [ContactBar], advice: [String], value: String?) {
        self.channel = channel
        self.bars = bars
        self.advice = advice
        self.value = value
    }

    /// The answer for someone who may not see how the person is reached: it tells nothing of why.
    static func notForYou(_ channel: ContactChannel) -> ContactAnswer {
        ContactAnswer(channel: channel, bars: [.notForYou], advice: [], value: nil)
    }
}

extension ContactContent {
    /// What to mind when it is used.
    fileprivate var advice: [String] {
        var advice: [String] = []
        if let times = safeTimesInWords { advice.append("Safe times: \(times)") }
        if channel == .telephone {
            advice.append(voicemail ? "A message may be left when nobody answers" : "Leave no message")
        }
        if let leaveName { advice.append("Say that you are: \(leaveName)") }
        if isShared {
            switch channel {
            case .letter: advice.append("Someone else may open letters")
            case .telephone, .text, .email: advice.append("Someone else uses this telephone or computer")
            case .inPerson, .thirdPerson: advice.append("Someone else may be there")
            }
        }
        return advice
    }
}
