// Adam's step (Kingma and Ba, 2015), over whole tensors and over rows that were left behind.
//
// An element's step is the same operations in the same order in both, so a row that is brought up to
// date later has the same bits as one that took every step in its time. With FOLD = sqrt(1 - beta2^t)
// the step is (lr FOLD / (1 - beta1^t)) m / (sqrt(v) + eps FOLD): one division and one root, which
// are what the loops wait for.

#define GROUP 4         // vectors of a row that are replayed together
#define BLOCK_STEPS 16  // steps between two looks at whether p still moves

/// p - change, where a change of zero leaves every bit of p, also -0 and denormal numbers.
INLINE vf ISA(adam_change)(vf p, vf m, vf root, ck_adam_step s) {
#pragma clang fp contract(off)
  vf change = splat(s.rate) * m / (root + splat(s.epsilon));
  return pick(change == splat(0.0f), p, p - change);
}

INLINE vf ISA(adam_mean)(vf m, vf g, ck_adam_step s) {
  return fma(splat(s.fresh1), g - m, m);
}

INLINE vf ISA(adam_square)(vf v, vf g, const ck_adam_rule *rule) {
#pragma clang fp contract(off)
  vf kept = splat(rule->beta2) * v;
  return fma(splat(rule->fresh2) * g, g, kept);
}

/// One step of one vector. The flags are constants at each call.
INLINE void ISA(adam_vector)(
    float *p, const float *g, float *m, float *v, float *greatest, const ck_adam_rule *rule,
    ck_adam_step s, const bool is_plain) {
#pragma clang fp contract(off)
  vf value = load(p), slope = load(g);
  if (!is_plain) {
    if (rule->maximizes) slope = -slope;
    if (rule->penalty != 0.0f) slope = fma(splat(rule->penalty), value, slope);
    if (rule->decays) value = value * splat(s.kept);
  }
  vf mean = ISA(adam_mean)(load(m), slope, s);
  vf square = ISA(adam_square)(load(v), slope, rule);
  store(m, mean);
  store(v, square);
  if (!is_plain && greatest) {
    vf old = load(greatest);
    // As torch.maximum: a nan stays.
    square = pick((square > old) | (square != square), square, old);
    store(greatest, square);
  }
  store(p, ISA(adam_change)(value, mean, __builtin_elementwise_sqrt(square), s));
}

INLINE void ISA(adam_loop)(
    float *p, const float *g, float *m, float *v, float *greatest, long n,
    const ck_adam_rule *rule, ck_adam_step s, const bool is_plain) {
  long i = 0;
  for (; i + LANES <= n; i += LANES)
    ISA(adam_vector)(p + i, g + i, m + i, v + i, greatest ? greatest + i : 0, rule, s, is_plain);
  if (i == n) return;
  float rest[5][LANES] = {{0}};
  size_t bytes = (n - i) * sizeof(float);
  memcpy(rest[0], p + i, bytes);
  memcpy(rest[1], g + i, bytes);
  memcpy(rest[2], m + i, bytes);
  memcpy(rest[3], v + i, bytes);
  if (greatest) memcpy(rest[4], greatest + i, bytes);
  ISA(adam_vector)(
      rest[0], rest[1], rest[2], rest[3], greatest ? rest[4] : 0, rule, s, is_plain);
  memcpy(p + i, rest[0], bytes);
  memcpy(m + i, rest[2], bytes);
  memcpy(v + i, rest[3], bytes);
  if (greatest) memcpy(greatest + i, rest[4], bytes);
}

static void ISA(adam)(
    float *p, const float *g, float *m, float *v, float *greatest, long n,
    const ck_adam_rule *rule, const ck_adam_step *s) {
  if (greatest || rule->maximizes || rule->decays || rule->penalty != 0.0f)
    ISA(adam_loop)(p, g, m, v, greatest, n, rule, *s, false);
  else
    ISA(adam_loop)(p, g, m, v, 0, n, rule, *s, true);
}

// MARK: - Missed steps

// A missed step is a step with g = 0, and what that does to m and v needs fewer operations:
// fresh1 (0 - m) + m is m - fresh1 m, and beta2 v + 0 is beta2 v, as v is never -0.

INLINE vf ISA(adam_idle_mean)(vf m, ck_adam_step s) { return fma(splat(-s.fresh1), m, m); }

/// Whether no element of the vector moves in the coming steps, whose rates are at most `rate` in size
/// and whose epsilons are at least `epsilon`. Nothing here is an estimate: |m| only shrinks, v shrinks
/// to no less than rule->least of itself (or to zero, which is what the flushed product is then), so
/// the changes are below `change`; and one below 2^-25 |p| is less than half the distance from p to
/// the next number, so p stays. With decay p may shrink to 0.6 of itself, so the bound is half of that.
INLINE vi ISA(adam_is_still)(
    vf p, vf m, vf v, float rate, float epsilon, const ck_adam_rule *rule) {
  vf size = (vf)((vi)m & 0x7fffffff);
  vf least = __builtin_elementwise_sqrt(v * splat(rule->least)) + splat(0.99f * epsilon);
  vf change = splat(rate) * size * splat(1.02f) / least;
  vf limit = (vf)((vi)p & 0x7fffffff) * splat(rule->decays ? 0x1p-26f : 0x1p-25f);
  return (change < limit) | (size == splat(0.0f));
}

/// `count` missed steps of k vectors, which stay in registers from the first to the last.
INLINE void ISA(adam_idle)(
    const int k, float *p, float *m, float *v, const ck_adam_step *steps, long count,
    const ck_adam_rule *rule) {
#pragma clang fp contract(off)
#define EACH _Pragma("clang loop unroll(full)") for (int j = 0; j < k; j++)
  vf values[GROUP], means[GROUP], squares[GROUP];
  EACH {
    values[j] = load(p + j * LANES);
    means[j] = load(m + j * LANES);
    squares[j] = load(v + j * LANES);
  }
  const bool decays = rule->decays;
  const vf beta2 = splat(rule->beta2);
  bool has_mean = true;
  for (long start = 0; start < count;) {
    long end = count - start < BLOCK_STEPS ? count : start + BLOCK_STEPS;
    bool is_still = !has_mean;
    if (has_mean) {
      float rate = 0.0f, epsilon = __builtin_inff(), kept = 1.0f;
      for (long i = start; i < end; i++) {
        float size = __builtin_fabsf(steps[i].rate);
        rate = size > rate ? size : rate;
        epsilon = steps[i].epsilon < epsilon ? steps[i].epsilon : epsilon;
        kept = steps[i].kept < kept ? steps[i].kept : kept;
      }
      vi still = {0}, moving = {0};
      still = ~still;
      EACH {
        still &= ISA(adam_is_still)(values[j], means[j], squares[j], rate, epsilon, rule);
        moving |= means[j] != splat(0.0f);
      }
      has_mean = __builtin_reduce_or(moving) != 0;
      is_still = !has_mean || (__builtin_reduce_and(still) != 0 && (!decays || kept > 0.97f));
    }
    if (!is_still) {
      for (; start < end; start++) {
        ck_adam_step s = steps[start];
        EACH {
          if (decays) values[j] = values[j] * splat(s.kept);
          means[j] = ISA(adam_idle_mean)(means[j], s);
          squares[j] = beta2 * squares[j];
          values[j] = ISA(adam_change)(
              values[j], means[j], __builtin_elementwise_sqrt(squares[j]), s);
        }
      }
      continue;
    }
    // Means of zero stay so (-0 becomes 0), and all that is left needs no second look.
    if (!has_mean) {
      end = count;
      EACH means[j] = ISA(adam_idle_mean)(means[j], steps[start]);
    }
    for (long i = start; i < end; i++) {
      EACH squares[j] = beta2 * squares[j];
    }
    if (has_mean) {
      for (long i = start; i < end; i++) {
        EACH means[j] = ISA(adam_idle_mean)(means[j], steps[i]);
      }
    }
    if (decays) {
      for (long i = start; i < end; i++) {
        EACH values[j] = values[j] * splat(steps[i].kept);
      }
    }
    start = end;
  }
  EACH {
    store(p + j * LANES, values[j]);
    store(m + j * LANES, means[j]);
    store(v + j * LANES, squares[j]);
  }
#undef EACH
}

static void ISA(adam_idle_row)(
    float *p, float *m, float *v, long width, const ck_adam_step *steps, long count,
    const ck_adam_rule *rule) {
  const long whole = GROUP * LANES;
  long i = 0;
  for (; i + whole <= width; i += whole)
    ISA(adam_idle)(GROUP, p + i, m + i, v + i, steps, count, rule);
  if (i == width) return;
  float rest[3][GROUP * LANES] = {{0}};
  size_t bytes = (width - i) * sizeof(float);
  memcpy(rest[0], p + i, bytes);
  memcpy(rest[1], m + i, bytes);
  memcpy(rest[2], v + i, bytes);
  switch ((width - i + LANES - 1) / LANES) {
    case 1: ISA(adam_idle)(1, rest[0], rest[1], rest[2], steps, count, rule); break;
    case 2: ISA(adam_idle)(2, rest[0], rest[1], rest[2], steps, count, rule); break;
    case 3: ISA(adam_idle)(3, rest[0], rest[1], rest[2], steps, count, rule); break;
    default: ISA(adam_idle)(GROUP, rest[0], rest[1], rest[2], steps, count, rule);
  }
  memcpy(p + i, rest[0], bytes);
  memcpy(m + i, rest[1], bytes);
  memcpy(v + i, rest[2], bytes);
}

/// A row that never had a gradient: m and v are zero, and their memory is not touched.
static void ISA(adam_decay_row)(float *p, long width, const ck_adam_step *steps, long count) {
  for (long i = 0; i < width; i += GROUP * LANES) {
    float rest[GROUP * LANES] = {0};
    long n = width - i < GROUP * LANES ? width - i : GROUP * LANES;
    memcpy(rest, p + i, n * sizeof(float));
    vf values[GROUP];
#define EACH _Pragma("clang loop unroll(full)") for (int j = 0; j < GROUP; j++)
    EACH values[j] = load(rest + j * LANES);
    for (long t = 0; t < count; t++) {
      EACH values[j] = values[j] * splat(steps[t].kept);
    }
    EACH store(rest + j * LANES, values[j]);
#undef EACH
    memcpy(p + i, rest, n * sizeof(float));
  }
}

static void ISA(adam_rows)(
    const ck_adam_table *t, const long *rows, long start, long end, const float *g) {
  const long width = t->width, goal = g ? t->now - 1 : t->now;
  for (long i = start; i < end; i++) {
    long row = rows ? rows[i] : i;
    if (rows && i + 2 < end) {
      // Rows lie anywhere: their lines are asked for two rows ahead.
      long ahead = rows[i + 2] * width;
      for (long j = 0; j < width; j += 16) {
        __builtin_prefetch(t->p + ahead + j, 1);
        __builtin_prefetch(t->m + ahead + j, 1);
        __builtin_prefetch(t->v + ahead + j, 1);
      }
    }
    long last = t->last[row];
    const bool is_fresh = last < 0;  // ~step: no gradient yet
    if (is_fresh) last = ~last;
    float *p = t->p + row * width, *m = t->m + row * width, *v = t->v + row * width;
    const ck_adam_step *missed = t->steps + (last + 1 - t->first);
    if (is_fresh && !t->rule.decays) {
      if (!g) continue;
    } else if (last < goal) {
      if (is_fresh) ISA(adam_decay_row)(p, width, missed, goal - last);
      else ISA(adam_idle_row)(p, m, v, width, missed, goal - last, &t->rule);
    }
    if (g) {
      const ck_adam_step *s = t->steps + (t->now - t->first);
      ISA(adam)(p, g + i * width, m, v, 0, width, &t->rule, s);
      t->last[row] = (int32_t)t->now;
    } else {
      t->last[row] = (int32_t)(is_fresh ? ~goal : goal);
    }
  }
}

#undef GROUP
#undef BLOCK_STEPS
