#ifndef WHENCE_CHDF5_SHIM_H
#define WHENCE_CHDF5_SHIM_H

#include <hdf5.h>

// Macros that expand to calls do not import into Swift; each stands here behind a prefixed function.

/// `H5F_ACC_RDONLY` runs `H5check_version` before it yields its flag.
static inline unsigned whence_hdf5_read_only(void) { return H5F_ACC_RDONLY; }

/// `H5F_ACC_TRUNC` runs `H5check_version` before it yields its flag.
static inline unsigned whence_hdf5_truncate(void) { return H5F_ACC_TRUNC; }

/// `H5T_NATIVE_FLOAT` opens the library, then reads a global id.
static inline hid_t whence_hdf5_native_float(void) { return H5T_NATIVE_FLOAT; }

#endif
