// swift-tools-version: 6.0
import PackageDescription

// One direction of dependency, top to bottom; `Sources/*/README.md` tell what each target holds.

/// The interpreter's inner loop reads and writes class storage millions of times a second; dynamic
/// exclusivity checks would dominate it (see Sources/Interpreter/README.md). The tensor operations
/// check globals in every call: a fault scope costs 4 ns without the checks and 16 ns with them.
let hotLoop: [SwiftSetting] = [
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

func syntax(_ names: String...) -> [Target.Dependency] {
  names.map { .product(name: $0, package: "swift-syntax") }
}

let package = Package(
  name: "Lectern",
  products: [
    .executable(name: "lectern", targets: ["lectern"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "NN", targets: ["NN"]),
    .library(name: "Tensors", targets: ["Tensors"]),
  ],
  dependencies: [
    .package(url: "https://github.com/swiftlang/swift-syntax", exact: "603.0.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // The program
    .executableTarget(
      name: "lectern",
      dependencies: [
        "Publishing", "Notebooks", "Bindings", "Interpreter",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["README.md"]),
    .target(
      name: "Publishing",
      dependencies: ["Notebooks", "MathML"]
        + syntax("SwiftSyntax", "SwiftParser", "SwiftIDEUtils"),
      exclude: ["README.md"]),
    .target(
      name: "Notebooks",
      dependencies: ["CMark", "Interpreter", .product(name: "Yams", package: "Yams")],
      exclude: ["README.md"]),
    .target(
      name: "Bindings", dependencies: ["Interpreter", "Datasets", "NN", "Tensors"],
      exclude: ["README.md"], swiftSettings: hotLoop),
    .target(
      name: "Interpreter",
      dependencies: syntax(
        "SwiftSyntax", "SwiftParser", "SwiftParserDiagnostics", "SwiftOperators",
        "SwiftDiagnostics"),
      exclude: ["README.md", "Sema/README.md"],
      swiftSettings: hotLoop),

    // The library
    .target(
      name: "Datasets", dependencies: ["Tensors"], exclude: ["README.md"], swiftSettings: hotLoop),
    .target(
      name: "NN", dependencies: ["Tensors", "CKernels"], exclude: ["README.md"],
      swiftSettings: hotLoop),
    .target(
      name: "Tensors", dependencies: ["CBLAS", "CKernels"], exclude: ["README.md"],
      swiftSettings: hotLoop),
    .target(name: "MathML", exclude: ["README.md"]),

    .target(name: "CKernels", exclude: ["README.md"]),

    // C libraries
    .systemLibrary(name: "CBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CMark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),

    // Tools
    .executableTarget(
      name: "bindgen",
      dependencies: syntax("SwiftSyntax", "SwiftParser") + [
        .product(name: "ArgumentParser", package: "swift-argument-parser")
      ],
      exclude: ["README.md"]),

    // Tests mirror the targets
    .testTarget(name: "CKernelsTests", dependencies: ["CKernels"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"]),
    .testTarget(
      name: "NNTests", dependencies: ["CKernels", "NN", "Tensors"], exclude: ["Fixtures"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "NN", "Tensors"]),
    .testTarget(name: "MathMLTests", dependencies: ["MathML"], exclude: ["Formulas"]),
    .testTarget(
      name: "InterpreterTests", dependencies: ["Interpreter"],
      exclude: ["CheckingErrors", "CheckingPrograms", "MachinePrograms", "StandardLibraryPrograms"]),
    .testTarget(
      name: "BindingsTests", dependencies: ["Bindings", "Interpreter", "NN", "Tensors", "bindgen"],
      exclude: ["Programs"]),
    .testTarget(name: "NotebooksTests", dependencies: ["Notebooks"], exclude: ["Documents"]),
    .testTarget(
      name: "PublishingTests", dependencies: ["Publishing", "Notebooks"],
      exclude: ["Pages", "Samples"]),
    .testTarget(name: "LecternTests", dependencies: ["lectern"]),
  ],
  swiftLanguageModes: [.v5]
)

// The library alone, without swift-syntax, which takes minutes to build: see script/sanitize.
if Context.environment["LECTERN_LIBRARY_ONLY"] != nil {
  let library = ["CBLAS", "CKernels", "Tensors", "NN", "Datasets"]
  let names = Set(library + library.map { $0 + "Tests" })
  package.targets.removeAll { !names.contains($0.name) }
  package.products.removeAll { !names.contains($0.name) }
  package.dependencies = []
}
