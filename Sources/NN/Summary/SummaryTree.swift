/// The rows of a summary, from the tree of modules and the runs of one call.
struct SummaryTree {
  private(set) var rows: [SummaryRow] = []
  private var listed: Set<ObjectIdentifier> = []

  /// The rows of a model that did not run: every module where it is declared.
  init(_ model: Module) {
    visit(model) { add(SummaryRow($0, $1, $2)) }
    number()
  }

  /// The rows of the runs in `observer`, which are of the parts of `model`, in order.
  init(_ model: Module, _ observer: RunObserver) {
    // A module that is declared in several places stands at the last of them.
    var places: [ObjectIdentifier: SummaryRow] = [:]
    visit(model) { module, depth, parent in
      let row = SummaryRow(module, depth, parent)
      places[ObjectIdentifier(module)] = row
      return row
    }
    for run in observer.runs {
      guard let place = places[ObjectIdentifier(run.module)] else { continue }
      add(SummaryRow(run.module, place.depth, place.parent)).take(run)
    }
    addContainers()
    number()
  }

  /// Walks the tree from the top; `body` is given the row that it returned for the whole.
  private func visit(
    _ model: Module, _ body: (Module, Int, SummaryRow?) -> SummaryRow
  ) {
    var waiting: [(module: Module, depth: Int, parent: SummaryRow?)] = [(model, 0, nil)]
    while let (module, depth, parent) = waiting.popLast() {
      let row = body(module, depth, parent)
      for case (_, .module(let part)) in module.namedChildren.reversed() {
        waiting.append((part, depth + 1, row))
      }
    }
  }

  @discardableResult
  private mutating func add(_ row: SummaryRow) -> SummaryRow {
    row.countParameters()
    row.isRecursive = !listed.insert(ObjectIdentifier(row.module)).inserted
    rows.append(row)
    return row
  }

  /// Adds the modules that hold others but were not called themselves, above the rows they hold.
  private mutating func addContainers() {
    var path: [Int: SummaryRow] = [:]
    var place = 0
    while place < rows.count {
      let row = rows[place]
      var above: [Int: SummaryRow] = [:]
      var next = row.parent
      while let parent = next, parent.depth > 0 {
        above[parent.depth] = parent
        next = parent.parent
      }
      var added = 0
      for depth in 1..<max(row.depth, 1) {
        guard let parent = above[depth], path[depth]?.module !== parent.module else { continue }
        if place + added > 0 && rows[place + added - 1] === parent { continue }
        parent.countParameters()
        parent.isRecursive = !listed.insert(ObjectIdentifier(parent.module)).inserted
        rows.insert(parent, at: place + added)
        path[depth] = parent
        added += 1
      }
      path = path.filter { $0.key < row.depth }
      path[row.depth] = row
      place += 1
    }
  }

  /// Numbers the rows of each depth and tells each which rows are below it.
  private func number() {
    var counts: [Int: Int] = [:]
    for (i, row) in rows.enumerated() {
      counts[row.depth, default: 0] += 1
      row.number = counts[row.depth, default: 0]
      let end = rows[(i + 1)...].firstIndex { $0.depth <= row.depth } ?? rows.count
      row.inner = rows[(i + 1)..<end]
    }
  }
}
