// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift target in `Sources/<floor>/<name>`.
func room(_ name: String, on floor: String, needs dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/\(floor)/\(name)", swiftSettings: settings)
}

/// Pages of one part of the site, in `Sources/App/Pages/<folder>`.
func room(_ name: String, in folder: String, needs dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/App/Pages/\(folder)", swiftSettings: settings)
}

/// The tests of a target, in `Tests/<name>Tests`.
func tests(of name: String, needs dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies,
        path: "Tests/\(name)Tests", swiftSettings: settings)
}

/// A C library that Debian provides, by its module map in `Sources/System/<name>`.
func system(_ name: String, package: String) -> Target {
    .systemLibrary(name: name, path: "Sources/System/\(name)", providers: [.apt([package])])
}

let package = Package(
    name: "concord",
    products: [
        .executable(name: "concord", targets: ["concord"]),
        .library(name: "Tables", targets: ["Tables"]),
        .library(name: "Kernel", targets: ["Kernel"]),
    ],
    targets: [
        // System
        .target(name: "CShims", path: "Sources/System/CShims"),
        system("CZlib", package: "zlib1g-dev"),
        system("CGEOS", package: "libgeos-dev"),
        system("CPROJ", package: "libproj-dev"),
        system("CGSL", package: "libgsl-dev"),
        system("CCrypto", package: "libssl-dev"),
        system("CSQLite", package: "libsqlite3-dev"),
        system("CPostgreSQL", package: "libpq-dev"),
        system("CMicrohttpd", package: "libmicrohttpd-dev"),
        system("CSodium", package: "libsodium-dev"),
        system("CUnistring", package: "libunistring-dev"),
        system("COATH", package: "liboath-dev"),
        system("CJose", package: "libjose-dev"),
        system("CCurl", package: "libcurl4-openssl-dev"),

        // Platform
        room("Kernel", on: "Platform"),
        room("Digests", on: "Platform", needs: ["CCrypto", "Kernel"]),
        room("Files", on: "Platform", needs: ["Digests", "Kernel"]),
        room("Statistics", on: "Platform", needs: ["CGSL", "Kernel"]),
        room("Tables", on: "Platform", needs: ["CShims", "CZlib", "Kernel"]),
        room("Geography", on: "Platform", needs: ["CGEOS", "CPROJ", "Kernel"]),
        room("HTML", on: "Platform", needs: ["Kernel"]),
        room("DesignSystem", on: "Platform", needs: ["HTML", "Kernel"]),
        room("Graphics", on: "Platform", needs: ["Kernel"]),
        room(
            "Storage", on: "Platform", needs: ["CPostgreSQL", "CSQLite", "CZlib", "Digests", "Files", "Kernel"]),
        room("Secrets", on: "Platform", needs: ["CCrypto", "COATH", "CSodium", "CUnistring", "Files", "Kernel"]),
        room("OpenIDConnect", on: "Platform", needs: ["CCurl", "CJose", "Digests", "Kernel", "Secrets"]),
        room("Documents", on: "Platform", needs: ["CZlib", "Files", "HTML", "Kernel"]),
        room("HTTP", on: "Platform", needs: ["Digests", "Kernel"]),
        room(
            "HTTPServer", on: "Platform",
            needs: ["CMicrohttpd", "CZlib", "Digests", "Files", "HTTP", "Kernel"]),
        room("CommandLine", on: "Platform", needs: ["Kernel"]),

        // Evidence
        room("Records", on: "Evidence", needs: ["Kernel", "Digests", "Files", "Tables", "Geography"]),
        room(
            "Assessment", on: "Evidence",
            needs: [
                "DesignSystem", "Files", "Kernel", "Statistics", "Geography", "Graphics", "HTML", "Records", "Tables",
            ]),
        room("DemoBorough", on: "Evidence", needs: ["Kernel"]),

        // Partnership
        room("Rules", on: "Partnership", needs: ["Files", "Kernel"]),
        room("Governance", on: "Partnership", needs: ["Digests", "Files", "Kernel", "Rules", "Secrets", "Storage"]),
        room("People", on: "Partnership", needs: ["Governance", "Kernel", "Secrets", "Storage"]),
        room("Instruments", on: "Partnership", needs: ["Files", "Kernel", "Rules"]),
        room(
            "Casework", on: "Partnership",
            needs: [
                "Digests", "Documents", "Files", "Governance", "Instruments", "Kernel", "People", "Rules", "Secrets",
                "Storage",
            ]),
        room(
            "Panels", on: "Partnership",
            needs: [
                "Casework", "Files", "Governance", "Instruments", "Kernel", "People", "Rules", "Secrets", "Storage",
            ]),
        room(
            "Enforcement", on: "Partnership",
            needs: ["Files", "Governance", "Kernel", "People", "Rules", "Secrets", "Storage"]),
        room(
            "CaseReview", on: "Partnership",
            needs: ["Casework", "Files", "Governance", "Kernel", "People", "Rules", "Storage"]),
        room(
            "Cohorts", on: "Partnership",
            needs: ["Casework", "Enforcement", "Files", "Governance", "Kernel", "People", "Rules", "Storage"]),
        room("Assessments", on: "Partnership", needs: ["Digests", "Governance", "Kernel", "Storage"]),

        // App
        room("Configuration", on: "App", needs: ["Files", "Kernel"]),
        room("Jobs", on: "App", needs: ["Governance", "Kernel", "Storage"]),
        room(
            "Site", on: "App",
            needs: [
                "Assessing", "CaseReview", "Casework", "Cohorts", "Configuration", "DesignSystem", "Digests",
                "Enforcement",
                "Files", "Governance", "HTML", "HTTP", "HTTPServer", "Instruments", "Jobs", "Kernel", "OpenIDConnect",
                "Panels", "People", "Records", "Rules", "Secrets", "Storage",
            ]),
        room(
            "TrustPages", in: "Trust",
            needs: [
                "Configuration", "DesignSystem", "Governance", "HTML", "HTTP", "Kernel", "Rules", "Site", "Storage",
            ]),
        room(
            "PeoplePages", in: "People",
            needs: [
                "Configuration", "DesignSystem", "Governance", "HTML", "HTTP", "Kernel", "OrderPages", "People",
                "Rules",
                "Site", "Storage",
            ]),
        room(
            "AccountPages", in: "Account",
            needs: [
                "DesignSystem", "Governance", "HTML", "HTTP", "Kernel", "OpenIDConnect", "Secrets", "Site", "Storage",
            ]),
        room("Assessing", on: "App", needs: ["Assessment", "Files", "Geography", "Kernel", "Records", "Tables"]),
        room(
            "CasePages", in: "Cases",
            needs: [
                "Casework", "Configuration", "DesignSystem", "Digests", "Documents", "Files", "Governance", "HTML",
                "HTTP", "Instruments", "Kernel", "OrderPages", "People", "Rules", "Site", "Storage",
            ]),
        room(
            "PanelPages", in: "Panels",
            needs: [
                "Casework", "Configuration", "DesignSystem", "Digests", "Documents", "Files", "Governance", "Graphics",
                "HTML", "HTTP", "Instruments", "Kernel", "Panels", "People", "Rules", "Secrets", "Site", "Storage",
            ]),
        room(
            "OrderPages", in: "Orders",
            needs: [
                "Casework", "DesignSystem", "Enforcement", "Governance", "Graphics", "HTML", "HTTP", "Kernel", "People",
                "Rules", "Site", "Storage",
            ]),
        room(
            "CaseReviewPages", in: "CaseReviews",
            needs: [
                "CaseReview", "Casework", "DesignSystem", "Documents", "Governance", "Graphics", "HTML", "HTTP",
                "Kernel", "People", "Rules", "Site", "Storage",
            ]),
        room(
            "CohortPages", in: "Cohorts",
            needs: [
                "Casework", "Cohorts", "DesignSystem", "Governance", "Graphics", "HTML", "HTTP", "Kernel", "Site",
                "Statistics", "Storage",
            ]),
        room(
            "HomePages", in: "Home",
            needs: [
                "Assessments", "CaseReview", "Casework", "DesignSystem", "Governance", "HTML", "HTTP", "Jobs", "Kernel",
                "OrderPages", "Panels", "People", "Site", "Storage",
            ]),
        room(
            "AssessmentPages", in: "Assessment",
            needs: [
                "Assessing", "Assessment", "Assessments", "Configuration", "DesignSystem", "Digests", "Files",
                "Governance",
                "HTML", "HTTP", "Jobs", "Kernel", "Records", "Site", "Storage",
            ]),
        room("API", on: "App", needs: ["Assessments", "Digests", "Governance", "HTTP", "Kernel", "Site", "Storage"]),
        .executableTarget(
            name: "concord",
            dependencies: [
                "API", "AccountPages", "AssessmentPages", "Assessing", "Assessment", "Assessments", "CasePages",
                "CaseReview", "CaseReviewPages", "Casework", "CohortPages", "Cohorts", "CommandLine", "Configuration",
                "DemoBorough", "Digests",
                "Enforcement", "Files", "Geography", "Governance", "HTTP", "HTTPServer", "HomePages", "Instruments",
                "Jobs", "Kernel", "OrderPages", "PanelPages", "Panels", "People", "PeoplePages", "Records", "Rules",
                "Secrets", "Site", "Storage", "Tables", "TrustPages",
            ],
            path: "Sources/App/concord", swiftSettings: settings),

        tests(of: "Kernel"),
        tests(of: "Statistics", needs: ["Kernel"]),
        tests(of: "Tables", needs: ["CZlib", "Kernel"]),
        tests(of: "Geography", needs: ["Kernel"]),
        tests(of: "HTML"),
        tests(of: "Documents", needs: ["HTML", "Kernel"]),
        tests(of: "Graphics", needs: ["Kernel"]),
        tests(of: "CommandLine", needs: ["Kernel"]),
        tests(of: "Records", needs: ["Files", "Kernel", "Tables", "Geography"]),
        tests(of: "DesignSystem", needs: ["HTML", "Kernel"]),
        .target(
            name: "TestDatabases", dependencies: ["Kernel", "Storage"], path: "Tests/Support/TestDatabases",
            swiftSettings: settings),
        .executableTarget(
            name: "storage-writer", dependencies: ["Kernel", "Storage"], path: "Tests/Support/storage-writer",
            swiftSettings: settings),
        tests(of: "Storage", needs: ["CSQLite", "CZlib", "Files", "Kernel", "TestDatabases", "storage-writer"]),
        tests(of: "Configuration", needs: ["Kernel"]),
        tests(of: "Secrets", needs: ["Kernel"]),
        .target(name: "TestProvider", path: "Tests/Support/TestProvider", swiftSettings: settings),
        tests(of: "OpenIDConnect", needs: ["Kernel", "Secrets", "TestProvider"]),
        tests(of: "HTTP", needs: ["Kernel"]),
        tests(of: "HTTPServer", needs: ["HTTP", "Kernel"]),
        tests(of: "Rules", needs: ["Files", "Kernel"]),
        tests(of: "Governance", needs: ["Files", "Kernel", "Rules", "Secrets", "Storage", "TestDatabases"]),
        tests(
            of: "Assessment",
            needs: [
                "Assessing", "DemoBorough", "Files", "Kernel", "Records", "Statistics", "Geography", "Graphics", "HTML",
            ]),
        tests(of: "DemoBorough", needs: ["Kernel"]),
        tests(
            of: "TrustPages",
            needs: ["Configuration", "Files", "Governance", "HTTP", "Kernel", "Rules", "Site", "Storage", "TestSite"]),
        tests(of: "People", needs: ["Files", "Governance", "Kernel", "Storage", "TestDatabases"]),
        tests(
            of: "Panels",
            needs: [
                "Casework", "Files", "Governance", "Instruments", "Kernel", "People", "Rules", "Secrets", "Storage",
                "TestDatabases",
            ]),
        tests(
            of: "Enforcement", needs: ["Files", "Governance", "Kernel", "People", "Rules", "Storage", "TestDatabases"]),
        tests(
            of: "CaseReview",
            needs: [
                "Casework", "Files", "Governance", "Instruments", "Kernel", "People", "Rules", "Storage",
                "TestDatabases",
            ]),
        tests(of: "Instruments", needs: ["Files", "Kernel", "Rules"]),
        tests(
            of: "Cohorts",
            needs: [
                "Casework", "Enforcement", "Files", "Governance", "Instruments", "Kernel", "People", "Rules", "Storage",
                "TestDatabases",
            ]),
        tests(
            of: "CaseReviewPages",
            needs: [
                "CasePages", "Governance", "HTTP", "HomePages", "Kernel", "PeoplePages", "Site", "Storage", "TestSite",
            ]),
        tests(
            of: "Site",
            needs: [
                "API", "AccountPages", "AssessmentPages", "CasePages", "CaseReviewPages", "Casework", "CohortPages",
                "Governance", "HTTP", "HomePages", "Kernel", "OrderPages", "PanelPages", "People", "PeoplePages",
                "Storage", "TestSite", "TrustPages",
            ]),
        tests(of: "CohortPages", needs: ["Governance", "HTTP", "Site", "Storage", "TestSite"]),
        tests(
            of: "OrderPages",
            needs: [
                "CasePages", "Governance", "HTML", "HTTP", "HomePages", "Kernel", "PeoplePages", "Site", "Storage",
                "TestSite",
            ]),
        tests(
            of: "Casework",
            needs: [
                "Documents", "Files", "Governance", "Instruments", "Kernel", "People", "Rules", "Secrets", "Storage",
                "TestDatabases",
            ]),
        tests(
            of: "CasePages",
            needs: [
                "Casework", "Configuration", "Documents", "Files", "Governance", "HTTP", "HomePages", "Instruments",
                "Kernel", "People", "PeoplePages", "Rules", "Secrets", "Site", "Storage", "TestSite",
            ]),
        tests(
            of: "PanelPages",
            needs: [
                "CasePages", "Casework", "Digests", "Governance", "HTTP", "HomePages", "Instruments", "Kernel",
                "People",
                "PeoplePages", "Secrets", "Site", "Storage", "TestSite",
            ]),
        tests(
            of: "PeoplePages",
            needs: [
                "CasePages", "Governance", "HTTP", "HomePages", "Kernel", "OrderPages", "People", "Site", "Storage",
                "TestSite", "TrustPages",
            ]),
        .target(
            name: "TestSite",
            dependencies: [
                "Assessing", "Assessments", "CaseReview", "Casework", "Cohorts", "Configuration", "Enforcement",
                "Files",
                "Governance", "HTML", "HTTP", "Jobs", "Kernel", "Panels", "People", "Records", "Secrets", "Site",
                "Storage", "TestDatabases",
            ], path: "Tests/Support/TestSite", swiftSettings: settings),
        tests(
            of: "AccountPages",
            needs: [
                "Configuration", "Files", "Governance", "HTTP", "Jobs", "Kernel", "OpenIDConnect", "Site", "Storage",
                "TestProvider", "TestSite",
            ]),
        tests(of: "Jobs", needs: ["Governance", "Kernel", "Storage", "TestDatabases"]),
        tests(of: "Assessments", needs: ["Governance", "Kernel", "Storage", "TestDatabases"]),
        tests(
            of: "AssessmentPages",
            needs: [
                "Assessments", "Configuration", "DemoBorough", "Digests", "Files", "Governance", "HTTP", "Jobs",
                "Kernel", "Site",
                "Storage", "TestSite",
            ]),
        tests(
            of: "API",
            needs: [
                "Assessing", "Assessments", "Configuration", "Files", "Governance", "HTTP", "Jobs", "Kernel", "Records",
                "Secrets", "Site", "Storage", "TestDatabases",
            ]),
        tests(of: "concord", needs: ["Kernel", "Records", "Storage", "TestDatabases"]),
    ],
    swiftLanguageModes: [.v6]
)
