struct P { var x: Int }
print(P(x: "a"))
