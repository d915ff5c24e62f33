// Loops whose speed depends on the processor's vector unit, and the threads they run on.
//
// Every kernel exists once in the source and is compiled for AVX-512, AVX2 and the plain instruction
// set (which is NEON on ARM); the first call of the process picks the widest one the processor has.
// Matrices are row-major; `ld…` is the distance between rows in elements. Nothing here checks its
// arguments: callers have.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: - Adam

/// What one step's number and learning rate make of the formula: change = rate m / (sqrt(v) +
/// epsilon). `fresh1` is 1 - beta1, `kept` the share of p that decoupled weight decay leaves.
typedef struct {
  float rate, epsilon, fresh1, kept;
} ck_adam_step;

/// What is the same in all steps. `fresh2` is 1 - beta2; `least` is below beta2^16, for missed steps;
/// `penalty` is weight decay that is added to the gradient; `decays` says that `kept` counts.
typedef struct {
  float beta2, fresh2, least, penalty;
  bool maximizes, decays;
} ck_adam_rule;

/// A table (…, width) whose rows have taken different numbers of steps: row r all up to last[r], or
/// ~last[r] when it never had a gradient, so that its m and v are zero. `steps` are those from number
/// `first` to `now`.
typedef struct {
  float *p, *m, *v;
  int32_t *last;
  const ck_adam_step *steps;
  long width, first, now;
  ck_adam_rule rule;
} ck_adam_table;

// MARK: - Kernels

// K(name, parameters, arguments)
#define CK_KERNELS(K)                                                                              \
  /* y[i] = f(x[i]); x and y may be the same. */                                                   \
  K(exp, (const float *x, float *y, long n), (x, y, n))                                            \
  K(log, (const float *x, float *y, long n), (x, y, n))                                            \
  K(tanh, (const float *x, float *y, long n), (x, y, n))                                           \
  K(sigmoid, (const float *x, float *y, long n), (x, y, n))                                        \
  /* to (k, rows) = the transpose of a (rows, k). */                                               \
  K(turn, (long rows, long k, const float *a, long lda, float *to, long ldto),                     \
    (rows, k, a, lda, to, ldto))                                                                   \
  /* values[r], places[r] = the greatest (or least) of x[r][0 ..< n] and where it is first; the first \
     nan counts as such. Rows lie side by side. */                                                 \
  K(row_extremes, (long rows, long n, bool greatest, const float *x, float *values, int64_t *places), \
    (rows, n, greatest, x, values, places))                                                        \
  /* b (k, n), or its transpose (n, k), into panels for gemm_packed. */                            \
  K(pack, (const float *b, long ldb, bool transposed, long k, long n, float *panels),              \
    (b, ldb, transposed, k, n, panels))                                                            \
  /* c (m, n) = a (m, k) b, or += if `adds`; a lies as (k, m) when `transposed`. */                 \
  K(gemm_packed, (long m, long n, long k, const float *a, long lda, bool transposed,               \
                  const float *panels, bool adds, float *c, long ldc),                             \
    (m, n, k, a, lda, transposed, panels, adds, c, ldc))                                           \
  /* The same for few rows and b as it is, (k, n); and with a dot product for each element, (n, k). */ \
  K(gemm_direct, (long m, long n, long k, const float *a, long lda, bool transposed,               \
                  const float *b, long ldb, bool adds, float *c, long ldc),                        \
    (m, n, k, a, lda, transposed, b, ldb, adds, c, ldc))                                           \
  K(gemm_dots, (long m, long n, long k, const float *a, long lda, const float *b, long ldb,        \
                bool adds, float *c, long ldc),                                                    \
    (m, n, k, a, lda, b, ldb, adds, c, ldc))                                                       \
  /* Steps of recurrent layers: see Recurrent.h for the shapes. */                                 \
  K(rnn_forward, (long rows, long hidden, bool relu, const float *bias_x, const float *bias_h,     \
       float *h, long ldh),                                                                        \
      (rows, hidden, relu, bias_x, bias_h, h, ldh))                                                \
  K(rnn_backward, (long rows, long hidden, bool relu, const float *h, long ldh, const float        \
       *dh, const float *dout, long lddout, float *dsums),                                         \
      (rows, hidden, relu, h, ldh, dh, dout, lddout, dsums))                                       \
  K(lstm_forward, (long rows, long hidden, float *gates, const float *bias_x, const float          \
       *bias_h, const float *before, float *cells, float *h, long ldh),                            \
      (rows, hidden, gates, bias_x, bias_h, before, cells, h, ldh))                                \
  K(lstm_backward, (long rows, long hidden, float *gates, const float *before, const float         \
       *cells, const float *dh, const float *dout, long lddout, float *dc),                        \
      (rows, hidden, gates, before, cells, dh, dout, lddout, dc))                                  \
  K(gru_forward, (long rows, long hidden, float *gates, const float *sums, const float             \
       *bias_x, const float *bias_h, const float *before, long ldbefore, float *kept, float        \
       *h, long ldh),                                                                              \
      (rows, hidden, gates, sums, bias_x, bias_h, before, ldbefore, kept, h, ldh))                 \
  K(gru_backward, (long rows, long hidden, float *gates, const float *before, long ldbefore,       \
       float *kept, float *dh, const float *dout, long lddout),                                    \
      (rows, hidden, gates, before, ldbefore, kept, dh, dout, lddout))                             \
  /* y[j] = the sum of column j of x (rows, columns), or += if `adds`. */                          \
  K(column_sums, (long rows, long columns, const float *x, long ldx, bool adds, float *y),         \
      (rows, columns, x, ldx, adds, y))                                                            \
  /* Row i of x (n, width) to row slots[i] of out; see Rows.h. */                                  \
  K(sum_rows, (const float *x, const int32_t *slots, long n, long width, long skipped, float *out), \
    (x, slots, n, width, skipped, out))                                                            \
  /* One step of Adam for n elements; greatest may be null. */                                     \
  K(adam, (float *p, const float *g, float *m, float *v, float *greatest, long n,                  \
           const ck_adam_rule *rule, const ck_adam_step *step),                                    \
    (p, g, m, v, greatest, n, rule, step))                                                         \
  /* Rows start ..< end of the list (or of the table): see ck_adam_step_rows. */                   \
  K(adam_rows, (const ck_adam_table *t, const long *rows, long start, long end, const float *g), \
    (t, rows, start, end, g))

#define CK_DECLARE(name, parameters, arguments) void ck_##name parameters;
CK_KERNELS(CK_DECLARE)
#undef CK_DECLARE

/// One step for n elements, on several cores when they are many.
void ck_adam_step_all(
    float *p, const float *g, float *m, float *v, float *greatest, long n,
    const ck_adam_rule *rule, const ck_adam_step *step);

/// Brings distinct rows (all of the first `count` when `rows` is null) to the step `now`. With g
/// (count, width) the last step is one with this gradient.
void ck_adam_step_rows(
    const ck_adam_table *table, const long *rows, long count, const float *g);

/// Row numbers[i] of a table of `rows` rows becomes row i of out; -1, or the place of the first
/// number that is not a row.
long ck_gather_rows(
    const void *table, long rows, long bytes, const long *numbers, long n, void *out);

/// The number of floats that `ck_pack` writes for a matrix (k, n).
long ck_packed_size(long k, long n);

/// c (m, n) = op(a) op(b), or += if `adds`, on the pool's threads when it is large. The bits do not
/// depend on the number of threads.
void ck_sgemm(
    bool transposed_a, bool transposed_b, long m, long n, long k, const float *a, long lda,
    const float *b, long ldb, bool adds, float *c, long ldc);

/// The instruction sets, narrowest first.
typedef enum { ck_plain = 0, ck_avx2 = 1, ck_avx512 = 2 } ck_isa;

/// What the processor has, and what is used now.
ck_isa ck_best_isa(void);
ck_isa ck_current_isa(void);
/// Uses another instruction set, for tests; false when the processor lacks it.
bool ck_use_isa(ck_isa isa);

// MARK: - Threads

/// Calls `task(context, i)` for i in 0 ..< count, on the calling thread and the pool's, each once, in
/// any order; returns when all are done. Inside a task, or while another thread's call is under way:
/// on the calling thread alone. All tasks treat denormal numbers as the caller does.
void ck_parallel(long count, void (*task)(void *context, long i), void *context);

/// How many threads a parallel call may use, the caller included.
int ck_thread_count(void);
void ck_set_thread_count(int count);

// MARK: - Denormal numbers

/// Makes results and operands too small for a normal float count as zero on this thread; returns the
/// old state for `ck_restore`.
uint64_t ck_flush_denormals(void);
void ck_restore(uint64_t state);
/// How this thread treats them now, for `ck_restore`.
uint64_t ck_float_state(void);

#endif
