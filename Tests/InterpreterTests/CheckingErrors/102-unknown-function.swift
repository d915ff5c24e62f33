let n = 3
printt(n)
