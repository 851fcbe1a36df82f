/// What a `tokenizer.json` puts around texts.
///
/// - Note: `processors` of https://github.com/huggingface/tokenizers, version 0.21.
struct FastTemplate: Sendable {
    private(set) var single: [EncodingTemplate.Part] = [.text(.first, type: 0)]
    private(set) var pair: [EncodingTemplate.Part] = [.text(.first, type: 0), .text(.second, type: 1)]

    /// Parts of a template, and tokens of one of them: several times those of any model.
    private static let mostParts = 64
    private static let known = [
        "Sequence", "TemplateProcessing", "BertProcessing", "RobertaProcessing", "ByteLevel",
    ]

    /// Reads the part of the file; without one, texts stand alone.
    ///
    /// - Throws: `LoaderError.unsupported` for a kind that is not known, `.invalid` for damaged fields.
    init(_ json: FastComponent?) throws(LoaderError) {
        if let json { try read(json) }
    }

    /// The same without types, for a model that has no table of them.
    var withoutTypes: FastTemplate {
        var template = self
        template.single = single.map(\.withoutType)
        template.pair = pair.map(\.withoutType)
        return template
    }

    private mutating func read(_ json: FastComponent) throws(LoaderError) {
        switch try json.type {
        case "Sequence": for part in try json.components("processors") { try read(part) }
        // It changes only how the library reports places.
        case "ByteLevel": break
        case "BertProcessing":
            let (start, end) = (try Self.token(json, "cls"), try Self.token(json, "sep"))
            single = [.special(start, type: 0), .text(.first, type: 0), .special(end, type: 0)]
            pair = single + [.text(.second, type: 1), .special(end, type: 1)]
        case "RobertaProcessing":
            let (start, end) = (try Self.token(json, "cls"), try Self.token(json, "sep"))
            single = [.special(start, type: 0), .text(.first, type: 0), .special(end, type: 0)]
            pair = single + [.special(end, type: 0), .text(.second, type: 0), .special(end, type: 0)]
        case "TemplateProcessing":
            single = try Self.parts(json, "single")
            pair = try Self.parts(json, "pair")
        case let type: throw json.unsupported("the post-processor \(type)", known: Self.known)
        }
    }

    /// A token given as its spelling and id.
    private static func token(_ json: FastComponent, _ name: String) throws(LoaderError) -> Token {
        let values = try json.list(name)
        guard values.count == 2, let spelling = values[0].string, let id = values[1].id else {
            throw json.invalid(name, expected: "a token and its id", found: "another value")
        }
        return Token(id: id, piece: spelling, span: nil)
    }

    private static func parts(
        _ json: FastComponent, _ name: String
    ) throws(LoaderError) -> [EncodingTemplate.Part] {
        let places = try json.list(name).count
        guard places <= mostParts else {
            throw json.invalid(name, expected: "at most \(mostParts) parts", found: "\(places)")
        }
        var parts: [EncodingTemplate.Part] = []
        for part in try json.components(name) {
            if let text = try part.optional("Sequence") {
                let side: TokenizedPair.Side? =
                    switch try text.text("id") {
                    case "A": .first
                    case "B": .second
                    default: nil
                    }
                let type = try text.id("type_id") ?? 0
                let demanded = try text.demand(side, "id", "A or B")
                // A text that stood twice would be longer than it was cut to.
                let isThere = parts.contains { if case .text(demanded, _) = $0 { true } else { false } }
                guard !isThere else {
                    throw text.unsupported(
                        "a text that comes twice", known: ["templates with each text once"])
                }
                parts.append(.text(demanded, type: type))
            } else {
                let special = try part.component("SpecialToken")
                let type = try special.id("type_id") ?? 0
                let tokens = try tokens(json, try special.demand(special.text("id"), "id", "a token"))
                parts += tokens.map { .special($0, type: type) }
            }
        }
        return parts
    }

    /// The tokens that a name stands for.
    private static func tokens(_ json: FastComponent, _ name: String) throws(LoaderError) -> [Token] {
        let special = try json.component("special_tokens").component(name)
        let spellings = try special.list("tokens")
        let ids = try special.list("ids")
        guard ids.count <= mostParts else {
            throw special.invalid("ids", expected: "at most \(mostParts)", found: "\(ids.count)")
        }
        var tokens: [Token] = []
        for (id, spelling) in zip(ids, spellings) {
            let id = try special.demand(id.id, "ids", "ids")
            tokens.append(
                Token(id: id, piece: try special.demand(spelling.string, "tokens", "texts"), span: nil))
        }
        guard tokens.count == ids.count, ids.count == spellings.count else {
            throw special.invalid("tokens", expected: "as many as ids", found: "\(spellings.count)")
        }
        return tokens
    }
}
