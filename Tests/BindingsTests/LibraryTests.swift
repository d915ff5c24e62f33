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
  }

  /// What the interpreter alone uses is not for guest code.
  @Test func toolsOfTheInterpreterAreHidden() {
    let library = Library(modules: LecternModules.all)
    #expect(library.nominal("FaultScope") == nil)
    #expect(library.functions("record").isEmpty)
  }
}
