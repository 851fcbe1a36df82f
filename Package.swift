// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "Whence",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Whence", targets: ["Whence"]),
        .library(name: "WhenceDiscovery", targets: ["WhenceDiscovery"]),
        .executable(name: "whence", targets: ["WhenceCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // C and C++ libraries, from the system's packages.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        // libhdf5 is loaded when it is needed; only its headers are read here.
        .target(
            name: "CHDF5",
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]
        ),
        .target(
            name: "CSentencePiece",
            linkerSettings: [.linkedLibrary("sentencepiece")]
        ),

        // Our own C: everything that gains from vector registers.
        .target(
            name: "CWhenceKernels",
            linkerSettings: [.linkedLibrary("m")]
        ),

        // The rooms an input flows through.
        .target(
            name: "WhenceTensor", dependencies: ["CWhenceKernels"], swiftSettings: strict),
        .target(
            name: "WhenceLoader",
            dependencies: ["CHDF5", "COpenSSL", "CSentencePiece", "CZlib", "WhenceTensor"],
            swiftSettings: strict
        ),
        .target(
            name: "WhenceInference", dependencies: ["WhenceLoader", "WhenceTensor"], swiftSettings: strict),
        .target(name: "WhenceDiscovery", swiftSettings: strict),
        .target(
            name: "WhenceExplanation",
            dependencies: ["WhenceDiscovery", "WhenceInference", "WhenceLoader", "WhenceTensor"],
            swiftSettings: strict
        ),
        .target(
            name: "WhenceRendering", dependencies: ["WhenceDiscovery", "WhenceExplanation", "WhenceLoader"],
            swiftSettings: strict),
        .target(
            name: "WhenceAnnotation",
            dependencies: [
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                "CZlib", "CZstd", "WhenceDiscovery", "WhenceExplanation", "WhenceInference", "WhenceLoader",
                "WhenceRendering",
            ],
            swiftSettings: strict),
        // Beside the flow: transformers whose causal graph is known.
        .target(
            name: "WhenceLaboratory",
            dependencies: [
                "CWhenceKernels", "WhenceDiscovery", "WhenceExplanation", "WhenceLoader", "WhenceTensor",
            ],
            swiftSettings: strict),
        .target(
            name: "Whence",
            dependencies: [
                "WhenceAnnotation", "WhenceDiscovery", "WhenceExplanation", "WhenceInference",
                "WhenceLaboratory", "WhenceLoader", "WhenceRendering",
                "WhenceTensor",
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "WhenceCLI", dependencies: ["Whence", argumentParser], swiftSettings: strict),
        .executableTarget(name: "WhenceBench", dependencies: ["Whence"], swiftSettings: strict),

        // Tests, one folder a target.
        .target(name: "WhenceTestSupport", path: "Tests/WhenceTestSupport", swiftSettings: strict),
        .testTarget(
            name: "ArchitectureTests", dependencies: ["WhenceTestSupport"], swiftSettings: strict),
        .testTarget(
            name: "WhenceTensorTests", dependencies: ["WhenceTensor", "WhenceTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "WhenceLoaderTests", dependencies: ["CHDF5", "WhenceLoader", "WhenceTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "WhenceInferenceTests", dependencies: ["WhenceInference", "WhenceTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "WhenceDiscoveryTests", dependencies: ["WhenceDiscovery", "WhenceTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "WhenceExplanationTests", dependencies: ["WhenceExplanation", "WhenceTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "WhenceAnnotationTests",
            dependencies: [
                .product(name: "GRDB", package: "GRDB.swift"), "WhenceAnnotation", "WhenceTestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "WhenceLaboratoryTests", dependencies: ["WhenceLaboratory", "WhenceTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "WhenceRenderingTests", dependencies: ["WhenceRendering", "WhenceTestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "WhenceCLITests", dependencies: ["WhenceCLI", "WhenceTestSupport"], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
