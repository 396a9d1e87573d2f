internal import DesignSystem
internal import Digests
internal import HTML
internal import Kernel
internal import Secrets
internal import Site

/// The one file in which a meeting goes into a room without a network: a page that asks for the passphrase, with its own
/// style and script and the sealed pack. Nothing outside of the cipher says whose or of whom it is.
enum RoomPackFile {
    private static let sheets = ["tokens", "base", "forms", "components", "utilities", "room-pack"]
    private static let scripts = ["room-elements", "room-pack"]

    /// The file.
    /// - Throws: a `Fault` when a sheet or the script is missing, or cannot stand within a page.
    static func html(_ envelope: RoomEnvelope, assets: SiteAssets) throws(Fault) -> [UInt8] {
        var style: [UInt8] = []
        for sheet in sheets { style += try part("styles/\(sheet).css", of: assets) }
        var script: [UInt8] = []
        for name in scripts { script += try part("scripts/\(name).js", of: assets) }
        let policy = """
            default-src 'none'; script-src '\(digest(script))'; style-src '\(digest(style))'; base-uri 'none'; \
            form-action 'none'
            """
        // Style and script are the program's own files, checked for their ends; the JSON holds codes and base64 alone.
        let page: Html = """
            <!DOCTYPE html>
            <html lang="en-GB" class="govuk-template">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="robots" content="noindex">
            <title>Meeting pack</title>
            <style>\(Html(raw: style))</style>
            </head>
            <body class="govuk-template__body">
            <div class="govuk-width-container">
            <main class="govuk-main-wrapper" id="main">
            <h1 class="govuk-heading-l" id="heading" tabindex="-1">Meeting pack</h1>
            \(lock)
            <div id="pack" hidden></div>
            </main>
            </div>
            <script type="application/json" id="sealed">\(Html(raw: envelope.json.encoded(indented: false)))</script>
            <script type="module">\(Html(raw: script))</script>
            </body>
            </html>
            """
        return page.bytes
    }

    /// What is seen before the passphrase.
    private static let lock: Html = """
        <form id="lock" novalidate>
        <p class="govuk-body">This pack is sealed. It opens here, in this browser, and needs no network.</p>
        <noscript><p class="govuk-body"><strong>This browser runs no scripts, so it cannot open the pack.</strong></p></noscript>
        \(Input(
            name: "passphrase", label: "Passphrase",
            hint: "Five groups of four, as it was written down. Small letters and missing dashes make no difference.",
            value: nil, autocomplete: "off", checksSpelling: false, classes: "govuk-input--width-20"))
        \(Button(text: "Open the pack"))
        </form>
        """

    private static func part(_ name: String, of assets: SiteAssets) throws(Fault) -> [UInt8] {
        guard let bytes = assets.bytes(name) else {
            throw Fault("The file cannot be made", at: name, because: "there is no such asset")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard !text.contains("</"), !text.contains("<!--") else {
            throw Fault("The file cannot be made", at: name, because: "it holds what would end it within a page")
        }
        return bytes
    }

    /// A source of the policy: the SHA-256 of what stands in the element.
    private static func digest(_ bytes: [UInt8]) -> String {
        let digits = Array(SHA256.hex(bytes).utf8)
        let raw = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        let text = Base64URL.encode(raw).replacing("-", with: "+").replacing("_", with: "/")
        return "sha256-\(text)="
    }
}
