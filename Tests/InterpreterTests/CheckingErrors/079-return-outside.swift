let n = 1
return
