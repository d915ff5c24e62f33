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

// MARK: - Kernels

// K(name, parameters, arguments)
#define CK_KERNELS(K)                                                                              \
  /* y[i] = f(x[i]); x and y may be the same. */                                                   \
  K(exp, (const float *x, float *y, long n), (x, y, n))                                            \
  K(log, (const float *x, float *y, long n), (x, y, n))                                            \
  K(tanh, (const float *x, float *y, long n), (x, y, n))                                           \
  K(sigmoid, (const float *x, float *y, long n), (x, y, n))                                        \
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
      (rows, columns, x, ldx, adds, y))

#define CK_DECLARE(name, parameters, arguments) void ck_##name parameters;
CK_KERNELS(CK_DECLARE)
#undef CK_DECLARE

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
/// any order; returns when all are done. Runs inside a task: on that task's thread alone.
void ck_parallel(long count, void (*task)(void *context, long i), void *context);

/// How many threads a parallel call may use, the caller included.
int ck_thread_count(void);
void ck_set_thread_count(int count);

// MARK: - Denormal numbers

/// Makes results and operands too small for a normal float count as zero on this thread; returns the
/// old state for `ck_restore`.
uint64_t ck_flush_denormals(void);
void ck_restore(uint64_t state);

#endif
