#if defined(__x86_64__)
#pragma clang attribute push(                                                                      \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#define LANES 16
#define ROWS 12
#define ISA(name) name##_avx512
#include "Kernels.h"
#pragma clang attribute pop
#endif
