let s = "Hello, World"
print(s.count, s.uppercased(), s.lowercased(), s.hasPrefix("He"), s.isEmpty, s.contains("World"))
print(s.split(separator: ",").map(String.init), s.reversed().map(String.init).joined())
print(s.first!, s.last ?? "x", s.prefix(3), s.suffix(2), s.dropFirst(2), String(s.reversed()))
var t = ""
for (i, c) in s.enumerated() where i % 2 == 0 { t.append(c) }
t += "!"
t.insert("?", at: t.startIndex)
print(t, "\(s.count) chars \(s.isEmpty ? "empty" : "full") \([1, 2].map { "\($0)" }.joined(separator: "+"))")
print(s.firstIndex(of: "W").map { s[$0...] } ?? "", s[s.startIndex], String(repeating: "ab", count: 2))
print(Array("abc"), "a".compare("b") < 0, Int("12") ?? 0, Double("2.5")!, String(3.5), String(255, radix: 16))
extension String {
    func compare(_ o: String) -> Int { self < o ? -1 : self == o ? 0 : 1 }
    var vowels: Int { filter { "aeiou".contains($0) }.count }
}
print(s.vowels, Character("a").isLetter, s.map { $0.isUppercase }.filter { $0 }.count)
let words = "the cat the dog".split(separator: " ").map(String.init)
var counts: [String: Int] = [:]
for w in words { counts[w, default: 0] += 1 }
print(counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
print(words.max { $0.count < $1.count } ?? "", Set(words).count, words.joined(separator: "-"), "a,b".replacing(",", with: ";"))
