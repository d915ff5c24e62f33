#include "Dispatch.h"

static const struct kernel_table *table = &kernels_plain;
static ck_isa current = ck_plain;

ck_isa ck_best_isa(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return ck_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return ck_avx2;
#endif
  return ck_plain;
}

bool ck_use_isa(ck_isa isa) {
  if (isa > ck_best_isa()) return false;
#if defined(__x86_64__)
  table = isa == ck_avx512 ? &kernels_avx512 : isa == ck_avx2 ? &kernels_avx2 : &kernels_plain;
#endif
  current = isa;
  return true;
}

ck_isa ck_current_isa(void) { return current; }

// Before main, so that no call has to look whether a choice was made.
__attribute__((constructor)) static void choose(void) { ck_use_isa(ck_best_isa()); }

#define FORWARD(name, parameters, arguments) \
  void ck_##name parameters { table->name arguments; }
CK_KERNELS(FORWARD)
#undef FORWARD

long ck_packed_size(long k, long n) {
  long panel = 2 * table->lanes;
  return k * ((n + panel - 1) / panel) * panel;
}
