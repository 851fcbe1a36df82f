#ifndef WHENCE_CSENTENCEPIECE_H
#define WHENCE_CSENTENCEPIECE_H

#ifdef __cplusplus
extern "C" {
#endif

/// A loaded SentencePiece model; immutable after loading, so it may be used from several threads.
typedef struct whence_sp_model whence_sp_model;

#ifdef __cplusplus
}
#endif

#endif
