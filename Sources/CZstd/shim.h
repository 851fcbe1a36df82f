#ifndef WHENCE_CZSTD_SHIM_H
#define WHENCE_CZSTD_SHIM_H

#include <zstd.h>

#endif
