// SSE2 on x86-64, NEON on ARM: what every processor of its kind has.
#define LANES 4
#define ROWS 6
#define ISA(name) name##_plain
#include "Kernels.h"
