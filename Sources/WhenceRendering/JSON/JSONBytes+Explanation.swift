public import WhenceExplanation
public import WhenceLoader

// The parts of `whence.explanation/1` as the document types define them; a test holds both to the same bytes.

extension JSONBytes {
    /// Writes a model.
    public mutating func model(_ model: ModelIdentity) {
        object { json in
            json.key("family")
            json.string(model.family)
            json.key("name")
            json.string(model.name)
            json.key("parameters")
            json.number(model.parameters)
            if model.precision != "fp32" {
                json.key("precision")
                json.string(model.precision)
            }
            if let digest = model.sha256 {
                json.key("sha256")
                json.string(digest)
            }
        }
    }

    /// Writes the settings with their digest.
    ///
    /// - Throws: `RenderingError.notFinite` for settings that JSON cannot hold.
    public mutating func settings(_ settings: ExplanationSettings) throws(RenderingError) {
        // Once a run: the general encoder will do.
        raw(try jsonText(of: SettingsDocument(settings), layout: .oneLine).utf8.dropLast())
    }

    /// Writes a text as the model saw it.
    public mutating func input(_ input: TokenizedText) {
        var wordOfToken: [Int?] = Array(repeating: nil, count: input.tokens.count)
        for (index, word) in input.words.enumerated() {
            for token in word.tokens where wordOfToken.indices.contains(token) { wordOfToken[token] = index }
        }
        object { json in
            json.key("text")
            json.string(input.text)
            json.key("tokens")
            json.array(input.tokens.indices) { json, index in
                json.token(input.tokens[index], index: index, word: wordOfToken[index])
            }
            json.unseen(input)
            json.key("words")
            json.array(input.words.indices) { json, index in json.word(input.words[index], index: index) }
        }
    }

    /// What the model does not see of a text: members of an object.
    package mutating func unseen(_ input: TokenizedText) {
        key("unseenFrom")
        number(input.unseenFrom)
        guard let until = input.unseenUntil else { return }
        key("unseenUntil")
        number(until)
    }

    private mutating func token(_ token: Token, index: Int, word: Int?) {
        object { json in
            json.key("end")
            json.number(token.span?.upperBound)
            json.key("id")
            json.number(token.id)
            json.key("index")
            json.number(index)
            json.key("piece")
            json.string(token.piece)
            json.key("start")
            json.number(token.span?.lowerBound)
            json.key("word")
            json.number(word)
        }
    }

    private mutating func word(_ word: Word, index: Int) {
        object { json in
            json.key("end")
            json.number(word.span.upperBound)
            json.key("index")
            json.number(index)
            json.key("start")
            json.number(word.span.lowerBound)
            json.key("text")
            json.string(word.text)
            json.key("tokens")
            json.numbers(word.tokens)
        }
    }

    /// Writes a classifier's prediction.
    public mutating func prediction(_ prediction: SentimentPrediction) {
        object { json in
            json.key("index")
            json.number(prediction.index)
            json.key("label")
            json.string(prediction.label)
            json.key("labels")
            json.strings(prediction.labels)
            json.key("logits")
            json.numbers(prediction.logits)
            json.key("probabilities")
            json.numbers(prediction.probabilities)
            json.key("probability")
            json.number(prediction.probability)
        }
    }

    /// Writes the sets of words that change a prediction.
    public mutating func explanations(_ explanations: [CounterfactualExplanation]) {
        array(explanations) { json, found in
            json.object { json in
                json.key("distance")
                json.number(found.distance)
                json.key("heads")
                json.heads(found.heads)
                json.key("nodes")
                json.numbers(found.nodes)
                json.key("outcome")
                json.prediction(found.outcome)
                json.key("size")
                json.number(found.size)
                json.key("tokens")
                json.numbers(found.tokens)
                json.key("words")
                json.numbers(found.words)
            }
        }
    }

    /// Writes how far the search got.
    public mutating func status(_ status: SearchStatus) {
        object { json in
            json.key("budget")
            json.string(status.budget)
            json.key("certifiedSizes")
            json.number(status.certifiedSizes)
            if let elapsed = status.elapsedMilliseconds {
                json.key("elapsedMilliseconds")
                json.number(elapsed)
            }
            json.key("forwardPasses")
            json.number(status.forwardPasses)
            json.key("search")
            json.string(status.search.rawValue)
            json.key("testedSizes")
            json.number(status.testedSizes)
        }
    }

    mutating func heads(_ heads: [HeadLabel]) { array(heads) { $0.head($1) } }

    mutating func head(_ head: HeadLabel) {
        switch head {
        case .head(let number): self.number(number)
        case .pooled: string("pooled")
        }
    }
}
