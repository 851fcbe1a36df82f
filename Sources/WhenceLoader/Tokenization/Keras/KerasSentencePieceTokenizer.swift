/// Cuts texts with a SentencePiece model as KerasHub does: as they are, special tokens in them not recognised, and
/// nothing put into lower case, not even for ALBERT.
///
/// - Note: `SentencePieceTokenizer` of keras-hub 0.19.3 and its subclasses.
struct KerasSentencePieceTokenizer: TemplatedTokenizer {
    let vocabularySize: Int
    let specialTokens: SpecialTokens
    let kind: String
    let template: EncodingTemplate
    private let model: SentencePieceModel
    private let rows: SentencePieceRows
    private let mask: Int?

    /// Whose ids and special tokens hold.
    enum Family: Sendable {
        case albert, debertaV3, xlmRoberta
    }

    /// - Parameters:
    ///   - model: what cuts the texts.
    ///   - family: whose ids hold.
    ///   - packing: what long texts are cut to.
    /// - Throws: `LoaderError.invalid` when the model lacks a special token.
    init(model: SentencePieceModel, family: Family, packing: KerasPacking) throws(LoaderError) {
        self.model = model
        kind = "SentencePiece \(model.file.algorithm) (Keras)"
        func id(_ spelling: String) throws(LoaderError) -> Int {
            guard let id = model.knownID(of: spelling) else {
                throw .invalid(
                    path: model.path, place: "vocabulary", expected: "a piece \(spelling)", found: "none",
                    hint: "The vocabulary belongs to another model.")
            }
            return id
        }
        let pieces = model.file.pieces.count
        let unknown: Int
        let padding: Int
        let start: Token
        let end: Token
        switch family {
        case .xlmRoberta:
            rows = .xlmRoberta
            (unknown, padding, mask) = (3, 1, pieces + 1)
            vocabularySize = pieces + 2
            start = Token(id: 0, piece: "<s>", span: nil)
            end = Token(id: 2, piece: "</s>", span: nil)
        case .albert, .debertaV3:
            rows = .asInModel
            let ownMask = model.knownID(of: "[MASK]")
            mask = family == .albert ? ownMask : ownMask ?? pieces
            vocabularySize = max(pieces, (mask ?? 0) + 1)
            unknown = model.unknownID
            padding = try id(family == .albert ? "<pad>" : "[PAD]")
            start = Token(id: try id("[CLS]"), piece: "[CLS]", span: nil)
            end = Token(id: try id("[SEP]"), piece: "[SEP]", span: nil)
        }
        specialTokens = SpecialTokens(
            classification: start.id, separator: end.id, padding: padding, unknown: unknown, mask: mask)
        template = EncodingTemplate(
            family == .xlmRoberta ? .robertaWithTypes : .bert, start: start, end: end,
            truncation: packing.truncation, bound: packing.bound)
    }

    func piece(_ id: Int) -> String? {
        rows.spelling(of: id, in: model) ?? (id == mask ? "[MASK]" : nil)
    }

    func tokens(of text: String) throws(LoaderError) -> [Token] {
        let (normalized, pieces) = try model.pieces(of: TracedText(original: text))
        return pieces.map { piece in
            let id = rows.id(of: piece.id)
            return Token(id: id, piece: self.piece(id) ?? "", span: normalized.span(of: piece.range))
        }
    }
}
