let n = 3
let d = 0.5
if n < d { print(1) }
