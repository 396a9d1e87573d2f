internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// Who is at a meeting, and whether they are enough.
enum AttendancePages {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.openMeeting()
        let occasion = try visit.occasion()
        guard
            let found = try visit.write({
                try visit.panels.attendance(of: open.meeting.id, on: occasion, in: $0)
            })
        else { throw Refusal.notFound }
        let partnership = visit.site.partnership
        let seats = try visit.seats(on: open.meeting.panel)
        let names = try visit.accountNames(
            found.places.map(\.account) + found.places.compactMap(\.deputyFor))
        let places = Dictionary(found.places.map { ($0.account, $0) }) { first, _ in first }
        let rows = rows(seats, found.places, names).map { row -> [Content] in
            let place = places[row.account]
            let deputy = place?.deputyFor.flatMap { names[$0] }
            return [
                .text(row.name + (deputy.map { ", for \($0)" } ?? "")), .text(partnership.name(of: row.agency)),
                .text(place?.presence?.inWords ?? "Not written yet"),
                .text(place?.acceptedAt.map { $0.timeInWords } ?? "No"),
            ]
        }
        let quorum = found.quorum
        let missing = quorum.missingKinds.isEmpty ? "" : " Missing: \(quorum.missingKinds.joined(separator: ", "))."
        let mayWrite = open.rights.prepares && (open.meeting.state.isAhead || open.meeting.state.takesMinutes)
        return visit.page(
            Page(
                "Attendance", in: .panels, above: open.above, errors: errors, isWide: true,
                """
                <p class="govuk-body">\(StatusTag(quorum.isMet ? "Quorum" : "No quorum", tone: quorum.isMet ? .good : .attention)) \
                \(quorum.present) of \(quorum.needed) agencies.\(missing)</p>
                \(SortableTable(
                    id: "attendance", caption: "Who is there", captionClasses: "govuk-visually-hidden",
                    columns: ["Name", "Agency", "Here", "Confidentiality accepted"].map { .init(.text($0)) }, rows: rows,
                    emptyText: "Nobody has a place on this panel.", address: { _, _ in "\(open.address)/attendance" }))
                \(if: mayWrite, form(open, seats, places, visit, errors))
                """))
    }

    private static func rows(
        _ seats: [PanelSeat], _ places: [PanelAttendance], _ names: [ID<Account>: String]
    ) -> [(account: ID<Account>, name: String, agency: Code<Agency>)] {
        let seated = Set(seats.map(\.account))
        return seats.map { ($0.account, $0.name, $0.agency) }
            + places.filter { !seated.contains($0.account) }.map {
                ($0.account, names[$0.account] ?? "Someone who has left", $0.agency)
            }
    }

    /// All members on one form: the minute-taker writes the room down at once.
    private static func form(
        _ open: OpenMeeting, _ seats: [PanelSeat], _ places: [ID<Account>: PanelAttendance], _ visit: Visit,
        _ errors: [FormError]
    ) -> Html {
        let sent = visit.request.form
        let choices =
            [Select.Item(value: "", text: "Not written yet")]
            + PanelPresence.allCases.map { .init(value: $0.rawValue, text: $0.inWords) }
        let content: Html = """
            <h2 class="govuk-heading-m">Write down who is here</h2>
            \(each: seats, { seat in
                Select(
                    name: "presence-\(seat.account.text)",
                    label: Label(text: .text("\(seat.name), \(visit.site.partnership.name(of: seat.agency))")), items: choices,
                    value: sent["presence-\(seat.account.text)"] ?? places[seat.account]?.presence?.rawValue ?? "",
                    errorMessage: errors.message("presence-\(seat.account.text)")).html
            })
            \(Input(
                name: "deputy", label: "Someone who stands in (optional)",
                hint: "The e-mail address with which they sign in here. They must have a place on the panel to see its items.",
                errorMessage: errors.message("deputy"), value: sent["deputy"] ?? "", type: "email", autocomplete: "off",
                checksSpelling: false))
            \(Select(
                name: "deputy-for", label: "For whom?",
                items: [.init(value: "", text: "Nobody")] + seats.map { .init(value: $0.account.text, text: $0.name) },
                value: sent["deputy-for"] ?? "", errorMessage: errors.message("deputy-for")))
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        return visit.form("\(open.address)/attendance", content)
    }

    static func save(_ visit: Visit) throws -> Response {
        let open = try visit.preparedMeeting()
        let sent = visit.request.form
        let seats = try visit.seats(on: open.meeting.panel)
        var entered: [(account: ID<Account>, agency: Code<Agency>, presence: PanelPresence, deputyFor: ID<Account>?)] =
            seats.compactMap { seat in
                sent["presence-\(seat.account.text)"].flatMap(PanelPresence.init(rawValue:)).map {
                    (seat.account, seat.agency, $0, nil)
                }
            }
        let deputy = (sent["deputy"] ?? "").trimmed
        if !deputy.isEmpty {
            guard let seat = seats.first(where: { $0.account.text == sent["deputy-for"] }) else {
                return try page(visit, errors: [FormError("deputy-for", "Choose for whom they stand in")])
            }
            let account = try EmailAddress(deputy).flatMap { email in
                try visit.read { try AccountNames.active(email, of: seat.agency, in: $0) }
            }
            guard let account else {
                return try page(
                    visit, errors: [FormError("deputy", "Nobody of \(seat.name)’s agency signs in with this address")])
            }
            entered.append((account, seat.agency, .present, seat.account))
        }
        let occasion = try visit.occasion()
        do {
            try visit.write { connection in
                for place in entered {
                    let result = try visit.panels.record(
                        place.presence, of: place.account, from: place.agency, deputyFor: place.deputyFor,
                        at: open.meeting.id, on: occasion, in: connection)
                    if case .failure(let refusal) = result { throw Unwritten(account: place.account, refusal: refusal) }
                }
            }
        } catch let error as Unwritten {
            return try page(visit, errors: visit.errors(error.refusal, at: "presence-\(error.account.text)"))
        }
        return visit.redirect("\(open.address)/attendance")
    }

    /// Why nothing of a form was written: what was refused of one person takes back what stood before it.
    private struct Unwritten: Error {
        let account: ID<Account>
        let refusal: PanelRefusal
    }
}
