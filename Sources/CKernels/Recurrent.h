// One time step of a recurrent layer, everything but its products.
//
// `rows` sequences of a batch, `hidden` units. Gates (rows, G hidden) hold the products and become
// the activations; backward they become the gradients of the sums. `ld…` are distances of rows, all
// other matrices are dense. A null bias or gradient counts as zeros.

#define get(p) ISA(load_part)((p) + j, left)
#define put(p, v) ISA(store_part)((p) + j, v, left)
#define get_or_zero(p) ((p) ? get(p) : splat(0.0f))
#define EACH_UNIT for (long j = 0, left = hidden; j < hidden; j += LANES, left -= LANES)

static void ISA(rnn_forward)(
    long rows, long hidden, bool relu, const float *bias_x, const float *bias_h, float *h, long ldh) {
  for (long r = 0; r < rows; r++, h += ldh)
    EACH_UNIT {
      vf sum = get(h) + (get_or_zero(bias_x) + get_or_zero(bias_h));
      // A nan stays nan.
      put(h, relu ? pick(sum < splat(0.0f), splat(0.0f), sum) : ISA(tanh_of)(sum));
    }
}

/// dsums (rows, hidden) from h and the gradients of h that come from later steps and from outside.
static void ISA(rnn_backward)(
    long rows, long hidden, bool relu, const float *h, long ldh, const float *dh, const float *dout,
    long lddout, float *dsums) {
  for (long r = 0; r < rows; r++) {
    EACH_UNIT {
      vf y = get(h), g = get(dh) + get_or_zero(dout);
      put(dsums, relu ? pick(y > splat(0.0f), g, splat(0.0f)) : g * (1.0f - y * y));
    }
    h += ldh;
    dh += hidden;
    dsums += hidden;
    if (dout) dout += lddout;
  }
}

/// Gates i, f, g, o; c = f c' + i g, h = o tanh(c).
static void ISA(lstm_forward)(
    long rows, long hidden, float *gates, const float *bias_x, const float *bias_h,
    const float *before, float *cells, float *h, long ldh) {
  const long f = hidden, g = 2 * hidden, o = 3 * hidden;
  for (long r = 0; r < rows; r++) {
    EACH_UNIT {
      vf in = get(gates), forget = get(gates + f), news = get(gates + g), out = get(gates + o);
      if (bias_x) {
        in += get(bias_x) + get(bias_h);
        forget += get(bias_x + f) + get(bias_h + f);
        news += get(bias_x + g) + get(bias_h + g);
        out += get(bias_x + o) + get(bias_h + o);
      }
      in = ISA(sigmoid_of)(in);
      forget = ISA(sigmoid_of)(forget);
      news = ISA(tanh_of)(news);
      out = ISA(sigmoid_of)(out);
      vf cell = fma(in, news, forget * get_or_zero(before));
      put(gates, in);
      put(gates + f, forget);
      put(gates + g, news);
      put(gates + o, out);
      put(cells, cell);
      put(h, out * ISA(tanh_of)(cell));
    }
    gates += 4 * hidden;
    cells += hidden;
    h += ldh;
    if (before) before += hidden;
  }
}

/// dc (rows, hidden) is that of this step's cells and becomes that of the cells before.
static void ISA(lstm_backward)(
    long rows, long hidden, float *gates, const float *before, const float *cells, const float *dh,
    const float *dout, long lddout, float *dc) {
  const long f = hidden, g = 2 * hidden, o = 3 * hidden;
  for (long r = 0; r < rows; r++) {
    EACH_UNIT {
      vf in = get(gates), forget = get(gates + f), news = get(gates + g), out = get(gates + o);
      vf squashed = ISA(tanh_of)(get(cells)), dhidden = get(dh) + get_or_zero(dout);
      vf dcell = fma(dhidden * out, 1.0f - squashed * squashed, get(dc));
      put(gates, dcell * news * (in * (1.0f - in)));
      put(gates + f, dcell * get_or_zero(before) * (forget * (1.0f - forget)));
      put(gates + g, dcell * in * (1.0f - news * news));
      put(gates + o, dhidden * squashed * (out * (1.0f - out)));
      put(dc, dcell * forget);
    }
    gates += 4 * hidden;
    cells += hidden;
    dh += hidden;
    dc += hidden;
    if (before) before += hidden;
    if (dout) dout += lddout;
  }
}

/// Gates r, z, n from the input's products in `gates` and the state's in `sums`, both (rows, 3 hidden):
/// n = tanh(x_n + r s), s = h_n + its bias, which is kept; h = (1 - z) n + z h'.
static void ISA(gru_forward)(
    long rows, long hidden, float *gates, const float *sums, const float *bias_x,
    const float *bias_h, const float *before, long ldbefore, float *kept, float *h, long ldh) {
  const long z = hidden, n = 2 * hidden;
  for (long row = 0; row < rows; row++) {
    EACH_UNIT {
      vf reset = get(gates), update = get(gates + z), news = get(gates + n);
      vf inner = splat(0.0f);
      if (sums) {
        reset += get(sums);
        update += get(sums + z);
        inner = get(sums + n);
      }
      if (bias_x) {
        reset += get(bias_x) + get(bias_h);
        update += get(bias_x + z) + get(bias_h + z);
        news += get(bias_x + n);
        inner += get(bias_h + n);
      }
      reset = ISA(sigmoid_of)(reset);
      update = ISA(sigmoid_of)(update);
      news = ISA(tanh_of)(fma(reset, inner, news));
      put(gates, reset);
      put(gates + z, update);
      put(gates + n, news);
      put(kept, inner);
      put(h, fma(update, get_or_zero(before) - news, news));
    }
    gates += 3 * hidden;
    kept += hidden;
    h += ldh;
    if (sums) sums += 3 * hidden;
    if (before) before += ldbefore;
  }
}

/// `kept` becomes the gradient of the state's part of n; dh that of h' through the update gate alone.
static void ISA(gru_backward)(
    long rows, long hidden, float *gates, const float *before, long ldbefore, float *kept, float *dh,
    const float *dout, long lddout) {
  const long z = hidden, n = 2 * hidden;
  for (long row = 0; row < rows; row++) {
    EACH_UNIT {
      vf reset = get(gates), update = get(gates + z), news = get(gates + n);
      vf dhidden = get(dh) + get_or_zero(dout);
      vf dnews = dhidden * (1.0f - update) * (1.0f - news * news);
      put(gates, dnews * get(kept) * (reset * (1.0f - reset)));
      put(gates + z, dhidden * (get_or_zero(before) - news) * (update * (1.0f - update)));
      put(gates + n, dnews);
      put(kept, dnews * reset);
      put(dh, dhidden * update);
    }
    gates += 3 * hidden;
    kept += hidden;
    dh += hidden;
    if (before) before += ldbefore;
    if (dout) dout += lddout;
  }
}

#undef get
#undef put
#undef get_or_zero
#undef EACH_UNIT
