internal import CSentencePiece

/// libsentencepiece, which cuts with the models that are not of the unigram kind.
///
/// `@unchecked Sendable` because the only stored state that is not a value is the library's handle, which is
/// set once in `init`, freed once in `deinit`, and in between is given only to functions of the C++ module
/// that take it as const and call const methods of the library; those share no mutable state.
final class SentencePieceLibrary: @unchecked Sendable {
    private let handle: OpaquePointer
    /// For each piece whether it stands for a byte, whatever its spelling.
    private let isByte: [Bool]

    /// - Throws: a sentence that says what the library dislikes about the model.
    init(_ bytes: [UInt8], _ file: SentencePieceFile) throws(SentencePieceFile.Defect) {
        var loaded: OpaquePointer?
        let status = bytes.withUnsafeBytes { whence_sp_load($0.baseAddress, $0.count, &loaded) }
        guard let loaded else { throw .init("a model of which the library says: \(status.text)") }
        handle = loaded
        isByte = file.pieces.map { $0.type == .byte }
        guard Int(whence_sp_size(loaded)) == file.pieces.count else {
            // The initialiser has set everything, so `deinit` frees the model.
            throw .init("a model whose pieces the library counts differently")
        }
    }

    deinit {
        whence_sp_free_model(handle)
    }

    /// The id of a spelling, or that of the unknown piece; `nil` for an empty one.
    func id(of spelling: some Collection<UInt8>) -> Int? {
        guard !spelling.isEmpty else { return nil }
        let bytes = spelling.map { CChar(bitPattern: $0) }
        let id = Int(whence_sp_id(handle, bytes, bytes.count))
        return id < 0 ? nil : id
    }

    /// Why a text could not be cut.
    struct Failure: Error {
        var code: Int
        var message: String
    }

    /// The pieces of a text that is not empty, in order without gaps.
    ///
    /// - Parameter normalized: what normalisation makes of it.
    /// - Throws: where the library fails, and where it normalises differently, because then spans would be wrong.
    func pieces(
        of text: TracedText, _ normalized: NormalizedText
    ) throws(Failure) -> [SentencePieceModel.Piece] {
        var input = text.string
        var encoded: OpaquePointer?
        let status = input.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                whence_sp_encode(handle, $0.baseAddress, $0.count, &encoded)
            }
        }
        guard let encoded else { throw Failure(code: Int(status.code), message: status.text) }
        defer { whence_sp_free_pieces(encoded) }

        let count = whence_sp_count(encoded)
        let ids = UnsafeBufferPointer(start: whence_sp_ids(encoded), count: count)
        let begins = UnsafeBufferPointer(start: whence_sp_begins(encoded), count: count)
        let lengths = UnsafeBufferPointer(start: whence_sp_lengths(encoded), count: count)
        var spelling = whence_sp_spellings(encoded)

        var pieces: [SentencePieceModel.Piece] = []
        pieces.reserveCapacity(count)
        var offset = 0
        for index in 0..<count {
            let length = Int(lengths[index])
            let id = Int(ids[index])
            guard isByte.indices.contains(id), let start = spelling else { throw disagreement }
            spelling = start + length
            let bytes = UnsafeRawBufferPointer(start: start, count: length)
            let range = offset..<offset + (isByte[id] ? 1 : length)
            guard range.upperBound <= normalized.bytes.count, !range.isEmpty,
                normalized.bytes[offset].begin == Int(begins[index]),
                isByte[id] || normalized.bytes[range].lazy.map(\.value).elementsEqual(bytes)
            else { throw disagreement }
            pieces.append(.init(id: id, range: range))
            offset = range.upperBound
        }
        guard offset == normalized.bytes.count else { throw disagreement }
        return pieces
    }

    private var disagreement: Failure {
        Failure(
            code: -1,
            message: "the library normalises the text differently than this version of Whence expects")
    }
}

extension whence_sp_status {
    /// What the library says.
    fileprivate var text: String {
        withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
