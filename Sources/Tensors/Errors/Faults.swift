/// The one mechanism for errors, for compiled and for interpreted callers.
///
/// Every operation has an implementation that throws `TensorError`, and a public face that does not:
/// the face calls the implementation through `guarded`. What happens to a thrown error depends on
/// the scope. Outside any scope the program stops with the error's words. Inside one (`attempt`, or
/// the interpreter's `FaultScope`) the first error is remembered, the face returns a tensor marked
/// as failed, and operations on a failed tensor return it at once.
///
/// The state is plain globals: the library works on one thread.
enum ScopeKind: UInt8 { case none, call, attempt }

nonisolated(unsafe) var scopeKind = ScopeKind.none
nonisolated(unsafe) var callDepth = 0
nonisolated(unsafe) var firstFault: TensorError?
@usableFromInline nonisolated(unsafe) var faultIsPending = false

/// Runs `body`; throws the first error of a tensor operation inside it, when there was one.
///
/// After the failed operation the body runs on to its end, with a tensor marked as failed in place
/// of the missing result. Scopes nest: an inner `attempt` keeps its errors to itself.
public func attempt<R>(_ body: () throws -> R) throws -> R {
  let outer = (scopeKind, callDepth, firstFault)
  (scopeKind, callDepth, firstFault, faultIsPending) = (.attempt, 0, nil, false)
  let result = Result { try body() }
  let fault = firstFault
  (scopeKind, callDepth, firstFault) = outer
  faultIsPending = firstFault != nil
  if let fault { throw fault }
  return try result.get()
}

/// The interpreter's scope around one native call: a few loads and stores when nothing fails.
///
///     let own = FaultScope.begin()
///     … the native call …
///     if own, let error = FaultScope.end() { … }
///
/// `begin` returns false inside a user's `attempt`, whose error must be reported at the end of *its*
/// body; then `end` must not be called. Calls nest: a native call may run interpreted code that
/// makes native calls.
public enum FaultScope {
  /// Opens a scope; false when the user's `attempt` is active and collects the errors.
  public static func begin() -> Bool {
    if scopeKind == .attempt { return false }
    scopeKind = .call
    callDepth += 1
    return true
  }

  /// Closes the scope of the matching `begin`; the error that was remembered in it, if any.
  public static func end() -> TensorError? {
    callDepth -= 1
    if callDepth == 0 { scopeKind = .none }
    return faultIsPending ? take() : nil
  }

  /// Whether an operation has failed in the present scope.
  @inlinable public static var hasFault: Bool { faultIsPending }

  /// Reports an error found by code outside the library, such as a binding, as an operation would.
  public static func report(_ error: TensorError) { record(error) }

  @inline(never)
  private static func take() -> TensorError? {
    let fault = firstFault
    firstFault = nil
    faultIsPending = false
    return fault
  }
}

/// Remembers the first error of the scope; outside any scope, stops the program with its words.
@inline(never)
package func record(_ error: TensorError) {
  guard scopeKind != .none else { fatalError(error.description) }
  guard firstFault == nil else { return }
  firstFault = error
  faultIsPending = true
}

@inline(never)
package func failed(_ error: TensorError) -> Tensor {
  record(error)
  return .failed
}

/// What an operation on a failed tensor returns. A failed tensor that outlives its scope is an error
/// of its own.
@inline(never)
package func skipped() -> Tensor {
  if !faultIsPending {
    record(TensorError("tensor", "this value is the result of an operation that failed"))
  }
  return .failed
}

/// The public face of an operation without tensor operands.
@inline(__always)
package func guarded(_ body: () throws(TensorError) -> Tensor) -> Tensor {
  do { return try body() } catch { return failed(error) }
}

/// The public face of an operation on one tensor.
@inline(__always)
package func guarded(_ a: Tensor, _ body: () throws(TensorError) -> Tensor) -> Tensor {
  if a.isFailed { return skipped() }
  do { return try body() } catch { return failed(error) }
}

/// The public face of an operation on two tensors.
@inline(__always)
package func guarded(
  _ a: Tensor, _ b: Tensor, _ body: () throws(TensorError) -> Tensor
) -> Tensor {
  if a.isFailed || b.isFailed { return skipped() }
  do { return try body() } catch { return failed(error) }
}

/// The public face of an operation with some other result, `fallback` when it fails.
@inline(__always)
package func guarded<R>(
  _ inputs: [Tensor], or fallback: @autoclosure () -> R, _ body: () throws(TensorError) -> R
) -> R {
  for input in inputs where input.isFailed {
    _ = skipped()
    return fallback()
  }
  do { return try body() } catch {
    record(error)
    return fallback()
  }
}
