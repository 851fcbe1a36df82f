#include "CSentencePiece.h"

#include <sentencepiece_processor.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

// The library exports this, but its installed header does not declare it.
namespace sentencepiece {
namespace logging {
void SetMinLogLevel(int level);
}  // namespace logging
}  // namespace sentencepiece

struct whence_sp_model {
    sentencepiece::SentencePieceProcessor processor;
};

struct whence_sp_pieces {
    std::vector<int32_t> ids;
    std::vector<uint32_t> begins;
    std::vector<uint32_t> lengths;
    std::string spellings;
};

namespace {

whence_sp_status make_status(int32_t code, std::string_view message) {
    whence_sp_status status;
    std::memset(&status, 0, sizeof status);
    status.code = code;
    const size_t length = std::min(message.size(), sizeof status.message - 1);
    std::memcpy(status.message, message.data(), length);
    return status;
}

whence_sp_status from_library(const sentencepiece::util::Status &status) {
    if (status.ok()) return make_status(0, "");
    return make_status(static_cast<int32_t>(status.code()), status.error_message());
}

// The one boundary that exceptions do not cross.
template <typename Body>
whence_sp_status guarded(Body body) noexcept {
    try {
        return body();
    } catch (const std::exception &error) {
        return make_status(-1, error.what());
    } catch (...) {
        return make_status(-1, "an unknown C++ exception");
    }
}

// A library does not write to standard error; failures come back as status.
void silence_logging() {
    static std::once_flag once;
    std::call_once(once, [] { sentencepiece::logging::SetMinLogLevel(3); });
}

// Offsets inside the library are 32-bit, and normalisation may make a text longer.
constexpr size_t largest_input = std::numeric_limits<int32_t>::max() / 64;

}  // namespace

extern "C" {

whence_sp_status whence_sp_load(const void *bytes, size_t size, whence_sp_model **model) {
    *model = nullptr;
    return guarded([&] {
        silence_logging();
        if (size > static_cast<size_t>(std::numeric_limits<int32_t>::max())) {
            return make_status(-1, "the file is larger than 2 GiB");
        }
        auto loaded = std::make_unique<whence_sp_model>();
        const auto status = loaded->processor.LoadFromSerializedProto(
            std::string_view(static_cast<const char *>(bytes), size));
        if (status.ok()) *model = loaded.release();
        return from_library(status);
    });
}

void whence_sp_free_model(whence_sp_model *model) { delete model; }

int32_t whence_sp_size(const whence_sp_model *model) {
    int32_t size = -1;
    guarded([&] {
        size = model->processor.GetPieceSize();
        return make_status(0, "");
    });
    return size;
}

int32_t whence_sp_id(const whence_sp_model *model, const char *piece, size_t size) {
    int32_t id = -1;
    // The library takes an empty view for a C string and reads up to a NUL byte.
    if (size == 0) return id;
    guarded([&] {
        id = model->processor.PieceToId(std::string_view(piece, size));
        return make_status(0, "");
    });
    return id;
}

whence_sp_status whence_sp_encode(
    const whence_sp_model *model, const char *text, size_t size, whence_sp_pieces **pieces) {
    *pieces = nullptr;
    return guarded([&] {
        if (size > largest_input) return make_status(-1, "the text is longer than 32 MiB");
        sentencepiece::ImmutableSentencePieceText encoded;
        const auto status = model->processor.Encode(std::string_view(text, size), encoded.mutable_proto());
        if (!status.ok()) return from_library(status);
        auto result = std::make_unique<whence_sp_pieces>();
        const size_t count = encoded.pieces_size();
        result->ids.reserve(count);
        result->begins.reserve(count);
        result->lengths.reserve(count);
        for (size_t i = 0; i < count; ++i) {
            const auto piece = encoded.pieces(static_cast<int>(i));
            result->ids.push_back(static_cast<int32_t>(piece.id()));
            result->begins.push_back(piece.begin());
            result->lengths.push_back(static_cast<uint32_t>(piece.piece().size()));
            result->spellings += piece.piece();
        }
        *pieces = result.release();
        return make_status(0, "");
    });
}

void whence_sp_free_pieces(whence_sp_pieces *pieces) { delete pieces; }

size_t whence_sp_count(const whence_sp_pieces *pieces) { return pieces->ids.size(); }
const int32_t *whence_sp_ids(const whence_sp_pieces *pieces) { return pieces->ids.data(); }
const uint32_t *whence_sp_begins(const whence_sp_pieces *pieces) { return pieces->begins.data(); }
const uint32_t *whence_sp_lengths(const whence_sp_pieces *pieces) { return pieces->lengths.data(); }
const char *whence_sp_spellings(const whence_sp_pieces *pieces) { return pieces->spellings.data(); }

}  // extern "C"
