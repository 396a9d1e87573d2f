internal import Kernel
internal import Storage

// Slowing guesses down without locking the owner out.
//
// A guess counts against the account *from that address* and against the address, never against the account alone.
// So an attacker, from however many addresses, delays only those addresses; the owner signs in from any other. Where
// they share one (an office, a mobile network), a device that has signed in before is asked for nothing but its own
// guesses. What many addresses together may try at one account is not delayed but told: every hundred failures make
// an entry `sign-in-attack`, and the breached-password list and the second factor hold meanwhile.
extension SignIn {
    /// What the guess counts against.
    func keys(
        email: String, _ account: AccountRecord?, _ visitor: Visitor, in connection: Connection
    ) throws -> [ThrottleKey] {
        if let account, let device = visitor.deviceToken,
            try DeviceStore.isKnown(device, to: account.id, at: visitor.now, in: connection)
        {
            return [.device(device, account.id)]
        }
        return [.account(email, from: visitor.address), .address(visitor.address)]
    }

    /// Records a failed step, and the attack if it is one.
    func fail(
        _ act: AuditAct, _ account: AccountRecord?, code: String, _ visitor: Visitor, in connection: Connection
    ) throws {
        try AuditLog.append(visitor.entry(act, account, outcome: .deny, code: code), in: connection)
        guard let account else { return }
        if try ThrottleStore.hasReached(every: 100, .attack(account.id), at: visitor.now, in: connection) {
            try AuditLog.append(
                visitor.entry(.signInAttack, account, outcome: .deny, code: "hundred-failures"), in: connection)
        }
    }

    /// Records that an attempt had to wait, once a minute and key: an attacker who does not wait must not fill the
    /// audit.
    func noteDelay(
        _ keys: [ThrottleKey], _ account: AccountRecord?, _ visitor: Visitor, in connection: Connection
    ) throws {
        guard try ThrottleStore.mayTell(keys, every: 60, at: visitor.now, in: connection) else { return }
        try AuditLog.append(
            visitor.entry(.signInDelayed, account, outcome: .deny, code: "too-many-attempts"), in: connection)
    }
}
