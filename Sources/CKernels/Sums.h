// Sums over the rows of a matrix, and extremes along them.

/// y[j] (+)= the sum of x[r][j]. Every 256 rows are summed on their own, so that the rounding error
/// does not grow with the number of rows.
static void ISA(column_sums)(long rows, long columns, const float *x, long ldx, bool adds, float *y) {
  if (!adds) memset(y, 0, columns * sizeof(float));
  for (long start = 0; start < rows; start += 256) {
    long end = rows - start < 256 ? rows : start + 256;
    long j = 0;
    for (; j + 4 * LANES <= columns; j += 4 * LANES) {
      vf s0 = splat(0.0f), s1 = s0, s2 = s0, s3 = s0;
      for (long r = start; r < end; r++) {
        const float *row = x + r * ldx + j;
        s0 += load(row);
        s1 += load(row + LANES);
        s2 += load(row + 2 * LANES);
        s3 += load(row + 3 * LANES);
      }
      store(y + j, load(y + j) + s0);
      store(y + j + LANES, load(y + j + LANES) + s1);
      store(y + j + 2 * LANES, load(y + j + 2 * LANES) + s2);
      store(y + j + 3 * LANES, load(y + j + 3 * LANES) + s3);
    }
    for (; j < columns; j += LANES) {
      vf sum = splat(0.0f);
      for (long r = start; r < end; r++) sum += ISA(load_part)(x + r * ldx + j, columns - j);
      ISA(store_part)(y + j, ISA(load_part)(y + j, columns - j) + sum, columns - j);
    }
  }
}

static void ISA(row_extremes)(
    long rows, long n, bool greatest, const float *x, float *values, int64_t *places) {
  for (long r = 0; r < rows; r++, x += n) {
    vf best = splat(x[0]), odd = splat(0.0f);
    long i = 0;
    for (; i + LANES <= n; i += LANES) {
      vf v = load(x + i);
      best = greatest ? pick(v > best, v, best) : pick(v < best, v, best);
      odd += v - v;
    }
    float parts[LANES], odds[LANES];
    store(parts, best);
    store(odds, odd);
    float value = parts[0], mark = odds[0];
    for (int p = 1; p < LANES; p++) {
      if (greatest ? parts[p] > value : parts[p] < value) value = parts[p];
      mark += odds[p];
    }
    for (; i < n; i++) {
      if (greatest ? x[i] > value : x[i] < value) value = x[i];
      mark += x[i] - x[i];
    }
    // An infinity leaves a mark as well; only a look at each element tells it from a nan.
    long place = -1;
    if (mark != 0.0f)
      for (long j = 0; j < n && place < 0; j++)
        if (x[j] != x[j]) place = j;
    if (place < 0)
      for (place = 0; x[place] != value; place++) {}
    values[r] = x[place];
    places[r] = place;
  }
}
