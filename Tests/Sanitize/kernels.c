// The C kernels over many sizes, for script/sanitize: every matrix is a block of its own, so that a
// step beyond its end is seen. What is computed is checked in Tests/CKernelsTests.
#include "CKernels.h"

#include <stdlib.h>

static float *matrix(long count) {
  float *elements = malloc(count * sizeof(float) + 1);
  for (long i = 0; i < count; i++) elements[i] = (float)(i * 37 % 101) / 50 - 1;
  return elements;
}

static void run(long m, long n, long k, bool transposed_a, bool transposed_b, bool adds) {
  float *a = matrix(m * k), *b = matrix(k * n), *c = matrix(m * n), *d = matrix(m * n);
  float *e = matrix(m * n), *sums = matrix(n), *values = matrix(m);
  int64_t *places = malloc(m * sizeof(int64_t));
  ck_sgemm(
      transposed_a, transposed_b, m, n, k, a, transposed_a ? m : k, b, transposed_b ? k : n, adds, c,
      n);
  ck_column_sums(m, n, c, n, adds, sums);
  ck_row_extremes(m, n, adds, c, values, places);
  ck_turn(m, n, c, n, d, m);
  ck_exp(c, c, m * n);
  ck_log(c, c, m * n);
  ck_tanh(c, c, m * n);
  ck_sigmoid(c, c, m * n);
  ck_adam_rule rule = {.beta2 = 0.99f, .fresh2 = 0.01f, .least = 0.8f};
  ck_adam_step step = {.rate = 0.01f, .epsilon = 1e-6f, .fresh1 = 0.1f, .kept = 1};
  ck_adam_step_all(c, d, e, c, 0, m * n, &rule, &step);
  float *all[] = {a, b, c, d, e, sums, values};
  for (int i = 0; i < 7; i++) free(all[i]);
  free(places);
}

int main(void) {
  ck_set_thread_count(3);
  for (int isa = ck_plain; isa <= ck_avx512; isa++) {
    if (!ck_use_isa((ck_isa)isa)) continue;
    for (int i = 0; i < 840; i++) {
      long k = i % 13 == 0 ? 0 : i * 11 % 43;
      run(1 + i % 40, 1 + i * 7 % 41, k, i & 1, i >> 1 & 1, i >> 2 & 1);
    }
    for (int i = 0; i < 8; i++) run(130, 201, 603, i & 1, i >> 1 & 1, i >> 2 & 1);
    run(1, 1, 100000, false, false, false);
  }
  return 0;
}
