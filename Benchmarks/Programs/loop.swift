var i = 0
var sum = 0
while i < 20_000_000 {
  sum += i % 7
  i += 1
}
print(sum)
