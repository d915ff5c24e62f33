// Objects go when their last owner goes, whatever the way out.
final class Token {
  let name: String
  init(_ name: String) {
    self.name = name
    print("+\(name)")
  }
  deinit { print("-\(name)") }
}
enum Failure: Error { case stop(Token) }

func pass(_ token: Token) -> Token { token }
func early(_ flag: Bool) -> Int {
  let first = Token("first")
  if flag { return first.name.count }
  let second = Token("second")
  return first.name.count + second.name.count
}
func fail(_ token: Token) throws -> Token {
  let local = Token("local")
  if token.name == "bad" { throw Failure.stop(token) }
  return local
}
print(early(true), early(false))
do {
  let good = try fail(Token("good"))
  print("got", good.name)
  _ = try fail(pass(Token("bad")))
  print("never")
} catch Failure.stop(let token) {
  print("stopped by", token.name)
} catch {
  print("other")
}
for i in 0..<3 {
  let token = Token("loop\(i)")
  if i == 1 { continue }
  if i == 2 { break }
  print("body", token.name)
}
var tokens = [Token("a"), Token("b")]
tokens[0] = Token("c")
tokens.removeLast()
let copy = tokens
tokens = []
print(copy.count)
var slot: Token? = Token("opt")
slot = nil
var pair = (Token("left"), 1)
pair.0 = Token("right")
pair = (pair.0, 2)
struct Holder {
  var token: Token
  var rest: [Token] = []
}
func shrink() {
  var holder = Holder(token: Token("held"), rest: [Token("r1"), Token("r2")])
  let other = holder
  holder.token = Token("new")
  holder.rest.removeFirst()
  print(other.rest.count, holder.rest.count)
}
shrink()
let text = { () -> String in
  let token = Token("closure")
  return token.name + "!"
}()
print(text)
func maker() -> () -> String {
  let token = Token("captured")
  return { token.name }
}
do {
  let make = maker()
  print(make())
}
print("end")
