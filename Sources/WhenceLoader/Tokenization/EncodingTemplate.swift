/// Puts the special tokens around the tokens of one text or two, and cuts what does not fit.
struct EncodingTemplate: Sendable {
    /// One place of a template.
    enum Part: Sendable, Hashable {
        /// A special token and its type.
        case special(Token, type: Int)
        /// All tokens of a text and their type.
        case text(TokenizedPair.Side, type: Int)

        /// The same place with type 0.
        var withoutType: Part {
            switch self {
            case .special(let token, _): .special(token, type: 0)
            case .text(let side, _): .text(side, type: 0)
            }
        }
    }

    private let single: [Part]
    private let pair: [Part]
    private let truncation: PairTruncation
    /// The most tokens that the tokenizer's files allow; `nil` for no bound.
    private let bound: Int?
    private let cutEnd: CutEnd

    /// Where a text that is too long is cut.
    enum CutEnd: String, Sendable {
        /// The beginning is left out.
        case left
        /// The end is left out.
        case right
    }

    /// A template as a file has it.
    init(single: [Part], pair: [Part], truncation: PairTruncation, bound: Int?, cutEnd: CutEnd) {
        self.single = single
        self.pair = pair
        self.truncation = truncation
        self.bound = bound
        self.cutEnd = cutEnd
    }

    /// How a family sets two texts apart.
    enum Style: Sendable {
        /// `[CLS] x [SEP]` and `[CLS] a [SEP] b [SEP]`, the second text and its end being of type 1.
        case bert
        /// `<s> x </s>` and `<s> a </s></s> b </s>`, all of type 0.
        case roberta
        /// The same as `roberta`, but the second text is of type 1, as Keras' packer counts.
        case robertaWithTypes
        /// The texts alone, one behind the other.
        case bare
    }

    /// A family's template. A special token that the model does not have is left out.
    ///
    /// - Parameters:
    ///   - style: the family's.
    ///   - start: the token before the first text.
    ///   - end: the token behind each text.
    ///   - truncation: who loses tokens when two texts do not fit.
    ///   - bound: the most tokens that the files allow; `nil` for no bound.
    ///   - cutEnd: where a text that is too long is cut.
    init(
        _ style: Style, start: Token?, end: Token?, truncation: PairTruncation, bound: Int?,
        cutEnd: CutEnd = .right
    ) {
        func special(_ token: Token?, _ type: Int = 0) -> [Part] {
            token.map { [.special($0, type: type)] } ?? []
        }
        let second = style == .bert || style == .robertaWithTypes ? 1 : 0
        let before = special(start)
        let first = before + [.text(.first, type: 0)]
        switch style {
        case .bert:
            single = first + special(end)
            pair = single + [.text(.second, type: second)] + special(end, second)
        case .roberta, .robertaWithTypes:
            single = first + special(end)
            pair = single + special(end) + [.text(.second, type: second)] + special(end, second)
        case .bare:
            single = first
            pair = first + before + [.text(.second, type: 0)]
        }
        self.truncation = truncation
        self.bound = bound
        self.cutEnd = cutEnd
    }

    /// The tokens that stand around every text.
    var tokensOfOne: [Token] { Self.tokens(single) }

    /// The tokens that stand around every two texts.
    var tokensOfPair: [Token] { Self.tokens(pair) }

    private static func tokens(_ parts: [Part]) -> [Token] {
        parts.compactMap { if case .special(let token, _) = $0 { token } else { nil } }
    }

    /// What is seen of a text.
    private struct Sight {
        var tokens: ArraySlice<Token>
        var unseenUntil: Int?
        var unseenFrom: Int?
    }

    /// So many tokens of a text, from its beginning or its end.
    private func sight(of body: [Token], room: Int) -> Sight {
        switch cutEnd {
        case .right:
            Sight(
                tokens: body.prefix(room), unseenFrom: body.dropFirst(room).first?.span?.lowerBound)
        case .left:
            Sight(tokens: body.suffix(room), unseenUntil: body.dropLast(room).last?.span?.upperBound)
        }
    }

    /// The whole input for the tokens of a text.
    ///
    /// - Throws: `LoaderError.text` when not even the template fits.
    /// - Complexity: O(tokens + characters).
    func around(_ body: [Token], of text: String, maximumLength: Int) throws(LoaderError) -> TokenizedText {
        let room = try room(single, maximumLength)
        let sight = sight(of: body, room: room)
        let tokens = filled(single, sight.tokens, []).map(\.token)
        return TokenizedText(
            text: text, tokens: tokens, words: WordAssembly.words(of: text, tokens: tokens),
            unseenFrom: sight.unseenFrom, unseenUntil: sight.unseenUntil)
    }

    /// The whole input for the tokens of two texts.
    ///
    /// - Throws: `LoaderError.text` when not even the template fits.
    /// - Complexity: O(tokens + characters).
    func around(
        _ first: (text: String, body: [Token]), _ second: (text: String, body: [Token]), maximumLength: Int
    ) throws(LoaderError) -> TokenizedPair {
        let room = try room(pair, maximumLength)
        let kept = truncation.kept(first.body.count, second.body.count, room: room)
        let sights = (sight(of: first.body, room: kept.first), sight(of: second.body, room: kept.second))
        let places = filled(pair, sights.0.tokens, sights.1.tokens)
        func part(_ side: TokenizedPair.Side, _ text: String, _ sight: Sight) -> TokenizedPair.Part {
            let own = places.map { place in
                place.side == side ? place.token : Token(id: place.token.id, piece: "", span: nil)
            }
            return TokenizedPair.Part(
                text: text, words: WordAssembly.words(of: text, tokens: own),
                unseenFrom: sight.unseenFrom, unseenUntil: sight.unseenUntil)
        }
        return TokenizedPair(
            tokens: places.map(\.token), types: places.map(\.type), sides: places.map(\.side),
            first: part(.first, first.text, sights.0), second: part(.second, second.text, sights.1))
    }

    private struct Place {
        var token: Token
        var type: Int
        var side: TokenizedPair.Side?
    }

    private func filled(_ parts: [Part], _ first: ArraySlice<Token>, _ second: ArraySlice<Token>) -> [Place] {
        parts.flatMap { part in
            switch part {
            case .special(let token, let type): [Place(token: token, type: type, side: nil)]
            case .text(.first, let type): first.map { Place(token: $0, type: type, side: .first) }
            case .text(.second, let type): second.map { Place(token: $0, type: type, side: .second) }
            }
        }
    }

    /// How many tokens of texts fit.
    private func room(_ parts: [Part], _ maximumLength: Int) throws(LoaderError) -> Int {
        let length = min(maximumLength, bound ?? maximumLength)
        let specials = parts.count { if case .special = $0 { true } else { false } }
        guard length >= specials else {
            throw .text(
                reason:
                    "At most \(counted(length, "token")) \(length == 1 ? "leaves" : "leave") no room for the "
                    + "\(counted(specials, "special token")) around a text. "
                    + "Allow more tokens.")
        }
        return length - specials
    }
}
