#ifndef WHENCE_CSENTENCEPIECE_H
#define WHENCE_CSENTENCEPIECE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A loaded SentencePiece model.
///
/// Nothing changes it after loading: every function below takes it as const and calls only const methods of
/// the library, so one model may be used from several threads at once.
typedef struct whence_sp_model whence_sp_model;

/// The pieces of one text.
typedef struct whence_sp_pieces whence_sp_pieces;

/// How a call ended: code 0 and an empty message, or the library's code and what it says.
///
/// C++ exceptions never leave this module; an unknown one has code -1.
typedef struct {
    int32_t code;
    char message[248];
} whence_sp_status;

/// Loads a model from the bytes of its file, which may be freed afterwards.
///
/// The library believes the normalisation table and the lengths inside it. The caller has checked them.
whence_sp_status whence_sp_load(const void *bytes, size_t size, whence_sp_model **model);

/// Frees a model; NULL is allowed.
void whence_sp_free_model(whence_sp_model *model);

/// The number of pieces that the model knows; -1 when the library fails.
int32_t whence_sp_size(const whence_sp_model *model);

/// The id of a piece, or that of the unknown piece; -1 for an empty one.
int32_t whence_sp_id(const whence_sp_model *model, const char *piece, size_t size);

/// Cuts a text of `size` bytes, NUL bytes included, into pieces.
whence_sp_status whence_sp_encode(
    const whence_sp_model *model, const char *text, size_t size, whence_sp_pieces **pieces);

/// Frees the pieces of a text; NULL is allowed.
void whence_sp_free_pieces(whence_sp_pieces *pieces);

/// The number of pieces. The arrays below live as long as `pieces`.
size_t whence_sp_count(const whence_sp_pieces *pieces);

/// The id of every piece.
const int32_t *whence_sp_ids(const whence_sp_pieces *pieces);

/// Where in the text every piece begins, as the library tells it: byte offsets.
const uint32_t *whence_sp_begins(const whence_sp_pieces *pieces);

/// The length in bytes of every piece's spelling.
const uint32_t *whence_sp_lengths(const whence_sp_pieces *pieces);

/// The spellings of all pieces, one after another, without separators.
const char *whence_sp_spellings(const whence_sp_pieces *pieces);

#ifdef __cplusplus
}
#endif

#endif
