import DesignSystem
import Foundation
import HTML
import Kernel
import Testing

/// The components of GOV.UK Frontend by the names of their fixtures.
private let makers: [String: @Sendable (FixtureOptions) -> any Component] = [
    "accordion": { Accordion($0) }, "back-link": { BackLink($0) }, "breadcrumbs": { Breadcrumbs($0) },
    "button": { Button($0) }, "character-count": { CharacterCount($0) }, "checkboxes": { Checkboxes($0) },
    "cookie-banner": { CookieBanner($0) }, "date-input": { DateInput($0) }, "details": { Details($0) },
    "error-message": { ErrorMessage($0) }, "error-summary": { ErrorSummary($0) },
    "exit-this-page": { ExitThisPage($0) }, "fieldset": { Fieldset($0) }, "file-upload": { FileUpload($0) },
    "footer": { Footer($0) }, "generic-header": { GenericHeader($0) }, "header": { Header($0) },
    "hint": { Hint($0) }, "input": { Input($0) }, "inset-text": { InsetText($0) }, "label": { Label($0) },
    "notification-banner": { NotificationBanner($0) }, "pagination": { Pagination($0) },
    "panel": { ConfirmationPanel($0) }, "password-input": { PasswordInput($0) },
    "phase-banner": { PhaseBanner($0) }, "radios": { Radios($0) }, "select": { Select($0) },
    "service-navigation": { ServiceNavigation($0) }, "skip-link": { SkipLink($0) },
    "summary-list": { SummaryList($0) }, "table": { Table($0) }, "tabs": { Tabs($0) }, "tag": { Tag($0) },
    "task-list": { TaskList($0) }, "textarea": { Textarea($0) }, "warning-text": { WarningText($0) },
]

/// The folder of fixtures: `GOVUK_FIXTURES`, else the one in the project's shared folder (`CONCORD_SHARED`, else
/// `shared` beside the repository).
private enum Fixtures {
    static let folder: String = {
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["GOVUK_FIXTURES"], !folder.isEmpty { return folder }
        let root = #filePath.components(separatedBy: "/Tests/DesignSystemTests/")[0]
        return (environment["CONCORD_SHARED"] ?? root + "/../shared") + "/reference/govuk-frontend"
    }()
    static let files: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { $0.hasSuffix(".json") }.sorted()
    static let absent: Comment = "the fixtures of GOV.UK Frontend are not there (GOVUK_FIXTURES)"

    static func read(_ file: String) throws -> JSON {
        try JSON(parsing: Array(Data(contentsOf: URL(fileURLWithPath: folder + "/" + file))), from: file)
    }
}

@Suite("GOV.UK fixtures", .enabled(if: !Fixtures.files.isEmpty, Fixtures.absent))
struct GOVUKFixtureTests {
    @Test("A component's markup equals that of GOV.UK Frontend for the same options", arguments: Fixtures.files)
    func equal(file: String) throws {
        let json = try Fixtures.read(file)
        let component = FixtureOptions(json["component"]).text ?? String(file.dropLast(5))
        guard let make = makers[component] else {
            print("GOVUKFixtureTests: \(component) is not covered")
            return
        }

        let fixtures = FixtureOptions(json["fixtures"]).items

        #expect(!fixtures.isEmpty, "\(file) has no fixtures")
        for fixture in fixtures {
            let ours = HtmlTree.parse(make(fixture["options"]).html.string)
            let theirs = HtmlTree.parse(fixture["html"].printed)
            let difference = HtmlTree.difference(ours, theirs)
            #expect(difference == nil, "\(component)/\(fixture["name"].printed)")
        }
    }

    @Test("What is covered, and what is not")
    func coverage() throws {
        var covered = 0
        var fixtures = 0
        var others: [String] = []
        for file in Fixtures.files {
            let json = try Fixtures.read(file)
            let component = FixtureOptions(json["component"]).text ?? String(file.dropLast(5))
            guard makers[component] != nil else {
                others.append(component)
                continue
            }
            covered += 1
            fixtures += FixtureOptions(json["fixtures"]).items.count
        }
        let rest = others.isEmpty ? "none" : others.joined(separator: ", ")
        print("GOVUKFixtureTests: \(covered) components, \(fixtures) fixtures covered; not covered: \(rest)")

        #expect(covered > 0)
    }
}
