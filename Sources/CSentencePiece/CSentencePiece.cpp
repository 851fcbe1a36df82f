#include "CSentencePiece.h"

#include <sentencepiece_processor.h>

struct whence_sp_model {
    sentencepiece::SentencePieceProcessor processor;
};
