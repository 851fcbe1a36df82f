#ifndef WHENCE_COPENSSL_SHIM_H
#define WHENCE_COPENSSL_SHIM_H

#include <openssl/err.h>
#include <openssl/evp.h>

#endif
