// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "concord-benchmarks",
    products: [
        .executable(name: "generate", targets: ["Generate"]),
        .executable(name: "load", targets: ["Load"]),
        .executable(name: "twelve-tables", targets: ["TwelveTables"]),
    ],
    dependencies: [.package(name: "concord", path: "..")],
    targets: [
        .executableTarget(
            name: "Generate", dependencies: [.product(name: "Kernel", package: "concord")], swiftSettings: settings),
        .executableTarget(name: "Load", swiftSettings: settings),
        .executableTarget(
            name: "TwelveTables",
            dependencies: [
                .product(name: "Kernel", package: "concord"), .product(name: "Tables", package: "concord"),
            ], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
