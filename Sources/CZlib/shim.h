#ifndef WHENCE_CZLIB_SHIM_H
#define WHENCE_CZLIB_SHIM_H

#include <zlib.h>

/// `inflateInit` is a macro that passes the version and the size which this header was compiled with.
static inline int whence_zlib_inflate_begin(z_stream *stream) { return inflateInit(stream); }

#endif
