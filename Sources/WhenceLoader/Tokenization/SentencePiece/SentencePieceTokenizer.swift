/// Cuts texts with a SentencePiece model and the rules that a family puts around it.
///
/// Every token has the exact bytes of the original text that it stands for, through special tokens, lower case,
/// white space, accents and SentencePiece's own normalisation. A piece `▁great` stands for `great`, and `▁`
/// alone for the white space before the next word, or for the empty range there when there is none.
struct SentencePieceTokenizer: TemplatedTokenizer {
    let vocabularySize: Int
    let specialTokens: SpecialTokens
    let kind: String
    private let model: SentencePieceModel
    private let rules: SentencePieceRules
    private let added: AddedVocabulary
    private let splitter: AddedTokenSplitter
    /// There is no token for what the model cannot spell.
    private let refusesUnknown: Bool
    let template: EncodingTemplate

    /// - Parameters:
    ///   - model: the loaded model.
    ///   - rules: what the family does around it.
    ///   - settings: what the folder's files say.
    ///   - limit: rows of the model's word embedding; `nil` when they are not known.
    init(
        model: SentencePieceModel, rules: SentencePieceRules, settings: TokenizerSettings, limit: Int? = nil
    ) {
        self.model = model
        self.rules = rules
        added = rules.vocabulary(of: model, settings, limit: limit)
        splitter = AddedTokenSplitter(added)
        // The other classes take the model's own piece for it.
        refusesUnknown = rules.rows == .xlmRoberta && settings.absent[.unknown] != nil
        template = added.template(rules.template, settings)
        vocabularySize = max(rules.rows.count(pieces: model.file.pieces.count), added.end)
        specialTokens = added.specialTokens(unknown: rules.rows.id(of: model.unknownID))
        kind = "SentencePiece \(model.file.algorithm)"
    }

    var pieceCount: Int { rules.rows.count(pieces: model.file.pieces.count) }

    func piece(_ id: Int) -> String? {
        added.tokens[id]?.content ?? rules.rows.spelling(of: id, in: model)
    }

    func tokens(of text: String) throws(LoaderError) -> [Token] {
        let original = TracedText(original: text)
        let cased = rules.lowercases ? splitter.lowercased(original) : original
        var body: [Token] = []
        for stretch in splitter.split(cased) {
            if let id = stretch.id {
                body.append(Token(id: id, piece: piece(id) ?? "", span: stretch.text.span))
            } else {
                let text = rules.prepared(stretch.text)
                for part in rules.splitsAtPunctuation ? text.splitAtPunctuation() : [text] {
                    body += try tokens(of: part)
                }
            }
        }
        return body
    }

    /// The tokens of a stretch without added tokens, prepared.
    private func tokens(of stretch: TracedText) throws(LoaderError) -> [Token] {
        let (text, pieces) = try model.pieces(of: stretch)
        var tokens: [Token] = []
        tokens.reserveCapacity(pieces.count)
        for piece in pieces {
            if rules.splitsCommasFromDigits, let parts = try partsAroundComma(piece, text) {
                tokens += parts
            } else {
                tokens.append(try token(piece.range, text, id: piece.id))
            }
        }
        return tokens
    }

    /// The token for a range of the normalised text.
    ///
    /// As the reference does, its id is looked up by its spelling, first among the added tokens; only bytes, which
    /// are spelt `<0xE2>`, keep the id that the library gave.
    ///
    /// - Throws: `LoaderError.text` for the unknown, where there is no token for it.
    private func token(
        _ range: Range<Int>, _ text: NormalizedText, id: Int
    ) throws(LoaderError) -> Token {
        let isByte = model.file.pieces[id].type == .byte
        let spelling = text.bytes[range].map(\.value)
        let id =
            isByte
            ? rules.rows.id(of: id) : added.ids.value(spelling) ?? rules.rows.id(of: model.id(of: spelling))
        guard !refusesUnknown || id != rules.rows.id(of: model.unknownID) else {
            throw .text(
                reason: "The text has a character that the vocabulary cannot spell, and no unknown token.")
        }
        return Token(id: id, piece: piece(id) ?? "", span: text.span(of: range))
    }

    /// ALBERT's rule for digits with a comma behind them: `▁9,` becomes what `9` is cut into, and `,`.
    ///
    /// - Returns: `nil` when the rule does not apply.
    private func partsAroundComma(
        _ piece: SentencePieceModel.Piece, _ text: NormalizedText
    ) throws(LoaderError) -> [Token]? {
        let comma = piece.range.upperBound - 1
        guard piece.range.count > 1, text.bytes[comma].value == UInt8(ascii: ",") else { return nil }
        let characters = text.characters(in: piece.range)
        guard characters.scalars.dropLast().last?.scalar.isPythonDigit == true else { return nil }

        let digits = TracedText(characters.scalars.dropLast().filter { $0.scalar != blank })
        let (inner, pieces) = try model.pieces(of: digits)
        var tokens: [Token] = []
        for (index, part) in pieces.enumerated() {
            var range = part.range
            // The library puts a blank before the digits even where the piece had none.
            if index == 0, characters.scalars.first?.scalar != blank,
                inner.characters(in: range).scalars.first?.scalar == blank
            {
                range = range.dropFirst(blank.utf8.count)
                if range.isEmpty { continue }
            }
            tokens.append(try token(range, inner, id: part.id))
        }
        tokens.append(try token(comma..<comma + 1, text, id: model.unknownID))
        return tokens
    }
}

private let blank: Unicode.Scalar = "▁"

extension NormalizedText {
    /// The characters of a range, each with the place of its first byte.
    fileprivate func characters(in range: Range<Int>) -> TracedText {
        var result: [TracedScalar] = []
        var offset = range.lowerBound
        for scalar in String(decoding: bytes[range].lazy.map(\.value), as: UTF8.self).unicodeScalars {
            let place = bytes[min(offset, range.upperBound - 1)]
            result.append(TracedScalar(scalar: scalar, span: place.span))
            offset += scalar.utf8.count
        }
        return TracedText(result)
    }
}
