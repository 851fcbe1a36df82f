import Foundation
import Testing

@testable import WhenceLoader

@Suite("Unusual settings files mean what they mean to the reference libraries")
struct LayoutTests {
    /// A folder, and what the real libraries give for it; `make_layout_fixtures.py` made them.
    struct Layout: Decodable, CustomTestStringConvertible {
        var name: String
        var modelType: String
        var choice: TokenizerChoice
        var copies: [String: String]
        var files: [String: String]
        var changes: [String: [String: TokenizerJSON]]
        var texts: [String]
        var pairs: [[String]]
        var length: Int?
        var ids: [[Int]]
        var pairIDs: [[Int]]

        var testDescription: String { name }

        /// The content of each file.
        func contents() throws -> [String: [UInt8]] {
            var contents = files.mapValues { Array($0.utf8) }
            for (name, source) in copies { contents[name] = try TokenizerFixtures.bytes(source) }
            for (name, members) in changes {
                var object = try TokenizerJSON.object(contents[name] ?? [], path: name)
                for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                    object.members.removeAll { $0.name == name }
                    if value != .null { object.members.append(.init(name: name, value: value)) }
                }
                contents[name] = Array(try TokenizerJSON.object(object).text.utf8)
            }
            return contents
        }

        /// Calls `body` with the tokenizer of the folder.
        func withTokenizer(_ body: (any Tokenizer) throws -> Void) throws {
            try TokenizerFixtures.withFolder(contents()) { folder in
                try body(
                    makeTokenizer(folder: folder, modelType: modelType, vocabularySize: nil, choice: choice))
            }
        }
    }

    static let layouts = Result { try TokenizerFixtures.decode([Layout].self, "layouts.json") }

    @Test("The cases are there")
    func cases() throws {
        #expect(try Self.layouts.get().count > 4)
    }

    @Test("Ids are those of AutoTokenizer", arguments: (try? layouts.get()) ?? [])
    func ids(layout: Layout) throws {
        try layout.withTokenizer { tokenizer in
            let length = layout.length ?? 10_000
            try #require(layout.ids.count == layout.texts.count)
            for (text, ids) in zip(layout.texts, layout.ids) {
                #expect(
                    try tokenizer.encode(text, maximumLength: length).ids == ids, "\(text.debugDescription)")
            }
            try #require(layout.pairIDs.count == layout.pairs.count)
            for (pair, ids) in zip(layout.pairs, layout.pairIDs) {
                let encoded = try tokenizer.encodePair(pair[0], pair[1], maximumLength: length)
                #expect(encoded.ids == ids, "\(pair)")
            }
        }
    }

    @Test("A mask that the files say there is none of is none", arguments: (try? layouts.get()) ?? [])
    func masks(layout: Layout) throws {
        try layout.withTokenizer { tokenizer in
            if layout.name.hasPrefix("no mask") { #expect(tokenizer.specialTokens.mask == nil) }
            if layout.name.hasPrefix("no pad ") || layout.name == "a mask behind none" {
                #expect(tokenizer.specialTokens.mask != nil)
            }
        }
    }

    @Test("Spans ascend", arguments: (try? layouts.get()) ?? [])
    func spans(layout: Layout) throws {
        try layout.withTokenizer { tokenizer in
            for text in layout.texts {
                var last = 0..<0
                for span in try tokenizer.encode(text, maximumLength: 10_000).tokens.compactMap(\.span) {
                    #expect(
                        span.lowerBound >= last.lowerBound && span.upperBound >= last.upperBound,
                        "\(span) comes before \(last) in \(text.debugDescription)")
                    last = span
                }
            }
        }
    }

    @Test("It is said where the beginning was cut", arguments: ["left", "left fast"])
    func unseenBeginning(name: String) throws {
        let layout = try #require(Self.layouts.get().first { $0.name == name })
        try layout.withTokenizer { tokenizer in
            let text = try tokenizer.encode("the film is good and fine", maximumLength: 5)
            #expect(text.unseenUntil == 16 && text.unseenFrom == nil)
            let pair = try tokenizer.encodePair("it is", "the film is good", maximumLength: 6)
            // The slow tokenizer leaves the odd token to the first text, the fast one to the second.
            let cut = name == "left" ? [nil, 11] : [2, 8]
            #expect([pair.first.unseenUntil, pair.second.unseenUntil] == cut)
            #expect(try tokenizer.encode("the film", maximumLength: 5).unseenUntil == nil)
        }
    }
}
