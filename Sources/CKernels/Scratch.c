#include "Scratch.h"

#include <stdlib.h>

// Memory of a thread for one call at a time; it grows and stays.
static _Thread_local float *memory;
static _Thread_local long size;

float *ck_scratch(long count) {
  if (count > size) {
    free(memory);
    void *block = 0;
    // The page after the last is never touched: vectors may read beyond a row's end, not the block's.
    if (posix_memalign(&block, 64, count * sizeof(float) + 256)) abort();
    memory = block;
    size = count;
  }
  return memory;
}
