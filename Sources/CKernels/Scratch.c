#include "Scratch.h"

#include <stdlib.h>

// Memory of a thread for one call at a time; it grows and stays.
static _Thread_local float *memory;
static _Thread_local long size;

float *ck_scratch(long count) {
  if (count > size) {
    free(memory);
    void *block = 0;
    if (posix_memalign(&block, 64, count * sizeof(float))) abort();
    memory = block;
    size = count;
  }
  return memory;
}
