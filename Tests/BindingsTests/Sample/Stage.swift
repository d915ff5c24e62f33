/// One step of a pipeline; guest classes inherit from it.
open class Stage {
  public let factor: Int

  public init(factor: Int) { self.factor = factor }

  open func forward(_ input: Int) -> Int { input * factor }

  open var title: String { "stage" }

  /// What the guest sees of a stored property is a getter and a setter.
  open var limit = 10

  open func check(_ input: Int) throws {
    if input < 0 { throw SampleError("negative") }
  }

  public final func run(_ input: Int) throws -> String {
    try check(input)
    return "\(title): \(forward(input))"
  }
}

public final class Pipeline: Stage {
  public let stages: [Stage]

  public init(_ stages: [Stage]) {
    self.stages = stages
    super.init(factor: 1)
  }

  public override func forward(_ input: Int) -> Int {
    stages.reduce(input) { $1.forward($0) }
  }
}
