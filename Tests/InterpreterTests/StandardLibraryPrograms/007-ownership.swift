// Objects that pass through the standard library live exactly as long as somebody refers to them.
final class Token: Hashable, Comparable {
  static var alive = 0
  let id: Int
  init(_ id: Int) {
    self.id = id
    Token.alive += 1
  }
  deinit { Token.alive -= 1 }
  static func == (a: Token, b: Token) -> Bool { a.id == b.id }
  static func < (a: Token, b: Token) -> Bool { a.id < b.id }
  func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
struct Stop: Error {}

func arrays() {
  var a = (0..<5).map { Token($0) }
  let copy = a
  a.append(Token(5))
  a.insert(Token(6), at: 2)
  a.remove(at: 0)
  a.removeLast()
  _ = a.popLast()
  a[1] = Token(7)
  a.swapAt(0, 1)
  a += [Token(8), Token(9)]
  a.append(contentsOf: copy)
  a.replaceSubrange(1..<3, with: [Token(10)])
  a.removeAll { $0.id == 3 }
  a.removeFirst(1)
  a.sort()
  a.reverse()
  print(a.map { $0.id }, a.filter { $0.id > 4 }.count, a.reduce(0) { $0 + $1.id })
  print(a.sorted { $0 > $1 }.first!.id, a.max()!.id, a.min { $0 < $1 }!.id, a.first { $0.id < 5 }?.id ?? -1)
  print(a.compactMap { $0.id > 2 ? $0 : nil }.count, a.flatMap { [$0, $0] }.count, a.enumerated().map { $0.1.id })
  print(zip(a, copy).map { $0.id + $1.id }, a.dropFirst().prefix(2).map { $0.id }, a[1...].last!.id, a.contains(Token(4)))
  print(a.reduce(into: [Token]()) { $0.append($1) }.count, Array(a.reversed()).count, a.firstIndex(of: Token(4)) ?? -1)
  for (i, t) in a.enumerated() where i > 1 { if t.id == 99 { print("never") } }
  print(Array(repeating: Token(3), count: 4).count, [a, copy].joined().map { $0.id }.count)
}
arrays()
print("alive after arrays", Token.alive)

func tables() {
  var d: [Token: Token] = [:]
  for i in 0..<6 { d[Token(i)] = Token(i * 10) }
  d[Token(2)] = nil
  d[Token(1)] = Token(100)
  d[Token(9), default: Token(90)] = Token(91)
  _ = d.updateValue(Token(5), forKey: Token(0))
  _ = d.removeValue(forKey: Token(3))
  print(d.count, d[Token(4)]?.id ?? -1, d.keys.map { $0.id }.sorted(), d.values.map { $0.id }.sorted())
  print(d.mapValues { $0.id }.count, d.filter { $0.key.id > 3 }.count, d.map { $0.value }.count)
  print(Dictionary(grouping: d.values) { $0.id % 2 }.count, d.merging(d) { $1 }.count, d == d)
  var s = Set((0..<5).map { Token($0) })
  s.insert(Token(3))
  s.remove(Token(0))
  print(s.count, s.union([Token(7)]).count, s.intersection([Token(1), Token(2)]).count, s.sorted().map { $0.id })
  var o: Token? = Token(1)
  print(o.map { $0.id } ?? 0, o.flatMap { $0.id > 0 ? Token($0.id + 1) : nil }?.id ?? 0)
  o = nil
  let pairs = [(Token(1), "a"), (Token(2), "b")]
  print(Dictionary(uniqueKeysWithValues: pairs).count, max(Token(1), Token(2)).id, min(Token(4), Token(3), Token(5)).id)
  var (x, y) = (Token(1), Token(2))
  swap(&x, &y)
  print(x.id, y.id, x..<Token(5) ~= Token(3), (y...x).contains(Token(9)))
}
tables()
print("alive after tables", Token.alive)

func failures() {
  let a = (0..<4).map { Token($0) }
  do { _ = try a.map { t -> Token in if t.id == 2 { throw Stop() }; return Token(t.id) } } catch { print("map", error) }
  do { _ = try a.filter { if $0.id == 2 { throw Stop() }; return true } } catch { print("filter", error) }
  do { _ = try a.reduce(Token(0)) { if $1.id == 3 { throw Stop() }; return Token($0.id + $1.id) } } catch { print("reduce", error) }
  do { _ = try a.reduce(into: [Token]()) { $0.append($1); if $1.id == 2 { throw Stop() } } } catch { print("into", error) }
  do { _ = try a.sorted { if $0.id == 3 { throw Stop() }; return $0 > $1 } } catch { print("sorted", error) }
  do { try a.forEach { if $0.id == 1 { throw Stop() } } } catch { print("forEach", error) }
  do { _ = try [1: a].mapValues { v -> [Token] in throw Stop() } } catch { print("mapValues", error) }
}
failures()
print("alive after failures", Token.alive)
