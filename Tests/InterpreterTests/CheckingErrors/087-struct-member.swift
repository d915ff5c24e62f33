struct P { var width = 1; var height = 2 }
let p = P()
print(p.widht)
