#include "include/CKernels.h"

// Large tables in pieces on all cores. Pieces do not touch each other's elements, so their number and
// order do not matter for the result.

enum { piece = 1 << 16, rows_of_piece = 16 };

struct whole {
  float *p, *m, *v, *greatest;
  const float *g;
  long n;
  const ck_adam_rule *rule;
  const ck_adam_step *step;
};

static void move_piece(void *context, long i) {
  const struct whole *w = context;
  long start = i * piece, n = w->n - start < piece ? w->n - start : piece;
  ck_adam(
      w->p + start, w->g + start, w->m + start, w->v + start,
      w->greatest ? w->greatest + start : 0, n, w->rule, w->step);
}

void ck_adam_step_all(
    float *p, const float *g, float *m, float *v, float *greatest, long n,
    const ck_adam_rule *rule, const ck_adam_step *step) {
  uint64_t state = ck_flush_denormals();
  struct whole w = {p, m, v, greatest, g, n, rule, step};
  ck_parallel((n + piece - 1) / piece, move_piece, &w);
  ck_restore(state);
}

struct some {
  const ck_adam_table *table;
  const long *rows;
  long count, size;
  const float *g;
};

static void move_rows(void *context, long i) {
  const struct some *s = context;
  long start = i * s->size, end = start + s->size < s->count ? start + s->size : s->count;
  ck_adam_rows(s->table, s->rows, start, end, s->g);
}

/// Whether the rows have missed so many steps that waking another thread is worth it.
static bool is_much(const ck_adam_table *table, const long *rows, long count) {
  long work = 0;
  for (long i = 0; i < count; i++) {
    long last = table->last[rows[i]];
    long missed = last < 0 ? 1 : table->now - last;
    work += (missed < 150 ? missed : 150) * table->width;
    if (work > 1 << 17) return true;
  }
  return false;
}

void ck_adam_step_rows(
    const ck_adam_table *table, const long *rows, long count, const float *g) {
  uint64_t state = ck_flush_denormals();
  if (rows ? is_much(table, rows, count) : count > rows_of_piece) {
    struct some s = {table, rows, count, rows ? rows_of_piece : 16 * rows_of_piece, g};
    ck_parallel((count + s.size - 1) / s.size, move_rows, &s);
  } else {
    ck_adam_rows(table, rows, 0, count, g);
  }
  ck_restore(state);
}
