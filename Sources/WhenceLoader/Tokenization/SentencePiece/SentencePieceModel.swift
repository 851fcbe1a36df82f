internal import CSentencePiece

/// A SentencePiece model: libsentencepiece cuts, and every piece knows its bytes of the original text.
///
/// Where two ways to cut a text have exactly the same score, such as `....` into equal halves, the installed library
/// decides: Debian's 0.1.97 agrees with 0.1.99 to 0.2.1, while 0.2.3 takes the other way for some.
///
/// `@unchecked Sendable` because the only stored state that is not a value is the library's handle, which is
/// set once in `init`, freed once in `deinit`, and in between is given only to functions of the C++ module
/// that take it as const and call const methods of the library; those share no mutable state.
final class SentencePieceModel: @unchecked Sendable {
    /// What the file holds.
    let file: SentencePieceFile
    /// The file, for errors.
    let path: String
    /// The id of the piece for what the model cannot spell.
    let unknownID: Int
    private let normalizer: SentencePieceNormalizer
    private let handle: OpaquePointer

    /// A piece of a text.
    struct Piece {
        /// Its row in the vocabulary.
        var id: Int
        /// Its bytes in the normalised text; several characters that the model cannot spell are one piece.
        var range: Range<Int>
    }

    /// Loads a model from the bytes of its file.
    ///
    /// - Throws: `LoaderError.invalid` when they are no usable model.
    init(_ bytes: [UInt8], path: String) throws(LoaderError) {
        self.path = path
        do {
            file = try SentencePieceFile(bytes)
            normalizer = try SentencePieceNormalizer(file)
        } catch {
            throw Self.invalid(path, found: error.found)
        }
        guard let unknownID = file.pieces.firstIndex(where: { $0.type == .unknown }) else {
            throw Self.invalid(path, found: "a model without a piece for unknown characters")
        }
        self.unknownID = unknownID
        var loaded: OpaquePointer?
        let status = bytes.withUnsafeBytes { whence_sp_load($0.baseAddress, $0.count, &loaded) }
        guard let loaded else {
            throw Self.invalid(path, found: "a model of which the library says: \(status.text)")
        }
        handle = loaded
        guard Int(whence_sp_size(loaded)) == file.pieces.count else {
            whence_sp_free_model(loaded)
            throw Self.invalid(path, found: "a model whose pieces the library counts differently")
        }
    }

    deinit {
        whence_sp_free_model(handle)
    }

    /// The vocabulary's spelling of an id; `nil` for an id it does not have.
    func spelling(_ id: Int) -> String? {
        guard file.pieces.indices.contains(id) else { return nil }
        return String(decoding: file.pieces[id].spelling, as: UTF8.self)
    }

    /// The id of a spelling; `unknownID` when there is no such piece.
    func id(of spelling: some Collection<UInt8>) -> Int {
        guard !spelling.isEmpty else { return unknownID }
        let bytes = spelling.map { CChar(bitPattern: $0) }
        let id = Int(whence_sp_id(handle, bytes, bytes.count))
        return id < 0 ? unknownID : id
    }

    /// The id of a spelling that the vocabulary has; `nil` when it does not.
    func knownID(of spelling: String) -> Int? {
        let id = id(of: spelling.utf8)
        return id != unknownID || self.spelling(id) == spelling ? id : nil
    }

    /// Cuts a text.
    ///
    /// - Returns: the normalised text, and its pieces in order without gaps.
    /// - Throws: `LoaderError.library` when the library fails, or when its normalisation of the text differs
    ///   from ours, because then spans would be wrong.
    /// - Complexity: what the library takes (unigram: linear in the bytes).
    func pieces(of text: TracedText) throws(LoaderError) -> (text: NormalizedText, pieces: [Piece]) {
        let normalized = normalizer.normalize(text)
        var input = text.string
        guard !input.isEmpty else { return (normalized, []) }
        var encoded: OpaquePointer?
        let status = input.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                whence_sp_encode(handle, $0.baseAddress, $0.count, &encoded)
            }
        }
        guard let encoded else { throw failure(code: Int(status.code), status.text) }
        defer { whence_sp_free_pieces(encoded) }

        let count = whence_sp_count(encoded)
        let ids = UnsafeBufferPointer(start: whence_sp_ids(encoded), count: count)
        let begins = UnsafeBufferPointer(start: whence_sp_begins(encoded), count: count)
        let lengths = UnsafeBufferPointer(start: whence_sp_lengths(encoded), count: count)
        var spelling = whence_sp_spellings(encoded)

        var pieces: [Piece] = []
        pieces.reserveCapacity(count)
        var offset = 0
        for index in 0..<count {
            let length = Int(lengths[index])
            let id = Int(ids[index])
            guard file.pieces.indices.contains(id), let start = spelling else { throw disagreement }
            spelling = start + length
            let bytes = UnsafeRawBufferPointer(start: start, count: length)
            let range = offset..<offset + (file.pieces[id].type == .byte ? 1 : length)
            guard range.upperBound <= normalized.bytes.count, !range.isEmpty,
                normalized.bytes[offset].begin == Int(begins[index]),
                file.pieces[id].type == .byte
                    || normalized.bytes[range].lazy.map(\.value).elementsEqual(bytes)
            else { throw disagreement }
            pieces.append(Piece(id: id, range: range))
            offset = range.upperBound
        }
        guard offset == normalized.bytes.count else { throw disagreement }
        return (normalized, pieces)
    }

    private var disagreement: LoaderError {
        failure(code: -1, "the library normalises the text differently than this version of Whence expects")
    }

    private func failure(code: Int, _ message: String) -> LoaderError {
        .library(path: path, operation: "cutting a text into pieces", code: code, message: message)
    }

    private static func invalid(_ path: String, found: String) -> LoaderError {
        .invalid(
            path: path, place: "SentencePiece model",
            expected: "a model as the sentencepiece library writes it",
            found: found, hint: "Fetch or save the file again.")
    }
}

extension whence_sp_status {
    /// What the library says.
    fileprivate var text: String {
        withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
