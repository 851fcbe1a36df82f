// The products of a block, on machines whose instructions add a group's products to sums of 32 bits. Defined
// beforehand, beside what integer_kernel.h asks for:
//
//   factors  a vector of the matrix, as the instruction takes it
//   widen    makes it of the integers in memory
//   dot      adds `GROUP` products to each of `WIDTH` sums

ALWAYS_INLINE void add_block(const int rows, sums held[TILE_ROWS][VECTORS], const int32_t *left, const int8_t *right) {
  UNROLLED for (int group = 0; group < BLOCK_GROUPS; group++, right += VECTORS * WIDTH * GROUP) {
    factors factor[VECTORS];
    UNROLLED for (int vector = 0; vector < VECTORS; vector++) factor[vector] = widen(right + vector * WIDTH * GROUP);
    UNROLLED for (int row = 0; row < rows; row++)
      UNROLLED for (int vector = 0; vector < VECTORS; vector++)
        held[row][vector] = dot(held[row][vector], left[row * BLOCK_GROUPS + group], factor[vector]);
  }
}
