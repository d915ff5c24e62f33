/// The first elements of an order without sorting the rest.
///
/// Which of several equal elements are chosen, and in which order they come, depends on the steps of
/// the algorithm. PyTorch takes those of the C++ library that it is compiled with, so they are followed
/// here step by step (introselect, heap select, introsort with its insertion sort at 16 elements): the
/// places agree, also among equal elements.
struct Selection<Element> {
  let items: UnsafeMutablePointer<Element>
  let precedes: (Element, Element) -> Bool

  /// The first `count` of `total` elements in order at the beginning (`torch.topk`).
  func takeFirst(_ count: Int, of total: Int) {
    guard count > 0 else { return }
    if count <= total / 64 {
      selectByHeap(0, count, total)
      var last = count
      while last > 1 {
        last -= 1
        popHeap(0, last, last)
      }
    } else {
      placeElement(count - 1, of: total)
      sort(0, count - 1)
    }
  }

  /// Element `place` of the order at that place, smaller ones before it (`nth_element`).
  func placeElement(_ place: Int, of total: Int) {
    guard total > 0 else { return }
    var (first, last, depth) = (0, total, logarithm(total) * 2)
    while last - first > 3 {
      if depth == 0 {
        selectByHeap(first, place + 1, last)
        return swap(first, place)
      }
      depth -= 1
      let cut = partition(first, last)
      if cut <= place { first = cut } else { last = cut }
    }
    insertionSort(first, last)
  }

  private func logarithm(_ n: Int) -> Int { Int.bitWidth - 1 - n.leadingZeroBitCount }

  private func swap(_ a: Int, _ b: Int) {
    let kept = items[a]
    items[a] = items[b]
    items[b] = kept
  }

  /// Divides first..<last around the median of three; the place where the second part begins.
  private func partition(_ first: Int, _ last: Int) -> Int {
    let (a, b, c) = (first + 1, first + (last - first) / 2, last - 1)
    if precedes(items[a], items[b]) {
      swap(first, precedes(items[b], items[c]) ? b : precedes(items[a], items[c]) ? c : a)
    } else {
      swap(first, precedes(items[a], items[c]) ? a : precedes(items[b], items[c]) ? c : b)
    }
    var (low, high) = (first + 1, last)
    while true {
      while precedes(items[low], items[first]) { low += 1 }
      high -= 1
      while precedes(items[first], items[high]) { high -= 1 }
      if low >= high { return low }
      swap(low, high)
      low += 1
    }
  }

  // MARK: sorting

  private func sort(_ first: Int, _ last: Int) {
    guard last > first else { return }
    sortLongParts(first, last, logarithm(last - first) * 2)
    insertionSort(first, min(first + 16, last))
    for place in min(first + 16, last)..<last { insertBackwards(place) }
  }

  private func sortLongParts(_ first: Int, _ last: Int, _ depth: Int) {
    var (last, depth) = (last, depth)
    while last - first > 16 {
      if depth == 0 {
        selectByHeap(first, last, last)
        while last - first > 1 {
          last -= 1
          popHeap(first, last, last)
        }
        return
      }
      depth -= 1
      let cut = partition(first, last)
      sortLongParts(cut, last, depth)
      last = cut
    }
  }

  private func insertionSort(_ first: Int, _ last: Int) {
    guard last > first else { return }
    for place in (first + 1)..<max(last, first + 1) {
      if precedes(items[place], items[first]) {
        let item = items[place]
        for i in stride(from: place, to: first, by: -1) { items[i] = items[i - 1] }
        items[first] = item
      } else {
        insertBackwards(place)
      }
    }
  }

  /// Moves an element down to its place; some element before it stops it.
  private func insertBackwards(_ start: Int) {
    let item = items[start]
    var place = start
    while precedes(item, items[place - 1]) {
      items[place] = items[place - 1]
      place -= 1
    }
    items[place] = item
  }

  // MARK: heaps

  /// The first `middle - first` elements of first..<last as a heap at its beginning.
  private func selectByHeap(_ first: Int, _ middle: Int, _ last: Int) {
    let count = middle - first
    if count >= 2 {
      for parent in stride(from: (count - 2) / 2, through: 0, by: -1) {
        sift(first, parent, count, items[first + parent])
      }
    }
    for place in middle..<last where precedes(items[place], items[first]) {
      popHeap(first, middle, place)
    }
  }

  /// Moves the top of the heap first..<last to `place` and puts the element from there into the heap.
  private func popHeap(_ first: Int, _ last: Int, _ place: Int) {
    let item = items[place]
    items[place] = items[first]
    sift(first, 0, last - first, item)
  }

  /// Fills the hole in the heap from below, then lets `item` rise from where the hole came to be.
  private func sift(_ first: Int, _ hole: Int, _ count: Int, _ item: Element) {
    var (hole, child) = (hole, hole)
    let top = hole
    while child < (count - 1) / 2 {
      child = 2 * (child + 1)
      if precedes(items[first + child], items[first + child - 1]) { child -= 1 }
      items[first + hole] = items[first + child]
      hole = child
    }
    if count & 1 == 0 && child == (count - 2) / 2 {
      child = 2 * (child + 1)
      items[first + hole] = items[first + child - 1]
      hole = child - 1
    }
    while hole > top, precedes(items[first + (hole - 1) / 2], item) {
      items[first + hole] = items[first + (hole - 1) / 2]
      hole = (hole - 1) / 2
    }
    items[first + hole] = item
  }
}
