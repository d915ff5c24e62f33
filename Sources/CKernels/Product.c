// The plan of a product: which kernel, and which tasks for which threads.

#include "Dispatch.h"

#include <stdlib.h>

// Sizes of the cut: they fit a task into the second-level cache, and do not depend on the threads.
enum { depth_limit = 512, column_limit = 2048, task_rows = 96, task_flops = 400000 };

// A product in place lays a stretch of this length of a few columns side by side.
enum { direct_limit = 1 << 12 };

struct product {
  bool transposed_a, transposed_b, adds;
  long n, m, k, lda, ldb, ldc;
  const float *a, *b;
  float *c;
  // The present part of k and n, and its panels.
  long depth, length, column, width, group;
  float *panels;
};

// One task packs a group of panels.
static void pack_group(void *context, long task) {
  struct product *p = context;
  long from = task * p->group, to = from + p->group < p->width ? from + p->group : p->width;
  const float *b = p->transposed_b ? p->b + (p->column + from) * p->ldb + p->depth
                                   : p->b + p->depth * p->ldb + p->column + from;
  ck_pack(b, p->ldb, p->transposed_b, p->length, to - from, p->panels + from * p->length);
}

static void multiply(struct product *p, long row, long rows, long from, long to) {
  const float *a = p->transposed_a ? p->a + p->depth * p->lda + row : p->a + row * p->lda + p->depth;
  ck_gemm_packed(
      rows, to - from, p->length, a, p->lda, p->transposed_a, p->panels + from * p->length,
      p->adds || p->depth > 0, p->c + row * p->ldc + p->column + from, p->ldc);
}

// One task multiplies some rows with a group of panels.
static void multiply_group(void *context, long task) {
  struct product *p = context;
  long groups = (p->width + p->group - 1) / p->group;
  long row = task / groups * task_rows, from = task % groups * p->group;
  long rows = p->m - row < task_rows ? p->m - row : task_rows;
  multiply(p, row, rows, from, from + p->group < p->width ? from + p->group : p->width);
}

// The panels of the calling thread's present product; a task of another product has its own thread.
static _Thread_local float *panel_memory;
static _Thread_local long panel_size;

static float *panel_buffer(long count) {
  if (count > panel_size) {
    free(panel_memory);
    void *block = 0;
    if (posix_memalign(&block, 64, count * sizeof(float))) abort();
    panel_memory = block;
    panel_size = count;
  }
  return panel_memory;
}

void ck_sgemm(
    bool transposed_a, bool transposed_b, long m, long n, long k, const float *a, long lda,
    const float *b, long ldb, bool adds, float *c, long ldc) {
  if (m <= 0 || n <= 0) return;
  if (transposed_b && !transposed_a && m <= 4) {
    ck_gemm_dots(m, n, k, a, lda, b, ldb, adds, c, ldc);
    return;
  }
  if (!transposed_b && (m <= 24 || k <= 4) && (!transposed_a || k <= depth_limit)) {
    for (long depth = 0; depth < k || depth == 0; depth += direct_limit)
      ck_gemm_direct(
          m, n, k - depth < direct_limit ? k - depth : direct_limit,
          a + (transposed_a ? depth * lda : depth), lda, transposed_a, b + depth * ldb, ldb,
          adds || depth > 0, c, ldc);
    return;
  }
  struct product p = {
      .transposed_a = transposed_a, .transposed_b = transposed_b, .adds = adds, .n = n, .m = m,
      .k = k, .lda = lda, .ldb = ldb, .ldc = ldc, .a = a, .b = b, .c = c};
  uint64_t state = ck_flush_denormals();
  long panel = ck_packed_size(1, 1);
  p.width = n < column_limit ? n : column_limit;
  long longest = k < depth_limit ? k : depth_limit;
  p.panels = panel_buffer(longest * ((p.width + panel - 1) / panel) * panel);
  for (p.column = 0; p.column < n; p.column += column_limit) {
    p.width = n - p.column < column_limit ? n - p.column : column_limit;
    for (p.depth = 0; p.depth < k || p.depth == 0; p.depth += depth_limit) {
      p.length = k - p.depth < depth_limit ? k - p.depth : depth_limit;
      long row_tasks = (m + task_rows - 1) / task_rows;
      long panels = (p.width + panel - 1) / panel;
      bool is_small = 2.0 * m * p.width * p.length < task_flops;
      // Enough groups of columns that the tasks can be shared out evenly.
      long groups = row_tasks >= 8 ? 1 : (8 + row_tasks - 1) / row_tasks;
      if (groups > panels) groups = panels;
      p.group = (panels + groups - 1) / groups * panel;
      groups = (p.width + p.group - 1) / p.group;
      if (is_small) {
        ck_pack(
            transposed_b ? b + p.column * ldb + p.depth : b + p.depth * ldb + p.column, ldb,
            transposed_b, p.length, p.width, p.panels);
        multiply(&p, 0, m, 0, p.width);
        continue;
      }
      long group = p.group;
      p.group = 4 * panel;
      ck_parallel((p.width + p.group - 1) / p.group, pack_group, &p);
      p.group = group;
      ck_parallel(row_tasks * groups, multiply_group, &p);
    }
  }
  ck_restore(state);
}
