// Vectors of integers, for integer_kernel.h, which says what is defined beforehand.

/// Sums of one row.
typedef int32_t sums __attribute__((vector_size(WIDTH * sizeof(int32_t)), aligned(4)));

/// As many integers of the matrix as one instruction takes: `GROUP` for each sum.
typedef int8_t narrow __attribute__((vector_size(WIDTH * GROUP), aligned(1)));
