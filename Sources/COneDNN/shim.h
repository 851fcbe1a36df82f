#ifndef WHENCE_CONEDNN_SHIM_H
#define WHENCE_CONEDNN_SHIM_H

#include <oneapi/dnnl/dnnl.h>

// oneDNN runs on GNU OpenMP here; its own header needs a compiler flag that Swift's importer does not take.
void omp_set_num_threads(int threads);
int omp_get_max_threads(void);

#endif
