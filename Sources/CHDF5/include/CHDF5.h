#ifndef WHENCE_CHDF5_H
#define WHENCE_CHDF5_H

// One set of names whatever release is installed: later ones map them onto their own.
#define H5_USE_110_API
// Debian keeps the headers of the library without MPI apart.
#if __has_include(<hdf5/serial/hdf5.h>)
#include <hdf5/serial/hdf5.h>
#else
#include <hdf5.h>
#endif

#include <stddef.h>

// libhdf5 only writes, and brings some thirty libraries with it, down to curl and Kerberos. To link it would have every
// start of the program wait for them; so it is loaded when something is first written.

/// What is called of libhdf5.
#define WHENCE_HDF5_FUNCTIONS(each)                                                                                \
  each(H5Aclose) each(H5Acreate2) each(H5Awrite) each(H5Dclose) each(H5Dcreate2) each(H5Dwrite) each(H5Eclear2)    \
  each(H5Eset_auto2) each(H5Ewalk2) each(H5Fclose) each(H5Fcreate) each(H5Fflush) each(H5Gclose) each(H5Gcreate2)  \
  each(H5Pclose) each(H5Pcreate) each(H5Pset_libver_bounds) each(H5Pset_obj_track_times) each(H5Sclose)            \
  each(H5Screate) each(H5Screate_simple) each(H5Tclose) each(H5Tcopy) each(H5Tset_cset) each(H5Tset_size)          \
  each(H5Tset_strpad) each(H5dont_atexit) each(H5get_libversion) each(H5open)

/// What is read of libhdf5: the ids behind its macros, which are set once it is open. The first name is ours.
#define WHENCE_HDF5_IDS(each)                                                                                      \
  each(file_access, H5P_CLS_FILE_ACCESS_ID_g) each(file_creation, H5P_CLS_FILE_CREATE_ID_g)                        \
  each(group_creation, H5P_CLS_GROUP_CREATE_ID_g) each(dataset_creation, H5P_CLS_DATASET_CREATE_ID_g)              \
  each(native_float, H5T_NATIVE_FLOAT_g) each(native_int32, H5T_NATIVE_INT32_g)                                    \
  each(native_int64, H5T_NATIVE_INT64_g) each(c_string, H5T_C_S1_g)

/// The library, loaded and open.
struct whence_hdf5 {
#define WHENCE_HDF5_FUNCTION(name) __typeof__(&name) _Nonnull name;
  WHENCE_HDF5_FUNCTIONS(WHENCE_HDF5_FUNCTION)
#undef WHENCE_HDF5_FUNCTION
#define WHENCE_HDF5_ID(field, name) hid_t field;
  WHENCE_HDF5_IDS(WHENCE_HDF5_ID)
#undef WHENCE_HDF5_ID
};

/// Loads the library and opens it.
///
/// - Parameters:
///   - name: the file to load it from; NULL for those that systems call it.
///   - reason: filled with why it cannot be used.
/// - Returns: the library, which stays; NULL where there is none, or one of another release than Whence was built for.
const struct whence_hdf5 *_Nullable whence_hdf5_load(
    const char *_Nullable name, char *_Nonnull reason, size_t reason_size);

/// `H5F_ACC_TRUNC` runs `H5check_version` before it yields its flag, which ends the program where it does not like what
/// it finds.
unsigned whence_hdf5_truncate(void);

/// `H5T_VARIABLE` is a cast of -1.
size_t whence_hdf5_variable_length(void);

#endif
