// Matrix products of float32, c (m, n) = a (m, k) b (k, n).
//
// b is laid out in panels of PANEL columns, each (k, PANEL); a in blocks of ROWS rows, each (k, ROWS),
// so that a block meets a panel with neighbours in memory and its ROWS x PANEL sums in registers.
// An element is the sum over k in order, whatever block it falls into: a product cut into rows or
// columns gives the same bits as the whole.

#define PANEL (2 * LANES)

typedef float v4 __attribute__((vector_size(16), aligned(4)));

/// Four rows of a, four elements each, become four columns of `to`.
INLINE void ISA(transpose4)(const float *a, long lda, float *to, long pitch) {
  v4 r0 = *(const v4 *)a, r1 = *(const v4 *)(a + lda), r2 = *(const v4 *)(a + 2 * lda),
     r3 = *(const v4 *)(a + 3 * lda);
  v4 x0 = __builtin_shufflevector(r0, r1, 0, 4, 1, 5), x1 = __builtin_shufflevector(r2, r3, 0, 4, 1, 5);
  v4 x2 = __builtin_shufflevector(r0, r1, 2, 6, 3, 7), x3 = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
  *(v4 *)to = __builtin_shufflevector(x0, x1, 0, 1, 4, 5);
  *(v4 *)(to + pitch) = __builtin_shufflevector(x0, x1, 2, 3, 6, 7);
  *(v4 *)(to + 2 * pitch) = __builtin_shufflevector(x2, x3, 0, 1, 4, 5);
  *(v4 *)(to + 3 * pitch) = __builtin_shufflevector(x2, x3, 2, 3, 6, 7);
}

/// `count` rows of a, k long, become columns: to (k, pitch).
INLINE void ISA(turn_rows)(
    const float *a, long lda, long count, long k, float *to, long pitch) {
  // A stretch of every row at a time, so that the lines of `to` are complete before they leave.
  for (long start = 0; start < k; start += 16) {
    long end = k - start < 16 ? k : start + 16;
    long r = 0;
    for (; r + 4 <= count; r += 4) {
      long i = start;
      for (; i + 4 <= end; i += 4) ISA(transpose4)(a + r * lda + i, lda, to + i * pitch + r, pitch);
      for (; i < end; i++)
        for (long q = r; q < r + 4; q++) to[i * pitch + q] = a[q * lda + i];
    }
    for (; r < count; r++)
      for (long i = start; i < end; i++) to[i * pitch + r] = a[r * lda + i];
  }
}

static void ISA(turn)(long rows, long k, const float *a, long lda, float *to, long ldto) {
  ISA(turn_rows)(a, lda, rows, k, to, ldto);
}

static void ISA(pack)(
    const float *b, long ldb, bool transposed, long k, long n, float *panels) {
  long whole = n / PANEL * PANEL;
  if (whole < n) memset(panels + whole * k, 0, k * PANEL * sizeof(float));
  if (transposed) {
    for (long j = 0; j < n; j += PANEL)
      ISA(turn_rows)(b + j * ldb, ldb, n - j < PANEL ? n - j : PANEL, k, panels + j * k, PANEL);
    return;
  }
  for (long i = 0; i < k; i++) {
    const float *row = b + i * ldb;
    float *to = panels + i * PANEL;
    for (long j = 0; j < whole; j += PANEL) {
      store(to + j * k, load(row + j));
      store(to + j * k + LANES, load(row + j + LANES));
    }
    for (long j = whole; j < n; j++) to[whole * k + j - whole] = row[j];
  }
}

/// `count` rows of a, or columns when `transposed`, in blocks of ROWS side by side: (k, ROWS) each.
INLINE void ISA(pack_rows)(
    const float *a, long lda, bool transposed, long count, long k, float *blocks) {
  long whole = count / ROWS * ROWS;
  if (!transposed) {
    for (long r = 0; r < count; r += ROWS)
      ISA(turn_rows)(a + r * lda, lda, count - r < ROWS ? count - r : ROWS, k, blocks + r * k, ROWS);
    return;
  }
  for (long i = 0; i < k; i++) {
    const float *row = a + i * lda;
    float *to = blocks + i * ROWS;
    for (long r = 0; r < whole; r += ROWS) memcpy(to + r * k, row + r, ROWS * sizeof(float));
    for (long r = whole; r < count; r++) to[whole * k + r - whole] = row[r];
  }
}

/// `rows` rows with the element (r, i) at a[r * down + i * across] against `vectors` vectors of columns
/// of b, whose rows are `pitch` apart. The counts are constants at each call.
INLINE void ISA(block)(
    const int rows, const int vectors, long k, const float *a, long down, long across,
    const float *b, long pitch, bool adds, float *c, long ldc, long width) {
  vf left[ROWS], right[ROWS];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) left[r] = right[r] = splat(0.0f);
  for (long i = 0; i < k; i++) {
    vf b0 = load(b + i * pitch), b1 = vectors > 1 ? load(b + i * pitch + LANES) : b0;
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      vf x = splat(a[r * down + i * across]);
      left[r] = fma(x, b0, left[r]);
      if (vectors > 1) right[r] = fma(x, b1, right[r]);
    }
  }
  if (width == vectors * LANES) {
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      float *to = c + r * ldc;
      store(to, adds ? load(to) + left[r] : left[r]);
      if (vectors > 1) store(to + LANES, adds ? load(to + LANES) + right[r] : right[r]);
    }
    return;
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    float *to = c + r * ldc;
    vf sum = adds ? ISA(load_part)(to, width) + left[r] : left[r];
    ISA(store_part)(to, sum, width);
    if (vectors > 1) {
      sum = adds ? ISA(load_part)(to + LANES, width - LANES) + right[r] : right[r];
      ISA(store_part)(to + LANES, sum, width - LANES);
    }
  }
}

#define BLOCK(count)                                                                               \
  case count:                                                                                      \
    if (width > LANES)                                                                             \
      ISA(block)(count, 2, k, a, down, across, b, pitch, adds, c, ldc, width);                     \
    else                                                                                           \
      ISA(block)(count, 1, k, a, down, across, b, pitch, adds, c, ldc, width);                     \
    break;

#define BLOCKS                                                                                     \
  switch (rows) {                                                                                  \
    BLOCK(1) BLOCK(2) BLOCK(3) BLOCK(4) BLOCK(5) BLOCK(6)                                          \
    MORE_BLOCKS                                                                                    \
  }

#if ROWS > 6
#define MORE_BLOCKS BLOCK(7) BLOCK(8) BLOCK(9) BLOCK(10) BLOCK(11) BLOCK(12)
#else
#define MORE_BLOCKS
#endif

/// A block of rows laid side by side, or of rows where they are.
static void ISA(block_packed)(
    int rows, long k, const float *a, const float *b, long pitch, bool adds, float *c, long ldc,
    long width) {
  const long down = 1, across = ROWS;
  BLOCKS
}

static void ISA(block_in_place)(
    int rows, long k, const float *a, long down, const float *b, long pitch, bool adds, float *c,
    long ldc, long width) {
  const long across = 1;
  BLOCKS
}

/// The scratch memory of a chunk: CHUNK rows of a, at most DEPTH long.
enum { CHUNK = 8 * ROWS, DEPTH = 512 };

static void ISA(gemm_packed)(
    long m, long n, long k, const float *a, long lda, bool transposed, const float *panels,
    bool adds, float *c, long ldc) {
  // Few columns do not pay for laying the rows side by side.
  bool in_place = !transposed && n <= 4 * PANEL && (lda % 512 != 0 || k <= 64);
  float *chunk = in_place ? 0 : ck_scratch(CHUNK * (k < DEPTH ? k : DEPTH));
  for (long start = 0; start < m; start += CHUNK) {
    long height = m - start < CHUNK ? m - start : CHUNK;
    for (long depth = 0; depth < k || depth == 0; depth += DEPTH) {
      long length = k - depth < DEPTH ? k - depth : DEPTH;
      bool more = adds || depth > 0;
      const float *from =
          transposed ? a + depth * lda + start : a + start * lda + depth;
      if (!in_place) ISA(pack_rows)(from, lda, transposed, height, length, chunk);
      for (long j = 0; j < n; j += PANEL) {
        long width = n - j < PANEL ? n - j : PANEL;
        const float *panel = panels + j * k + depth * PANEL;
        for (long r = 0; r < height; r += ROWS) {
          int rows = (int)(height - r < ROWS ? height - r : ROWS);
          float *to = c + (start + r) * ldc + j;
          if (in_place)
            ISA(block_in_place)(rows, length, from + r * lda, lda, panel, PANEL, more, to, ldc, width);
          else
            ISA(block_packed)(rows, length, chunk + r * length, panel, PANEL, more, to, ldc, width);
        }
      }
    }
  }
}

/// c (n) = a (k) b (k, n), b's rows ldb apart: eight vectors of columns at a time, so that their sums
/// do not wait for each other.
static void ISA(row_product)(
    long n, long k, const float *a, long across, const float *b, long ldb, bool adds, float *c) {
  for (long j = 0; j < n; j += 8 * LANES) {
    const int vectors = (int)(n - j < 8 * LANES ? (n - j + LANES - 1) / LANES : 8);
    const long last = n - j - (vectors - 1) * LANES;
    vf sums[8];
    for (int v = 0; v < 8; v++) sums[v] = splat(0.0f);
    for (long i = 0; i < k; i++) {
      vf x = splat(a[i * across]);
      const float *row = b + i * ldb + j;
      if (vectors == 8) {
#pragma clang loop unroll(full)
        for (int v = 0; v < 8; v++) sums[v] = fma(x, ISA(load_part)(row + v * LANES, v < 7 ? LANES : last), sums[v]);
      } else {
        // The last vector first: the rest falls through whole ones.
        switch (vectors) {
#define COLUMN(v)                                                                                  \
  case v + 1:                                                                                      \
    sums[v] =                                                                                      \
        fma(x, ISA(load_part)(row + v * LANES, v + 1 == vectors ? last : LANES), sums[v]);         \
    __attribute__((fallthrough));
          COLUMN(6) COLUMN(5) COLUMN(4) COLUMN(3) COLUMN(2) COLUMN(1) COLUMN(0)
#undef COLUMN
          default: break;
        }
      }
    }
    for (int v = 0; v < vectors; v++) {
      float *to = c + j + v * LANES;
      long width = v + 1 == vectors ? last : LANES;
      ISA(store_part)(to, adds ? ISA(load_part)(to, width) + sums[v] : sums[v], width);
    }
  }
}

/// As gemm_packed for few rows: b (k, n) is read where it is, apart from a last incomplete panel.
static void ISA(gemm_direct)(
    long m, long n, long k, const float *a, long lda, bool transposed, const float *b, long ldb,
    bool adds, float *c, long ldc) {
  if (m == 1) {
    ISA(row_product)(n, k, a, transposed ? lda : 1, b, ldb, adds, c);
    return;
  }
  float *block = transposed ? ck_scratch(ROWS * k + PANEL * k) : ck_scratch(PANEL * k);
  float *tail = transposed ? block + ROWS * k : block;
  long whole = n / LANES * LANES;
  if (whole < n) ISA(pack)(b + whole, ldb, false, k, n - whole, tail);
  for (long r = 0; r < m; r += ROWS) {
    int rows = (int)(m - r < ROWS ? m - r : ROWS);
    if (transposed) ISA(pack_rows)(a + r, lda, true, rows, k, block);
    for (long j = 0; j < n;) {
      bool is_tail = j == whole;
      long width = is_tail ? n - j : whole - j < PANEL ? whole - j : PANEL;
      const float *from = is_tail ? tail : b + j;
      long pitch = is_tail ? PANEL : ldb;
      float *to = c + r * ldc + j;
      if (transposed)
        ISA(block_packed)(rows, k, block, from, pitch, adds, to, ldc, width);
      else
        ISA(block_in_place)(rows, k, a + r * lda, lda, from, pitch, adds, to, ldc, width);
      j += width;
    }
  }
}

/// The sum of the elements of a vector, by halves.
INLINE float ISA(total)(vf v) {
#if LANES == 16
  typedef float v8 __attribute__((vector_size(32)));
  v8 half = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) +
            __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
  v4 quarter = __builtin_shufflevector(half, half, 0, 1, 2, 3) +
               __builtin_shufflevector(half, half, 4, 5, 6, 7);
#elif LANES == 8
  v4 quarter =
      __builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7);
#else
  v4 quarter = (v4)v;
#endif
  return (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]);
}

/// c (m, n) = a (m, k) bᵀ for few rows, with b (n, k): a dot product for each element.
static void ISA(gemm_dots)(
    long m, long n, long k, const float *a, long lda, const float *b, long ldb, bool adds, float *c,
    long ldc) {
  for (long r = 0; r < m; r++) {
    const float *x = a + r * lda;
    float *to = c + r * ldc;
    for (long j = 0; j < n; j += 4) {
      // Beyond the last column the last one is computed again.
      const float *y0 = b + j * ldb, *y1 = b + (j + 1 < n ? j + 1 : n - 1) * ldb,
                  *y2 = b + (j + 2 < n ? j + 2 : n - 1) * ldb,
                  *y3 = b + (j + 3 < n ? j + 3 : n - 1) * ldb;
      vf s0 = splat(0.0f), s1 = s0, s2 = s0, s3 = s0;
      for (long i = 0, left = k; i < k; i += LANES, left -= LANES) {
        vf v = ISA(load_part)(x + i, left);
        s0 = fma(v, ISA(load_part)(y0 + i, left), s0);
        s1 = fma(v, ISA(load_part)(y1 + i, left), s1);
        s2 = fma(v, ISA(load_part)(y2 + i, left), s2);
        s3 = fma(v, ISA(load_part)(y3 + i, left), s3);
      }
      const float sums[4] = {ISA(total)(s0), ISA(total)(s1), ISA(total)(s2), ISA(total)(s3)};
      for (long q = 0; q < 4 && j + q < n; q++) to[j + q] = adds ? to[j + q] + sums[q] : sums[q];
    }
  }
}

#undef PANEL
