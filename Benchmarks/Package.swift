// swift-tools-version: 6.0
import PackageDescription

// A package of its own, so that nobody who uses Lectern builds it. It measures the built `lectern`.
let package = Package(
  name: "Benchmarks",
  targets: [.executableTarget(name: "language-bench")],
  swiftLanguageModes: [.v5]
)
