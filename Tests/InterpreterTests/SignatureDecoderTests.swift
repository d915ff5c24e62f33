import Testing

@testable import Interpreter

@Suite struct SignatureDecoderTests {
  /// A library with one module more, in which tests declare what they need.
  private func library(_ declare: (NativeModule) -> Void) -> Library {
    let module = NativeModule("Test")
    declare(module)
    return Library(modules: StandardLibrary.modules + [module])
  }

  private func function(_ signature: String) throws -> FunctionDeclaration {
    let library = library { $0.declare(signature) { _ in } }
    let name = SignatureHead.name(of: signature)
    let function = library.functions(name).last ?? library.operators(name).last
    #expect(library.problems == [])
    return try #require(function)
  }

  @Test func everyDeclarationOfTheStandardLibraryDecodes() {
    #expect(Library(modules: StandardLibrary.modules).decodeEverything() == [])
  }

  @Test func labelsDefaultsAndEffects() throws {
    let f = try function(
      "func train<T, U: Hashable>(_ xs: [T], by step: inout Int, text: String = \"a, (b\", "
        + "rest: Any..., body: @escaping (T, inout [U]) throws -> U?) rethrows "
        + "-> (values: [U: T], indices: Int?)")
    #expect(f.fullName == "train(_:by:text:rest:body:)")
    #expect(f.parameters.map(\.name) == ["xs", "step", "text", "rest", "body"])
    #expect(f.parameters.map(\.isInout) == [false, true, false, false, false])
    #expect(f.parameters[3].isVariadic)
    guard case .text("\"a, (b\"")? = f.parameters[2].defaultValue else {
      Issue.record("default value")
      return
    }
    #expect("\(f.parameters[4].type)" == "(T, inout [U]) throws -> U?")
    #expect("\(f.result)" == "(values: [U : T], indices: Int?)")
    #expect(f.effects == .rethrows)
    #expect(f.genericParameters.map(\.name) == ["T", "U"])
    #expect(f.genericParameters[1].constraints.map(\.name) == ["Hashable"])
  }

  @Test func elementsOfSequences() throws {
    let f = try function(
      "func pair<A: Sequence, B: Sequence<Int>>(_ a: A, _ b: B) -> [(A.Element, Int)] "
        + "where A.Element: Comparable")
    // `A.Element` is a parameter of its own, tied to `A` by a requirement.
    #expect(f.genericParameters.map(\.name) == ["A", "B", "A.Element"])
    #expect(f.genericParameters[2].constraints.map(\.name) == ["Comparable"])
    #expect(f.requirements.count == 2)
  }

  @Test func operatorsHaveAFixity() throws {
    #expect(try function("infix func .== (a: Int, b: Int) -> Bool").name == ".==")
    #expect(try function("prefix func +++ (a: Int) -> Int").fixity == .prefix)
    #expect(try function("postfix func +++ (a: Int) -> Int").fixity == .postfix)
    #expect(try function("func <<< <T: Comparable>(a: T, b: T) -> T").genericParameters.count == 1)
  }

  @Test func membersSpeakOfTheirOwner() throws {
    let library = library { module in
      module.protocol("Shape")
      module.declare("static var unit: any Shape { get }", in: "Shape") { _ in }
      module.type("Box", .struct, generics: ["Content: Equatable"], protocols: ["Sequence"])
      module.type("Box.Key", .enum)
      module.declare("case name(String)", in: "Box.Key")
      module.declare("init?(_ content: Content) throws", in: "Box") { _ in }
      module.declare("subscript(i: Int, named key: Key) -> Content { get set }", in: "Box") { _ in
      } set: { _ in
      }
      module.declare("open func merged(with other: Self) -> Self", in: "Box") { _ in }
    }
    let box = try #require(library.nominal("Box"))
    #expect(box.genericParameters[0].constraints.map(\.name) == ["Equatable"])
    guard case .function(let make)? = library.members(of: box, named: "init").first else {
      Issue.record("init")
      return
    }
    #expect("\(make.result)" == "Box<Content>?" && make.effects == .throws)
    guard case .property(let element)? = library.members(of: box, named: "subscript").first else {
      Issue.record("subscript")
      return
    }
    #expect(element.getter.fullName == "subscript(_:named:)")
    #expect(element.setter?.isMutating == true && element.setter?.parameters.count == 3)
    #expect("\(element.getter.parameters[1].type)" == "Box.Key")
    guard case .function(let merged)? = library.members(of: box, named: "merged").first else {
      Issue.record("merged")
      return
    }
    #expect("\(merged.result)" == "Box<Content>" && merged.isOverridable)
    guard case .type? = library.members(of: box, named: "Key").first else {
      Issue.record("nested type")
      return
    }
  }

  @Test func membersOfSequencesAreThoseOfEveryType() throws {
    let library = Library(modules: StandardLibrary.modules)
    for (type, closure) in [
      ("Range", "(Bound) throws -> T"), ("String", "(Character) throws -> T"),
      ("Dictionary", "((key: Key, value: Value)) throws -> T"),
    ] {
      let declaration = try #require(library.nominal(type))
      guard case .function(let map)? = library.members(of: declaration, named: "map").first else {
        Issue.record("map of \(type)")
        continue
      }
      #expect("\(map.parameters[0].type)" == closure)
      #expect(map.owner === declaration)
    }
  }

  @Test(arguments: [
    ("func f(x: Nope)", "unknown type 'Nope'"),
    ("func f(x: [Int)", "expected ']' before ')'"),
    ("func f<T: Nope>(x: T)", "unknown protocol 'Nope'"),
    ("func f(x: some Equatable)", "'some' is not supported, name the type"),
    ("func f(x: Array)", "'Array' takes 1 generic arguments"),
    ("func f() async", "'async' functions cannot be bound"),
    ("func f() -> Int extra", "unexpected 'extra'"),
    ("init()", "initializer without a type"),
  ])
  func problemsNameTheDeclaration(_ signature: String, _ problem: String) {
    let library = library { $0.declare(signature) { _ in } }
    #expect(library.decodeEverything() == ["\(signature): \(problem)"])
  }

  @Test func conformance() throws {
    let library = Library(modules: StandardLibrary.modules)
    func conforms(_ type: String, _ name: String) throws -> Bool {
      let decoded = try SignatureDecoder.decodeType(type, in: .moduleLevel, library: library)
      return library.conforms(decoded, to: try #require(library.protocolDeclaration(name)))
    }
    #expect(try conforms("[Int]", "Hashable") && conforms("[Int]?", "Equatable"))
    #expect(try !conforms("[(Int, Int)]", "Equatable") && !conforms("[Int]", "Comparable"))
    #expect(try !conforms("[() -> Int]", "Hashable") && conforms("[() -> Int]", "Sequence"))
    #expect(try conforms("any Error", "Error") && !conforms("any Error", "Equatable"))
    #expect(try conforms("[String: Double]", "Equatable") && conforms("Int", "Comparable"))
  }
}
