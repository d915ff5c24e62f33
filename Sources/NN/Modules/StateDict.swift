/// Tensors by name, in order: the parameters of a model, or what an optimizer remembers.
///
/// The order is that of the model's declaration. A state taken from a model shares the model's
/// memory, so it changes when the model is trained on; `clone()` keeps the values of the moment.
/// Follows the ordered dictionary of `torch.nn.Module.state_dict`.
public struct StateDict: CustomStringConvertible {
  /// The tensors with their names, in order.
  public private(set) var entries: [(name: String, tensor: Tensor)] = []
  private var places: [String: Int] = [:]

  /// An empty state.
  public init() {}

  /// A state of the given tensors; of two with one name the later counts.
  public init(_ entries: [(name: String, tensor: Tensor)]) {
    for (name, tensor) in entries { self[name] = tensor }
  }

  /// The names in order.
  public var keys: [String] { entries.map { $0.name } }

  /// The number of tensors.
  public var count: Int { entries.count }

  /// Whether there is a tensor named `name`.
  public func has(_ name: String) -> Bool { places[name] != nil }

  /// The tensor named `name`, nil when there is none. A new name is added at the end; nil removes.
  public subscript(_ name: String) -> Tensor? {
    get { places[name].map { entries[$0].tensor } }
    set {
      if let newValue {
        append(name, newValue)
      } else if let place = places.removeValue(forKey: name) {
        entries.remove(at: place)
        for i in place..<entries.count { places[entries[i].name] = i }
      }
    }
  }

  /// Adds a tensor at the end, or replaces the one of that name.
  mutating func append(_ name: String, _ tensor: Tensor) {
    if let place = places[name] {
      entries[place].tensor = tensor
    } else {
      places[name] = entries.count
      entries.append((name, tensor))
    }
  }

  /// A state with memory of its own, as of this moment.
  public func clone() -> StateDict {
    StateDict(entries.map { ($0.name, $0.tensor.clone().detach()) })
  }

  /// One line for each tensor: its name, dtype and shape.
  public var description: String {
    if entries.isEmpty { return "StateDict()" }
    let lines = entries.map { "  \($0.name): \($0.tensor.dtype) \($0.tensor.shape)\n" }
    return "StateDict(\n" + lines.joined() + ")"
  }
}

/// The differences between the state a model or an optimizer expects and the one it was given,
/// gathered so that one error can tell them all.
struct StateProblems {
  private(set) var missing: [String] = []
  private(set) var unexpected: [String] = []
  private var misshaped: [String] = []
  private var taken: Set<String> = []

  /// The tensor under `key` when it is there and has the shape.
  mutating func take(_ key: String, _ shape: [Int], _ state: StateDict) -> Tensor? {
    taken.insert(key)
    guard let tensor = state[key] else {
      missing.append(key)
      return nil
    }
    guard !tensor.isFailed, tensor.shape == shape else {
      misshaped.append("\(key) has shape \(tensor.shape) instead of \(shape)")
      return nil
    }
    return tensor
  }

  /// Notes the keys that nobody took.
  mutating func findUnexpected(in state: StateDict) {
    unexpected = state.keys.filter { !taken.contains($0) }
  }

  /// Throws one error with everything that is wrong.
  func check(_ place: String, strict: Bool) throws(TensorError) {
    var parts: [String] = []
    if strict && !missing.isEmpty { parts.append("missing " + missing.joined(separator: ", ")) }
    if strict && !unexpected.isEmpty {
      parts.append("unexpected " + unexpected.joined(separator: ", "))
    }
    parts += misshaped
    guard parts.isEmpty else {
      throw TensorError(place, "the state does not fit: " + parts.joined(separator: "; "))
    }
  }
}
