import Interpreter
import NN
import Tensors
import Testing

@testable import Bindings

/// The library as guest code sees it.
@Suite struct LibraryTests {
  @Test func everySignatureIsUnderstood() {
    let library = Library(modules: StandardLibrary.modules + LecternModules.all)
    #expect(library.decodeEverything() == [])
  }

  @Test func modulesAreVisibleTogether() {
    let library = Library(modules: LecternModules.all)
    #expect(library.modules(importedBy: "NN") == ["NN", "Tensors"])
    #expect(library.modules(importedBy: "Tensors") == ["Tensors"])
    #expect(library.modules(importedBy: "Datasets")?.contains("Tensors") == true)
  }

  /// Arrays are indices when their elements are Int.
  @Test func conformancesHaveConditions() throws {
    let library = Library(modules: StandardLibrary.modules + LecternModules.all)
    let indexing = try #require(library.protocolDeclaration("TensorIndexing"))
    for name in ["Array", "Range", "StrideTo"] {
      let type = try #require(library.nominal(name))
      for (element, conforms) in [("Int", true), ("Double", false)] {
        let element = try #require(library.nominal(element)).declaredType
        #expect(library.conforms(.nominal(type, [element]), to: indexing) == conforms)
      }
    }
  }

  /// What the interpreter alone uses is not for guest code.
  @Test func toolsOfTheInterpreterAreHidden() {
    let library = Library(modules: LecternModules.all)
    #expect(library.nominal("FaultScope") == nil)
    #expect(library.functions("record").isEmpty)
  }
}
