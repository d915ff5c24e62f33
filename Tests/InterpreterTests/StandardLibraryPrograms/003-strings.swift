// Strings and characters.
let text = "Hello, Wörld 🦶!"
print(text.count, text.isEmpty, "".isEmpty, text.uppercased(), text.lowercased())
print(text.hasPrefix("Hell"), text.hasSuffix("!"), text.contains("Wör"), text.contains("z"))
print(text.first!, text.last!, "".first == nil, text.prefix(5), text.suffix(3))
print(text.dropFirst(7), text.dropLast(), text.dropFirst().first!)
print("a,b,,c".split(separator: ","), "a,b,,c".split(separator: ",", omittingEmptySubsequences: false))
print("a b c d".split(separator: " ", maxSplits: 2), "one--two--three".split(separator: "--"))
print("a1b2".split { $0.isNumber }, "x y".split(separator: " ").map { $0.uppercased() })
print(String(repeating: "ab", count: 3), String("abc".reversed()), String(["x", "y"] as [Character]))
print("abc".map { $0 }, "abc".map { String($0) + "!" }, "hello".filter { $0 != "l" })
print("abc" < "abd", "abc" == "abc", "a" + "b", "Zebra" < "apple", max("a", "b"))
var s = "start"
s += "ed"
s.append("!")
s.append(Character("?"))
print(s, s.popLast()!, s.removeLast(), s.removeFirst(), s)
s.removeAll()
print(s.isEmpty, "\(s)|")
s = "grow"
for i in 0..<5 { s += "\(i)" }
print(s)
let copy = s
s += "more"
print(copy, s)
for c in "añ" { print(c, c.isLetter, c.isASCII) }
let c: Character = "7"
print(c.isNumber, c.wholeNumberValue!, c.asciiValue!, c.isWhitespace, Character("A").isUppercase)
print(Character("a") < "b", c == "7", String(c) + "8", Character("é").uppercased())
print("e\u{301}".count, "e\u{301}" == "é", "👨‍👩‍👧".count, "\u{1F468}\u{200D}\u{1F469}".count)
print(Set("hello").count, "hello".sorted(), Array("abc"), "abc".enumerated().map { "\($0)\($1)" })
print("swift".reduce("") { "\($1)" + $0 }, "banana".firstIndex(of: "n")! < "banana".endIndex)
print(["b", "a"].sorted().joined(separator: "-"), ["x", "y"].joined(), "tab\tquote\"".debugDescription)
print([1, 2].description, String(describing: [1: "a"]), String(describing: Optional(3)), String(reflecting: "q"))
debugPrint("quoted", 1, [2.5], separator: "; ")
print("no newline", terminator: "")
print()
print(1, "two", 3.0, separator: ", ", terminator: ".\n")
let word = "swift"
let i = word.index(word.startIndex, offsetBy: 2)
print(word[i], word[..<i], word[i...], word[word.index(after: i)], word[word.startIndex...i])
print(word.distance(from: word.startIndex, to: i), word.index(i, offsetBy: 9, limitedBy: word.endIndex) == nil)
var edit = "hello world"
edit.insert("!", at: edit.endIndex)
edit.remove(at: edit.startIndex)
edit.replaceSubrange(edit.startIndex..<edit.index(edit.startIndex, offsetBy: 4), with: "HEY")
print(edit)
let sub = "key=value".drop { $0 != "=" }
print(sub, sub.count, sub.dropFirst(), String(sub).count, sub == "=value", "x" + sub, sub + "y")
print("abc".utf8.count, "añ".utf8.map { Int($0) }, "line1\nline2".split(separator: "\n").count)
print("Int: \(Int("12")! + 1), Bool: \(Bool("true")!), \(["k": 1]), \((1, "a")), \(Optional<Int>.none as Any)")
var out = ""
print("into", "string", to: &out)
print(out, terminator: "")
print("abc".allSatisfy { $0.isLetter }, "abc".contains { $0 == "b" }, "a-b_c".split { "-_".contains($0) })
print("zip", zip("ab", [1, 2]).map { "\($0)\($1)" }, "abc".elementsEqual("abc"), "abc".starts(with: "ab"))
