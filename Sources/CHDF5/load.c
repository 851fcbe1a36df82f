#include "CHDF5.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

// The library's macros call it before they name a constant; here the constant alone is wanted.
#undef H5CHECK
#define H5CHECK
#undef H5OPEN
#define H5OPEN

unsigned whence_hdf5_truncate(void) { return H5F_ACC_TRUNC; }

size_t whence_hdf5_variable_length(void) { return H5T_VARIABLE; }

// The name that is there wherever the headers are, then those of the releases, whose number counts changes of the
// interface: 103 is 1.10, 200 is 1.12, 310 and 320 are 1.14 and 2.0. Debian's name comes before everyone's.
static const char *const usual_names[] = {
#if defined(__APPLE__)
    "libhdf5.dylib", "/opt/homebrew/lib/libhdf5.dylib", "/usr/local/lib/libhdf5.dylib",
#else
    "libhdf5_serial.so", "libhdf5_serial.so.103", "libhdf5_serial.so.200", "libhdf5_serial.so.310",
    "libhdf5_serial.so.320", "libhdf5.so", "libhdf5.so.103", "libhdf5.so.200", "libhdf5.so.310", "libhdf5.so.320",
#endif
    NULL,
};

// Every symbol by its name; the missing one's where there is not all of them.
static const char *find_functions(void *handle, struct whence_hdf5 *library) {
#define FIND(name) \
  if (!(library->name = (__typeof__(library->name))dlsym(handle, #name))) return #name;
  WHENCE_HDF5_FUNCTIONS(FIND)
#undef FIND
  return NULL;
}

static const char *find_ids(void *handle, struct whence_hdf5 *library) {
  const hid_t *id;
#define FIND(field, name)                               \
  if (!(id = (const hid_t *)dlsym(handle, #name))) return #name; \
  library->field = *id;
  WHENCE_HDF5_IDS(FIND)
#undef FIND
  return NULL;
}

enum outcome { ABSENT, UNUSABLE, READY };

static enum outcome open_library(
    void *handle, const char *name, struct whence_hdf5 *library, char *reason, size_t size) {
  const char *missing = find_functions(handle, library);
  if (missing) {
    snprintf(reason, size, "%s has no %s", name, missing);
    return UNUSABLE;
  }
  unsigned major = 0, minor = 0, release = 0;
  if (library->H5get_libversion(&major, &minor, &release) < 0 || major != H5_VERS_MAJOR || minor != H5_VERS_MINOR) {
    snprintf(reason, size, "%s is release %u.%u, and Whence was built for %d.%d", name, major, minor, H5_VERS_MAJOR,
             H5_VERS_MINOR);
    return UNUSABLE;
  }
  // No work at exit: every handle is closed in its scope, and libhdf5 1.10 crashes there on a file whose last write
  // failed, as on a full disk.
  library->H5dont_atexit();
  if (library->H5open() < 0) {
    snprintf(reason, size, "%s does not open", name);
    return UNUSABLE;
  }
  missing = find_ids(handle, library);
  if (missing) snprintf(reason, size, "%s has no %s", name, missing);
  return missing ? UNUSABLE : READY;
}

static enum outcome load(const char *name, struct whence_hdf5 *library, char *reason, size_t size) {
  void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    const char *message = dlerror();
    snprintf(reason, size, "%s", message ? message : name);
    return ABSENT;
  }
  return open_library(handle, name, library, reason, size);
}

// What is handed out is never written to again, whatever is loaded later.
static const struct whence_hdf5 *keep(struct whence_hdf5 library, char *reason, size_t size) {
  struct whence_hdf5 *kept = malloc(sizeof *kept);
  if (kept) *kept = library;
  else snprintf(reason, size, "no memory left");
  return kept;
}

const struct whence_hdf5 *whence_hdf5_load(const char *name, char *reason, size_t size) {
  struct whence_hdf5 library;
  if (name) return load(name, &library, reason, size) == READY ? keep(library, reason, size) : NULL;
  // One that is there and no good says more than those that are not.
  enum outcome told = ABSENT;
  for (const char *const *usual = usual_names; *usual; usual++) {
    char latest[256];
    const enum outcome outcome = load(*usual, &library, latest, sizeof latest);
    if (outcome == READY) return keep(library, reason, size);
    if (usual == usual_names || outcome > told) {
      told = outcome;
      snprintf(reason, size, "%s", latest);
    }
  }
  return NULL;
}
