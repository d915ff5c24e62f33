// All kernels of one instruction set. LANES: floats in a vector; ROWS: rows of a block that fit into
// the registers; ISA(name): the name with the set's suffix.

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "Dispatch.h"
#include "Scratch.h"
#include "Vectors.h"

#include "Math.h"
#include "Product.h"
#include "Recurrent.h"
#include "Sums.h"

#define ENTRY(name, parameters, arguments) .name = ISA(name),
const struct kernel_table ISA(kernels) = {.lanes = LANES, CK_KERNELS(ENTRY)};
#undef ENTRY
