/// How a family numbers the pieces of its SentencePiece model.
enum SentencePieceRows: Sendable {
    /// Ids are the model's own numbers.
    case asInModel
    /// Four tokens of fairseq's come first, and the model's first three pieces do not count: number 3 is id 4.
    ///
    /// - Note: `fairseq_offset` of `XLMRobertaTokenizer`.
    case xlmRoberta
    /// Five tokens come first, and then all pieces of the model but the unknown one: `<s>` is number 1 and id 5.
    ///
    /// - Note: `fairseq_offset` of `CamembertTokenizer`.
    case camembert

    /// XLM-RoBERTa's first tokens.
    private static let fairseq = ["<s>", "<pad>", "</s>", "<unk>"]

    /// The tokens that stand first, whatever the folder's files say.
    var fixedTokens: [Int: AddedToken] {
        guard case .camembert = self else { return [:] }
        let spellings = ["<s>NOTUSED", "<pad>", "</s>NOTUSED", "<unk>", "<unk>NOTUSED"]
        return Dictionary(uniqueKeysWithValues: spellings.enumerated().map { ($0, AddedToken($1)) })
    }

    /// Ids of a vocabulary of so many pieces, tokens that are added behind it left out.
    func count(pieces: Int) -> Int {
        switch self {
        case .asInModel: pieces
        // The mask token is counted although the model has no piece for it.
        case .xlmRoberta: pieces + 2
        case .camembert: pieces + 4
        }
    }

    /// The id of a piece's number.
    func id(of number: Int) -> Int {
        switch self {
        case .asInModel: number
        case .xlmRoberta: number == 0 ? 3 : number + 1
        case .camembert: number == 0 ? 3 : number + 4
        }
    }

    /// The id of a spelling that the vocabulary has; `nil` when it does not.
    func id(of spelling: String, in model: SentencePieceModel) -> Int? {
        if case .xlmRoberta = self {
            if let first = Self.fairseq.firstIndex(of: spelling) { return first }
            if spelling == "<mask>" { return model.file.pieces.count + 1 }
        }
        if let fixed = fixedTokens.first(where: { $0.value.content == spelling }) { return fixed.key }
        guard let number = model.knownID(of: spelling) else { return nil }
        if case .asInModel = self { return number }
        return number == 0 ? nil : id(of: number)
    }

    /// The spelling of an id; `nil` for an id that the vocabulary does not have.
    func spelling(of id: Int, in model: SentencePieceModel) -> String? {
        switch self {
        case .asInModel: return model.spelling(id)
        case .xlmRoberta:
            if Self.fairseq.indices.contains(id) { return Self.fairseq[id] }
            return id == model.file.pieces.count + 1 ? "<mask>" : model.spelling(id - 1)
        case .camembert: return model.spelling(id - 4)
        }
    }
}
