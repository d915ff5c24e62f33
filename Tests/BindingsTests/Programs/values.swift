// Library enums, errors, optionals and tuples in guest code.
import NN

let x = Tensor([[1, 2, 3], [4, 5, 6]])
print(x.dtype, x.dtype == .int64, x.float().dtype)
switch x.dtype {
case .int64: print("integers")
case .float32, .float64: print("floats")
default: print("something else")
}
print(x[0].ints, x[0, 1].item(), x[.all, -1].ints, x[1, 0..<2].ints, x[1, 1...].ints, x[...0].shape)
var total = 0
for row in x { total += Int(row.sum()) }
print(total, Double(Tensor(2.5)), Bool(x[0, 0] .== 1))
let (values, indices) = x.max(dim: 1)
print(values.ints, indices.ints)
var y = Tensor([1.0, 2.0], requiresGrad: true)
print(y.grad == nil, y.requiresGrad)
(y * y).sum().backward()
print(y.grad!.doubles)
y += Tensor([1.0, 1.0])
print(y.doubles)
let z: Tensor = withNoGrad { y * 2 }
print(z.requiresGrad)
withNoGrad { print(z.doubles) }
let parts = Tensor.arange(10).split(4)
print(parts.map { $0.shape[0] }, cat(parts).count)
print(stack([Tensor([1, 2]), Tensor([3, 4])]).shape)
print(Linear(2, 1, bias: false).bias == nil)

struct Shape { var rows = 0 }
do {
    let shape = try attempt { () -> Shape in
        _ = Tensor.zeros(2, 3).matmul(Tensor.zeros(4, 5))
        print("goes on")
        return Shape(rows: 3)
    }
    print(shape.rows)
} catch let error as TensorError {
    print(error.operation, error)
}
print(try attempt { Shape(rows: 7).rows })
enum Mine: Error { case sorry(Int) }
do {
    _ = try attempt { throw Mine.sorry(3) }
} catch Mine.sorry(let n) {
    print("sorry", n)
}
do { try withNoGrad { throw Mine.sorry(4) } } catch { print(error) }
print(x.view(4, 4))
