#ifndef WHENCE_COPENSSL_SHIM_H
#define WHENCE_COPENSSL_SHIM_H

#include <openssl/evp.h>

#endif
