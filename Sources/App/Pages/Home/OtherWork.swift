internal import CaseReview
internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import Kernel
internal import Panels
internal import People
internal import Site
internal import Storage

/// What else waits for a person, by its clock: records that may be one person, protected records that were opened, cases
/// from other areas, files in quarantine, and the yearly figures of case reviews. Nil when nothing does.
enum OtherWork {
    /// The most of each kind that is shown.
    private static let longest = 20

    /// Something that waits.
    private struct Item {
        /// By which day it is ordered.
        let day: LocalDate
        /// The day in words.
        let when: String
        let isLate: Bool
        let what: String
        let address: String
        let about: String

        /// Something with a last day.
        init(due day: LocalDate, today: LocalDate, _ what: String, _ address: String, _ about: String) {
            self.init(day, day.inWords, isLate: day < today, what, address, about)
        }

        /// Something that only grows older.
        init(since day: LocalDate, today: LocalDate, _ what: String, _ address: String, _ about: String) {
            let age = Int(today.day - day.day)
            let days = age == 0 ? "today" : age == 1 ? "1 day" : "\(age) days"
            self.init(day, "Since \(day.inWords) (\(days))", isLate: false, what, address, about)
        }

        private init(
            _ day: LocalDate, _ when: String, isLate: Bool, _ what: String, _ address: String, _ about: String
        ) {
            (self.day, self.when, self.isLate) = (day, when, isLate)
            (self.what, self.address, self.about) = (what, address, about)
        }
    }

    static func html(_ visit: Visit) throws -> Html? {
        let found: [[Item]] = [
            try merges(visit), try glasses(visit), try transfers(visit), try files(visit), try figures(visit),
        ]
        let items = found.flatMap { $0.prefix(longest) }.sorted { ($0.day, $0.address) < ($1.day, $1.address) }
        guard !items.isEmpty else { return nil }
        let rows = items.map { item -> [Content] in
            [
                .html("\(item.when)\(if: item.isLate, " \(StatusTag("Late", tone: .urgent))")"),
                .html("<a class=\"govuk-link\" href=\"\(href: item.address)\">\(item.what)</a>"), .text(item.about),
            ]
        }
        return SortableTable(
            id: "other-work", caption: "Also waiting for you",
            columns: ["Due", "What", "About"].map { .init(.text($0)) }, rows: rows, emptyText: "",
            address: { _, _ in "/" }
        ).html
    }

    private static func merges(_ visit: Visit) throws -> [Item] {
        let occasion = try visit.occasion()
        let store = PersonStore(roles: visit.site.roles)
        guard store.isOpen(to: occasion.actor, for: .merge) else { return [] }
        let waiting = try visit.write { try store.mergesToConfirm(on: occasion, in: $0) }
        return waiting.map { merge in
            Item(
                since: merge.proposedAt.ukDate, today: visit.now.ukDate, "Confirm that two records are one person",
                "/people/\(merge.lead.id.text)/same/\(merge.id.text)", merge.lead.name ?? "")
        }
    }

    private static func glasses(_ visit: Visit) throws -> [Item] {
        guard visit.may(.reviewBreakGlass, "break-glass", .p1) else { return [] }
        let occasion = try visit.occasion()
        let register = AccessRegister(roles: visit.site.roles)
        let waiting = try visit.read { try register.glassesToReview(limit: longest, on: occasion, in: $0) }
        return waiting.map { glass in
            Item(
                due: glass.reviewBy, today: visit.now.ukDate, "Review a protected record that was opened",
                "/trust/broken-glasses", visit.site.partnership.name(of: glass.agency))
        }
    }

    private static func transfers(_ visit: Visit) throws -> [Item] {
        guard visit.may(.update, "case", .p0) else { return [] }
        let occasion = try visit.occasion()
        let waiting = try visit.write { try visit.site.panels.transfersToAcknowledge(on: occasion, in: $0) }
        return waiting.map { transfer in
            let panel = visit.site.partnership.panels.first { $0.code == transfer.panel }?.name
            return Item(
                due: transfer.due, today: visit.now.ukDate, "Acknowledge a case from another area",
                "/transfers/\(transfer.id.text)", panel ?? transfer.panel.text)
        }
    }

    private static func files(_ visit: Visit) throws -> [Item] {
        guard visit.may(.attach, "case", .p1) else { return [] }
        let occasion = try visit.occasion()
        let waiting = try visit.write { try visit.site.cases.quarantined(on: occasion, in: $0) }
        return waiting.map { file in
            Item(
                since: file.since.ukDate, today: visit.now.ukDate, "Have a file in quarantine scanned",
                "/cases/\(file.item.record.id.text)/attachments/\(file.id.text)", file.item.record.reference)
        }
    }

    private static func figures(_ visit: Visit) throws -> [Item] {
        guard visit.may(.publish, "case-review-figures", .p0) else { return [] }
        let occasion = try visit.occasion()
        let due = try visit.read {
            try visit.site.reviews.figuresDue(under: visit.site.policy, on: occasion, in: $0)
        }
        return due.map { day in
            [
                Item(
                    due: day, today: visit.now.ukDate, "Publish the yearly figures of case reviews",
                    "/case-reviews/figures", "Antisocial behaviour case reviews")
            ]
        } ?? []
    }
}
