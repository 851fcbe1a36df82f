#ifndef WHENCE_CHDF5_SHIM_H
#define WHENCE_CHDF5_SHIM_H

// One set of names whatever release is installed: later ones map them onto their own.
#define H5_USE_110_API
#include <hdf5.h>

// Macros that expand to calls do not import into Swift; each stands here behind a prefixed function.

/// `H5F_ACC_TRUNC` runs `H5check_version` before it yields its flag.
static inline unsigned whence_hdf5_truncate(void) { return H5F_ACC_TRUNC; }

/// `H5P_FILE_ACCESS` opens the library, then reads a global id.
static inline hid_t whence_hdf5_file_access(void) { return H5P_FILE_ACCESS; }

/// `H5P_FILE_CREATE` opens the library, then reads a global id.
static inline hid_t whence_hdf5_file_creation(void) { return H5P_FILE_CREATE; }

/// `H5P_GROUP_CREATE` opens the library, then reads a global id.
static inline hid_t whence_hdf5_group_creation(void) { return H5P_GROUP_CREATE; }

/// `H5P_DATASET_CREATE` opens the library, then reads a global id.
static inline hid_t whence_hdf5_dataset_creation(void) { return H5P_DATASET_CREATE; }

/// `H5T_NATIVE_FLOAT` opens the library, then reads a global id.
static inline hid_t whence_hdf5_native_float(void) { return H5T_NATIVE_FLOAT; }

/// `H5T_NATIVE_INT32` opens the library, then reads a global id.
static inline hid_t whence_hdf5_native_int32(void) { return H5T_NATIVE_INT32; }

/// `H5T_NATIVE_INT64` opens the library, then reads a global id.
static inline hid_t whence_hdf5_native_int64(void) { return H5T_NATIVE_INT64; }

/// `H5T_C_S1` opens the library, then reads a global id.
static inline hid_t whence_hdf5_c_string(void) { return H5T_C_S1; }

/// `H5T_VARIABLE` is a cast of -1.
static inline size_t whence_hdf5_variable_length(void) { return H5T_VARIABLE; }

#endif
