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

#define load ISA(load)
#define store ISA(store)
#define splat ISA(splat)
#define fma ISA(fma)
#define pick ISA(pick)
