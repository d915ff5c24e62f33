#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension StandardLibrary {
  /// The functions of the C library that `import Foundation` makes visible.
  static func declareMathematics(in module: NativeModule) {
    let unary: [(String, (Double) -> Double, (Float) -> Float)] = [
      ("exp", exp, expf), ("exp2", exp2, exp2f), ("expm1", expm1, expm1f), ("log", log, logf),
      ("log2", log2, log2f), ("log10", log10, log10f), ("log1p", log1p, log1pf),
      ("sqrt", { $0.squareRoot() }, { $0.squareRoot() }), ("cbrt", cbrt, cbrtf),
      ("sin", sin, sinf), ("cos", cos, cosf), ("tan", tan, tanf), ("asin", asin, asinf),
      ("acos", acos, acosf), ("atan", atan, atanf), ("sinh", sinh, sinhf), ("cosh", cosh, coshf),
      ("tanh", tanh, tanhf), ("floor", floor, floorf), ("ceil", ceil, ceilf),
      ("round", round, roundf), ("trunc", trunc, truncf), ("fabs", fabs, fabsf),
      ("erf", erf, erff), ("tgamma", tgamma, tgammaf),
    ]
    for (name, double, float) in unary {
      module.declare("func \(name)(_ x: Double) -> Double") {
        $0.returnDouble(double($0.double(0)))
      }
      module.declare("func \(name)(_ x: Float) -> Float") { $0.returnFloat(float($0.float(0))) }
    }
    let binary: [(String, (Double, Double) -> Double, (Float, Float) -> Float)] = [
      ("pow", pow, powf), ("atan2", atan2, atan2f), ("fmod", fmod, fmodf), ("hypot", hypot, hypotf),
      ("fmax", fmax, fmaxf), ("fmin", fmin, fminf), ("copysign", copysign, copysignf),
    ]
    for (name, double, float) in binary {
      module.declare("func \(name)(_ x: Double, _ y: Double) -> Double") {
        $0.returnDouble(double($0.double(0), $0.double(1)))
      }
      module.declare("func \(name)(_ x: Float, _ y: Float) -> Float") {
        $0.returnFloat(float($0.float(0), $0.float(1)))
      }
    }
  }

  static func declareProcess(in module: NativeModule) {
    module.declare("func exit(_ status: Int32) -> Never") { call in
      let status = Int32(truncatingIfNeeded: call.int(0))
      throw MachineFault(kind: .exit(status), message: "exit(\(status))")
    }
    let date = module.type("Date", .struct, protocols: ["Hashable", "Comparable"])
    date.layout = .word
    date.equals = { $0[0].double == $1[0].double }
    date.less = { $0[0].double < $1[0].double }
    date.hash = { $1.combine($0[0].double) }
    module.declare("init()", in: "Date") { call in
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      call.returnDouble(Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9)
    }
    module.declare("var timeIntervalSince1970: Double { get }", in: "Date") { _ in }
    module.declare("var timeIntervalSinceNow: Double { get }", in: "Date") { call in
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      call.returnDouble(call.double(0) - Double(time.tv_sec) - Double(time.tv_nsec) * 1e-9)
    }
    module.declare("func timeIntervalSince(_ date: Date) -> Double", in: "Date") {
      $0.returnDouble($0.double(0) - $0.double(1))
    }
  }
}
