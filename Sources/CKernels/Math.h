// Elementary functions of one vector; the errors are a few units in the last place.

/// e^x = p 2^n: x = n ln 2 + r, a polynomial for p = e^r (Cephes, expf). |x| is at most 2^20.
INLINE vf ISA(exp_parts)(vf x, vi *n) {
  // Adding and taking away 1.5 * 2^23 rounds to an integer, which then stands in the low bits.
  const vf magic = splat(12582912.0f);
  vf shifted = fma(x, splat(1.442695041f), magic);
  vf whole = shifted - magic;
  vf r = fma(whole, splat(-0.693359375f), x);
  r = fma(whole, splat(2.12194440e-4f), r);
  vf p = splat(1.9875691500e-4f);
  p = fma(p, r, splat(1.3981999507e-3f));
  p = fma(p, r, splat(8.3334519073e-3f));
  p = fma(p, r, splat(4.1665795894e-2f));
  p = fma(p, r, splat(1.6666665459e-1f));
  p = fma(p, r, splat(5.0000001201e-1f));
  *n = (vi)shifted - (vi)magic;
  return fma(p * r, r, r) + 1.0f;
}

INLINE vf ISA(power_of_2)(vi n) { return (vf)((vu)(n + 127) << 23); }

/// e^x with the argument kept inside the range of normal numbers; nan stays nan.
INLINE vf ISA(exp_inside)(vf x) {
  x = pick(x > splat(88.37f), splat(88.37f), x);
  x = pick(x < splat(-87.33f), splat(-87.33f), x);
  vi n;
  vf p = ISA(exp_parts)(x, &n);
  return p * ISA(power_of_2)(n);
}

/// e^x from infinity down to denormal numbers and zero.
INLINE vf ISA(exp_whole)(vf x) {
  x = pick(x > splat(89.0f), splat(89.0f), x);
  x = pick(x < splat(-104.0f), splat(-104.0f), x);
  vi n;
  vf p = ISA(exp_parts)(x, &n);
  // 2^n itself may not be a number. Only the second product rounds.
  vi half = n >> 1;
  return p * ISA(power_of_2)(half) * ISA(power_of_2)(n - half);
}

/// 0 where e^-x is infinite, as in PyTorch.
INLINE vf ISA(sigmoid_of)(vf x) { return 1.0f / (1.0f + ISA(exp_whole)(-x)); }

/// Near zero an odd polynomial (Cephes, tanhf), elsewhere 1 - 2 / (e^2|x| + 1) with the sign of x.
INLINE vf ISA(tanh_of)(vf x) {
  vu sign = (vu)x & 0x80000000u;
  vf size = (vf)((vu)x & 0x7fffffffu);
  vf far = 1.0f - 2.0f / (ISA(exp_inside)(size + size) + 1.0f);
  vf z = x * x;
  vf p = splat(-5.70498872745e-3f);
  p = fma(p, z, splat(2.06390887954e-2f));
  p = fma(p, z, splat(-5.37397155531e-2f));
  p = fma(p, z, splat(1.33314422036e-1f));
  p = fma(p, z, splat(-3.33332819422e-1f));
  vf near = fma(p * z, x, x);
  vf y = pick(size < splat(0.625f), near, far);
  // The sign is put back at the end: tanh(-0) is -0.
  return (vf)(((vu)y & 0x7fffffffu) | sign);
}

/// ln x: the mantissa m in √½ ..< √2 and a polynomial in m - 1 (Cephes, logf).
INLINE vf ISA(log_of)(vf x) {
  vi tiny = x < splat(1.17549435e-38f);
  vf scaled = pick(tiny, x * 8388608.0f, x);
  vi bits = (vi)scaled;
  vi exponent = (bits >> 23) - 126 - (tiny & 23);
  vf m = (vf)((bits & 0x007fffff) | 0x3f000000);
  vi low = m < splat(0.707106781f);
  vf e = __builtin_convertvector(exponent + low, vf);
  m = pick(low, m + m, m) - 1.0f;
  vf z = m * m;
  vf p = splat(7.0376836292e-2f);
  p = fma(p, m, splat(-1.1514610310e-1f));
  p = fma(p, m, splat(1.1676998740e-1f));
  p = fma(p, m, splat(-1.2420140846e-1f));
  p = fma(p, m, splat(1.4249322787e-1f));
  p = fma(p, m, splat(-1.6668057665e-1f));
  p = fma(p, m, splat(2.0000714765e-1f));
  p = fma(p, m, splat(-2.4999993993e-1f));
  p = fma(p, m, splat(3.3333331174e-1f));
  vf y = m * z * p;
  y = fma(e, splat(-2.12194440e-4f), y);
  y = fma(z, splat(-0.5f), y);
  y = fma(e, splat(0.693359375f), m + y);
  y = pick(x == splat(0.0f), splat(-__builtin_inff()), y);
  y = pick((x < splat(0.0f)) | (x != x), splat(__builtin_nanf("")), y);
  return pick(x == splat(__builtin_inff()), x, y);
}

#define ROW(name, function)                                                                        \
  static void ISA(name)(const float *x, float *y, long n) {                                        \
    for (long i = 0; i < n; i += LANES)                                                            \
      ISA(store_part)(y + i, function(ISA(load_part)(x + i, n - i)), n - i);                       \
  }

ROW(exp, ISA(exp_whole))
ROW(log, ISA(log_of))
ROW(tanh, ISA(tanh_of))
ROW(sigmoid, ISA(sigmoid_of))
#undef ROW
