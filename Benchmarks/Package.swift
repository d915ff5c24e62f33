// swift-tools-version: 6.0
import PackageDescription

// A package of its own, so that nobody who uses Lectern builds it. `language-bench` measures the
// built `lectern`; `nn-bench` builds the library, and of Lectern nothing else.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "Lectern", path: "..")],
  targets: [
    .executableTarget(name: "language-bench"),
    .executableTarget(
      name: "nn-bench", dependencies: [.product(name: "NN", package: "Lectern")]),
  ],
  swiftLanguageModes: [.v5]
)
