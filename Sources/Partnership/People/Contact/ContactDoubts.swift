public import Kernel

/// How a person is reached by those of their records, or parts of them, that an actor may not see.
struct UnseenContact: Hashable, Sendable {
    var methods: [ContactMethod] = []
    var addresses: [PersonAddress] = []
}

/// What other records of the same person say against reaching them.
public struct ContactDoubts: Hashable, Sendable {
    /// Ways of other records that the actor may see.
    var methods: [ContactContent] = []
    /// Addresses of other records that the actor may see.
    var addresses: [AddressContent] = []
    /// What they may not see.
    var unseen = UnseenContact()

    /// None.
    public init() {}

    /// What stands against a way of a record: a "no" to the same number or to letters, or a withheld address where the
    /// person is now. What the actor may not see bars it without saying why.
    func bars(_ method: ContactContent, _ address: AddressContent?, on day: LocalDate) -> [ContactBar] {
        func isRefused(_ other: ContactContent) -> Bool {
            other.safety == .no && other.holds(on: day) && other.isSameWay(as: method)
        }
        func isWithheld(_ other: AddressContent) -> Bool {
            other.secrecy != .ordinary && other.holds(on: day) && other.kind.isOfHome
        }
        var bars: [ContactBar] = []
        if methods.contains(where: isRefused) { bars.append(.unsafe) }
        // An address for letters alone is agreed on for that very reason.
        let asksHome = method.channel == .letter && address?.kind != .correspondence
        if asksHome, addresses.contains(where: isWithheld) { bars.append(.withheld) }
        guard bars.isEmpty else { return bars }
        let isBarred =
            unseen.methods.contains { isRefused($0.content) }
            || asksHome && unseen.addresses.contains { isWithheld($0.content) }
        return isBarred ? [.notForYou] : []
    }
}

extension WholePerson {
    /// Whether a letter, a call or another contact is safe now by what one of the records holds. It is not where any other
    /// record of the person says that it is not.
    public func contact(
        _ channel: ContactChannel, of record: Person, confirmedSince: LocalDate?, now: Instant
    ) -> ContactAnswer {
        let besides = ([lead] + others).filter { $0.id != record.id }
        var doubts = ContactDoubts()
        doubts.methods = besides.flatMap(\.contacts).map(\.content)
        doubts.addresses = besides.flatMap(\.addresses).map(\.content)
        doubts.unseen = unseen
        doubts.unseen.methods.removeAll { $0.person == record.id }
        doubts.unseen.addresses.removeAll { $0.person == record.id }
        return record.contact(channel, besides: doubts, confirmedSince: confirmedSince, now: now)
    }
}

extension AddressKind {
    /// Whether the person lives there or gets their post there; where they work or learn says nothing of who opens it.
    fileprivate var isOfHome: Bool {
        switch self {
        case .home, .temporary, .refuge, .correspondence: true
        case .work, .school: false
        }
    }
}

extension ContactContent {
    /// Whether both are one way: the same number, however it is written, or where none is given the same channel.
    fileprivate func isSameWay(as other: ContactContent) -> Bool {
        guard channel == other.channel else { return false }
        guard channel != .letter, let value, let its = other.value else { return true }
        func key(_ text: String) -> String {
            switch channel {
            case .telephone, .text: String(text.filter { ("0"..."9").contains($0) }.suffix(9))
            case .email, .letter, .inPerson, .thirdPerson: text.lowercased()
            }
        }
        return key(value) == key(its)
    }
}
