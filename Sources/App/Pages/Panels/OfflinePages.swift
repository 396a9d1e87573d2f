internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Secrets
internal import Site

/// Taking a meeting into a room without a network: one file that its passphrase opens, for who prepares or chairs it. The
/// passphrase is made for the page, shown there, and kept nowhere.
enum OfflinePages {
    static func page(_ visit: Visit) throws -> Response {
        let open = try meeting(visit)
        guard open.hasAccepted else { return visit.redirect(open.address) }
        return try page(open, .make(), visit, errors: [])
    }

    private static func meeting(_ visit: Visit) throws -> OpenMeeting {
        let open = try visit.openMeeting()
        guard open.takesPack else { throw visit.ended(.noPermission) }
        return open
    }

    private static func page(
        _ open: OpenMeeting, _ passphrase: Passphrase, _ visit: Visit, errors: [FormError]
    ) throws -> Response {
        let content: Html = """
            \(HiddenField(name: "made", value: try seal(passphrase, open, visit)))
            \(Checkboxes(
                name: "written",
                items: [.item(.init(value: "yes", text: "I have written the passphrase down"))], fieldset: nil,
                errorMessage: errors.message("written")))
            \(Button(text: "Download the file"))
            """
        return visit.page(
            Page(
                "Take the meeting offline", in: .panels,
                above: open.above + [("The pack for the room", "\(open.address)/pack")], errors: errors,
                canBeLeftQuickly: true,
                """
                <p class="govuk-body">You get one file with the pack as you see it. It opens in a browser without a \
                network. In it you also write minute lines and actions, and save them as another file. Bring that file \
                back to the meeting’s page.</p>
                <p class="govuk-body">Keep both on a device of your agency. Destroy them after the meeting.</p>
                <h2 class="govuk-heading-m">The passphrase that opens both</h2>
                <p class="govuk-body-l"><code>\(passphrase.text)</code></p>
                \(WarningText(text: "Write it down now, and keep it apart from the file. It is not in the file. It is not kept here, and the next time this page shows another."))
                \(visit.form("\(open.address)/offline", content))
                """))
    }

    static func make(_ visit: Visit) throws -> Response {
        let open = try meeting(visit)
        guard open.hasAccepted else { return visit.redirect(open.address) }
        let sent = visit.request.form
        guard let passphrase = try passphrase(sent["made"], open, visit) else {
            let wrong = FormError(
                "written", "The page was open for too long. Write down the passphrase that it shows now")
            return try page(open, .make(), visit, errors: [wrong])
        }
        guard sent["written"] == "yes" else {
            let wrong = FormError("written", "Write the passphrase down first, and say so here")
            return try page(open, passphrase, visit, errors: [wrong])
        }
        let content = try PackContent(open, visit, takenAs: ["pack", "offline"])
        let json = try RoomPack.json(content, open, visit)
        let envelope = try visit.site.passwordGate.pass {
            try RoomEnvelope(sealing: json, as: .pack, for: open.meeting.id, with: passphrase)
        }
        let file = try RoomPackFile.html(envelope, assets: visit.site.assets)
        return .download(
            body: .bytes(file), type: MediaType.html.headerValue, as: "meeting-pack-\(open.meeting.day).html")
    }

    // MARK: - The passphrase on its way through the form

    /// The form sends the passphrase back sealed by the site: nobody can send one that the site did not make, and it stands
    /// on the page only where it is to be read.
    private static func seal(_ passphrase: Passphrase, _ open: OpenMeeting, _ visit: Visit) throws -> String {
        let text = "\(visit.now.milliseconds) \(passphrase.text)"
        return Base64URL.encode(
            try visit.site.sealing.seal(Array(text.utf8), context: try context(open, visit)))
    }

    private static func passphrase(_ sent: String?, _ open: OpenMeeting, _ visit: Visit) throws -> Passphrase? {
        guard let bytes = sent.flatMap(Base64URL.decode),
            let text = try? visit.site.sealing.open(bytes, context: context(open, visit))
        else { return nil }
        let parts = String(decoding: text, as: UTF8.self).split(separator: " ")
        guard parts.count == 2, let made = Int64(parts[0]),
            Instant(milliseconds: made).advanced(bySeconds: longest) >= visit.now
        else { return nil }
        return Passphrase(String(parts[1]))
    }

    /// A day at most, in seconds: a passphrase on a page that was left open is no secret for long.
    private static let longest: Int64 = 86_400

    private static func context(_ open: OpenMeeting, _ visit: Visit) throws -> String {
        "passphrase of a pack \(open.meeting.id) \(try visit.actor().account)"
    }
}
