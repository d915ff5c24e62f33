// Reading and writing parts of tensors, and operations that change a tensor in place.
import NN

let x = Tensor.zeros(4, 3)
x[0] = Tensor([1.0, 2.0, 3.0])
x[-1] = Tensor(9.0)
x[1..<3, .all] = Tensor([[4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
x[1, 2] = Tensor(0.5)
print(x)
x[2] += 1
x[2, 0...1] *= Tensor([10.0, 100.0])
print(x[2].doubles)

// A bool tensor chooses elements, arrays and int64 tensors choose places.
let mask = x .> 8.5
print(x[mask].doubles, mask.sum().item())
x[mask] = 0
x[x .< 1] = -0.5
x[[0, 3], 0] = Tensor([7.0, 8.0])
print(x)
x[mask] = Tensor(2.5)
print(x.sum().item())
let places = Tensor([2, 0])
print(x[places].shape, x[[3, 1]][0].doubles, x[.all, places][1].doubles)
x[0, .every(2)] = 4
x[.ellipsis, -1] = x[.ellipsis, 0] * 2
print(x)
print(x[.newAxis, 1...2].shape, x[.every(2, from: 1)].shape, x[.every(3, from: 0, to: 3), 1].doubles)
print(x[stride(from: 0, to: 4, by: 2)].shape, x[stride(from: 1, through: 3, by: 2), 0].doubles)
let corner: Double = x[0, 0].item()
var total = 0.0
for i in 0..<3 { total += x[1, i].item() }
print(corner, total, x[3, 2].item())

// A part is a view: writing to it writes to the whole.
let row = x[1]
row[0] = Tensor(-3.0)
row.fill(0.25)
print(x[1].doubles, x[1, 0].item())
let grid = Tensor.arange(6).reshape(2, 3)
grid[0, 1] = 40
grid[1] = Tensor([7, 8, 9])
print(grid.ints, grid[grid .> 6].ints)

// In place.
let h = Tensor([1.0, -2.0, 3.0])
h.add(1).multiply(by: 2).subtract(Tensor([0.5, 0.5, 0.5]))
print(h.doubles)
h.clampInPlace(min: 0).divide(by: 2)
h.add(Tensor.ones(3), scale: 0.125)
print(h.doubles)
h.fill(where: h .> 2, with: -1)
print(h.doubles, h.zero().doubles)
h.copy(from: Tensor([5, 6, 7]))
print(h.doubles)

// What is written is part of the history; what is detached is not.
let w = Tensor([2.0, 3.0], requiresGrad: true)
let out = Tensor.zeros(2, 2)
for t in 0..<2 { out[t] = w * Double(t + 1) }
let state = out[1].detach()
print(out.requiresGrad, state.requiresGrad, state.doubles)
(out * out).sum().backward()
print(w.grad!.doubles)
withNoGrad { w[0] = Tensor(10.0) }
w.grad!.zero()
print(w.doubles, w.grad!.doubles)

// Mistakes are caught where they are made.
func report(_ body: () -> Void) {
    do { try attempt(body) } catch { print(error) }
}
report { x[4] = Tensor(1.0) }
report { x[0] = Tensor([1.0, 2.0]) }
report { x[[9]] = 1 }
report { w.fill(3) }
report { x[Tensor([true, false])] = 0 }
final class Memory {
    var cells = Tensor.zeros(2, 2)
    subscript(_ i: Int) -> Tensor {
        get { cells[i] }
        set { cells[i] = newValue }
    }
}
let memory = Memory()
memory[0] = Tensor([1.0, 2.0])
memory[1] += 3
memory.cells[0, 1] += 4
print(memory.cells.doubles)
