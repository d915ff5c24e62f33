// Sums of rows that belong together: the gradient of a table of which some rows were used.

/// Row i of x (n, width) is added to row slots[i] of out, in the order of i; a slot's first row starts
/// it, and slots appear in increasing order. The rows of `skipped` are zero.
static void ISA(sum_rows)(
    const float *x, const int32_t *slots, long n, long width, long skipped, float *out) {
  int32_t seen = 0;
  for (long i = 0; i < n; i++) {
    const float *from = x + i * width;
    const int32_t slot = slots[i];
    float *to = out + slot * width;
    const bool is_first = slot == seen;
    seen += is_first;
    if (slot == skipped) {
      if (is_first) memset(to, 0, width * sizeof(float));
      continue;
    }
    long j = 0;
    // 0 + x is what a sum in a table of zeros would be: -0 becomes 0.
    if (is_first) {
      for (; j + LANES <= width; j += LANES) store(to + j, load(from + j) + splat(0.0f));
      for (; j < width; j++) to[j] = from[j] + 0.0f;
    } else {
      for (; j + LANES <= width; j += LANES) store(to + j, load(to + j) + load(from + j));
      for (; j < width; j++) to[j] += from[j];
    }
  }
}
