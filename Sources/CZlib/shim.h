#ifndef WHENCE_CZLIB_SHIM_H
#define WHENCE_CZLIB_SHIM_H

#include <zlib.h>

/// `inflateInit` is a macro that passes the version and the size which this header was compiled with.
static inline int whence_zlib_inflate_begin(z_stream *stream) { return inflateInit(stream); }

/// As above, for a gzip member and nothing else: 16 on top of the largest window says so.
static inline int whence_zlib_gunzip_begin(z_stream *stream) { return inflateInit2(stream, MAX_WBITS + 16); }

#endif
