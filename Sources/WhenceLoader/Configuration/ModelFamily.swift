/// The architectures whose weights Whence reads, by the name that `config.json` gives them.
public enum ModelFamily: String, Sendable, Hashable, Codable, CaseIterable {
    /// Lan et al. 2020, *ALBERT: A Lite BERT*: factorised embeddings, layers shared within groups.
    case albert
    /// Devlin et al. 2019, *BERT*.
    case bert
    /// Sanh et al. 2019, *DistilBERT*: half of BERT's layers, no token types.
    case distilBert = "distilbert"
    /// Liu et al. 2019, *RoBERTa*: BERT with positions that start behind the padding's.
    case roberta
    /// Conneau et al. 2020, *XLM-RoBERTa*: RoBERTa over a hundred languages.
    case xlmRoberta = "xlm-roberta"
    /// Martin et al. 2020, *CamemBERT*: RoBERTa over French.
    case camembert
    /// Clark et al. 2020, *ELECTRA*: BERT with embeddings of a width of their own.
    case electra
    /// He et al. 2021, *DeBERTa*, versions 2 and 3: attention with terms for relative positions.
    case debertaV2 = "deberta-v2"
    /// Radford et al. 2019, *GPT-2*: every token sees itself and what stands before it.
    case gpt2
    /// Sun et al. 2019, *BERT4Rec*, in Keras: every item of a history sees every other, and a mask stands where the
    /// next one is predicted.
    case bert4Rec = "bert4rec"
    /// Kang and McAuley 2018, *Self-Attentive Sequential Recommendation*, in Keras: every item sees itself and earlier
    /// ones, and the last predicts the next.
    case sasRec = "sasrec"
}

/// What stands on top of the layers.
public enum ModelHead: String, Sendable, Hashable, Codable {
    /// A classifier of the whole input, with one logit a label.
    case sequenceClassification
    /// A vocabulary-wide prediction of the token at every position.
    case maskedLanguageModel
    /// A vocabulary-wide prediction of the token behind every position.
    case causalLanguageModel
    /// No head: hidden states only.
    case encoder

    /// Whether logits are over the vocabulary, one row a position.
    public var isLanguageModel: Bool {
        self == .maskedLanguageModel || self == .causalLanguageModel
    }
}

extension ModelFamily {
    /// Whether a token attends to itself and to earlier ones only.
    public var isCausal: Bool { self == .gpt2 || self == .sasRec }

    /// Whether tokens are items, in a layout of Whence's own (`RecommenderOptions`).
    public var isRecommender: Bool { self == .bert4Rec || self == .sasRec }

    /// What the keys of the family's layers begin with.
    var weightPrefix: String {
        switch self {
        case .albert: "albert/"
        case .bert: "bert/"
        case .distilBert: "distilbert/"
        case .roberta, .xlmRoberta, .camembert: "roberta/"
        case .electra: "electra/"
        case .debertaV2: "deberta/"
        case .gpt2: "transformer/h_._"
        case .bert4Rec, .sasRec: "recommender/"
        }
    }
}
