/// The tokenizer classes of Hugging Face transformers that Whence knows, by the names that files give them.
enum TokenizerClass: String, Sendable, CaseIterable {
    case bert = "BertTokenizer"
    // The next two are copies of the first under other names.
    case distilbert = "DistilBertTokenizer"
    case electra = "ElectraTokenizer"
    case albert = "AlbertTokenizer"
    case xlmRoberta = "XLMRobertaTokenizer"
    case camembert = "CamembertTokenizer"
    case debertaV2 = "DebertaV2Tokenizer"
    case roberta = "RobertaTokenizer"
    case gpt2 = "GPT2Tokenizer"
    /// A tokenizer that is only what its `tokenizer.json` says.
    case any = "PreTrainedTokenizer"

    /// The class of an architecture whose folder names none.
    init?(modelType: String) {
        switch modelType {
        case "bert": self = .bert
        case "distilbert": self = .distilbert
        case "electra": self = .electra
        case "albert": self = .albert
        case "xlm-roberta": self = .xlmRoberta
        case "camembert": self = .camembert
        case "deberta-v2": self = .debertaV2
        case "roberta": self = .roberta
        case "gpt2": self = .gpt2
        default: return nil
        }
    }

    /// The special tokens without which the class of Python makes nothing of a text that a model takes.
    var needed: [TokenizerSettings.Role] {
        switch self {
        case .bert, .distilbert, .electra, .albert, .xlmRoberta, .debertaV2, .roberta:
            [.classification, .separator]
        case .camembert: [.classification, .separator, .unknown]
        case .gpt2, .any: []
        }
    }

    /// Whether the class tells its model of which of two texts a token is.
    var hasTypes: Bool {
        switch self {
        case .bert, .electra, .albert, .debertaV2, .any: true
        case .distilbert, .roberta, .xlmRoberta, .camembert, .gpt2: false
        }
    }

    /// What a vocabulary is cut by.
    enum Algorithm: Sendable {
        case wordPiece, sentencePiece, bytePair
    }

    /// The kind of vocabulary that the class reads; `nil` when it reads `tokenizer.json` alone.
    var algorithm: Algorithm? {
        switch self {
        case .bert, .distilbert, .electra: .wordPiece
        case .albert, .xlmRoberta, .camembert, .debertaV2: .sentencePiece
        case .roberta, .gpt2: .bytePair
        case .any: nil
        }
    }
}
