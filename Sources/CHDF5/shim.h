#ifndef WHENCE_CHDF5_SHIM_H
#define WHENCE_CHDF5_SHIM_H

// One set of names whatever release is installed: later ones map them onto their own.
#define H5_USE_110_API
#include <hdf5.h>

// Macros that expand to calls do not import into Swift; each stands here behind a prefixed function.

/// `H5F_ACC_RDONLY` runs `H5check_version` before it yields its flag.
static inline unsigned whence_hdf5_read_only(void) { return H5F_ACC_RDONLY; }

/// `H5F_ACC_TRUNC` runs `H5check_version` before it yields its flag.
static inline unsigned whence_hdf5_truncate(void) { return H5F_ACC_TRUNC; }

/// `H5P_FILE_ACCESS` opens the library, then reads a global id.
static inline hid_t whence_hdf5_file_access(void) { return H5P_FILE_ACCESS; }

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

/// `HADDR_UNDEF` is a cast of -1: the address of a dataset for which the file holds no bytes.
static inline haddr_t whence_hdf5_no_address(void) { return HADDR_UNDEF; }

/// What an object is and where its header lies. `H5Oget_info_by_name` is a macro from HDF5 1.12 on.
static inline herr_t whence_hdf5_object(hid_t group, const char *name, H5O_type_t *type, haddr_t *address) {
  H5O_info_t info;
  herr_t status = H5Oget_info_by_name(group, name, &info, H5P_DEFAULT);
  if (status >= 0) {
    *type = info.type;
    *address = info.addr;
  }
  return status;
}

/// Visits the links of a group in the order of their names. `H5Literate` is a macro from HDF5 1.12 on.
static inline herr_t whence_hdf5_each_link(hid_t group, H5L_iterate_t visit, void *context) {
  hsize_t start = 0;
  return H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, &start, visit, context);
}

#endif
