// One instruction set's vectors. Included after LANES and ISA(name) are defined.

typedef float vf __attribute__((vector_size(4 * LANES), aligned(4)));
typedef int32_t vi __attribute__((vector_size(4 * LANES), aligned(4)));
typedef uint32_t vu __attribute__((vector_size(4 * LANES), aligned(4)));

#define INLINE static inline __attribute__((always_inline))

INLINE vf ISA(load)(const float *p) { return *(const vf *)p; }
INLINE void ISA(store)(float *p, vf v) { *(vf *)p = v; }
INLINE vf ISA(splat)(float x) { return x - (vf){0}; }
// Without the instruction a fused product would be a call for every element.
#if defined(__x86_64__) && LANES == 4
INLINE vf ISA(fma)(vf a, vf b, vf c) { return a * b + c; }
#else
INLINE vf ISA(fma)(vf a, vf b, vf c) { return __builtin_elementwise_fma(a, b, c); }
#endif
INLINE vf ISA(pick)(vi mask, vf yes, vf no) {
  return (vf)(((vi)yes & mask) | ((vi)no & ~mask));
}

/// The first `count` floats at p, zeros after them; all when there are at least LANES.
INLINE vf ISA(load_part)(const float *p, long count) {
  if (count >= LANES) return ISA(load)(p);
#if LANES == 16 && defined(__x86_64__)
  return (vf)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), p);
#elif LANES == 8 && defined(__x86_64__)
  return (vf)_mm256_maskload_ps(p, (__m256i)((vi){0, 1, 2, 3, 4, 5, 6, 7} < (int32_t)count));
#else
  float part[LANES] = {0};
  memcpy(part, p, count * sizeof(float));
  return ISA(load)(part);
#endif
}

INLINE void ISA(store_part)(float *p, vf v, long count) {
  if (count >= LANES) {
    ISA(store)(p, v);
    return;
  }
#if LANES == 16 && defined(__x86_64__)
  _mm512_mask_storeu_ps(p, (__mmask16)((1u << count) - 1), (__m512)v);
#elif LANES == 8 && defined(__x86_64__)
  _mm256_maskstore_ps(p, (__m256i)((vi){0, 1, 2, 3, 4, 5, 6, 7} < (int32_t)count), (__m256)v);
#else
  float part[LANES];
  ISA(store)(part, v);
  memcpy(p, part, count * sizeof(float));
#endif
}

#define load ISA(load)
#define store ISA(store)
#define splat ISA(splat)
#define fma ISA(fma)
#define pick ISA(pick)
