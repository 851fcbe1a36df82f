#ifndef WHENCE_ACTIVATIONS_H
#define WHENCE_ACTIVATIONS_H

#include "lanes.h"

// Activation functions of sixteen values at once. Whatever is not a number stays so: a pass that overflowed has
// to be seen at its end.

ALWAYS_INLINE lanes magnitude(lanes x) { return (lanes)((integer_lanes)x & 0x7fffffff); }

/// `max(0, x)`.
ALWAYS_INLINE lanes rectified(lanes x) { return choose(x < (lanes){0}, (lanes){0}, x); }

ALWAYS_INLINE lanes at_most(lanes x, float limit) {
  const lanes most = (lanes){0} + limit;
  return choose(x > most, most, x);
}

/// `1 / (1 + e^-x)`.
ALWAYS_INLINE lanes logistic(lanes x) {
  const lanes zero = {0};
  const lanes power = exponential(-magnitude(x));
  return choose(x < zero, power, zero + 1.0f) / (1.0f + power);
}

/// `tanh x`: near 0 the odd polynomial of the Cephes library (`tanhf`), elsewhere `(1 - e^-2|x|) / (1 + e^-2|x|)`,
/// which would lose digits there.
ALWAYS_INLINE lanes hyperbolic_tangent(lanes x) {
  const lanes zero = {0}, size = magnitude(x), square = x * x;
  lanes near = -5.70498872745e-3f * square + 2.06390887954e-2f;
  near = near * square - 5.37397155531e-2f;
  near = near * square + 1.33314422036e-1f;
  near = near * square - 3.33332819422e-1f;
  near = near * square * x + x;
  const lanes power = exponential(-2.0f * size);
  const lanes far = (1.0f - power) / (1.0f + power);
  return choose(size < zero + 0.625f, near, choose(x < zero, -far, far));
}

/// `Phi(x)`, the normal distribution function.
///
/// `Phi(-a) = e^(-a^2/2) q(1 / (1 + 0.3a))` for `a >= 0`, so that the tail keeps its digits; `q` was fitted to the
/// least relative error, 1.3e-7, over `0 <= a <= 13.3`, where the power leaves the range of `float`.
ALWAYS_INLINE lanes normal_distribution(lanes x) {
  const lanes zero = {0}, size = magnitude(x);
  const lanes power = exponential(size * size * -0.5f);
  const lanes place = 1.0f / (1.0f + 0.3f * size);
  lanes tail = 3.6036473e-2f * place - 1.5871435e-1f;
  tail = tail * place + 2.0896593e-1f;
  tail = tail * place - 5.6097180e-2f;
  tail = tail * place + 1.2984416e-1f;
  tail = tail * place + 9.9522822e-2f;
  tail = tail * place + 1.2081693e-1f;
  tail = tail * place + 1.1962517e-1f;
  tail = tail * place * power;
  return choose(x < zero, tail, 1.0f - tail);
}

/// `x * Phi(x) = x/2 + |x| (Phi(|x|) - 1/2)`.
///
/// `Phi(a) - 1/2 = a p(a^2) / q(a^2)` was fitted to the least absolute error of the result, 4e-8 before rounding, up to
/// `a = 5.3`, where it is 1/2 to the last digit. The tail's digits, which `normal_distribution` keeps, are lost here
/// as they are in `x/2 * (1 + erf(x / sqrt(2)))`, and half the instructions are saved.
ALWAYS_INLINE lanes gelu(lanes x) {
  const lanes half = (lanes){0} + 0.5f, size = magnitude(x), square = size * size;
  lanes above = 1.17931859e-10f * square - 2.28378276e-8f;
  above = above * square + 3.28877809e-6f;
  above = above * square + 1.69550884e-4f;
  above = above * square + 4.49814787e-3f;
  above = above * square + 3.57160047e-2f;
  above = above * square + 3.98942053e-1f;
  lanes below = 6.25805114e-5f * square + 1.82185520e-3f;
  below = below * square + 2.89790593e-2f;
  below = below * square + 2.56190181e-1f;
  below = below * square + 1.0f;
  return half * x + size * choose(size < (lanes){0} + 5.3f, size * above / below, half);
}

/// `x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3)))`, which is `x` times the logistic function of twice that.
ALWAYS_INLINE lanes gelu_tanh(lanes x) {
  return x * logistic(1.5957691216f * (x + 0.044715f * x * x * x));
}

/// `x tanh(ln(1 + e^x))`. With `p = e^-|x|` that is `x (1 + 2p) / (1 + 2p + 2p^2)` from 0 on, and below
/// `x (p^2 + 2p) / (p^2 + 2p + 2)`.
ALWAYS_INLINE lanes mish(lanes x) {
  const lanes power = exponential(-magnitude(x));
  const integer_lanes is_below = x < (lanes){0};
  const lanes share = choose(is_below, power * (power + 2.0f), 1.0f + 2.0f * power);
  return x * share / (share + choose(is_below, (lanes){0} + 2.0f, 2.0f * power * power));
}

#endif
