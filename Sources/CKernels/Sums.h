// Sums over the rows of a matrix.

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
