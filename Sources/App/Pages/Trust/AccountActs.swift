internal import Governance
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// What an administrator does to an account beside changing its details.
enum AccountActs {
    static func setStatus(_ visit: Visit) throws -> Response {
        let version = try AccountPages.version(visit)
        let disabled = visit.request.form["disabled"] == "yes"
        guard let reason = visit.reason else {
            let act = disabled ? "closed" : "opened again"
            return try refused(visit, "status-reason", "Enter why the account is \(act)")
        }
        let (id, occasion, store) = try parts(visit)
        let result = try visit.write {
            try store.setStatus(id, disabled: disabled, version: version, reason: reason, by: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("/trust/accounts/\(id.text)")
        case .failure(let refusal): return try refused(visit, "status-reason", refusal)
        }
    }

    static func makeLink(_ visit: Visit) throws -> Response {
        let (id, occasion, store) = try parts(visit)
        if let confirm = try visit.askToConfirm(next: "/trust/accounts/\(id.text)") { return confirm }
        guard let reason = visit.reason else {
            return try refused(visit, "link-reason", "Enter why they need a link")
        }
        let result = try visit.write { connection -> Result<(AccountRecord, String), AccountRefusal> in
            switch try store.makeLink(for: id, reason: reason, by: occasion, in: connection) {
            case .failure(let refusal): return .failure(refusal)
            case .success(let link):
                return try store.account(id, by: occasion, in: connection).map { ($0, link) }
            }
        }
        switch result {
        case .success(let (account, link)): return AccountPages.linkPage(account, link, "A new set-up link", visit)
        case .failure(let refusal): return try refused(visit, "link-reason", refusal)
        }
    }

    static func resetSecondFactor(_ visit: Visit) throws -> Response {
        let (id, occasion, store) = try parts(visit)
        if let confirm = try visit.askToConfirm(next: "/trust/accounts/\(id.text)") { return confirm }
        guard let reason = visit.reason else {
            return try refused(visit, "factor-reason", "Enter why the second factor is reset")
        }
        let result = try visit.write {
            try store.resetSecondFactor(of: id, reason: reason, by: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("/trust/accounts/\(id.text)")
        case .failure(let refusal): return try refused(visit, "factor-reason", refusal)
        }
    }

    static func signOut(_ visit: Visit) throws -> Response {
        let (id, occasion, store) = try parts(visit)
        let isKnown = try visit.write { connection in
            guard case .success = try store.account(id, by: occasion, in: connection) else { return false }
            try SessionStore.endAll(of: id, code: "revoked", by: occasion, in: connection)
            return true
        }
        guard isKnown else { throw Refusal.notFound }
        return visit.redirect("/trust/accounts/\(id.text)")
    }

    private static func parts(_ visit: Visit) throws -> (ID<Account>, Occasion, AccountStore) {
        let occasion = try visit.require(.administer, "account", .p1)
        return (try visit.id("account"), occasion, AccountStore(rules: visit.site.accountRules))
    }

    private static func refused(_ visit: Visit, _ field: String, _ refusal: AccountRefusal) throws -> Response {
        if refusal == .noSuchAccount { throw Refusal.notFound }
        return try refused(visit, field, refusal.fault.inForm)
    }

    private static func refused(_ visit: Visit, _ field: String, _ text: String) throws -> Response {
        try AccountPages.show(visit, errors: [FormError(field, text)])
    }
}
