import Testing
import WhenceDiscovery
import WhenceInference
import WhenceLoader
import WhenceTensor
import WhenceTestSupport

@testable import WhenceExplanation

/// `a great film Ġwith ing`, of which the last piece of the last word is what a causal classifier reads.
private let input = TokenizedText(
    text: "a great film withing",
    tokens: [
        Token(id: 1, piece: "a", span: 0..<1), Token(id: 2, piece: "Ġgreat", span: 1..<7),
        Token(id: 3, piece: "Ġfilm", span: 7..<12), Token(id: 4, piece: "Ġwith", span: 12..<17),
        Token(id: 5, piece: "ing", span: 17..<20),
    ],
    words: [
        Word(text: "a", span: 0..<1, tokens: [0]), Word(text: "great", span: 2..<7, tokens: [1]),
        Word(text: "film", span: 8..<12, tokens: [2]), Word(text: "withing", span: 13..<20, tokens: [3, 4]),
    ],
    unseenFrom: nil)

@Suite("Causal models")
struct CausalModelTests {
    @Test("The target is the last piece alone; the rest of its word is a node")
    func layout() throws {
        let words = try NodeLayout(input, kind: .words, skipPunctuation: false, targetToken: 4)
        #expect(words.nodes.map(\.tokens) == [[0], [1], [2], [3], [4]])
        #expect(words.nodes.map(\.label) == ["a", "great", "film", "withing", "ing"])
        #expect(words.parts == [[0], [1], [2], [3], []])
        #expect(words.target == 4)
        #expect(words.marginalised == [])
        let tokens = try NodeLayout(input, kind: .tokens, skipPunctuation: false, targetToken: 4)
        #expect(tokens.nodes.map(\.tokens) == [[0], [1], [2], [3], [4]])
    }

    @Test("A last word of one piece is the target and no node; a text of nothing else has no words")
    func shortWord() throws {
        var shorter = input
        shorter.tokens.removeLast()
        shorter.words[3].tokens = [3]
        let layout = try NodeLayout(shorter, kind: .words, skipPunctuation: false, targetToken: 3)
        #expect(layout.nodes.map(\.label) == ["a", "great", "film", "Ġwith"])
        shorter.words = [shorter.words[3]]
        #expect(throws: ExplanationError.noWords) {
            try NodeLayout(shorter, kind: .words, skipPunctuation: false, targetToken: 3)
        }
    }

    @Test("ICD on causal attention puts an arrowhead at the later node of every edge")
    func order() throws {
        // Rows of attention that see themselves and earlier ones only; the fourth sees the first two alike.
        let rows: [[Float]] = [
            [1, 0, 0, 0, 0], [0.7, 0.3, 0, 0, 0], [0.1, 0.2, 0.7, 0, 0], [0.3, 0.35, 0.05, 0.3, 0],
            [0.05, 0.05, 0.5, 0.1, 0.3],
        ]
        let trace = AttentionTrace(
            logits: Tensor(shape: [2], elements: [0, 0]),
            attention: Tensor(shape: [1, 5, 5], elements: rows.flatMap { $0 }),
            values: Tensor(shape: [5, 4]) { _ in }, context: Tensor(shape: [5, 4]) { _ in },
            hidden: Tensor(shape: [5, 4]) { _ in })
        let layout = try NodeLayout(input, kind: .words, skipPunctuation: false, targetToken: 4)
        let correlation = try NodeCorrelation.all(
            trace, layout: layout, heads: .pooled, estimator: .attention)[0]
        var discovery = GraphDiscovery(
            algorithm: .icd, alpha: 0.01, samples: 200, options: DiscoveryOptions(), isCausal: true)
        let edges = try discovery.run(correlation, layout: layout).graph.edges
        #expect(!edges.isEmpty)
        for edge in edges {
            #expect(edge.a < edge.b ? edge.markAtB == .arrow : edge.markAtA == .arrow, "\(edge)")
        }
        discovery.isCausal = false
        let free = try discovery.run(correlation, layout: layout).graph.edges
        #expect(free.contains { $0.a < $0.b ? $0.markAtB != .arrow : $0.markAtA != .arrow })
    }

    @Test("Words are left out of a causal model's text, or masked where there is a mask")
    func replacements() throws {
        let masked = SpecialTokens(classification: 2, separator: 3, padding: 0, unknown: 1, mask: 4)
        let unmasked = SpecialTokens(classification: nil, separator: nil, padding: 0, unknown: 1, mask: nil)
        #expect(Perturbation.choices(masked, isCausal: false) == [.mask, .unknown, .delete, .pad])
        #expect(Perturbation.choices(unmasked, isCausal: false) == [.unknown, .delete, .pad])
        #expect(Perturbation.choices(unmasked, isCausal: true) == [.delete, .unknown])

        let tokenizer = FixedTokenizer(specialTokens: unmasked)
        let ids = [7, 8, 9, 10]
        let first = try Perturbation(nil, tokenizer: tokenizer, isCausal: true)
        #expect(first.apply(ids, at: [0, 2]) == [8, 10])
        let unknown = try Perturbation(.unknown, tokenizer: tokenizer, isCausal: true)
        #expect(unknown.apply(ids, at: [0, 2]) == [1, 8, 1, 10])
        for choice in [Replacement.mask, .pad] {
            #expect(throws: ExplanationError.noReplacementToken(choice, choices: [.delete, .unknown])) {
                try Perturbation(choice, tokenizer: tokenizer, isCausal: true)
            }
        }
    }
}

/// A tokenizer of special tokens only.
private struct FixedTokenizer: Tokenizer {
    var specialTokens: SpecialTokens
    let vocabularySize = 20
    let kind = "fixed"

    func encode(_ text: String, maximumLength: Int) throws(LoaderError) -> TokenizedText {
        throw .text(reason: "no text")
    }

    func encodePair(
        _ first: String, _ second: String, maximumLength: Int
    ) throws(LoaderError) -> TokenizedPair {
        throw .text(reason: "no text")
    }

    func piece(_ id: Int) -> String? { nil }
}
