// All kernels of one instruction set. LANES: floats in a vector; ROWS: rows of a block that fit into
// the registers; ISA(name): the name with the set's suffix.

#include <string.h>

#include "Dispatch.h"
#include "Vectors.h"

#include "Math.h"
#include "PackedProduct.h"
#include "Rows.h"
#include "Adam.h"

#define ENTRY(name, parameters, arguments) .name = ISA(name),
const struct kernel_table ISA(kernels) = {.lanes = LANES, CK_KERNELS(ENTRY)};
#undef ENTRY
