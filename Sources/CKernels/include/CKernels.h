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
  /* c (m, n) = a (m, k) b, or += if `adds`; every element is summed over k in order. */           \
  K(gemm_packed, (long m, long n, long k, const float *a, long lda, const float *panels, bool adds, \
                  float *c, long ldc),                                                             \
    (m, n, k, a, lda, panels, adds, c, ldc))

#define CK_DECLARE(name, parameters, arguments) void ck_##name parameters;
CK_KERNELS(CK_DECLARE)
#undef CK_DECLARE

/// The number of floats that `ck_pack` writes for a matrix (k, n).
long ck_packed_size(long k, long n);

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
