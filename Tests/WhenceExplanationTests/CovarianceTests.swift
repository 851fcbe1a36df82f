import Testing
import WhenceInference
import WhenceLoader
import WhenceTensor

@testable import WhenceExplanation

/// `[CLS] char ming film . [SEP]`, where the first two pieces make one word.
private let input = TokenizedText(
    text: "charming film.",
    tokens: [
        Token(id: 2, piece: "[CLS]", span: nil), Token(id: 10, piece: "▁char", span: 0..<4),
        Token(id: 11, piece: "ming", span: 4..<8), Token(id: 12, piece: "▁film", span: 9..<13),
        Token(id: 13, piece: ".", span: 13..<14), Token(id: 3, piece: "[SEP]", span: nil),
    ],
    words: [
        Word(text: "charming", span: 0..<8, tokens: [1, 2]), Word(text: "film", span: 9..<13, tokens: [3]),
        Word(text: ".", span: 13..<14, tokens: [4]),
    ],
    unseenFrom: nil)

/// A trace whose two heads attend as given; what attention does not need is zero.
private func trace(_ heads: [[[Float]]], context: [[Float]]) -> AttentionTrace {
    let tokens = heads[0].count
    let width = context[0].count
    return AttentionTrace(
        logits: Tensor(shape: [2], elements: [0, 0]),
        attention: Tensor(
            shape: [heads.count, tokens, tokens], elements: heads.flatMap { $0.flatMap { $0 } }),
        values: Tensor(shape: [tokens, width]) { _ in },
        context: Tensor(shape: [tokens, width], elements: context.flatMap { $0 }),
        hidden: Tensor(shape: [tokens, width]) { _ in })
}

@Suite("Which tokens make up which node")
struct NodeLayoutTests {
    @Test("Words are nodes in order of the text, the target where its token stands")
    func words() throws {
        let layout = try NodeLayout(input, kind: .words, skipPunctuation: false, targetToken: 0)
        #expect(layout.nodes.map(\.label) == ["[CLS]", "charming", "film", "."])
        #expect(layout.nodes.map(\.tokens) == [[0], [1, 2], [3], [4]])
        #expect(layout.target == 0)
        #expect(layout.parts == [[], [0], [1], [2]])
        #expect(layout.marginalised == [5])
    }

    @Test("Tokens as nodes keep the word they belong to")
    func tokens() throws {
        let layout = try NodeLayout(input, kind: .tokens, skipPunctuation: false, targetToken: 0)
        #expect(layout.nodes.map(\.label) == ["[CLS]", "▁char", "ming", "▁film", "."])
        #expect(layout.parts == [[], [0], [0], [1], [2]])
    }

    @Test("Skipped punctuation is marginalised with the special tokens")
    func punctuation() throws {
        let layout = try NodeLayout(input, kind: .words, skipPunctuation: true, targetToken: 0)
        #expect(layout.nodes.map(\.label) == ["[CLS]", "charming", "film"])
        #expect(layout.marginalised == [4, 5])
    }

    @Test("A text without words has no graph")
    func noWords() {
        var empty = input
        empty.tokens = [input.tokens[0], input.tokens[5]]
        empty.words = []
        #expect(throws: ExplanationError.noWords) {
            try NodeLayout(empty, kind: .words, skipPunctuation: false, targetToken: 0)
        }
    }
}

@Suite("Attention as a covariance")
struct CovarianceTests {
    private static let attention: [[Float]] = [
        [0.5, 0.1, 0.1, 0.1, 0.1, 0.1],
        [0.0, 0.4, 0.2, 0.2, 0.2, 0.0],
        [0.2, 0.2, 0.2, 0.2, 0.2, 0.0],
        [0.1, 0.1, 0.1, 0.5, 0.1, 0.1],
        [0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
        [0.9, 0.0, 0.0, 0.0, 0.0, 0.1],
    ]

    @Test("Pieces pool before the product: summed where attended to, averaged where attending")
    func pooling() throws {
        let layout = try NodeLayout(input, kind: .words, skipPunctuation: false, targetToken: 0)
        let covariance = AttentionMatrixCovariance().covariance(
            trace([Self.attention], context: Array(repeating: [0], count: 6)), head: 0, layout: layout)
        // Rows over ([CLS], charming, film, ., [SEP]).
        let pooled: [[Double]] = [
            [0.5, 0.2, 0.1, 0.1, 0.1], [0.1, 0.5, 0.2, 0.2, 0.0], [0.1, 0.2, 0.5, 0.1, 0.1],
            [0.0, 0.0, 0.0, 1.0, 0.0], [0.9, 0.0, 0.0, 0.0, 0.1],
        ]
        for i in 0..<5 {
            for j in 0..<5 {
                let expected = zip(pooled[i], pooled[j]).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(covariance[i, j] - expected) < 1e-7, "element \(i),\(j)")
            }
        }
    }

    @Test("Correlations leave the marginalised tokens out and have a unit diagonal")
    func correlation() throws {
        let layout = try NodeLayout(input, kind: .words, skipPunctuation: false, targetToken: 0)
        let trace = trace(
            [Self.attention, Self.attention.reversed()], context: Array(repeating: [0], count: 6))
        let each = try NodeCorrelation.all(trace, layout: layout, heads: .each, estimator: .attention)
        #expect(each.map(\.head) == [.head(0), .head(1)])
        for correlation in each {
            #expect(correlation.matrix.size == 4)
            for i in 0..<4 { #expect(correlation.matrix[i, i] == 1) }
        }
        // cov(charming, film) = .01 + .1 + .1 + .02, variances .34 and .32.
        #expect(abs(each[0].matrix[1, 2] - 0.23 / (0.34 * 0.32).squareRoot()) < 1e-6)
    }

    @Test("The pooled graph is read from the covariances averaged over heads")
    func pooledHeads() throws {
        let layout = try NodeLayout(input, kind: .words, skipPunctuation: false, targetToken: 0)
        let heads = [Self.attention, Self.attention.reversed()]
        let trace = trace(heads, context: Array(repeating: [0], count: 6))
        let pooled = try NodeCorrelation.all(trace, layout: layout, heads: .pooled, estimator: .attention)
        let separate = (0..<2).map { AttentionMatrixCovariance().covariance(trace, head: $0, layout: layout) }
        func mean(_ i: Int, _ j: Int) -> Double { (separate[0][i, j] + separate[1][i, j]) / 2 }
        #expect(pooled.map(\.head) == [.pooled])
        let expected = mean(1, 3) / (mean(1, 1) * mean(3, 3)).squareRoot()
        #expect(abs(pooled[0].matrix[1, 3] - expected) < 1e-12)
    }

    @Test("Equal attention rows correlate perfectly, never NaN")
    func equalRows() throws {
        var attention = Self.attention
        attention[4] = attention[3]
        let layout = try NodeLayout(input, kind: .words, skipPunctuation: false, targetToken: 0)
        let trace = trace([attention], context: Array(repeating: [0], count: 6))
        let correlation = try NodeCorrelation.all(trace, layout: layout, heads: .each, estimator: .attention)[
            0]
        #expect(abs(correlation.matrix[2, 3] - 1) < 1e-12)
        #expect(correlation.matrix.elements.allSatisfy { $0.isFinite && abs($0) <= 1 })
    }

    @Test("The context estimator centres every vector over its dimensions")
    func context() throws {
        let layout = try NodeLayout(input, kind: .words, skipPunctuation: true, targetToken: 0)
        let context: [[Float]] = [
            [1, 2, 3, 4], [2, 0, 0, 2], [0, 2, 4, 2], [4, 3, 2, 1], [0, 0, 0, 0], [1, 1, 1, 1],
        ]
        let trace = trace([Self.attention], context: context)
        let correlation = try NodeCorrelation.all(trace, layout: layout, heads: .each, estimator: .context)[0]
        #expect(abs(correlation.matrix[0, 2] + 1) < 1e-12, "opposite slopes are perfectly anticorrelated")
        // The word's vector is the mean of its pieces: (1, 1, 2, 2).
        #expect(abs(correlation.matrix[0, 1] - 2 / (5.0 * 1).squareRoot()) < 1e-12)
    }

    @Test("A constant representation has no correlations, and the error names it")
    func constantNode() throws {
        let layout = try NodeLayout(input, kind: .words, skipPunctuation: false, targetToken: 0)
        let trace = trace([Self.attention], context: Array(repeating: [1, 1, 1, 1], count: 6))
        #expect(throws: ExplanationError.constantNode(label: "[CLS]", head: .head(0))) {
            try NodeCorrelation.all(trace, layout: layout, heads: .each, estimator: .context)
        }
    }

    @Test("A head that does not exist is refused with the number of heads")
    func noSuchHead() throws {
        let layout = try NodeLayout(input, kind: .words, skipPunctuation: false, targetToken: 0)
        let trace = trace([Self.attention], context: Array(repeating: [0], count: 6))
        #expect(throws: ExplanationError.noSuchHead(3, headCount: 1)) {
            try NodeCorrelation.all(trace, layout: layout, heads: .only([0, 3]), estimator: .attention)
        }
    }
}
