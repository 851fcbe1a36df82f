import Foundation
public import WhenceInference
public import WhenceLoader
public import WhenceTensor

/// A classifier of texts: a transformer with its tokenizer and label names.
public struct SentimentClassifier: Sendable {
    /// The transformer.
    public let model: Transformer
    /// The tokenizer that the model was trained with.
    public let tokenizer: any Tokenizer
    /// Which model this is.
    public let identity: ModelIdentity

    /// Loads a classifier.
    ///
    /// - Parameters:
    ///   - folder: a folder with a sequence-classification model.
    ///   - precision: how the weights of the dense layers are kept.
    ///   - choice: which of the folder's tokenizers, where there are two.
    ///   - evidence: what `identity` tells the model by; its digest takes about as long as reading the model.
    /// - Throws: `LoaderError`, `InferenceError`; `ExplanationError.noClassifier` if the folder's model has no
    ///   classifier on top, `noSingleLabel` if that does not choose one of several labels.
    public init(
        _ folder: ModelFolder, precision: Precision = .float32, tokenizer choice: TokenizerChoice = .slow,
        identifiedBy evidence: ModelIdentity.Evidence = .weights
    ) async throws {
        guard folder.configuration.head == .sequenceClassification else {
            throw ExplanationError.noClassifier(model: folder.path)
        }
        let labelCount = folder.configuration.labels.count
        let labelChoice = labelCount > 1 ? folder.configuration.labelChoice : .amount
        guard labelChoice == .one else {
            throw ExplanationError.noSingleLabel(model: folder.path, choice: labelChoice)
        }
        // The three read different files, or the same one for different ends: side by side they take no longer
        // than the slowest.
        async let digest = ModelIdentity.digest(folder, evidence)
        async let tokenizer = folder.tokenizer(choice)
        model = try Transformer(folder, precision: precision)
        self.tokenizer = try await tokenizer
        identity = ModelIdentity(folder, sha256: try await digest, precision: precision)
    }

    /// What may take the place of a word whose influence is tested; the first where nothing was chosen.
    public var replacementChoices: [Replacement] {
        Perturbation.choices(tokenizer.specialTokens, isCausal: model.configuration.isCausal)
    }

    /// The text as the model sees it.
    ///
    /// - Throws: `LoaderError.text` if the text cannot be tokenized.
    public func read(_ text: String) throws -> TokenizedText {
        try tokenizer.encode(text, maximumLength: model.configuration.maximumTokenCount)
    }

    /// The predictions of several texts, in their order.
    ///
    /// - Parameters:
    ///   - inputs: the texts as the model sees them; however many are given at once, the answers are the same.
    ///   - workspace: memory to use again, and the number of threads; made for the call if not given.
    public func predict(
        _ inputs: [TokenizedText], in workspace: Workspace? = nil
    ) throws -> [SentimentPrediction] {
        try model.logits(inputs.map(\.ids), in: workspace).map(prediction)
    }

    /// The prediction that a vector of logits stands for.
    ///
    /// The label is that of the largest logit, the first of equal ones. The only logit of a model for two classes is
    /// how far the second is above the first.
    func prediction(_ logits: [Float]) -> SentimentPrediction {
        let isOfSecond = model.configuration.outputActivation == .sigmoidOfSecond
        let values = (isOfSecond ? [0] : []) + logits.map(Double.init)
        let largest = values.max() ?? 0
        let weights = values.map { exp($0 - largest) }
        let total = weights.reduce(0, +)
        let probabilities = weights.map { $0 / total }
        let index = values.firstIndex(of: largest) ?? 0
        return SentimentPrediction(
            index: index, label: model.configuration.labels[index], probability: probabilities[index],
            probabilities: probabilities, labels: model.configuration.labels, logits: values)
    }
}
