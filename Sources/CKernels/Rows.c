#include <string.h>

#include "include/CKernels.h"

enum { ahead = 8 };

long ck_gather_rows(
    const void *table, long rows, long bytes, const long *numbers, long n, void *out) {
  for (long i = 0; i < n; i++) {
    // Rows lie anywhere in memory, so their lines are asked for some rows ahead.
    if (i + ahead < n && (unsigned long)numbers[i + ahead] < (unsigned long)rows) {
      const char *next = (const char *)table + numbers[i + ahead] * bytes;
      for (long j = 0; j < bytes && j < 1024; j += 64) __builtin_prefetch(next + j);
    }
    if ((unsigned long)numbers[i] >= (unsigned long)rows) return i;
    memcpy((char *)out + i * bytes, (const char *)table + numbers[i] * bytes, bytes);
  }
  return -1;
}
