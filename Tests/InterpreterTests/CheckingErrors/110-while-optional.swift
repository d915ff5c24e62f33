let n: Int? = 1
while n { break }
