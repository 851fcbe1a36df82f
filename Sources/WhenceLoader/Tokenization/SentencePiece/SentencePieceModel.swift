/// A SentencePiece model: cuts texts, and every piece knows its bytes of the original text.
///
/// Unigram models are cut by `SentencePieceUnigram`, since releases of the library differ in them; libsentencepiece,
/// whichever release is installed, cuts with all others.
final class SentencePieceModel: Sendable {
    /// What the file holds.
    let file: SentencePieceFile
    /// The file, for errors.
    let path: String
    /// The id of the piece for what the model cannot spell.
    let unknownID: Int
    private let normalizer: SentencePieceNormalizer
    private let cutter: Cutter

    private enum Cutter {
        case unigram(SentencePieceUnigram)
        case library(SentencePieceLibrary)
    }

    /// A piece of a text.
    struct Piece {
        /// Its row in the vocabulary.
        var id: Int
        /// Its bytes in the normalised text; several characters that the model cannot spell are one piece.
        var range: Range<Int>
    }

    /// Loads a model from the bytes of its file.
    ///
    /// - Parameter sums: how a unigram model's scores are added.
    /// - Throws: `LoaderError.invalid` when they are no usable model.
    init(
        _ bytes: [UInt8], path: String, sums: SentencePieceUnigram.Sums = .single
    ) throws(LoaderError) {
        self.path = path
        do throws(SentencePieceFile.Defect) {
            let file = try SentencePieceFile(bytes)
            self.file = file
            normalizer = try SentencePieceNormalizer(file)
            let unknown = file.pieces.indices.filter { file.pieces[$0].type == .unknown }
            guard let first = unknown.first else {
                throw SentencePieceFile.Defect("a model without a piece for unknown characters")
            }
            guard unknown.count == 1 else {
                throw SentencePieceFile.Defect("\(unknown.count) pieces for unknown characters")
            }
            unknownID = first
            cutter =
                file.algorithm == .unigram
                ? .unigram(try SentencePieceUnigram(file, unknown: first, sums: sums))
                : .library(try SentencePieceLibrary(bytes, file))
        } catch {
            throw .invalid(
                path: path, place: "SentencePiece model",
                expected: "a model as the sentencepiece library writes it",
                found: error.found, hint: "Fetch or save the file again.")
        }
    }

    /// The vocabulary's spelling of an id; `nil` for an id it does not have.
    func spelling(_ id: Int) -> String? {
        guard file.pieces.indices.contains(id) else { return nil }
        return String(decoding: file.pieces[id].spelling, as: UTF8.self)
    }

    /// The id of a spelling; `unknownID` when there is no such piece.
    func id(of spelling: some Collection<UInt8>) -> Int {
        switch cutter {
        case .unigram(let unigram): unigram.id(of: spelling) ?? unknownID
        case .library(let library): library.id(of: spelling) ?? unknownID
        }
    }

    /// The id of a spelling that the vocabulary has; `nil` when it does not.
    func knownID(of spelling: String) -> Int? {
        let id = id(of: spelling.utf8)
        return id != unknownID || self.spelling(id) == spelling ? id : nil
    }

    /// Cuts a text.
    ///
    /// - Returns: the normalised text, and its pieces in order without gaps.
    /// - Throws: `LoaderError.library` when the library fails, or the text is too long.
    /// - Complexity: of a unigram model O(bytes · length of the longest piece); otherwise what the library takes.
    func pieces(of text: TracedText) throws(LoaderError) -> (text: NormalizedText, pieces: [Piece]) {
        let normalized = normalizer.normalize(text)
        guard !text.scalars.isEmpty else { return (normalized, []) }
        do throws(SentencePieceLibrary.Failure) {
            switch cutter {
            case .unigram(let unigram):
                guard normalized.bytes.count < Int32.max else {
                    throw SentencePieceLibrary.Failure(code: -1, message: "the text is longer than 2 GiB")
                }
                return (normalized, unigram.pieces(of: normalized.bytes.map(\.value)))
            case .library(let library):
                return (normalized, try library.pieces(of: text, normalized))
            }
        } catch {
            throw .library(
                path: path, operation: "cutting a text into pieces", code: error.code, message: error.message)
        }
    }
}
