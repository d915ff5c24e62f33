// Products with a matrix that is used many times, such as a recurrent weight: it is laid out once in
// panels of PANEL columns, each (k, PANEL), and a block of rows meets one panel at a time.
//
// An element is the sum over k in order, whatever block it falls into, so a product cut into rows
// gives the same bits as the whole.

#define PANEL (2 * LANES)

static void ISA(pack)(
    const float *b, long ldb, bool transposed, long k, long n, float *panels) {
  for (long j = 0; j < n; j += PANEL, panels += k * PANEL) {
    long width = n - j < PANEL ? n - j : PANEL;
    if (width < PANEL) memset(panels, 0, k * PANEL * sizeof(float));
    if (transposed) {
      // A stretch of every row at a time, so that the panel's lines are complete before they leave.
      for (long start = 0; start < k; start += 16) {
        long end = k - start < 16 ? k : start + 16;
        for (long c = 0; c < width; c++) {
          const float *row = b + (j + c) * ldb;
          for (long i = start; i < end; i++) panels[i * PANEL + c] = row[i];
        }
      }
    } else {
      for (long i = 0; i < k; i++) memcpy(panels + i * PANEL, b + i * ldb + j, width * sizeof(float));
    }
  }
}

/// `rows` rows (a constant at each call) against one panel.
INLINE void ISA(block)(
    const int rows, long k, const float *a, long lda, const float *panel, bool adds, float *c,
    long ldc, long width) {
  vf left[ROWS], right[ROWS];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) left[r] = right[r] = splat(0.0f);
  for (long i = 0; i < k; i++) {
    vf b0 = load(panel + i * PANEL), b1 = load(panel + i * PANEL + LANES);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      vf x = splat(a[r * lda + i]);
      left[r] = fma(x, b0, left[r]);
      right[r] = fma(x, b1, right[r]);
    }
  }
  if (width == PANEL) {
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      float *to = c + r * ldc;
      store(to, adds ? load(to) + left[r] : left[r]);
      store(to + LANES, adds ? load(to + LANES) + right[r] : right[r]);
    }
    return;
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    float sums[PANEL];
    float *to = c + r * ldc;
    store(sums, left[r]);
    store(sums + LANES, right[r]);
    for (long j = 0; j < width; j++) to[j] = adds ? to[j] + sums[j] : sums[j];
  }
}

static void ISA(gemm_packed)(
    long m, long n, long k, const float *a, long lda, const float *panels, bool adds, float *c,
    long ldc) {
  for (long j = 0; j < n; j += PANEL, panels += k * PANEL) {
    long width = n - j < PANEL ? n - j : PANEL;
    long r = 0;
    for (; r + ROWS <= m; r += ROWS)
      ISA(block)(ROWS, k, a + r * lda, lda, panels, adds, c + r * ldc + j, ldc, width);
    const float *rest = a + r * lda;
    float *to = c + r * ldc + j;
    switch (m - r) {
#define REST(rows) \
  case rows: ISA(block)(rows, k, rest, lda, panels, adds, to, ldc, width); break;
      REST(1) REST(2) REST(3) REST(4) REST(5)
#if ROWS > 6
      REST(6) REST(7)
#endif
#if ROWS > 8
      REST(8) REST(9) REST(10) REST(11)
#endif
#undef REST
    }
  }
}

#undef PANEL
