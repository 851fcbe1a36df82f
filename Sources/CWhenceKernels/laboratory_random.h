// Random numbers of sixteen sequences at a time, each sequence with a stream of its own.

#include "lanes.h"

typedef uint32_t word_lanes __attribute__((vector_size(LANES * 4), aligned(4)));

/// xoshiro128++ (Blackman and Vigna 2021), one generator a lane.
struct generator {
  word_lanes state[4];
};

/// The finaliser of SplitMix64: every bit of the number moves every bit of the result.
static uint64_t mixed(uint64_t number) {
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9u;
  number = (number ^ (number >> 27)) * 0x94d049bb133111ebu;
  return number ^ (number >> 31);
}

/// The streams of a group: each follows from the key and the sequence's number alone.
static struct generator group_generator(const struct whence_batch_key *key, long group) {
  const uint64_t step = 0x9e3779b97f4a7c15u;
  const uint64_t batch = mixed(mixed(mixed(key->seed + step) + key->domain + step) + key->batch + step);
  uint32_t words[4][LANES];
  for (int lane = 0; lane < LANES; lane++) {
    const uint64_t stream = mixed(batch + (uint64_t)(group * LANES + lane) * step);
    const uint64_t low = mixed(stream + step), high = mixed(stream + 2 * step);
    words[0][lane] = (uint32_t)low;
    words[1][lane] = (uint32_t)(low >> 32);
    words[2][lane] = (uint32_t)high;
    words[3][lane] = (uint32_t)(high >> 32) | 1; // the state is never all zeros
  }
  struct generator generator;
  memcpy(generator.state, words, sizeof words);
  return generator;
}

ALWAYS_INLINE word_lanes rotated(word_lanes words, int bits) { return words << bits | words >> (32 - bits); }

ALWAYS_INLINE word_lanes next_words(struct generator *generator) {
  word_lanes *state = generator->state;
  const word_lanes result = rotated(state[0] + state[3], 7) + state[0];
  const word_lanes shifted = state[1] << 9;
  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= shifted;
  state[3] = rotated(state[3], 11);
  return result;
}

/// Uniform in [0, 1), multiples of 2^-24.
ALWAYS_INLINE lanes next_uniform(struct generator *generator) {
  return __builtin_convertvector((integer_lanes)(next_words(generator) >> 8), lanes) * 0x1p-24f;
}

/// Uniform in (0, 1], fine enough near 0 to have its logarithm taken.
ALWAYS_INLINE lanes next_positive(struct generator *generator) {
  return (__builtin_convertvector((integer_lanes)(next_words(generator) >> 1), lanes) + 0.5f) * 0x1p-31f;
}

/// The natural logarithm of normal positive numbers, within 2 units in the last place (`logf` of the Cephes library).
ALWAYS_INLINE lanes logarithm(lanes x) {
  const lanes zero = {0};
  const integer_lanes bits = (integer_lanes)x;
  lanes exponent = __builtin_convertvector((bits >> 23) - 126, lanes);
  lanes fraction = (lanes)((bits & 0x007fffff) | 0x3f000000); // from 1/2 to 1
  const integer_lanes low = fraction < zero + 0.707106781186547524f;
  exponent -= choose(low, zero + 1, zero);
  fraction = fraction - 1 + choose(low, fraction, zero);
  const lanes square = fraction * fraction;
  lanes power = 7.0376836292e-2f * fraction - 1.1514610310e-1f;
  power = power * fraction + 1.1676998740e-1f;
  power = power * fraction - 1.2420140846e-1f;
  power = power * fraction + 1.4249322787e-1f;
  power = power * fraction - 1.6668057665e-1f;
  power = power * fraction + 2.0000714765e-1f;
  power = power * fraction - 2.4999993993e-1f;
  power = power * fraction + 3.3333331174e-1f;
  power = power * fraction * square - 2.12194440e-4f * exponent - 0.5f * square;
  return fraction + power + 0.693359375f * exponent;
}

/// The square roots of sixteen numbers.
ALWAYS_INLINE lanes square_root(lanes x) {
  float part[LANES];
  store(part, x);
  for (int lane = 0; lane < LANES; lane++) part[lane] = __builtin_sqrtf(part[lane]);
  return load(part);
}

/// Two independent standard normal numbers a lane (Box and Muller 1958).
///
/// The angle is one of an eighth of the circle around 0, turned by a random quarter.
ALWAYS_INLINE void next_normals(struct generator *generator, lanes *first, lanes *second) {
  const lanes zero = {0};
  const lanes radius = square_root(-2.0f * logarithm(next_positive(generator)));
  const word_lanes words = next_words(generator);
  const lanes unit = __builtin_convertvector((integer_lanes)(words >> 8), lanes) * 0x1p-24f - 0.5f;
  const lanes angle = unit * 1.57079632679489662f, square = angle * angle;
  const lanes sine =
      angle + angle * square * (-1.6666654611e-1f + square * (8.3321608736e-3f - square * 1.9515295891e-4f));
  const lanes cosine = 1.0f - 0.5f * square +
                       square * square * (4.166664568298827e-2f +
                                          square * (-1.388731625493765e-3f + square * 2.443315711809948e-5f));
  const integer_lanes swapped = (integer_lanes)(words & 1) != (integer_lanes)zero;
  const integer_lanes sign = (integer_lanes)((words & 2) << 30);
  const lanes x = choose(swapped, -sine, cosine), y = choose(swapped, cosine, sine);
  *first = radius * (lanes)((integer_lanes)x ^ sign);
  *second = radius * (lanes)((integer_lanes)y ^ sign);
}

/// Logarithms of gamma-distributed numbers, `count` a lane; `values` has room for one row more.
///
/// The method of Marsaglia and Tsang (2000): the cube of a shifted normal number, accepted with a probability near 1.
/// A lane writes its next accepted number where its last one ended, so that no lane waits for another. A shape below
/// 1 is raised by 1, and the number multiplied by `U^(1/shape)`, as a sum of logarithms: for small shapes most
/// numbers are below the least float.
static void log_gammas(struct generator *generator, float shape, long count, lanes *values) {
  const lanes zero = {0};
  const bool raised = shape < 1;
  const float d = (raised ? shape + 1 : shape) - 1.0f / 3, c = 1 / __builtin_sqrtf(9 * d);
  const lanes log_d = logarithm(zero + d);
  long filled[LANES] = {0};
  float *const elements = (float *)values;
  for (long least = 0; least < count;) {
    lanes normal[2];
    next_normals(generator, &normal[0], &normal[1]);
    for (int pick = 0; pick < 2; pick++) {
      const lanes root = 1.0f + c * normal[pick];
      const integer_lanes positive = root > zero;
      const lanes log_cube = 3.0f * logarithm(choose(positive, root, zero + 1));
      const lanes cube = root * root * root;
      const lanes bound = 0.5f * normal[pick] * normal[pick] + d * (1.0f - cube + log_cube);
      const integer_lanes accepted = positive & (logarithm(next_positive(generator)) < bound);
      float number[LANES];
      int32_t taken[LANES];
      store(number, log_cube + log_d);
      memcpy(taken, &accepted, sizeof taken);
      least = count;
      for (int lane = 0; lane < LANES; lane++) {
        elements[filled[lane] * LANES + lane] = number[lane];
        filled[lane] -= filled[lane] < count ? taken[lane] : 0;
        if (filled[lane] < least) least = filled[lane];
      }
    }
  }
  if (!raised) return;
  for (long index = 0; index < count; index++)
    values[index] += logarithm(next_positive(generator)) * (1 / shape);
}
