#include "include/CKernels.h"

#if defined(__x86_64__)
#include <xmmintrin.h>

uint64_t ck_float_state(void) { return _mm_getcsr(); }

uint64_t ck_flush_denormals(void) {
  unsigned state = _mm_getcsr();
  _mm_setcsr(state | 0x8040);
  return state;
}

void ck_restore(uint64_t state) { _mm_setcsr((unsigned)state); }

#elif defined(__aarch64__)

uint64_t ck_float_state(void) {
  uint64_t state;
  __asm__ volatile("mrs %0, fpcr" : "=r"(state));
  return state;
}

uint64_t ck_flush_denormals(void) {
  uint64_t state = ck_float_state();
  __asm__ volatile("msr fpcr, %0" : : "r"(state | (1ull << 24)));
  return state;
}

void ck_restore(uint64_t state) { __asm__ volatile("msr fpcr, %0" : : "r"(state)); }

#else
uint64_t ck_float_state(void) { return 0; }
uint64_t ck_flush_denormals(void) { return 0; }
void ck_restore(uint64_t state) {}
#endif
