#ifndef DISPATCH_H
#define DISPATCH_H

#include "include/CKernels.h"

struct kernel_table {
  long lanes;
#define MEMBER(name, parameters, arguments) void(*name) parameters;
  CK_KERNELS(MEMBER)
#undef MEMBER
};

extern const struct kernel_table kernels_plain;
#if defined(__x86_64__)
extern const struct kernel_table kernels_avx2, kernels_avx512;
#endif

#endif
